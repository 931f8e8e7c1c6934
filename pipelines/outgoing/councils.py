"""When each council existed, and which stood before and after it, in words."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Council:
    """One council that is or was; dates are empty where the register gives none."""

    gss_code: str
    name: str
    started_on: str
    ended_on: str

    def __str__(self) -> str:
        return f"{self.gss_code} {self.name}"


class Councils:
    """Every council of the register, with the successors of those abolished."""

    def __init__(self, reference: Path) -> None:
        """Read `<reference>/councils.csv` and `council_successors.csv`."""
        self.by_code = {
            row["gss_code"]: Council(
                row["gss_code"], row["council_name"], row["started_on"], row["ended_on"]
            )
            for row in rows(reference / "councils.csv")
        }
        self.pairs = [
            (row["gss_code"], row["successor_gss_code"])
            for row in rows(reference / "council_successors.csv")
        ]

    def lifetime(self, code: str) -> str:
        """When a council existed and which took its place; empty where not known."""
        council = self.by_code.get(code.strip().upper())
        if council is None or not (council.started_on or council.ended_on):
            return ""
        start = f" from {day(council.started_on)}" if council.started_on else ""
        end = f" until {day(council.ended_on)}" if council.ended_on else ""
        after = self.names(new for old, new in self.pairs if old == council.gss_code)
        before = self.names(old for old, new in self.pairs if new == council.gss_code)
        return (
            f"{council} existed{start}{end}."
            + (f" After it: {after}." if after else "")
            + (f" Before it: {before}." if before else "")
        )

    def names(self, codes: Iterable[str]) -> str:
        """Codes and names of several councils."""
        return ", ".join(str(self.by_code[code]) for code in codes)


def day(text: str) -> str:
    """A date of the register as people write it, such as 31 March 2023."""
    when = date.fromisoformat(text)
    return f"{when.day} {when:%B %Y}"


def rows(path: Path) -> list[dict[str, str]]:
    """Rows of a reference table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
