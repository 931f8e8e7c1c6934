"""Incidents that were reported in public, the figures given for them, the sources."""

import re
from pathlib import Path

from tools.reference.dates import first_day, stated_precision
from tools.reference.tables import Row, read


REPORTED = Path("data/public/incidents-reported")
FUNDING = Path("data/public/funding-local-digital")

# Everything else is Confirmed, accidental disclosures included: incident_kind says
# what they were. Suspected is what a source only suspects, names as targeted, or has
# from the attacker alone.
STATUSES = {
    "R005": "False positive",
    "R011": "Suspected",
    "R012": "Suspected",
    "R027": "Suspected",
    "R034": "Suspected",
    "R039": "Not cyber",
}

# Where sources give another date than ours.
OTHER_DATES = {
    "R006": "S29 says 8 March",
    "R010": "S42 says May 2017 (WannaCry)",
    "R025": "S61 says on or around 1 November",
    "R029": "S61 says November",
    "R039": "S74 and S75 say 13 March",
}
YEAR_INFERRED = re.compile(r"\s*\((year inferred from \w+)\)")

# A repository that the compilation cites by its path; every source needs a number.
OXFORD_DRAFT = "OxfordCityCouncil/OxfordCityCouncil.github.io _drafts/local-digital-fund-success.md"
OXFORD_SOURCE = "G01"


def reported_incidents(source: Path) -> list[Row]:
    """One row per council and incident, all 44, whatever came of them."""
    return [incident(row) for row in read(source, REPORTED, "incidents.csv")]


def incident(row: Row) -> Row:
    """One reported incident in our columns."""
    precision, remark = stated_precision(row["date_precision"])
    inferred = YEAR_INFERRED.findall(row["note"])
    other = OTHER_DATES.get(row["incident_id"], "")
    return {
        "reported_incident_id": row["incident_id"],
        "gss_code": row["gss_code"],
        "council_named": row["council_as_named_in_source"],
        "country": row["country"].split(" (")[0],
        "detected_on": first_day(row["date_detected"]),
        "date_precision": precision,
        "date_note": "; ".join(text for text in (remark, *inferred, other) if text),
        "incident_status": STATUSES.get(row["incident_id"], "Confirmed"),
        "incident_kind": row["incident_type"][0].upper() + row["incident_type"][1:],
        "services_disrupted": row["services_disrupted"].replace("; ", "|"),
        "shared_event_id": row["shared_event_id"],
        "source_ids": "|".join(cited(row)),
        "note": YEAR_INFERRED.sub("", row["note"]),
    }


def cited(row: Row) -> list[str]:
    """Every source that a row names, in its source columns or its note, once."""
    columns = ("date_source", "type_source", "services_source", "note")
    found = re.findall(r"\b[SF]\d\d\b", " ".join(row[column] for column in columns))
    return sorted(set(found))


def reported_figures(source: Path) -> list[Row]:
    """One row per figure and source; sources that disagree keep a row each."""
    rows = read(source, REPORTED, "figures.csv")
    return [
        {
            "figure_id": f"F{number:03}",
            "reported_incident_id": row["incident_id"],
            "measure": row["measure"],
            "value_reported": row["value_as_reported"],
            "value_low": row["value_low"],
            "value_high": row["value_high"],
            "unit": row["unit"],
            "source_id": row["source_id"],
            "note": row["note"],
        }
        for number, row in enumerate(rows, start=1)
    ]


def record_sources(source: Path) -> list[Row]:
    """One row per source of incidents, figures, awards and totals."""
    folders = (REPORTED, FUNDING)
    rows = [row for folder in folders for row in read(source, folder, "sources.csv")]
    by_id = {row["source_id"]: row for row in rows}
    sources = [
        {
            "source_id": row["source_id"],
            "publisher": row["publisher"],
            "title": row["title"],
            "published_on": row["published"],
            "page": row["page"],
            "note": row["note"],
        }
        for row in by_id.values()
    ]
    return sorted([*sources, oxford_draft()], key=lambda row: row["source_id"])


def oxford_draft() -> Row:
    """The one source that the compilation cites without numbering it."""
    return {
        "source_id": OXFORD_SOURCE,
        "publisher": "Oxford City Council",
        "title": "local-digital-fund-success.md (draft of a blog post)",
        "published_on": "",
        "page": "github.com/OxfordCityCouncil/OxfordCityCouncil.github.io",
        "note": "file in the folder _drafts",
    }
