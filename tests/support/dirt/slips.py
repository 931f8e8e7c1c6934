"""Cells spoiled so that their row must be set aside: by which rule, showing what."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from tests.support.dirt.facts import BLANKS, columns
from tests.support.dirt.meant import Meant


@dataclass(frozen=True)
class Slip:
    """`cells` are written in place of what was meant; `rules` are broken by them, each
    with the value that people must be shown. `values` is what the cells are read as."""

    cells: dict[str, str]
    rules: dict[str, str | None]
    values: Meant = field(default_factory=dict)


# Two of everything that no reader should guess at.
UNREADABLE = {
    "date": (
        "31/02/2025",
        "2025-02-29",
        "03/25/2025",
        "01/03/25",
        "32 March 2025",
        "Q1 2025",
        "March 2025",
        "2025-13-01",
        "0",
        "soon",
        "01/03/2025 09:30",
        "Monday 1 March 2025",
        "१/३/२०२५",
    ),
    "timestamp": (
        "31/04/2025 10:00",
        "2025-03-01T25:00:00Z",
        "03/25/2025 08:30",
        "2025-03-30T01:30",
        "10:00",
        "01/03/25 08:30",
        "13:30 pm 1 May 2025",
        "2025-03-01 08:30 EST",
        "last week",
    ),
    "money": (
        "lots",
        "1.234,50",
        "12,50",
        "£1.250",
        "1,23,456",
        "£1m-£2m",
        "~500",
        "1..5",
        "0x10",
        "1e5",
        "$500",
        "€500",
        "-",
        "nil",
        "Infinity",
    ),
    "integer": (
        "about 50",
        "1.5",
        "1.200",
        "12,34",
        "1e3",
        "two",
        "10-20",
        "<5",
        "-",
        "9" * 30,
        "none",
        "٣",
    ),
    "hours": ("20,5", "a while", "2:75", "3 months", "1.234,5", "20h 90", "NaN", "-"),
    "decimal": ("20,5", "some", "1.234,5", "NaN", "inf", "1e400"),
    "boolean": ("maybe", "2", "✓", "x", "Yes/No", "partly", "oui"),
}
# Those in which comma and point are the other way round from the file's.
OF_COMMA = ("1,234.50", "1,234.5", "12.5.0", "about 5")
NUMBERS = ("money", "integer", "hours", "decimal")
MOST_IN_FUTURE = datetime(2027, 3, 1, 12)


def slip(name: str, row: Meant, present: list[str], comma: bool, rng: Random) -> Slip:
    """One of the slips that a row of these columns can have."""
    found = [*wider(name, row)]
    found = [one for one in found if set(one.cells) <= set(present)]
    column = rng.choice(present)
    of_column = [*slips_of(columns(name)[column], comma, rng)]
    if not of_column or (found and rng.random() < 0.15):
        of_column = found or [*slips_of(columns(name)["gss_code"], comma, rng)]
    return rng.choice(of_column)


def slips_of(line: dict[str, str], comma: bool, rng: Random) -> Iterator[Slip]:
    """Slips against what one line of a contract says."""
    name, kind = line["column"], line["type"]
    if kind in UNREADABLE:
        texts = OF_COMMA if comma and kind in NUMBERS else UNREADABLE[kind]
        text = rng.choice(texts)
        yield Slip({name: text}, {f"{name}.readable": text}, unread(name, text))
    if line["required"] == "yes":
        yield Slip(
            {name: rng.choice(("", " ", "\u00a0"))}, {f"{name}.required": None}, {name: None}
        )
    if kind == "council":
        text = rng.choice(("E06000099", "Atlantis", "Cardiff Council", "E0600000", "1"))
        yield Slip({name: text}, {"is_council_known": text}, {name: text.upper()})
    if line["allowed"] or line["pattern"]:
        rule = "allowed" if line["allowed"] else "pattern"
        text = rng.choice(("no such", "?", "ÄÖ", "n/k"))
        yield Slip({name: text}, {f"{name}.{rule}": text}, {name: text})
    if kind in NUMBERS and line["minimum"] and float(line["minimum"]) <= 1:
        yield below(name, kind, comma, rng)
    if line["maximum"] == "received":
        yield later(name, kind)


def unread(name: str, text: str) -> Meant:
    """What a cell that cannot be read leaves behind."""
    return {name: BLANKS.get(name), f"{name}__unread": text}


def below(name: str, kind: str, comma: bool, rng: Random) -> Slip:
    """Less than nothing."""
    forms = ["-500", "-500,00" if comma else "-500.00", "−500"]
    forms += ["(500)", "£-500", "-£500", "500-"] if kind == "money" else []
    shown = {"integer": "-500", "money": "-500.00"}.get(kind, "-500.0")
    cells = {name: rng.choice(forms)}
    return Slip(cells, {f"{name}.between": shown}, {name: -500})


def later(name: str, kind: str) -> Slip:
    """A day that had not come when the file did."""
    if kind == "date":
        day = MOST_IN_FUTURE.date()
        return Slip({name: day.strftime("%d/%m/%Y")}, {f"{name}.possible": str(day)}, {name: day})
    text = MOST_IN_FUTURE.strftime("%Y-%m-%dT%H:%M:%SZ")
    rules: dict[str, str | None] = {f"{name}.possible": str(MOST_IN_FUTURE)}
    return Slip({name: text}, rules, {name: MOST_IN_FUTURE})


def wider(name: str, row: Meant) -> Iterator[Slip]:
    """Slips against rules that are wider than one column."""
    if name == "disruptions":
        yield before(row, "started_at", "restored_at", "is_restored_after_start")
        yield Slip(
            {"lgsl_id": "999999", "corporate_service": ""},
            {"is_lgsl_service": "999999"},
            {"lgsl_id": 999999, "corporate_service": None},
        )
    if name == "incidents":
        yield before(row, "detected_at", "contained_at", "is_contained_after_detection")
        yield Slip(
            {"cost_status": "", "cost_recovery_gbp": "5"},
            {"has_cost_status": None},
            {"cost_status": None, "cost_recovery_gbp": 5},
        )
    if name == "assessments":
        yield Slip(
            {"assessment_period": "2024/26"},
            {"is_one_year": "2024/26"},
            {"assessment_period": "2024/26"},
        )
    if name == "awards":
        yield Slip(
            {"role": "partner", "amount_awarded_gbp": "10"},
            {"is_amount_on_lead_only": "10.00"},
            {"role": "partner", "amount_awarded_gbp": 10},
        )


def before(row: Meant, first: str, second: str, rule: str) -> Slip:
    """The second moment a minute before the first."""
    at = row[first]
    assert isinstance(at, datetime)
    at -= timedelta(minutes=1)
    cells = {second: at.strftime("%Y-%m-%dT%H:%M:%SZ")}
    return Slip(cells, {rule: str(at)}, {second: at})
