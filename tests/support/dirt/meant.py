"""Rows as they were meant: typed values that keep every rule of their dataset."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from tests.support.dirt.facts import BLANKS, codes, columns, councils, live_services, outcomes


Value = str | int | float | Decimal | bool | date | datetime | None
Meant = dict[str, Value]

# Free text that readers, spreadsheets and SQL have stumbled over.
TEXTS = (
    "Example Software Ltd",
    "O’Brien & Sons",
    "Café “Zürich” £1",
    "Fish, Chips; Peas",
    "Smith|Jones",
    'The "Best" Hosts',
    "Two\nlines",
    "=1+1",
    "-",
    "N/A",
    "NULL",
    "0012",
    "Total Systems",
    "1.5",
    "true",
    "Robert'); drop table x;--",
    "100%",
    "é",
    "\\N",
    "a\\",
    "# 7",
    "Łódź",
    "東京",
    "😀 Ltd",
    "x\u2028y",
    "in\u200bside",
    "tab\there",
    "a  b",
    "{}",
    "<script>alert(1)</script>",
    "'quoted'",
    "Trailing,",
    "NaN",
)
FIRST, LAST = datetime(2012, 1, 1), datetime(2025, 9, 30)


def meant(name: str, number: str, rng: Random) -> Meant:
    """A row of a dataset with a key of its own: every column, None where unknown."""
    made = MAKERS[name](number, rng)
    made["gss_code"] = rng.choice(sorted(councils()))
    if rng.random() < 0.3:
        made["share_level"] = rng.choice(codes("share_level"))
    row: Meant = dict.fromkeys(columns(name))
    return row | BLANKS | made


def moment(rng: Random, after: datetime = FIRST, days: float = 0) -> datetime:
    """A moment in UTC, some days at most after another."""
    span = timedelta(days=days) if days else LAST - after
    minutes = rng.randrange(int(span.total_seconds()) // 60 + 1)
    seconds = rng.choice((0, 0, 0, 59, 7))
    return after + timedelta(minutes=minutes, seconds=seconds)


def maybe(rng: Random, value: Value) -> Value:
    """The value, or nothing, as likely as not."""
    return value if rng.random() < 0.5 else None


def money(rng: Random) -> Decimal:
    """Pounds and pence, from nothing to millions."""
    whole = rng.choice((0, rng.randrange(1000), rng.randrange(10**7), 1_200_000, 12000))
    return Decimal(whole) + Decimal(rng.choice((0, 0, 0, 50, 5, 99))) / 100


def hours(rng: Random) -> float:
    """Hours to the quarter."""
    return rng.choice((rng.randrange(1, 4000) / 4, 1234.5, 24.0))


def one_of(name: str, column: str, rng: Random) -> str:
    """A code of a column's closed list."""
    return rng.choice(codes(columns(name)[column]["allowed"]))


def incident(number: str, rng: Random) -> Meant:
    """An incident that was confirmed, and was dealt with in the right order."""
    detected = moment(rng)
    contained = moment(rng, detected, 9)
    is_reported = rng.random() < 0.5
    row: Meant = {"incident_ref": f"INC-{number}", "detected_at": detected}
    for column in ("incident_status", "category", "action", "actor"):
        row[column] = one_of("incidents", column, rng)
    for column in ("data_subjects_affected", "ncsc_category"):
        row[column] = maybe(rng, rng.randrange(1, 6) * (column[0] == "n" or 1013))
    for column in ("is_supplier_involved", "is_ransom_demanded", "is_integrity_lost"):
        row[column] = rng.choice((True, False, None))
    costs = ("cost_response_gbp", "cost_recovery_gbp", "cost_lost_income_gbp")
    return row | {
        "occurred_at": maybe(rng, detected - timedelta(minutes=rng.randrange(9999))),
        "contained_at": maybe(rng, contained),
        "recovered_at": maybe(rng, moment(rng, contained, 30)),
        "submitted_at": maybe(rng, moment(rng, contained, 60)),
        "is_availability_lost": True,
        "is_reported_to_ico": is_reported,
        "ico_report_hours": hours(rng) if is_reported else None,
        "ncsc_category_source": one_of("incidents", "ncsc_category_source", rng),
        "cost_status": one_of("incidents", "cost_status", rng),
        "supplier_name": maybe(rng, rng.choice(TEXTS)),
        "system_ids": maybe(rng, rng.choice(("SYS-0001", "SYS-0001|SYS-0002"))),
        **{column: maybe(rng, money(rng)) for column in costs},
    }


def disruption(number: str, rng: Random) -> Meant:
    """A disruption of one service."""
    started = moment(rng)
    is_corporate = rng.random() < 0.3
    row: Meant = {"disruption_id": f"DIS-{number}", "started_at": started}
    for column in ("severity", "cause_class", "channel"):
        row[column] = one_of("disruptions", column, rng)
    corporate = one_of("disruptions", "corporate_service", rng)
    rto = hours(rng)
    return row | {
        "incident_ref": maybe(rng, "INC-2025-0042"),
        "lgsl_id": None if is_corporate else rng.choice(live_services()),
        "corporate_service": corporate if is_corporate else None,
        "restored_at": maybe(rng, moment(rng, started, 20)),
        "is_planned": rng.random() < 0.5,
        "supplier_name": maybe(rng, rng.choice(TEXTS)),
        "rto_hours": rto,
        "mtpd_hours": maybe(rng, rto + rng.randrange(100)),
        "transactions_lost": maybe(rng, rng.randrange(5000)),
        "residents_affected": maybe(rng, rng.randrange(10**6)),
        "submitted_at": moment(rng, started, 60),
    }


def payment(number: str, rng: Random) -> Meant:
    """A payment of an award."""
    return {
        "payment_id": f"PAY-{number}",
        "award_id": rng.choice(("AWD-CS-0012", "AWD-7", "0007")),
        "paid_on": moment(rng).date(),
        "amount_paid_gbp": money(rng),
    }


def assessment(number: str, rng: Random) -> Meant:
    """The judgement of one outcome."""
    outcome = rng.choice(outcomes())
    completed = moment(rng).date()
    is_partial = outcome["has_partial"] == "true" and rng.random() < 0.5
    return {
        "assessment_id": f"CAF-{number}",
        "caf_version": outcome["caf_version"],
        "profile": maybe(rng, one_of("assessments", "profile", rng)),
        "assessment_period": rng.choice(("2023/24", "2024/25")),
        "lens": outcome["lens"],
        "system_id": "SYS-0001-1" if outcome["lens"] == "BC" else None,
        "outcome_code": outcome["outcome_code"],
        "self_status": "Partially achieved" if is_partial else "Achieved",
        "review_type": maybe(rng, "independent"),
        "completed_on": completed,
        "reviewed_on": maybe(rng, completed + timedelta(days=rng.randrange(90))),
        "evidence_ref_count": maybe(rng, rng.randrange(2000)),
        "is_carried_forward": rng.choice((True, False, None)),
        "status": one_of("assessments", "status", rng),
    }


def award(number: str, rng: Random) -> Meant:
    """An award to one council."""
    is_lead, is_round = rng.random() < 0.5, rng.random() < 0.5
    starts = moment(rng).date()
    return {
        "award_id": f"AWD-{number}",
        "title": rng.choice([text for text in TEXTS if text != "\\N"]),
        "currency": "GBP",
        "amount_awarded_gbp": money(rng) if is_lead else None,
        "awarded_on": moment(rng).date(),
        "role": "lead" if is_lead else "partner",
        "funding_org_name": rng.choice(TEXTS),
        "programme": one_of("awards", "programme", rng),
        "funding_model": "round" if is_round else "continuous",
        "round_no": rng.randrange(1, 9) if is_round else None,
        "starts_on": maybe(rng, starts),
        "ends_on": maybe(rng, starts + timedelta(days=rng.randrange(900))),
        "objective": rng.randrange(1, 6),
        "first_support_on": maybe(rng, moment(rng).date()),
    }


MAKERS: dict[str, Callable[[str, Random], Meant]] = {
    "incidents": incident,
    "disruptions": disruption,
    "award_payments": payment,
    "assessments": assessment,
    "awards": award,
}
