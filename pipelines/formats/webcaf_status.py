"""Statuses of outcomes as WebCAF writes them, and as the statements give them."""

import re
from typing import Any

from pipelines.formats.parts import cell, codes


# What a council may choose instead of confirming the status that WebCAF works out.
CHANGED = {
    "change_to_achieved": "Achieved",
    "change_to_partially_achieved": "Partially achieved",
    "change_to_not_achieved": "Not achieved",
}
STATEMENT = re.compile(r"(achieved|partially-achieved|not-achieved)_(.+)\.\d+")
ANSWERS = {"true": True, "yes": True, "false": False, "no": False}


def status(value: Any) -> str | None:
    """A status of the closed list, however joined and cased; none where it is none."""
    said = cell(value).replace("-", " ").replace("_", " ").lower()
    return {code.lower(): code for code in codes("outcome_status")}.get(said)


def by_indicators(code: str, indicators: dict[str, Any]) -> str | None:
    """The status that the answers give; none where a statement is not answered.

    Any statement of not achieved makes the outcome so; then all of achieved, then all
    of partially achieved, make it that; anything less is not achieved.
    """
    answers: dict[str, list[bool | None]] = {}
    for name, value in indicators.items():
        statement = STATEMENT.fullmatch(name)
        if statement and statement[2] == code:
            said = ANSWERS.get(cell(value).lower())
            answers.setdefault(statement[1], []).append(said)
    if not answers or any(None in said for said in answers.values()):
        return None
    if any(answers.get("not-achieved", [])):
        return "Not achieved"
    for kind in ("achieved", "partially-achieved"):
        if answers.get(kind) and all(answers[kind]):
            return status(kind)
    return "Not achieved"
