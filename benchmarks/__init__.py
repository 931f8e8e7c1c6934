"""Repeatable measurements, each beside a floor in one run; no part of the tests."""
