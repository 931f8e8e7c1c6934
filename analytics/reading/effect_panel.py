"""Councils by year, ready for an estimate of what support changed.

Councils are those of today; a year is a financial year, named by the calendar year in
which it starts. A council viewer is told of all of England only, and cohorts in which
fewer than five councils are known are left out: no cell then stands for fewer than five
councils, whatever is taken from what.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics import impact
from analytics.impact import StaggeredEffects
from analytics.reading.disclosure import SMALLEST_GROUP
from analytics.reading.marts import allow, is_narrowed
from analytics.reading.reader import Reader
from analytics.reading.viewer import NotAllowedError


@dataclass(frozen=True)
class Outcome:
    """One figure per council and year that support may have changed.

    `unit` is that of `analytics.formats`; `words` follow a number of it. A year counts
    from `least` of what is behind its value (months, disruptions) upwards. A share can
    rise to 100% and no further, so councils that start low have more room: where
    `is_share`, councils are compared with others that started at a similar level.
    """

    key: str
    title: str
    indicator: str
    unit: str
    words: str
    behind: str
    least: int = 1
    is_share: bool = False


def of_caf(key: str, title: str) -> Outcome:
    """A share of CAF outcomes, by the indicator of the same name."""
    return Outcome(
        key, title, key, "percent", "percentage points", "outcomes assessed", is_share=True
    )


MATURITY = of_caf("comparable_outcomes_achieved", "Comparable CAF outcomes achieved")
OUTCOMES = {
    outcome.key: outcome
    for outcome in (
        MATURITY,
        of_caf("profile_outcomes_met", "Profile outcomes met"),
        Outcome(
            "hours_disrupted",
            "Hours disrupted a year",
            "hours_disrupted",
            "hours",
            "hours a year",
            "months reported on",
            least=6,
        ),
        Outcome(
            "hours_to_restore",
            "Median hours to restore",
            "median_hours_to_restore",
            "hours",
            "hours",
            "disruptions restored",
            least=3,
        ),
    )
}
# Estimated as checks, and not offered as a choice.
REBASED = of_caf("comparable_outcomes_met", "Profile outcomes met, comparable only")
INCIDENTS = Outcome(
    "incidents_reported",
    "Cyber incidents reported a year",
    "incidents_reported",
    "per_council_year",
    "a year",
    "months reported on",
    least=6,
)
CHECKS = (MATURITY, REBASED, INCIDENTS)
CONTROLS = {"not_yet_treated": "Not yet funded", "never_treated": "Never funded"}
PANEL = ("value", "gss_code", "year", "first_year")
FEW = (
    "Cohorts of which fewer than five councils are known in a year are left out, so "
    "that no council can be told."
)
YEAR = re.compile(r"(?<!p = )\b(20\d\d)\b(?!/)")


@dataclass(frozen=True)
class Panel:
    """Councils in scope, and their values by outcome, council and year.

    `councils` has one row per council of `effect_councils.sql` (first_year is 0 for
    never); `values` one per outcome, council and year with value, behind, value_rank.
    """

    councils: pd.DataFrame
    values: pd.DataFrame

    def of(self, outcome: Outcome) -> pd.DataFrame:
        """The rows of one outcome with enough behind them, and facts of the council."""
        rows = self.values[self.values["outcome"] == outcome.key]
        rows = rows[rows["behind"] >= outcome.least]
        return rows.merge(self.councils, on="gss_code").reset_index(drop=True)


def panel(reader: Reader, outcome: Outcome, programme: str = "any") -> Panel:
    """What may be counted of an outcome, and of the figures that it is checked by."""
    chosen = {
        "programme": programme,
        "outcomes": sorted({outcome.key, *(check.key for check in CHECKS)}),
        "first_year": reader.scope.since_year.year,
        "last_year": reader.scope.until_year.year,
    }
    councils = reader.query("reading/effect_councils", **chosen)
    values = reader.query("reading/effect_panel", **chosen)
    return Panel(councils, values.rename(columns={"share_rank": "value_rank"}))


def refuse_parts(reader: Reader) -> None:
    """A council asks for all of England: a part beside it would tell the rest."""
    allow(reader)
    if reader.viewer.role == "council" and (is_narrowed(reader.scope) or reader.scope.councils):
        raise NotAllowedError(
            "Effects are estimated for all of England: clear the region and the type. "
            "The money, Who got what, and Before and after can be shown for your own "
            "region or type."
        )


def fitted(rows: pd.DataFrame, control: str, within: Sequence[str] = ()) -> StaggeredEffects:
    """The group-time effects of a panel; councils of one site are one cluster."""
    return impact.staggered_effects(rows, *PANEL, control, covariates=within, cluster="cluster")


def with_start(rows: pd.DataFrame) -> pd.DataFrame:
    """The panel with each council's starting value and its cluster (its site, or it).

    The starting value is the first known before support. A council without one is left
    out: there is no year of it to compare with.
    """
    before = rows[(rows["first_year"] == 0) | (rows["year"] < rows["first_year"])]
    first = before.sort_values("year").groupby("gss_code")["value"].first()
    made = rows.assign(
        start=rows["gss_code"].map(first), cluster=rows["site"].fillna(rows["gss_code"])
    )
    return made.dropna(subset="start").reset_index(drop=True)


def without_small_cohorts(rows: pd.DataFrame, control: str) -> pd.DataFrame:
    """The panel without cohorts of which two years both know only one to four councils.

    Those never funded are a cohort too: where they are so few and the only comparison,
    nothing is left.
    """
    is_known = rows.pivot(index="gss_code", columns="year", values="value").notna()
    first = rows.drop_duplicates("gss_code").set_index("gss_code")["first_year"]
    few = set()
    for cohort, own in is_known.groupby(first.reindex(is_known.index)):
        known = own.to_numpy(dtype=int)
        together = known.T @ known
        if ((together > 0) & (together < SMALLEST_GROUP)).any():
            few.add(cohort)
    kept = rows[~rows["first_year"].isin(few)].reset_index(drop=True)
    is_none = control == "never_treated" and not (kept["first_year"] == 0).any()
    return kept.iloc[:0] if is_none else kept


def years_named(text: str) -> str:
    """Years as people write them: 2023 becomes 2023/24."""
    return YEAR.sub(lambda found: year_label(int(found[1])), text)


def year_label(year: float) -> str:
    """A financial year by the calendar year in which it starts."""
    return f"{int(year)}/{(int(year) + 1) % 100:02d}"
