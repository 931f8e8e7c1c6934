"""The planted truths, kept as they are made, for an estimator to be checked against."""

import datetime as dt
from collections import defaultdict
from typing import Any

import numpy as np

from demonstration.assessments import Assessment
from demonstration.maturity import GAIN, GAIN_QUARTERS, HOURS_FACTOR, HOURS_FROM_QUARTER
from demonstration.period import label, quarter_index, quarter_name
from demonstration.support import INTERCEPT, PILOT_SITES, SLOPE
from demonstration.world import World


Numbers = dict[str, list[float]]


class Tally:
    """Shares met as judged and as they would have been, counted assessments only."""

    def __init__(self) -> None:
        self.by_quarter: dict[int, Numbers] = defaultdict(lambda: defaultdict(list))
        self.by_year: dict[str, dict[str, Numbers]] = {
            "funded": defaultdict(lambda: defaultdict(list)),
            "never_funded": defaultdict(lambda: defaultdict(list)),
        }
        self.gaps: list[float] = []
        self.hours: Numbers = defaultdict(list)

    def add(self, made: Assessment, first_support_on: dt.date | None) -> None:
        """Count one assessment."""
        if not made.is_counted:
            return
        found = shares(made)
        group = "funded" if first_support_on else "never_funded"
        put(self.by_year[group][label(made.year)], found)
        if first_support_on:
            since = quarter_index(made.completed_on) - quarter_index(first_support_on)
            put(self.by_quarter[since], found)
        if made.is_reviewed:
            reviewed = made.share_met(made.review_scores)
            self.gaps.append(made.share_met(made.self_scores) - reviewed)

    def add_hours(self, actual: np.ndarray, unaided: np.ndarray) -> None:
        """Count the hours of disruptions that came late enough to be shortened."""
        self.hours["actual"].append(float(actual.sum()))
        self.hours["unaided"].append(float(unaided.sum()))
        self.hours["disruptions"].append(len(actual))


def shares(made: Assessment) -> dict[str, float]:
    """Shares of profile outcomes met, by the council's own judgement."""
    return {
        "share_met": made.share_met(made.self_scores),
        "share_met_unaided": made.share_met(made.unaided_scores),
    }


def put(numbers: Numbers, found: dict[str, float]) -> None:
    """Add each number found to the list of its name."""
    for name, value in found.items():
        numbers[name].append(value)


def means(numbers: Numbers) -> dict[str, float]:
    """Mean of each, how many, and the difference that support made."""
    found = {name: round(float(np.mean(each)), 5) for name, each in numbers.items()}
    count = len(numbers["share_met"])
    effect = round(found["share_met"] - found["share_met_unaided"], 5)
    return {"assessments": count, **found, "effect": effect}


def at_least(tally: Tally, first: int, last: int = 999) -> dict[str, float]:
    """Means over the quarters since first support from one to another."""
    pooled: Numbers = defaultdict(list)
    for quarter, numbers in tally.by_quarter.items():
        if first <= quarter <= last:
            for name, each in numbers.items():
                pooled[name] += each
    return means(pooled) if pooled else {}


def effect_on_maturity(world: World, tally: Tally) -> dict[str, Any]:
    """What was planted on maturity, as a rule and as it came out."""
    return {
        "definition": (
            "Share of the baseline profile's outcomes met in a submitted or completed "
            "assessment, of those judged, by self_status, B and C by the weakest "
            "critical system. Each "
            "assessment is judged twice with the same random numbers: with the latent "
            "gain and without it (unaided)."
        ),
        "latent_gain": {
            "quarters_since_first_support": list(GAIN_QUARTERS),
            "gain": list(GAIN),
            "between": "straight lines; 0 before, constant after the last",
        },
        "quarters_are": "calendar quarters, completed_on less first_support_on",
        "at_4_quarters": at_least(tally, 4, 4),
        "at_8_or_more_quarters": at_least(tally, 8),
        "after_support": at_least(tally, 1),
        "before_support": at_least(tally, -999, 0),
        "by_quarters_since_support": {
            str(quarter): means(tally.by_quarter[quarter]) for quarter in sorted(tally.by_quarter)
        },
        "by_year": {
            group: {year: means(years[year]) for year in sorted(years)}
            for group, years in tally.by_year.items()
        },
    }


def effect_on_hours(tally: Tally) -> dict[str, Any]:
    """What was planted on the hours of disruptions."""
    actual, unaided = sum(tally.hours["actual"]), sum(tally.hours["unaided"])
    return {
        "definition": (
            "Hours from started_at to restored_at of every disruption that started on "
            "or after the first day of the quarter this many quarters after first "
            "support are multiplied by the factor, before rounding to the minute. "
            "Hours from detected_at to recovered_at of incidents likewise."
        ),
        "factor": HOURS_FACTOR,
        "from_quarters_since_support": HOURS_FROM_QUARTER,
        "disruptions_shortened": int(sum(tally.hours["disruptions"])),
        "hours": round(actual, 1),
        "hours_unaided": round(unaided, 1),
    }


def truths(world: World, tally: Tally) -> dict[str, Any]:
    """All planted truths but the bad rows."""
    treated = {
        code: {"quarter": quarter_name(quarter_index(day)), "first_support_on": str(day)}
        for code, day in world.support.items()
    }
    return {
        "seed": world.seed,
        "scale": world.scale,
        "years": [label(year) for year in world.period.years],
        "treated": treated,
        "treated_councils": len(treated),
        "selection": {
            "definition": (
                "Chance of support is logistic in the standardised latent maturity of "
                "April 2021; weaker councils also tend to come earlier. Future "
                "Councils sites are treated from 2023-Q2 and get no Cyber Support. "
                "Only cyber_support and future_councils carry first_support_on; other "
                "programmes have no effect."
            ),
            "intercept": INTERCEPT,
            "slope": SLOPE,
            "future_councils_sites": PILOT_SITES,
        },
        "maturity": effect_on_maturity(world, tally),
        "disruption_hours": effect_on_hours(tally),
        "incident_counts": {"effect": 0},
        "optimism_gap": {
            "definition": "Share met by self_status less by review_status, reviewed",
            "assessments": len(tally.gaps),
            "mean": round(float(np.mean(tally.gaps)), 5) if tally.gaps else None,
        },
    }
