"""The reference tables and the public record, compiled from the collected sources."""
