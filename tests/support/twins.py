"""Slow, obvious twins of the SQL, written from the definitions in plain Python.

They read the rows that went into the files, not the warehouse. Where SQL uses windows
and joins, these count quarter hours one by one.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tests.support.reference import ALIASES, COUNCILS, SUCCESSORS, baseline
from tests.support.rows import Row


LONDON = ZoneInfo("Europe/London")
QUARTER = 15 * 60
SCORE = {"Achieved": 3, "Partially achieved": 2, "Not achieved": 1}
Ratio = tuple[int, int]


def of_the_day(code: str) -> str:
    """The council's own code: older codes of the same council are aliases."""
    return ALIASES.get(code, code)


def today(code: str) -> str:
    """The council that stands for it today; itself where it was shared out."""
    now = successor(of_the_day(code))
    return now or of_the_day(code)


def successor(code: str) -> str | None:
    """The council of today that took it over whole, if there is one."""
    if not COUNCILS[code]["ended_on"]:
        return code
    heirs = [row for row in SUCCESSORS if row["gss_code"] == code]
    if len(heirs) != 1:
        return None
    return successor(heirs[0]["successor_gss_code"])


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def month_of(when: datetime) -> date:
    """The London month of a moment."""
    return when.astimezone(LONDON).date().replace(day=1)


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def reported(returns: Iterable[Row], dataset: str) -> set[tuple[str, date]]:
    """Councils of today and months that someone reported on."""
    return {
        (today(row["gss_code"]), date.fromisoformat(row["period_starts_on"]))
        for row in returns
        if row["dataset"] == dataset
    }


def unplanned(disruptions: Iterable[Row]) -> list[Row]:
    return [row for row in disruptions if row["is_planned"] == "false"]


def by_cyber(disruptions: Iterable[Row]) -> list[Row]:
    return [row for row in disruptions if row["cause_class"] == "cyber"]


def online(disruptions: Iterable[Row]) -> list[Row]:
    """Public services that users met online."""
    return [row for row in disruptions if row["lgsl_id"] and row["channel"] in ("online", "all")]


def hours_disrupted(
    disruptions: Iterable[Row], returns: Iterable[Row]
) -> dict[tuple[str, date], float]:
    """Hours by council of today and month reported on; a quarter hour counts once.

    Councils that merged count as one council, before they merged too.
    """
    months = reported(returns, "disruptions")
    last = next_month(max(month for _, month in months))
    until = datetime(last.year, last.month, 1, tzinfo=LONDON).astimezone(UTC)
    quarters: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in unplanned(disruptions):
        service = row["lgsl_id"] or row["corporate_service"]
        start = moment(row["started_at"])
        end = moment(row["restored_at"]) if row["restored_at"] else until
        quarters[today(row["gss_code"]), service].update(
            range(int(start.timestamp()) // QUARTER, int(end.timestamp()) // QUARTER)
        )
    hours = dict.fromkeys(months, 0.0)
    for (code, _), spent in quarters.items():
        for quarter in spent:
            month = month_of(datetime.fromtimestamp(quarter * QUARTER, UTC))
            if (code, month) in hours:
                hours[code, month] += 0.25
    return hours


def hours_to_restore(disruptions: Iterable[Row]) -> list[tuple[str, date, float]]:
    """Council of today, month of the start and hours, of each disruption that ended."""
    events = []
    for row in unplanned(disruptions):
        if row["restored_at"]:
            start, end = moment(row["started_at"]), moment(row["restored_at"])
            hours = (end - start).total_seconds() / 3600
            events.append((today(row["gss_code"]), month_of(start), hours))
    return sorted(events)


def percentile(values: Iterable[float], share: float) -> float:
    """The value with that share below it, on a straight line between neighbours."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


Assessed = dict[tuple[str, int, str], dict[str, int | None]]


def council_levels(assessments: Iterable[Row]) -> Assessed:
    """By council of the day, year and version: each outcome's level, or unknown."""
    by_year: dict[tuple[str, int], list[Row]] = {}
    for row in assessments:
        if row["status"] in ("submitted", "completed"):
            year = of_the_day(row["gss_code"]), int(row["assessment_period"][:4])
            by_year.setdefault(year, []).append(row)
    levels: Assessed = {}
    for (code, year), rows in by_year.items():
        version = max(row["caf_version"] for row in rows)
        latest = latest_of_each_part([r for r in rows if r["caf_version"] == version])
        found = levels.setdefault((code, year, version), {})
        for outcome in {row["outcome_code"] for row in latest}:
            of_systems = [row for row in latest if row["outcome_code"] == outcome]
            found[outcome] = weakest(of_systems)
    return levels


def latest_of_each_part(rows: list[Row]) -> list[Row]:
    """Rows of the last assessment of the council itself, and of each of its systems."""
    parts: dict[tuple[str, str], dict[str, list[Row]]] = {}
    for row in rows:
        part = parts.setdefault((row["lens"], row["system_id"]), {})
        part.setdefault(row["assessment_id"], []).append(row)
    return [row for part in parts.values() for row in max(part.values(), key=recency)]


def recency(assessment: list[Row]) -> tuple[str, str]:
    """The day on which the last part was completed, then the reference."""
    reference = assessment[0]["assessment_id"]
    return max(row["completed_on"] for row in assessment), reference


def weakest(systems: list[Row]) -> int | None:
    """The lowest level of any system that was assessed, reviewer's judgement first."""
    judged = [row["review_status"] or row["self_status"] for row in systems]
    known = [SCORE[status] for status in judged if status != "Not assessed"]
    return min(known) if known else None


def profile_outcomes_met(assessments: Iterable[Row]) -> dict[tuple[str, int], Ratio]:
    """Outcomes at the profile's level and outcomes assessed, by council of today."""
    answer: dict[tuple[str, int], Ratio] = {}
    for (code, year, version), levels in council_levels(assessments).items():
        met = assessed = 0
        for outcome, needed in baseline(version).items():
            level = levels.get(outcome)
            if level is not None:
                assessed += 1
                met += level >= SCORE[needed]
        before = answer.get((today(code), year), (0, 0))
        answer[today(code), year] = before[0] + met, before[1] + assessed
    return answer


def meets_profile(levels: dict[str, int | None], version: str) -> bool | None:
    """Yes, no, or unknown: one outcome below settles it, a gap leaves it open."""
    answers = []
    for outcome, needed in baseline(version).items():
        level = levels.get(outcome)
        answers.append(None if level is None else level >= SCORE[needed])
    if False in answers:
        return False
    return None if None in answers else True


def councils_meeting_profile(assessments: Iterable[Row]) -> dict[tuple[str, int], Ratio]:
    """Councils that meet the profile and councils for which it is known."""
    answer: dict[tuple[str, int], Ratio] = {}
    for (code, year, version), levels in council_levels(assessments).items():
        meets = meets_profile(levels, version)
        if meets is not None:
            before = answer.get((today(code), year), (0, 0))
            answer[today(code), year] = before[0] + meets, before[1] + 1
    return answer
