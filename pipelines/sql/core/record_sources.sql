-- One row per row of the public record that was accepted.
select a.* from accepted.record_sources a where a.is_current
