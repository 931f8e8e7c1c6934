"""Commands for a fresh machine: make the environment, run, test. Standard library only."""
