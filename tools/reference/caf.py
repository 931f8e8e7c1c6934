"""The Cyber Assessment Framework: outcomes, profiles and the step from 3.2 to 4.0."""

from pathlib import Path

from tools.reference.tables import Row, boolean, read


SOURCES = {
    "S1": "NCSC text as held in WebCAF",
    "S1+S2": "NCSC text and GovAssure profile sheet as held in WebCAF",
    "S3": "Question list older than 3.2; the version is inferred",
}
PROFILES = {"baseline": "baseline_profile", "enhanced": "enhanced_profile"}
COMPARABLE = ("same_code", "renamed", "moved")


def caf_outcomes(source: Path) -> list[Row]:
    """One row per version and contributing outcome."""
    return [
        {
            "caf_version": row["version"],
            "objective_code": row["objective_code"],
            "objective": row["objective"],
            "principle_code": row["principle_code"],
            "principle": row["principle"],
            "outcome_code": row["outcome_code"],
            "outcome": row["outcome"],
            "lens": lens(row["objective_code"]),
            "has_partial": row["has_partial"],
            "source": SOURCES[row["source"]],
        }
        for row in outcomes(source)
    ]


def outcomes(source: Path) -> list[Row]:
    """The source's outcomes in order."""
    rows = read(source, "domain", "caf_outcomes.csv")
    return sorted(rows, key=lambda row: (row["version"], row["outcome_code"]))


def lens(objective: str) -> str:
    """Whether an objective is judged once per council (AD) or per system (BC)."""
    return "AD" if objective in "AD" else "BC"


def caf_profiles(source: Path) -> list[Row]:
    """One row per version, profile and outcome; 3.1 has no published profile."""
    return [
        {
            "caf_version": row["version"],
            "profile": profile,
            "outcome_code": row["outcome_code"],
            "required_level": row[column],
            "source": SOURCES[row["source"]],
        }
        for profile, column in PROFILES.items()
        for row in outcomes(source)
        if row[column]
    ]


def caf_crosswalk(source: Path) -> list[Row]:
    """One row per pair of outcomes in 3.2 and 4.0; blank where one has no partner."""
    return [
        {
            "outcome_32": row["outcome_32"],
            "outcome_40": row["outcome_40"],
            "relation": row["relation"],
            "is_comparable": boolean(row["relation"] in COMPARABLE),
            "basis": row["basis"],
        }
        for row in read(source, "domain", "caf_crosswalk_32_40.csv")
    ]
