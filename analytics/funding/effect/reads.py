"""Before and after support, council by council, beside councils not funded by then.

A description, level 2 on the Maryland scale: no interval, no p-value. Middles and
quartiles only, because a mean less another mean could tell of one council.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.reading import lookups
from analytics.reading.disclosure import SMALLEST_GROUP
from analytics.reading.effect_panel import FEW, OUTCOMES, Outcome, panel
from analytics.reading.marts import allow, is_narrowed
from analytics.reading.reader import Reader
from analytics.reading.viewer import NotAllowedError, Viewer


LEVEL = 2
ANY = "any"
FUNDED, OTHERS = "Funded", "Not funded by then"
QUARTILES = {"low": 0.25, "middle": 0.5, "high": 0.75}


@dataclass(frozen=True)
class BeforeAfter:
    """What was before support and after, for one outcome, programme and cohort.

    `lines` has one row per funded council that may be named: gss_code, council_name,
    first_year, before, after. `sides` has one row per side (FUNDED, OTHERS): councils,
    and low, middle and high of before, after and change (`before_low` and so on).
    `cohorts` has one row per year of first support: first_year, councils (known), and
    before, after, change and other_change, all middles, and others (councils).
    `sites` and `councils` count the awards and councils that are looked at, known or
    not; `notes` say what was left out.
    """

    outcome: Outcome
    lines: pd.DataFrame
    sides: pd.DataFrame
    cohorts: pd.DataFrame
    sites: int
    councils: int
    notes: tuple[str, ...] = ()


def programmes(reader: Reader) -> pd.DataFrame:
    """Programmes with awards to councils: programme, programme_label, sites, councils.

    Totals of all of England, whatever the scope, which name nobody.
    """
    return reader.query("funding/effect/programmes")


def before_after(
    reader: Reader, key: str, programme: str = ANY, *, cohort: int = 0, years_on: int = 2
) -> BeforeAfter:
    """The year before support and the year so many `years_on`, council by council.

    `key` is one of OUTCOMES; `programme` one of `programmes` or ANY; `cohort` the first
    year of support, 0 for all. The other side are councils that no programme had
    supported by the later year, over the same years; where there are several cohorts
    they count as often as each cohort has funded councils. A council asks for England,
    or for its own region or type (`refuse_others`). ValueError for an outcome not known
    or `years_on` below 0.
    """
    if key not in OUTCOMES:
        raise ValueError(f"{key!r} is not one of: {', '.join(OUTCOMES)}.")
    if years_on < 0:
        raise ValueError(f"years_on {years_on} is below 0")
    refuse_others(reader)
    found = panel(reader, OUTCOMES[key], programme)
    everyone = found.councils
    chosen = everyone["first_year"] == cohort if cohort else everyone["first_year"] > 0
    cohorts = sorted(set(everyone["first_year"][chosen]))
    moved = changes(found.of(OUTCOMES[key]), cohorts, years_on)
    known = without_small(moved) if reader.viewer.role == "council" else moved
    return BeforeAfter(
        OUTCOMES[key],
        named(moved[moved["side"] == FUNDED], reader.viewer),
        sides(known),
        by_cohort(known),
        everyone["site"][chosen].nunique(),
        int(chosen.sum()),
        (FEW,) if len(known) < len(moved) else (),
    )


def refuse_others(reader: Reader) -> None:
    """A council asks for all of England, for its own region or for its own type.

    Quartiles of five councils and more cannot be taken from one another as sums can.
    """
    allow(reader)
    if reader.viewer.role != "council" or not (is_narrowed(reader.scope) or reader.scope.councils):
        return
    everyone = lookups.all_councils(reader.path, reader.viewer).set_index("gss_code")
    region, kind = everyone.loc[reader.viewer.gss_code, ["region", "council_type"]]
    groups = lookups.council_groups(reader.path, reader.viewer)
    is_own = reader.scope.regions == (region,) or [groups[g] for g in reader.scope.groups] == [kind]
    if reader.scope.councils or not is_own:
        raise NotAllowedError(
            "Before and after is shown to a council for all of England, for its own "
            f"region ({region}) or for its own type ({kind}): choose one of these."
        )


def changes(rows: pd.DataFrame, cohorts: list[int], years_on: int) -> pd.DataFrame:
    """One row per cohort and council of either side known in both years.

    Columns: cohort, side, gss_code, council_name, before, after, change, rank (the more
    private of its share levels).
    """
    parts = []
    facts = rows.drop_duplicates("gss_code").set_index("gss_code")
    wide = rows.pivot(index="gss_code", columns="year", values="value")
    ranks = rows.groupby("gss_code")["value_rank"].min().clip(upper=facts["share_rank"])
    for cohort in cohorts:
        ends = cohort - 1, cohort + years_on
        if not set(ends) <= set(wide.columns):
            continue
        part = facts[["council_name"]].assign(
            cohort=cohort, before=wide[ends[0]], after=wide[ends[1]], rank=ranks
        )
        part["side"] = sides_of(facts, cohort, ends[1])
        parts.append(part.dropna(subset=["side", "before", "after"]).reset_index())
    columns = ["gss_code", "council_name", "cohort", "before", "after", "rank", "side"]
    found = pd.concat(parts) if parts else pd.DataFrame(columns=columns)
    return found.assign(change=found["after"] - found["before"]).reset_index(drop=True)


def sides_of(facts: pd.DataFrame, cohort: int, last: int) -> pd.Series:
    """Which side of a cohort's comparison each council is on, if any."""
    later = max(last, cohort)
    is_in = facts["first_year"] == cohort
    by_then = [facts[name].between(1, later) for name in ("first_year", "supported_year")]
    side = pd.Series(None, index=facts.index, dtype=object)
    side[~by_then[0] & ~by_then[1]] = OTHERS
    side[is_in] = FUNDED
    return side


def without_small(moved: pd.DataFrame) -> pd.DataFrame:
    """Cohorts with at least five councils on either side."""
    counts = moved.groupby(["cohort", "side"]).size().unstack().reindex(columns=[FUNDED, OTHERS])
    enough = counts.index[(counts.fillna(0) >= SMALLEST_GROUP).all(axis=1)]
    return moved[moved["cohort"].isin(enough)]


def named(funded: pd.DataFrame, viewer: Viewer) -> pd.DataFrame:
    """The rows of councils that may be named to the viewer; to a council, its own."""
    shown = funded["rank"] >= viewer.named_from
    if viewer.role == "council":
        shown = funded["gss_code"] == viewer.gss_code
    columns = ["gss_code", "council_name", "cohort", "before", "after"]
    lines = funded.loc[shown, columns].rename(columns={"cohort": "first_year"})
    return lines.sort_values("council_name", ignore_index=True)


def sides(moved: pd.DataFrame) -> pd.DataFrame:
    """Quartiles of both sides, the cohorts weighted alike on either."""
    counts = moved.groupby(["side", "cohort"]).size()
    rows = []
    for side in (FUNDED, OTHERS):
        own = moved[moved["side"] == side]
        if own.empty:
            continue
        weights = np.array(
            [counts.get((FUNDED, cohort), 0) / counts[side, cohort] for cohort in own["cohort"]]
        )
        row: dict[str, object] = {"side": side, "councils": own["gss_code"].nunique()}
        for name in ("before", "after", "change"):
            for word, share in QUARTILES.items():
                row[f"{name}_{word}"] = quantile(own[name].to_numpy(), weights, share)
        rows.append(row)
    return pd.DataFrame(rows)


def quantile(values: np.ndarray, weights: np.ndarray, share: float) -> float:
    """A quantile of weighted values, between neighbours where it falls between them.

    With equal weights it is numpy's usual one.
    """
    order = np.argsort(values, kind="stable")
    values, weights = values[order].astype(float), weights[order].astype(float)
    if not weights.sum() > 0:
        return float("nan")
    ends = weights.cumsum() - weights / 2
    first, last = ends[0], ends[-1]
    return float(np.interp(first + share * (last - first), ends, values))


def by_cohort(moved: pd.DataFrame) -> pd.DataFrame:
    """Middles of each cohort, and the middle change of those not funded by then."""
    rows = []
    for cohort, part in moved.groupby("cohort"):
        funded = part[part["side"] == FUNDED]
        others = part[part["side"] == OTHERS]
        if len(funded):
            middles = funded[["before", "after", "change"]].median().to_dict()
            rows.append(
                {
                    "first_year": cohort,
                    "councils": len(funded),
                    **middles,
                    "other_change": others["change"].median(),
                    "others": len(others),
                }
            )
    return pd.DataFrame(rows)
