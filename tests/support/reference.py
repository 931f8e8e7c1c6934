"""The reference tables as plain dictionaries, read without the pipeline."""

import csv

from settings import settings


def table(name: str) -> list[dict[str, str]]:
    """Rows of one reference table."""
    path = settings.reference / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


COUNCILS = {row["gss_code"]: row for row in table("councils")}
COUNCILS_OF_TODAY = [code for code, row in COUNCILS.items() if not row["ended_on"]]
CROSSWALK = table("caf_crosswalk")
ALIASES = {
    row["alias"]: row["gss_code"]
    for row in table("council_aliases")
    if row["alias_kind"] == "gss_code"
}
SUCCESSORS = table("council_successors")


def outcomes(version: str) -> list[dict[str, str]]:
    """Contributing outcomes of one version of the framework."""
    return [row for row in table("caf_outcomes") if row["caf_version"] == version]


def baseline(version: str) -> dict[str, str]:
    """The level that the Baseline profile asks for, by outcome."""
    return {
        row["outcome_code"]: row["required_level"]
        for row in table("caf_profiles")
        if row["caf_version"] == version and row["profile"] == "baseline"
    }


def profile_of(name: str) -> dict[tuple[str, str], str]:
    """One profile of the reference table: level by version and outcome."""
    return {
        (row["caf_version"], row["outcome_code"]): row["required_level"]
        for row in table("caf_profiles")
        if row["profile"] == name
    }


def codes_by_version() -> dict[str, list[str]]:
    """Codes of the contributing outcomes of every version of the framework."""
    found: dict[str, list[str]] = {}
    for row in table("caf_outcomes"):
        found.setdefault(row["caf_version"], []).append(row["outcome_code"])
    return found


def comparable() -> list[tuple[str, str]]:
    """Pairs of the crosswalk that can be compared: the code in 3.2 and in 4.0."""
    return [
        (row["outcome_32"], row["outcome_40"])
        for row in CROSSWALK
        if row["is_comparable"] == "true"
    ]
