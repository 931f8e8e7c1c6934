"""Repeatable measurements, each beside a floor in the same run. Not part of the tests."""
