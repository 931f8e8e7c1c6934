"""Awards as 360Giving, JSON or CSV, so that other programs can read them.

Identifiers: a council is `GB-LAE-` and its three-letter code; an organisation whose
register is not known, and every grant, has `x-council-cyber-` and a name of ours. A
publisher who is registered with 360Giving puts the prefix given there in its place.

The standard asks for an amount and a whole date. A partner's amount is 0, which is what
it received; a month or year is its first day, with `date_precision` beside it.
A grant whose amount or date nobody knows would need an invented one: in JSON it stands
apart under `incompleteGrants`, in CSV its cell is blank, and a checker will name it.
"""

import csv
import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pipelines.errors import BuildError
from pipelines.formats.giving_fields import EXTENSION, EXTENSION_TITLE, FIELDS
from pipelines.formats.parts import rows as reference_rows


APART = "incompleteGrants"
OURS = "x-council-cyber-"
# Columns that fields of the standard hold; all others go to the extension.
HELD = {
    "awards": {
        "title": "title",
        "currency": "currency",
        "amount_awarded_gbp": "amount",
        "awarded_on": "date",
        "starts_on": "starts_on",
        "ends_on": "ends_on",
        "funding_org_name": "funder",
        "programme": "programme_code",
    },
    "reported_awards": {
        "recipient_named": "recipient",
        "programme": "programme_code",
        "amount_gbp": "amount",
        "awarded_on": "date",
    },
}
Row = dict[str, str]


def write_giving(rows: list[dict[str, Any]], path: Path, form: str) -> int:
    """Rows of awards or of reported awards as `csv` or `json`; how many were written.

    Dates and amounts may be typed or text, as in the contract; none and blank are
    unknown. Another dataset, or an amount that is no number, raises `BuildError`.
    """
    if form not in ("csv", "json"):
        raise BuildError(f"360Giving is written as csv or json, not as {form!r}.")
    grants = [grant_of({name: as_text(v) for name, v in row.items()}) for row in rows]
    if form == "json":
        write_json(grants, path)
    else:
        write_csv(grants, path)
    return len(grants)


def as_text(value: Any) -> str:
    """A cell of a contract as its text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat()[:10] if isinstance(value, date) else str(value)


def dataset_of(row: Row) -> str:
    """Which of the two datasets a row is of."""
    for name, column in (("awards", "award_id"), ("reported_awards", "fund")):
        if column in row:
            return name
    raise BuildError("Only rows of awards or reported_awards can be written as 360Giving.")


def grant_of(row: Row) -> tuple[Row, Row]:
    """Fields of the standard, and columns of the extension, of one row."""
    dataset = dataset_of(row)
    held = HELD[dataset]
    fields = {field: row.get(column, "") for column, field in held.items()}
    fields |= described(row, dataset) | organisations(row, fields)
    fields["amount"], is_known = amount(fields["amount"], row)
    extension = {"dataset": dataset} | {
        column: value for column, value in row.items() if value and column not in held
    }
    if not is_known:
        extension["unknown"] = "amount"
    return {name: value for name, value in fields.items() if value}, extension


def described(row: Row, dataset: str) -> Row:
    """Identifier, title and description, made from facts of the row alone."""
    key = row["award_id" if dataset == "awards" else "reported_award_id"]
    labels = {each["code"]: each["label"] for each in reference_rows("lists/programme")}
    title = row.get("title") or " ".join(
        part for part in (row.get("fund"), row.get("round")) if part
    )
    who = row.get("recipient_named") or council_name(row.get("gss_code", ""))
    return {
        "id": f"{OURS}{key}-{row.get('gss_code') or slug(who)}",
        "title": title,
        "description": f"{title}: award to {who}, {row.get('role', '')}.",
        "currency": row.get("currency") or "GBP",
        "programme": labels.get(row.get("programme", ""), ""),
    }


def organisations(row: Row, fields: Row) -> Row:
    """Who received and who gave; the public record names funds and not funders."""
    code = row.get("gss_code", "")
    letters = {c["gss_code"]: c["council_code"] for c in reference_rows("councils")}
    name = fields.get("recipient") or council_name(code)
    funder = fields.get("funder") or f"Funder of: {row.get('fund', '')}"
    known = f"GB-LAE-{letters[code]}" if letters.get(code) else ""
    return {
        "recipient_id": known or f"{OURS}org-{slug(name)}",
        "recipient": name,
        "funder_id": f"{OURS}org-{slug(funder)}",
        "funder": funder,
    }


def council_name(code: str) -> str:
    """The council's name, else its code."""
    names = {each["gss_code"]: each["council_name"] for each in reference_rows("councils")}
    return names.get(code, code)


def slug(name: str) -> str:
    """A name as part of an identifier."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def amount(text: str, row: Row) -> tuple[str, bool]:
    """The amount as a number's text, and whether it is known; a partner's is 0."""
    if not text:
        return ("0", False) if row.get("role") == "partner" else ("", False)
    try:
        worth = Decimal(re.sub(r"[£,\s]", "", text))
    except InvalidOperation as error:
        raise BuildError(f"The amount {text!r} of an award is no number.") from error
    return format(worth.to_integral() if worth == int(worth) else worth, "f"), True


def write_json(grants: list[tuple[Row, Row]], path: Path) -> None:
    """A package: whole grants under `grants`, the others apart."""
    package: dict[str, Any] = {"version": "1.1", "grants": [], APART: []}
    for fields, extension in grants:
        is_whole = {"amount", "date"} <= fields.keys()
        package["grants" if is_whole else APART].append({**nested(fields), EXTENSION: extension})
    text = json.dumps(package, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def nested(fields: Mapping[str, str]) -> dict[str, Any]:
    """Fields as the standard nests them."""
    grant: dict[str, Any] = {}
    for field, value in fields.items():
        *outer, name = FIELDS[field][1]
        place = grant
        for step in outer:
            place = grant.setdefault(step, [{}])[0]
        place[name] = json.loads(value) if field == "amount" else value
    return grant


def write_csv(grants: list[tuple[Row, Row]], path: Path) -> None:
    """One line a grant, under the standard's titles and ours."""
    ours = list(dict.fromkeys(name for _, extension in grants for name in extension))
    titles = [title for title, _ in FIELDS.values()]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(titles + [f"{EXTENSION_TITLE}:{name}" for name in ours])
        for fields, extension in grants:
            cells = [fields.get(field, "") for field in FIELDS]
            cells += [extension.get(name, "") for name in ours]
            writer.writerow([harmless(cell) for cell in cells])


def harmless(text: str) -> str:
    """Text that a spreadsheet would run as a formula, marked as text."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
