"""What can be wrong with a row: each fault says where it fits and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


Row = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """A kind of fault: the column it shows in, and the row once spoiled."""

    kind: str
    column: str
    spoil: Callable[[Row], Row]
    fits: Callable[[Row], bool] = lambda row: True


def put(kind: str, column: str, value: Any, *needs: str) -> Fault:
    """A fault that writes one value; `needs` are columns that must not be blank."""
    return Fault(
        kind,
        column,
        lambda row: row | {column: value},
        lambda row: all(row.get(name, "") != "" for name in needs),
    )


def day_before(text: str) -> str:
    """The same moment a year earlier: well before anything that it follows."""
    return f"{int(text[:4]) - 1}-02-01{text[10:]}"


def earlier(kind: str, column: str, than: str) -> Fault:
    """A moment that comes before one that it should follow."""
    return Fault(
        kind,
        column,
        lambda row: row | {column: day_before(row[than])},
        lambda row: row.get(column, "") != "",
    )


def outcome_of_other_version(row: Row) -> Row:
    """An outcome that the row's version has not: A2.c and A4.b are new in 4.0."""
    if row["caf_version"] == "3.2":
        return row | {"outcome_code": "A4.b" if row["lens"] == "AD" else "C1.f"}
    return row | {"outcome_code": "C2.b"}


UNKNOWN = put("unknown_council", "gss_code", "E06999999")
FAULTS: dict[str, list[Fault]] = {
    "incidents": [
        UNKNOWN,
        put("unreadable_date", "detected_at", "31/02/2024"),
        put("unreadable_date", "detected_at", "soon"),
        put("required_missing", "incident_status", ""),
        put("not_in_list", "action", "Ransom ware"),
        earlier("recovered_before_detected", "recovered_at", "detected_at"),
        put("negative_cost", "cost_response_gbp", "-1200.00", "cost_response_gbp"),
        put("category_without_source", "ncsc_category_source", "", "ncsc_category"),
    ],
    "disruptions": [
        UNKNOWN,
        put("unreadable_date", "started_at", "31/02/2024"),
        put("unreadable_date", "started_at", "soon"),
        put("required_missing", "severity", ""),
        put("not_in_list", "cause_class", "cyber attack"),
        earlier("restored_before_started", "restored_at", "started_at"),
        put("both_service_kinds", "corporate_service", "email", "lgsl_id"),
        put("negative_number", "residents_affected", "-5"),
    ],
    "assessments": [
        UNKNOWN,
        put("unreadable_date", "completed_on", "31/02/2024"),
        put("required_missing", "self_status", ""),
        put("not_in_list", "self_status", "Mostly achieved"),
        Fault(
            "partial_where_none",
            "self_status",
            lambda row: row | {"self_status": "Partially achieved"},
            lambda row: row["outcome_code"] in ("A1.a", "A1.b", "A3.a", "D1.b", "D2.b"),
        ),
        Fault(
            "outcome_not_in_version",
            "outcome_code",
            outcome_of_other_version,
            lambda row: row["caf_version"] == "3.2" or row["lens"] == "BC",
        ),
        Fault(
            "system_missing",
            "system_id",
            lambda row: row | {"system_id": ""},
            lambda row: row["lens"] == "BC",
        ),
    ],
    "actions": [
        UNKNOWN,
        put("unreadable_date", "due_on", "soon"),
        put("not_in_list", "priority", "urgent"),
        put("negative_cost", "estimated_cost_gbp", "-500.00"),
    ],
    "awards": [
        put("required_missing", "title", ""),
        put("round_without_number", "round_no", "", "round_no"),
        put("negative_cost", "amount_awarded_gbp", "-1000.00", "amount_awarded_gbp"),
    ],
    "award_payments": [
        put("unreadable_date", "paid_on", "31/02/2024"),
        put("negative_cost", "amount_paid_gbp", "-250.00"),
    ],
    "critical_systems": [
        put("not_in_list", "hosting_type", "the cloud"),
        put("required_missing", "is_legacy", ""),
    ],
    "returns": [
        UNKNOWN,
        put("not_in_list", "return_kind", "none"),
        put("unreadable_date", "received_on", "soon"),
    ],
}
# What a second row with the same key says instead.
DUPLICATES: dict[str, Row] = {
    "incidents": {"actor": "partner"},
    "disruptions": {"channel": "phone", "severity": "manual_workaround"},
    "assessments": {"evidence_ref_count": 99},
    "returns": {"received_on": "2026-04-30"},
}
