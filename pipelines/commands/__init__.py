"""The commands of python -m pipelines, a file for each kind of work."""
