"""Standard-library commands for a fresh machine: make the environment, run, test."""
