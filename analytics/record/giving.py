"""Awards of the public record as 360Giving grants: those that name a recipient.

Totals that name no council are no grants and never here. An award that is joint, or
that two sources tell of, would count twice for whoever adds up a file: the second
council of a joint award has 0, what was reported stands in the extension, and a second
report of one award is left out. A month is its first day, `date_precision` beside it.
"""

import pandas as pd

from analytics.reading.giving import LONGEST_TITLE, OURS, PLACES, Grant, slug, text
from analytics.reading.marts import PUBLIC
from analytics.reading.reader import Reader


# Columns of the contract that no field of the standard holds.
EXTENSION = (
    "reported_award_id",
    "gss_code",
    "fund",
    "round",
    "role",
    "partnership_id",
    "amount_reported",
    "is_counted",
    "date_precision",
    "source_id",
    "note",
)
DAYS = {"month": "%B %Y", "year": "%Y"}


def awards(reader: Reader) -> pd.DataFrame:
    """One row per award of the public record and council named in it, newest first.

    The columns of the contract (gss_code, the council's of the day) with council_code,
    name_of_day, type_of_day, programme_label, publisher and page (of the source). All
    of it is published, so that every viewer sees it; another collection has none.
    """
    frame = reader.query("record/giving_record")
    return frame if reader.scope.collection == PUBLIC else frame.head(0)


def is_second(frame: pd.DataFrame) -> pd.Series:
    """Whether a row is a second report of an award that another row has."""
    is_joint = frame["role"].isin(["partner", "joint"])
    is_joint |= frame["partnership_id"].notna()
    return ~frame["is_counted"].astype(bool) & ~is_joint


def grants(frame: pd.DataFrame, marking: str) -> list[Grant]:
    """Fields of the standard and of the extension for each row that is an award."""
    kept = frame[~is_second(frame)].to_dict("records")
    return [grant({str(name): cell for name, cell in row.items()}, marking) for row in kept]


def grant(cells: dict[str, object], marking: str) -> Grant:
    """One award's fields, without those that are blank, and its extension."""
    row = {name: text(cell) for name, cell in cells.items()}
    title = " ".join(part for part in (row["fund"], row["round"]) if part)
    funder = f"Funder of: {row['fund']}"
    is_counted = row["is_counted"] == "true"
    fields = {
        "id": f"{OURS}{row['reported_award_id']}-{row['gss_code']}",
        "title": title[:LONGEST_TITLE],
        "description": described(row, title),
        "currency": "GBP",
        "amount": row["amount_gbp"] if is_counted else "0",
        "date": row["awarded_on"],
        "recipient_id": f"GB-LAE-{row['council_code']}"
        if row["council_code"]
        else f"{OURS}org-{slug(row['recipient_named'])}",
        "recipient": row["recipient_named"],
        "funder_id": f"{OURS}org-{slug(funder)}",
        "funder": funder,
        "programme_code": row["programme"],
        "programme": row["programme_label"],
        "place": row["name_of_day"],
        "country": "GB",
        "place_code": row["gss_code"],
        "place_type": PLACES.get(row["type_of_day"], ""),
        "source": link(row["page"]),
    }
    extension = {"dataset": "reported_awards"}
    extension |= {name: row[name] for name in EXTENSION if row[name]}
    if not row["amount_gbp"]:
        extension["unknown"] = "amount"
    elif not is_counted:
        extension["amount_gbp"] = row["amount_gbp"]
    extension["marking"] = marking
    return {name: said for name, said in fields.items() if said}, extension


def described(row: dict[str, str], title: str) -> str:
    """Who got what part, how exactly the day is known, and who says so."""
    said = f"{title}: award to {row['recipient_named']}, {row['role']}."
    if row["date_precision"] in DAYS and row["awarded_on"]:
        when = pd.Timestamp(row["awarded_on"]).strftime(DAYS[row["date_precision"]])
        said += f" Awarded in {when}; the day is not known."
    if row["partnership_id"] and row["is_counted"] != "true":
        said += " Part of a joint award, whose amount stands at another council."
    return f"{said} Reported by {row['publisher']}." if row["publisher"] else said


def link(page: str) -> str:
    """The address of a source; the record keeps it without its scheme."""
    if not page or page.startswith(("https://", "http://")):
        return page
    return f"https://{page}"
