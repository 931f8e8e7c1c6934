"""What must become of every line of some files: plain Python, without the pipeline.

A row is set aside when it breaks a rule, or when its file gives the same key and
version with other values. Of the rest with one key the highest version, then the
latest file, then the last line counts; the others are superseded.
"""

from dataclasses import dataclass, field

from tests.support.dirt.facts import KEYS
from tests.support.dirt.render import Line, Made


Place = tuple[int, int]
ONE_VERSION = "is_sole_version"


@dataclass
class Truth:
    """Rows by arrival and line, arrivals from 1: those that count, those superseded,
    and those set aside; the last also with what is not foretold."""

    counted: dict[Place, Line] = field(default_factory=dict)
    superseded: dict[Place, Line] = field(default_factory=dict)
    aside: dict[Place, Line] = field(default_factory=dict)


def truth(name: str, files: list[Made]) -> Truth:
    """What must become of these files, which arrived in this order."""
    every = {
        (arrival, line.number): line
        for arrival, made in enumerate(files, start=1)
        for line in made.lines
    }
    for places in same(every, name, within_a_file=True).values():
        said = [every[place].values for place in places]
        if any(values != said[0] for values in said):
            for place in places:
                rules = every[place].rules or {}
                every[place].rules = {**rules, ONE_VERSION: shown(name, every[place])}
    found = Truth()
    kept: dict[Place, Line] = {}
    for place, line in every.items():
        is_aside = line.fate != "row" or line.rules
        (found.aside if is_aside else kept)[place] = line
    for places in same(kept, name, within_a_file=False).values():
        *older, last = sorted(
            places, key=lambda place: (kept[place].values["record_version"], place)
        )
        found.counted[last] = kept[last]
        found.superseded |= {place: kept[place] for place in older}
    return found


def same(lines: dict[Place, Line], name: str, *, within_a_file: bool) -> dict[tuple, list[Place]]:
    """Places of rows with one key; within a file, with one version as well."""
    groups: dict[tuple, list[Place]] = {}
    for place, line in lines.items():
        if line.fate == "row":
            key = tuple(line.values[column] for column in KEYS[name])
            if within_a_file:
                key = (place[0], line.values["record_version"], *key)
            groups.setdefault(key, []).append(place)
    return groups


def shown(name: str, line: Line) -> str | None:
    """The last part of the key, which stands beside the message."""
    value = line.values[KEYS[name][-1]]
    return None if value is None else str(value)
