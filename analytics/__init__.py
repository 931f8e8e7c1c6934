"""Reads of the warehouse, arithmetic on them, and the charts and words that show it."""
