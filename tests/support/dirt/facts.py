"""Contracts, closed lists and councils, read here without the pipeline's help."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from settings import ROOT


CONTRACTS, REFERENCE = ROOT / "pipelines" / "contracts", ROOT / "data" / "reference"
# What a row is known by. A file that repeats it sends the row again, or corrects it.
KEYS = {
    "incidents": ("gss_code", "incident_ref"),
    "disruptions": ("gss_code", "disruption_id"),
    "award_payments": ("payment_id",),
    "assessments": ("gss_code", "assessment_id", "system_id", "outcome_code"),
    "awards": ("award_id", "gss_code"),
}
# What a blank cell means where it does not mean unknown.
BLANKS: dict[str, Any] = {
    "record_version": 1,
    "is_withdrawn": False,
    "share_level": "own_only",
    "handling": "OFFICIAL-SENSITIVE",
}


def table(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV of ours."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def columns(name: str) -> dict[str, dict[str, str]]:
    """Lines of a dataset's contract and of the common one, by column."""
    lines = table(CONTRACTS / f"{name}.csv") + table(CONTRACTS / "common.csv")
    return {line["column"]: line for line in lines}


@cache
def codes(closed_list: str) -> list[str]:
    """Codes of a closed list."""
    return [row["code"] for row in table(REFERENCE / "lists" / f"{closed_list}.csv")]


@cache
def outcomes() -> list[dict[str, str]]:
    """Outcomes of every version of the CAF."""
    return table(REFERENCE / "caf_outcomes.csv")


@cache
def live_services() -> list[int]:
    """LGSL numbers of services that are live."""
    rows = table(REFERENCE / "services.csv")
    return [int(row["lgsl_id"]) for row in rows if row["is_live"] == "true"]


@cache
def councils() -> dict[str, list[str]]:
    """Ways to name each council that existed from 2010 to today; its code comes first.

    A name or a code that two councils have had is left out: it is not for a test of
    files to say which of them is meant.
    """
    aliases = table(REFERENCE / "council_aliases.csv")
    every = table(REFERENCE / "councils.csv")
    named = Counter(
        text.casefold()
        for row in every
        for text in {row["council_name"], row["short_name"], row["council_code"]}
    )
    named += Counter(row["alias"].casefold() for row in aliases if row["alias_kind"] != "name")
    older = {row["gss_code"]: row["alias"] for row in aliases if row["alias_kind"] == "gss_code"}
    return {
        row["gss_code"]: ways(row, named, older)
        for row in every
        if not row["ended_on"] and row["started_on"] < "2010"
    }


def ways(row: dict[str, str], named: Counter[str], older: dict[str, str]) -> list[str]:
    """Code, older code, three letters and names of one council."""
    code, name, short = row["gss_code"], row["council_name"], row["short_name"]
    spaced = f"{code[:3]} {code[3:6]} {code[6:]}"
    found = [code, code.lower(), spaced]
    found += [older[code]] if code in older else []
    if named[row["council_code"].casefold()] == 1:
        found.append(row["council_code"])
    if named[name.casefold()] == 1:
        found += [name, name.upper(), name.replace(" and ", " & ")]
        if row["council_type"] == "LBO" and name.startswith("London Borough of "):
            found.append(name.replace("London Borough of", "LB"))
    if named[short.casefold()] == 1:
        found.append(short)
    return found
