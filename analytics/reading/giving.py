"""Awards as 360Giving grants, CSV or JSON, for those who may see them by name.

The form is that of `python -m pipelines export awards`, whose reader takes it back:
what the standard has no field for stands in an extension (`Council Funding:<column>`).
A partner's amount is 0, as the standard asks for one; an award of unknown amount is
blank in CSV and stands apart in JSON. Invented awards say so in identifier, title,
description and funder, and go on saying so wherever they are read.
"""

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from agreed.grants import FIELDS


OURS = "x-council-cyber-"
INVENTED_ID = "x-invented-demonstration-"
INVENTED = "INVENTED (demonstration data): "
LONGEST_TITLE = 140
# Types of place as 360Giving's list has them.
PLACES = {"NMD": "NMD", "UA": "UA", "MD": "MD", "CTY": "CTY", "LBO": "LONB", "CC": "LONB"}
# Titles that a sheet has only where one of its grants says it.
OPTIONAL = ("source",)
NUMBERS = ("amount", "paid")
# Columns of the contract that no field of the standard holds.
EXTENSION = (
    "award_id",
    "role",
    "partnership_id",
    "funding_model",
    "round_no",
    "objective",
    "first_support_on",
    "record_version",
    "is_withdrawn",
    "share_level",
    "handling",
)
Grant = tuple[dict[str, str], dict[str, str]]


def grants(awards: pd.DataFrame, collection: str, marking: str) -> list[Grant]:
    """Fields of the standard and of the extension for each row of `ledger.awards`."""
    rows: list[dict[str, Any]] = [
        {str(name): text(cell) for name, cell in row.items()} for row in awards.to_dict("records")
    ]
    return [grant(row, collection == "demonstration", marking) for row in rows]


def grant(row: dict[str, str], is_invented: bool, marking: str) -> Grant:
    """One award's fields; those that are blank are left out."""
    mark = INVENTED if is_invented else ""
    title = f"{mark}{row['title']}"
    funder = f"{mark}{row['funding_org_name']}"
    is_partner = row["role"] == "partner"
    start = INVENTED_ID if is_invented else OURS
    fields = {
        "id": f"{start}{row['award_id']}-{row['gss_code_of_day']}",
        "title": title[:LONGEST_TITLE],
        "description": f"{title}: award to {row['name_of_day']}, {row['role']}.",
        "currency": row["currency"],
        "amount": row["amount_awarded_gbp"] or ("0" if is_partner else ""),
        "paid": row["paid_gbp"],
        "date": row["awarded_on"],
        "starts_on": row["starts_on"],
        "ends_on": row["ends_on"],
        "recipient_id": f"GB-LAE-{row['council_code']}"
        if row["council_code"]
        else f"{OURS}org-{slug(row['name_of_day'])}",
        "recipient": row["name_of_day"],
        "funder_id": f"{start}org-{slug(row['funding_org_name'])}",
        "funder": funder,
        "programme_code": row["programme"],
        "programme": row["programme_label"],
        "place": row["name_of_day"],
        "country": "GB",
        "place_code": row["gss_code_of_day"],
        "place_type": PLACES.get(row["type_of_day"], ""),
    }
    extension = {"dataset": "awards", "gss_code": row["gss_code_of_day"]}
    extension |= {name: row[name] for name in EXTENSION if row[name]}
    if not row["amount_awarded_gbp"]:
        extension["unknown"] = "amount"
    if len(title) > LONGEST_TITLE:
        extension["title"] = title
    extension["marking"] = f"{mark}{marking}"
    return {name: said for name, said in fields.items() if said}, extension


def as_csv(awards: pd.DataFrame, collection: str, marking: str) -> bytes:
    """One line a grant of `ledger.awards`, under the standard's titles and ours."""
    return sheet(grants(awards, collection, marking))


def as_json(awards: pd.DataFrame, collection: str, marking: str) -> bytes:
    """A package of `ledger.awards`: whole grants, and those without an amount apart."""
    mark = INVENTED if collection == "demonstration" else ""
    return package(grants(awards, collection, marking), f"{mark}{marking}")


def sheet(found: list[Grant]) -> bytes:
    """Grants as CSV: one line each, under the standard's titles and ours."""
    ours = list(dict.fromkeys(name for _, extension in found for name in extension))
    used = {name for fields, _ in found for name in fields}
    names = [name for name in FIELDS if name in used or name not in OPTIONAL]
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    titles = [FIELDS[name][0] for name in names]
    writer.writerow(titles + [f"Council Funding:{name}" for name in ours])
    for fields, extension in found:
        cells = [fields.get(name, "") for name in names]
        cells += [extension.get(name, "") for name in ours]
        writer.writerow([harmless(cell) for cell in cells])
    return file.getvalue().encode()


def package(found: list[Grant], marking: str) -> bytes:
    """Grants as JSON: those with amount and date under `grants`, the others apart."""
    whole: list[dict[str, Any]] = []
    apart: list[dict[str, Any]] = []
    for fields, extension in found:
        is_whole = {"amount", "date"} <= fields.keys()
        entry = {**nested(fields), "councilFunding": extension}
        (whole if is_whole else apart).append(entry)
    made = {"version": "1.1", "marking": marking, "grants": whole, "incompleteGrants": apart}
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def nested(fields: Mapping[str, str]) -> dict[str, Any]:
    """Fields as the standard nests them: groups are lists of one."""
    found: dict[str, Any] = {}
    for field, said in fields.items():
        *outer, name = FIELDS[field][1]
        place = found
        for step in outer:
            place = found.setdefault(step, [{}])[0]
        place[name] = json.loads(said) if field in NUMBERS else said
    return found


def text(cell: Any) -> str:
    """A cell as its text: whole numbers without a point, days without a time."""
    if pd.isna(cell):
        return ""
    if isinstance(cell, bool) or type(cell).__name__ == "bool":
        return str(bool(cell)).lower()
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat()[:10])
    if isinstance(cell, float):
        return f"{cell:.2f}".removesuffix(".00")
    return str(cell)


def slug(name: str) -> str:
    """A name as part of an identifier."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def harmless(cell: str) -> str:
    """Text that a spreadsheet would run as a formula, marked as text."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell
