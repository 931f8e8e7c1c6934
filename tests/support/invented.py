"""Several hundred seeded rows of awkward disruptions and assessments.

Overlaps, month ends, both clock changes, disruptions that continue, councils abolished
and split, old codes, weak systems, drafts, second assessments and gaps.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.support.reference import COUNCILS_OF_TODAY, CROSSWALK, baseline, outcomes
from tests.support.rows import Row, assessment, award, disruption, incident, returned
from tests.support.warehouse import Installation


if TYPE_CHECKING:
    from pipelines.report import Report


LONDON = ZoneInfo("Europe/London")
ALLERDALE, COPELAND, CUMBERLAND = "E07000026", "E07000029", "E06000063"
CUMBRIA, BARNSLEY, BARNSLEY_NOW = "E10000006", "E08000016", "E08000038"
REDCAR, STOCKTON = "E06000003", "E06000004"
CORNWALL, HARTLEPOOL, HACKNEY = "E06000052", "E06000001", "E09000012"
ABOLISHED = (ALLERDALE, COPELAND, CUMBRIA)
STANDING = (BARNSLEY, BARNSLEY_NOW, CORNWALL, HARTLEPOOL, HACKNEY)
REORGANISED = date(2023, 4, 1)
FIRST, LAST = date(2022, 10, 1), date(2025, 3, 1)
# Starts that try a border: of a month in winter and summer, of each clock change.
BORDERS = [
    datetime(2022, 12, 31, 23, tzinfo=UTC),
    datetime(2023, 3, 26, 0, tzinfo=UTC),
    datetime(2024, 6, 30, 22, tzinfo=UTC),
    datetime(2024, 3, 31, 0, tzinfo=UTC),
    datetime(2024, 10, 27, 0, tzinfo=UTC),
    datetime(2025, 2, 28, 23, 45, tzinfo=UTC),
]
LEVELS = ["Achieved", "Partially achieved", "Not achieved", "Not assessed"]


def standing(code: str, day: date) -> bool:
    """Whether the council existed on that day."""
    if code in ABOLISHED:
        return day < REORGANISED
    return code != CUMBERLAND or day >= REORGANISED


def council(random: Random, day: date) -> str:
    """One of our councils on that day."""
    all_of_them = (*ABOLISHED, CUMBERLAND, *STANDING)
    return random.choice([code for code in all_of_them if standing(code, day)])


def text(random: Random, moment: datetime) -> str:
    """A moment with Z, or as London writes it with its offset."""
    local = moment.astimezone(random.choice([UTC, LONDON]))
    return local.isoformat().replace("+00:00", "Z")


def disruptions(random: Random) -> list[Row]:
    """400 disruptions, of few services so that many overlap."""
    return [one_disruption(random, number) for number in range(400)]


def one_disruption(random: Random, number: int) -> Row:
    start = datetime(2022, 10, 1, tzinfo=UTC)
    start += timedelta(minutes=15 * random.randrange(4 * 24 * 900))
    if number % 4 == 0:
        start = random.choice(BORDERS)
        start += timedelta(minutes=15 * random.randrange(8))
    end = start + timedelta(minutes=15 * random.choice([0, 1, 6, 40, 400, 3000]))
    service = random.choice([{"lgsl_id": 58}, {"lgsl_id": 69}, {"lgsl_id": ""}])
    corporate = "" if service["lgsl_id"] else "payroll"
    continues = start > datetime(2025, 2, 1, tzinfo=UTC) and number % 2 == 1
    return disruption(
        disruption_id=f"DIS-{number:04}",
        gss_code=council(random, start.astimezone(LONDON).date()),
        **service,
        corporate_service=corporate,
        started_at=text(random, start),
        restored_at="" if continues else text(random, end),
        is_planned=str(number % 10 == 3).lower(),
        cause_class=random.choice(["cyber", "it_failure", "supplier"]),
        channel=random.choice(["online", "phone", "all"]),
        submitted_at="2026-01-01T00:00:00Z",
    )


def months() -> list[date]:
    """Months of the fixture."""
    return [
        date(year, month, 1)
        for year in range(2022, 2026)
        for month in range(1, 13)
        if FIRST <= date(year, month, 1) <= LAST
    ]


def returns(random: Random) -> list[Row]:
    """Most councils report on most months (Barnsley under its old code); all of
    today's report on incidents once.
    """
    sent = [
        returned(
            gss_code=code, dataset="disruptions", period_starts_on=month, received_on="2025-12-01"
        )
        for code in (*ABOLISHED, CUMBERLAND, *STANDING)
        for month in months()
        if standing(code, month) and code != BARNSLEY_NOW and random.random() < 0.85
    ]
    sent += [
        returned(gss_code=code, dataset="incidents", period_starts_on="2025-01-01")
        for code in COUNCILS_OF_TODAY
    ]
    return sent


def incidents() -> list[Row]:
    """One, at a county council: a twelfth of a pound for each resident of England."""
    return [
        incident(
            gss_code="E10000012",
            detected_at="2025-01-31T23:30:00Z",
            cost_recovery_gbp="4712511.50",
            cost_status="outturn",
        )
    ]


def assessments(random: Random) -> list[Row]:
    """Assessments of every sort, and a council that stays exactly at Baseline 3.2."""
    rows = []
    for number, (code, year, version) in enumerate(
        [
            (ALLERDALE, 2022, "3.2"),
            (COPELAND, 2022, "3.2"),
            (CUMBRIA, 2022, "3.2"),
            (CUMBERLAND, 2023, "3.2"),
            (CUMBERLAND, 2024, "4.0"),
            (HACKNEY, 2023, "3.2"),
            (HACKNEY, 2023, "3.2"),
            (HACKNEY, 2024, "4.0"),
            (HARTLEPOOL, 2024, "4.0"),
            (BARNSLEY, 2022, "3.2"),
        ]
    ):
        rows += whole(random, number, code, year, version)
    return rows + exactly_at_baseline()


def whole(random: Random, number: int, code: str, year: int, version: str) -> list[Row]:
    """One assessment: A and D once, B and C for two systems, some rows missing."""
    status = random.choice(["submitted", "completed", "completed", "draft"])
    done = date(year, 12, 1) + timedelta(days=random.randrange(90))
    rows = []
    for outcome in outcomes(version):
        for system in ["SYS-1", "SYS-2"] if outcome["lens"] == "BC" else [""]:
            if random.random() < 0.01:
                continue
            given = [s for s in LEVELS if has_level(outcome, s)]
            review = random.choice(["independent", "self_assessment"])
            is_reviewed = review == "independent" and random.random() < 0.5
            rows.append(
                assessment(
                    assessment_id=f"CAF-{number:04}",
                    gss_code=code,
                    caf_version=version,
                    assessment_period=f"{year}/{year - 1999}",
                    lens=outcome["lens"],
                    system_id=system,
                    outcome_code=outcome["outcome_code"],
                    self_status=pick(random, given),
                    review_type=review,
                    review_status=pick(random, given) if is_reviewed else "",
                    completed_on=done if random.random() < 0.9 else "",
                    status=status,
                )
            )
    return rows


def has_level(outcome: Row, status: str) -> bool:
    return status != "Partially achieved" or outcome["has_partial"] == "true"


def pick(random: Random, given: list[str]) -> str:
    """Mostly achieved, seldom not assessed."""
    weights = [{"Achieved": 8, "Not assessed": 0.2}.get(s, 1) for s in given]
    return random.choices(given, weights)[0]


def exactly_at_baseline() -> list[Row]:
    """Cornwall at Baseline 3.2, and at the same levels through the crosswalk on 4.0.

    Two more at Baseline 3.2 but for one outcome: not assessed, and not sent at all.
    """
    levels = baseline("3.2")
    carried = {
        row["outcome_40"]: levels[row["outcome_32"]]
        for row in CROSSWALK
        if row["outcome_32"] and row["outcome_40"]
    }
    sent = at_levels(REDCAR, 2022, "3.2", levels)
    return [
        *at_levels(CORNWALL, 2022, "3.2", levels),
        *at_levels(CORNWALL, 2023, "4.0", carried),
        *at_levels(STOCKTON, 2022, "3.2", {**levels, "A1.a": "Not assessed"}),
        *[row for row in sent if row["outcome_code"] != "A1.a"],
    ]


def at_levels(code: str, year: int, version: str, levels: dict[str, str]) -> list[Row]:
    """One system and these levels; outcomes without one are not achieved."""
    return [
        assessment(
            assessment_id=f"CAF-{code}-{year}",
            gss_code=code,
            caf_version=version,
            assessment_period=f"{year}/{year - 1999}",
            lens=outcome["lens"],
            system_id="SYS-1" if outcome["lens"] == "BC" else "",
            outcome_code=outcome["outcome_code"],
            self_status=levels.get(outcome["outcome_code"], "Not achieved"),
            review_type="self_assessment",
            completed_on=f"{year}-12-01",
        )
        for outcome in outcomes(version)
    ]


@dataclass(frozen=True)
class Made:
    """The rows, and the warehouse that the pipeline made of them."""

    warehouse: Installation
    report: "Report"
    disruptions: list[Row]
    assessments: list[Row]
    returns: list[Row]


def make(warehouse: Installation) -> Made:
    """Every row in a file, and the warehouse built."""
    random = Random(7)
    rows = {
        "disruptions": disruptions(random),
        "assessments": assessments(random),
        "returns": returns(random),
    }
    for name, some in rows.items():
        warehouse.put(name, some)
    warehouse.put("incidents", incidents())
    # To Essex, a county: its residents are its districts' residents too.
    awards = [award(gss_code="E10000012", amount_awarded_gbp=56_550_138)]
    warehouse.put("awards", awards)
    return Made(warehouse, warehouse.build(), **rows)
