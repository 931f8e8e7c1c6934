"""What moved: principles, outcomes and councils that improved or slipped."""

import pandas as pd

from analytics.charts.composition import composition
from analytics.maturity.movement import reads
from analytics.reading import caf
from analytics.ui import layout, parts
from analytics.ui.caf import Maturity, labelled
from analytics.ui.layout import Card
from analytics.words import numbers


WAYS = {"improved": "Improved", "same": "No change", "slipped": "Slipped"}
NOT_SEEN = "Not known"
MOST_CHANGED = 10
FOLLOWED = (
    "Only councils assessed in both years are followed, and across CAF 3.2 and 4.0 "
    "only the outcomes that mean the same in both."
)


def draw(found: Maturity) -> None:
    """Headlines, principles, outcomes and councils."""
    moved = found.read(reads.moves).dropna(subset="numerator")
    if moved.empty:
        parts.note(
            "No council in scope was assessed in two years running, so nothing can be "
            "said of what moved. Widen the years."
        )
        return
    layout.headlines(cards(found, moved.iloc[-1]))
    parts.note(FOLLOWED)
    principles(found)
    most_changed(found)
    councils(found)


def cards(found: Maturity, last: pd.Series) -> list[Card]:
    """Outcomes and councils that improved and slipped since the year before."""
    coverage = f"{found.label_of(last['period'])}: {found.coverage(last['councils'])}"
    outcomes = [
        Card(
            f"Outcomes {WAYS[way].lower()}",
            numbers.value("percent", 100 * last[way] / last["denominator"]),
            coverage=coverage,
            note=f"{numbers.count(last[way])} of {numbers.count(last['denominator'])} followed",
        )
        for way in ("improved", "slipped")
    ]
    counted = [
        Card(
            f"Councils {way}", numbers.count(last[f"councils_{way}"]), coverage=coverage, note=said
        )
        for way, said in (
            ("improving", "More outcomes improved than slipped"),
            ("slipping", "More outcomes slipped than improved"),
        )
    ]
    return [*outcomes, *counted]


def principles(found: Maturity) -> None:
    """Each principle: outcomes that improved, stayed and slipped since the year before."""
    rows = found.read_latest(reads.moves, unit="principle").dropna(subset="numerator")
    if rows.empty:
        return
    rows = rows.sort_values("code")
    net = (rows["improved"] - rows["slipped"]) / rows["denominator"]
    best, worst = rows.loc[net.idxmax()], rows.loc[net.idxmin()]
    moved_bars(
        found,
        rows,
        rows,
        what="Principle",
        title=f"Outcomes gained and slipped by principle, {found.place}",
        sentence=f"Most gained on balance: {described(best)}. Least: {described(worst)}.",
        key="principles",
    )


def described(row: pd.Series) -> str:
    """A principle with how many of its outcomes improved and slipped, in per cent."""
    shares = [f"{100 * row[way] / row['denominator']:.1f}%" for way in ("improved", "slipped")]
    return f"{row['code']} {row['name']} ({shares[0]} improved, {shares[1]} slipped)"


def moved_bars(
    found: Maturity,
    drawn: pd.DataFrame,
    rows: pd.DataFrame,
    *,
    what: str,
    title: str,
    sentence: str,
    key: str,
) -> None:
    """Bars of how outcomes moved, one for each row drawn; the table has all rows."""
    kinds = WAYS | {"unknown": NOT_SEEN}
    parts_of = [
        pd.DataFrame(
            {
                "row_label": labelled(drawn),
                "part": label,
                "count": drawn[way],
                "value": 100 * drawn[way] / drawn["denominator"],
            }
        )
        for way, label in kinds.items()
    ]
    table = rows.assign(row=labelled(rows))
    found.figure(
        composition,
        pd.concat(parts_of),
        parts=tuple(kinds.values()),
        table=table[["row", *kinds, "councils"]].set_axis(
            [what, *kinds.values(), "Councils"], axis=1
        ),
        title=title,
        sentence=sentence,
        coverage=found.coverage(rows["councils"].max()),
        key=key,
    )


def most_changed(found: Maturity) -> None:
    """The outcomes that improved and slipped most since the year before."""
    rows = found.read_latest(reads.moves, unit="outcome").dropna(subset="numerator")
    if rows.empty:
        return
    rows = rows.assign(net=rows["improved"] - rows["slipped"])
    ordered = rows.sort_values("net", ascending=False)
    moved = ordered[(ordered["improved"] > 0) | (ordered["slipped"] > 0)]
    if moved.empty:
        parts.note(f"No outcome moved in {found.place} since the year before.")
        return
    ends = pd.concat([moved.head(MOST_CHANGED // 2), moved.tail(MOST_CHANGED // 2)])
    ends = ends.drop_duplicates("code")
    named = labelled(ends)
    best, worst = ends.iloc[0], ends.iloc[-1]
    is_risk = worst["slipped"] > worst["improved"]
    sentence = (
        f"Most gained: {named.iloc[0]} (improved in {numbers.count(best['improved'])} "
        f"councils, slipped in {numbers.count(best['slipped'])}). Least: "
        f"{named.iloc[-1]} (improved in {numbers.count(worst['improved'])}, slipped in "
        f"{numbers.count(worst['slipped'])})"
        f"{': a risk that may be emerging.' if is_risk else '.'}"
    )
    moved_bars(
        found,
        ends,
        ordered,
        what="Outcome",
        title=f"Outcomes that changed most since the year before, {found.place}",
        sentence=sentence,
        key="changed",
    )


def councils(found: Maturity) -> None:
    """Councils that are worse than most and getting worse."""
    rows = found.read_latest(caf.councils)
    worse = rows[rows["is_worse_and_worsening"].eq(True) & rows["council_name"].ne("")]
    parts.section("Worse, and getting worse")
    if worse.empty:
        parts.note(
            "No council that you may see is under the median and slipped on more "
            "outcomes than it improved."
        )
        return
    worse = worse.assign(value=worse["value"].round(1))
    table = worse.sort_values("value")[
        ["council_name", "region", "value", "improved", "slipped"]
    ].set_axis(["Council", "Region", "Outcomes met (%)", "Improved", "Slipped"], axis=1)
    parts.listing(
        table,
        title="Worse, and getting worse",
        is_headed=False,
        sentence=f"{numbers.count(len(worse))} councils meet less of the profile than "
        "the median council on the same CAF version, and slipped on more outcomes "
        "than they improved. Those to call first; not a league table.",
        period=found.year,
        coverage=found.coverage(rows["followed"].notna().sum()),
        source="CAF assessments",
        collection=found.see.collection,
        key="worsening",
    )
