"""Which council is meant: codes and names as councils write them, never a silent guess.

`Matcher.read(folder)` reads the reference tables once; `match(text, day)` answers one
text. See `matcher` for the order in which things are tried.
"""

from pipelines.matching.matcher import Matcher
from pipelines.matching.outcome import Match, describe, matches_for


__all__ = ["Match", "Matcher", "describe", "matches_for"]
