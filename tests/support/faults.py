"""One broken row for every rule of every suite, and what must be said of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from pipelines.datasets import Column, Dataset
from tests.support.rows import Row, row


@dataclass(frozen=True)
class Fault:
    """A valid row with `changes` breaks `rule`; people are shown the value `shown`."""

    rule: str
    shown: str | None
    changes: Row = field(default_factory=dict)


def fault(rule: str, shown: str | None, **changes: str) -> Fault:
    return Fault(rule, shown, changes)


# Rules wider than one column; the dataset's module in `expectations` states them.
WIDER = {
    "incidents": [
        fault("is_detected_after_start", "2025-03-01 08:31:00", occurred_at="2025-03-01T08:31:00Z"),
        fault(
            "is_contained_after_detection",
            "2025-03-01 08:29:00",
            contained_at="2025-03-01T08:29:00Z",
        ),
        fault(
            "is_recovered_after_detection",
            "2025-03-01 08:29:00",
            recovered_at="2025-03-01T08:29:00Z",
        ),
        fault(
            "is_recovered_after_detection",
            "2025-03-01 09:30:00",
            contained_at="2025-03-01T10:00:00Z",
            recovered_at="2025-03-01T09:30:00Z",
        ),
        fault(
            "is_sent_after_detection", "2025-03-01 08:30:00", submitted_at="2025-02-28T08:30:00Z"
        ),
        fault("has_loss_if_confirmed", "Confirmed", is_availability_lost="false"),
        fault("has_ncsc_category_source", "4", ncsc_category="4"),
        fault(
            "is_effect_of_lost_availability",
            "Loss",
            availability_effect="Loss",
            is_availability_lost="false",
            is_integrity_lost="true",
        ),
        fault(
            "is_ico_time_of_a_report", "20.5", ico_report_hours="20.5", is_reported_to_ico="false"
        ),
        fault("has_cost_status", None, cost_recovery_gbp="£54,000"),
        fault("has_version_of_root_cause", "B4.c", root_cause_outcome="B4.c"),
        fault("is_root_cause_in_version", "A4.b", root_cause_outcome="A4.b", caf_version="3.2"),
    ],
    "disruptions": [
        fault("is_restored_after_start", "2025-03-01 08:29:00", restored_at="2025-03-01T08:29:00Z"),
        fault("is_sent_after_start", "2025-03-01 08:30:00", submitted_at="2025-02-28T08:30:00Z"),
        fault("has_one_service", None, lgsl_id=""),
        fault("has_one_service", "payroll", corporate_service="payroll"),
        fault("is_lgsl_service", "999999", lgsl_id="999999"),
        fault("is_objective_within_tolerance", "73.0", rto_hours="73", mtpd_hours="72"),
    ],
    "assessments": [
        fault("is_one_year", "2024/26", assessment_period="2024/26"),
        fault("is_outcome_of_version", "A4.b", outcome_code="A4.b", lens="AD", system_id=""),
        fault("is_outcome_of_lens", "AD", lens="AD", system_id=""),
        fault("has_a_status", None, self_status=""),
        fault("has_system_if_needed", None, system_id=""),
        fault(
            "has_system_if_needed",
            "SYS-E06000001-1",
            lens="AD",
            outcome_code="A1.a",
            self_status="Achieved",
        ),
        fault(
            "is_self_status_possible",
            "Partially achieved",
            lens="AD",
            outcome_code="A1.a",
            system_id="",
        ),
        fault(
            "is_review_status_possible",
            "Partially achieved",
            lens="AD",
            outcome_code="A1.a",
            system_id="",
            self_status="Achieved",
            review_status="Partially achieved",
        ),
        fault(
            "is_reviewed_after_completion",
            "2025-02-13",
            completed_on="2025-02-14",
            reviewed_on="2025-02-13",
        ),
        fault(
            "is_review_status_of_a_review",
            "Achieved",
            review_status="Achieved",
            review_type="self_assessment",
        ),
    ],
    "awards": [
        fault("has_round_if_round", None, round_no=""),
        fault("has_round_if_round", "4", funding_model="continuous"),
        fault("is_ended_after_start", "2024-01-31", starts_on="2024-02-01", ends_on="2024-01-31"),
        fault("is_amount_on_lead_only", "125000.00", role="partner", amount_awarded_gbp="125000"),
    ],
    "caf_profiles": [
        fault("is_name_free", "baseline", profile="baseline"),
        fault("is_outcome_of_version", "A4.b", outcome_code="A4.b"),
        fault(
            "is_level_possible",
            "Partially achieved",
            outcome_code="A1.a",
            required_level="Partially achieved",
        ),
    ],
    "actions": [
        fault("is_completed_after_creation", "2025-03-24", completed_on="2025-03-24"),
        fault("has_date_if_done", None, action_status="done"),
        fault("is_outcome_of_version", "A4.b", outcome_code="A4.b"),
    ],
    "returns": [
        fault("is_first_of_period", "2025-03-02", period_starts_on="2025-03-02"),
        fault(
            "is_first_of_period", "2025-03-01", period_starts_on="2025-03-01", dataset="assessments"
        ),
        fault(
            "is_received_after_start",
            "2025-02-28",
            period_starts_on="2025-03-01",
            received_on="2025-02-28",
        ),
    ],
    "problems": [
        fault(
            "is_annual_cost_the_product",
            "26642.00",
            unit_cost_gbp="18.50",
            volume="120",
            frequency_per_year="12",
            annual_cost_gbp="26642",
        )
    ],
    "reported_incidents": [
        fault("is_in_england", "Wales", country="Wales"),
        fault("names_a_council", "Salisbury", council_named="Salisbury", gss_code=""),
        fault("is_council_known", "E06000099", gss_code="E06000099"),
        fault("is_council_of_the_day", "E06000063", gss_code="E06000063"),
    ],
    "reported_awards": [
        fault(
            "names_a_council",
            "A combined authority",
            gss_code="",
            recipient_named="A combined authority",
        ),
        fault(
            "is_council_known",
            "A Welsh council",
            gss_code="W06000001",
            recipient_named="A Welsh council",
        ),
    ],
}
# Rules that accept the row and list it, by name.
NOTED = {
    "incidents": [
        fault(
            "is_month_known",
            "2025-01-01 00:00:00",
            detected_precision="year",
            detected_at="2025-01-01T00:00:00Z",
        ),
        fault("is_reported_within_72_hours", "72.5", ico_report_hours="72.5"),
    ],
    "disruptions": [fault("is_live_service", "3", lgsl_id="3")],
}


def noted(kind: Dataset) -> list[Fault]:
    """A fault for every rule that accepts the row and lists it."""
    found = list(NOTED.get(kind.name, []))
    if "gss_code" in [column.column for column in kind.columns]:
        likely = "Stoke City Council"
        found.append(fault("is_council_certain", likely, gss_code=likely))
    return found


def planted(kind: Dataset) -> list[Fault]:
    """A fault for every rule that sets a row of this dataset aside, but repeats."""
    found = [fault for column in kind.columns for fault in of_column(column)]
    has_council = "gss_code" in [column.column for column in kind.columns]
    if not kind.is_public and has_council:
        found.append(fault("is_council_known", "E06000099", gss_code="E06000099"))
    if not kind.is_public and kind.dated_by:
        abolished = {"gss_code": "E07000029", **late(kind)}
        found.append(Fault("is_council_of_the_day", "E07000029", abolished))
    return found + WIDER.get(kind.name, [])


def late(kind: Dataset) -> Row:
    """A day on which Copeland was no more."""
    return {kind.dated_by: "2025-02-01"}


def of_column(column: Column) -> Iterator[Fault]:
    """A fault for each rule that one line of a contract states."""
    name = column.column
    if column.is_required:
        yield Fault(f"{name}.required", None, {name: ""})
    if column.type not in ("text", "council", "list"):
        yield Fault(f"{name}.readable", "abc", {name: "abc"})
    if column.allowed:
        yield Fault(f"{name}.allowed", "no such", {name: "no such"})
    if column.pattern:
        yield Fault(f"{name}.pattern", "no such", {name: "no such"})
    if column.type == "text" and column.maximum:
        long = "x" * (int(column.maximum) + 1)
        yield Fault(f"{name}.length", long, {name: long})
    elif column.type != "text":
        yield from outside(column)


def outside(column: Column) -> Iterator[Fault]:
    """Just below the least and just above the most."""
    if column.type in ("date", "timestamp"):
        yield from out_of_time(column)
        return
    name, rule = column.column, f"{column.column}.between"
    whole = column.type == "integer"
    if column.minimum:
        low = float(column.minimum) - (1 if whole else 0.01)
        yield Fault(rule, as_shown(low, column.type), {name: f"{low:g}"})
    if column.maximum:
        high = float(column.maximum) + (1 if whole else 0.01)
        yield Fault(rule, as_shown(high, column.type), {name: f"{high:g}"})


def out_of_time(column: Column) -> Iterator[Fault]:
    """A day before the first that is possible, and one that has not come yet."""
    name, is_date = column.column, column.type == "date"
    for limit, day in ((column.minimum, "1999-12-31"), (column.maximum, "2099-01-01")):
        if limit:
            shown = day if is_date else f"{day} 12:00:00"
            sent = day if is_date else f"{day}T12:00:00Z"
            yield Fault(f"{name}.possible", shown, {name: sent})


def as_shown(value: float, kind: str) -> str:
    """A number as its column's type prints it."""
    return {"integer": f"{value:.0f}", "money": f"{value:.2f}"}.get(kind, str(value))


COUNCILS = [f"E090000{n:02}" for n in range(1, 34)]
IDENTITY = {
    "programme_budgets": lambda n: {"financial_year": f"20{n:02}/{n:02}"},
    "caf_profiles": lambda n: {"profile": f"own_{n}"},
    "caf_stage_events": lambda n: {"gss_code": COUNCILS[n]},
    "returns": lambda n: {"gss_code": COUNCILS[n]},
}


def numbered(kind: Dataset, n: int, **changes: str) -> Row:
    """A valid row whose key no other number has, with these cells changed."""
    own = IDENTITY[kind.name](n) if kind.name in IDENTITY else own_key(kind, n)
    return row(kind.name, **{**own, **changes})


def own_key(kind: Dataset, n: int) -> Row:
    """The key cell of row `n`: in a column with a pattern, or else of any type."""
    keys = sorted((c for c in kind.columns if c.column in kind.key), key=lambda c: not c.pattern)
    for column in keys:
        cell = key_cell(column, n, "KEY-" if not kind.is_public else column.example[0])
        if cell:
            return {column.column: cell}
    raise AssertionError(f"No key column of {kind.name} can have many values: {kind.key}")


def key_cell(column: Column, n: int, prefix: str) -> str:
    """A value of its own for each `n` but 0, and none of them the contract's example."""
    if column.allowed:
        return ""
    match column.type:
        case "text":
            return f"{prefix}{n + 100}"
        case "integer" | "decimal" | "money" | "percent" | "hours":
            return str(int(float(column.example.strip("£").replace(",", ""))) + n)
        case "date" | "timestamp":
            day = date.fromisoformat(column.example[:10]) - timedelta(days=n)
            return day.isoformat() + column.example[10:]
        case "council":
            return COUNCILS[n]
    return ""
