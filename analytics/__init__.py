"""Reads of the warehouse, arithmetic on what is read, and the charts and words that show it."""
