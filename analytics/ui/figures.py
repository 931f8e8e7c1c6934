"""The figures that several pages share: a read, its chart, its words, its table."""

from collections.abc import Callable
from typing import cast

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.hexmap import hexmap
from analytics.charts.ranking import ranking
from analytics.charts.spread import spread
from analytics.charts.trend import trend
from analytics.reading import lookups
from analytics.reading.indicators import Indicator
from analytics.ui import filters, layout, store
from analytics.ui.layout import Card, Direction
from analytics.ui.view import View
from analytics.words import numbers, sentences


TIERS = {"lower": "Districts and unitaries", "upper": "Counties and unitaries"}
Select = Callable[[str], None] | None
COMPARED = {"region": "by region", "type": "by type of council"}


def card(view: View, indicator: Indicator, *, objective: str = "") -> Card:
    """The latest year of an indicator, its change on the year before, and coverage.

    With `objective`, the card is headed by it and the measure's name stands below.
    """
    rows = view.series(indicator, bucket="year").dropna(subset="value")
    units = numbers.unit_words(indicator.unit)
    note = f"{indicator.title}, {units}" if objective and units else units
    note = note or (indicator.title if objective else "")
    label = objective or indicator.title
    if rows.empty:
        return Card(label, numbers.UNKNOWN, note=note)
    last = rows.iloc[-1]
    change, direction = change_on_year(rows, indicator)
    coverage = sentences.coverage(last["councils"], last["expected"])
    return Card(
        label,
        numbers.value(indicator, last["value"]),
        change,
        f"{last['period_label']}: {coverage}",
        note[:1].upper() + note[1:],
        direction,
    )


def change_on_year(rows: pd.DataFrame, indicator: Indicator) -> tuple[str, Direction]:
    """What a card says of the year before, and which way that is."""
    if len(rows) < 2:
        return "", "unknown"
    before, last = rows.iloc[-2], rows.iloc[-1]
    if before["basis"] != last["basis"]:
        return f"{last['basis']}: not comparable with {before['basis']}", "unknown"
    change = numbers.change(indicator, before["value"], last["value"])
    joined = "on" if change != "no change" else "from"
    direction = sentences.direction(indicator, before["value"], last["value"])
    return f"{change} {joined} {before['period_label']}", cast(Direction, direction)


def show(
    view: View,
    indicator: Indicator,
    chart: go.Figure,
    data: pd.DataFrame,
    *,
    kind: str,
    title: str,
    sentence: str,
    coverage: str,
    period: str = "",
    on_select: Select = None,
) -> None:
    """A figure with everything that must stand beside it."""
    view.figure(
        chart,
        table=data,
        title=title,
        sentence=sentence,
        kind=kind,
        about=indicator,
        coverage=coverage,
        period=period or view.period,
        source=indicator.source,
        key=f"{kind.split()[0].lower()}-{indicator.key}",
        on_select=on_select,
    )


def trend_of(view: View, indicator: Indicator, *, title: str = "") -> None:
    """How an indicator moved, with the council picked out beside the rest."""
    data = view.series_with_council(indicator)
    if data["value"].isna().all():
        layout.empty("nothing_matches")
        return
    highlight = view.gss_code or "England"
    chart = store.draw(
        trend, data, indicator=indicator, highlight=highlight, annotations=view.marks()
    )
    sentence = sentences.trend_sentence(data, indicator)
    if view.gss_code and (data["group_code"] == view.gss_code).any():
        sentence += " " + sentences.trend_sentence(data, indicator, view.gss_code)
    last = data[data["group_code"] == "England"].iloc[-1]
    show(
        view,
        indicator,
        chart,
        data,
        kind="Line chart",
        title=title or f"{indicator.title}, {view.period}",
        sentence=sentence,
        coverage=sentences.coverage(last["councils"], last["expected"])
        + f" in {last['period_label']}",
    )


def comparison_of(view: View, indicator: Indicator, by: str, *, on_select: Select = None) -> None:
    """Regions or types beside one another, and the whole as a reference.

    `on_select` takes the name of the group whose bar is clicked.
    """
    data = view.groups(indicator, by)
    if data["value"].isna().all():
        layout.empty("nothing_matches")
        return
    whole = view.groups(indicator, "england").iloc[0]
    reference = (view.place, whole["value"]) if pd.notna(whole["value"]) else None
    chart = store.draw(
        ranking,
        data,
        indicator=indicator,
        reference=reference,
        highlight=own_group(view, by),
        keys="group_label",
    )
    show(
        view,
        indicator,
        chart,
        data,
        kind="Bar chart",
        title=f"{indicator.title} {COMPARED[by]}, {state_or_range(view, indicator)}",
        sentence=sentences.ranking_sentence(data, indicator, reference),
        coverage=sentences.coverage(data["councils"].sum(), data["expected"].sum()),
        period=state_or_range(view, indicator),
        on_select=on_select,
    )


def map_of(view: View, indicator: Indicator, *, on_select: Select = None) -> None:
    """Every council on the hexagon map; counties are seen through their districts.

    `on_select` takes the ONS code of the council whose hexagon is clicked.
    """
    data = view.councils(indicator)
    known, total = int(data["value"].notna().sum()), len(data)
    if not known:
        layout.empty("nothing_matches")
        return
    tier = filters.one_of("Map shows", TIERS, "map")
    hexes = store.read(lookups.hexes)
    places = on_map(data, hexes, tier)
    if places.empty:
        layout.empty("nothing_matches" if (data["gss_code"] != "").any() else "not_allowed")
        return
    selected = view.gss_code if view.gss_code in set(places["gss_code"]) else None
    chart = store.draw(
        hexmap, places, hexes, indicator=indicator, selected=selected, outlines="region"
    )
    when = state_or_range(view, indicator)
    shown = TIERS[tier].lower()
    show(
        view,
        indicator,
        chart,
        data,
        kind="Hexagon map",
        title=f"{indicator.title} in each council, {when}",
        sentence=f"{sentences.map_sentence(data, indicator)} The map shows {shown}; "
        "every council is in the table.",
        coverage=sentences.coverage(known, total),
        period=when,
        on_select=on_select,
    )


def on_map(data: pd.DataFrame, hexes: pd.DataFrame, tier: str) -> pd.DataFrame:
    """The `councils` frame by hexagon: a county's value stands on all its districts."""
    if tier == "lower":
        return data[data["gss_code"].isin(hexes["gss_code"])]
    county = hexes["county_gss_code"]
    drawn = hexes[["gss_code"]].assign(shown=county.fillna(hexes["gss_code"]))
    named = data[data["gss_code"] != ""].rename(columns={"gss_code": "shown"})
    return drawn.merge(named, on="shown").drop(columns="shown")


def spread_of(view: View, indicator: Indicator, by: str) -> None:
    """Every council as a dot, by region or type: how much councils differ."""
    data = view.councils(indicator)
    column = {"region": "region", "type": "council_type"}[by]
    named = data[data[column] != ""]
    if named["value"].isna().all():
        layout.empty("nothing_matches")
        return
    selected = view.gss_code or None
    chart = store.draw(spread, named, indicator=indicator, by=column, selected=selected)
    when = state_or_range(view, indicator)
    show(
        view,
        indicator,
        chart,
        data,
        kind="Spread chart",
        title=f"How much councils differ: {lower(indicator.title)} {COMPARED[by]}, {when}",
        sentence=sentences.spread_sentence(data, indicator, selected),
        coverage=sentences.coverage(int(data["value"].notna().sum()), len(data)),
        period=when,
    )


def lower(title: str) -> str:
    """A title within a sentence: a name in brackets keeps its capital."""
    return title[:1].lower() + title[1:]


def own_group(view: View, by: str) -> str | None:
    """The region or type of the council picked out."""
    if not view.gss_code:
        return None
    everyone = store.read(lookups.all_councils).set_index("gss_code")
    column = {"region": "region", "type": "council_group"}[by]
    return str(everyone[column][view.gss_code])


def state_or_range(view: View, indicator: Indicator) -> str:
    """The period that one value stands for: the latest year, or the whole range."""
    if indicator.timing == "flow":
        return view.period
    rows = view.series(indicator, bucket="year").dropna(subset="value")
    return view.period if rows.empty else str(rows.iloc[-1]["period_label"])
