"""Change over time: one line a group, named at its end."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, marks, theme
from analytics.reading.indicators import Indicator
from analytics.words import numbers


PLOT = 320


def trend(
    series: pd.DataFrame,
    *,
    indicator: Indicator,
    highlight: str | Sequence[str] | None = None,
    annotations: pd.DataFrame | None = None,
    band: pd.DataFrame | None = None,
    path: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw the series frame as lines; unknown periods are gaps, never zero.

    `highlight` is the group_code of the line that matters, or up to four of them.
    `annotations` has happened_on and title. `band` has period, low and high. `path`
    has period, period_label, value and, on its last row, label: the way to a target,
    dashed from the last known value of the highlighted line, or else of the first.
    """
    theme.refuse_empty(series, "trend")
    ordered = series.sort_values("period")
    groups = {str(g): rows for g, rows in ordered.groupby("group_code", sort=False)}
    colours = _colours(list(groups), highlight)
    bands = _band(band)
    ahead = _ahead(groups, highlight, path)
    axis = theme.scale(_all_values(series, band, ahead), indicator.unit)
    ends = [_end(groups[g], colours[g], indicator, series) for g in groups]
    every_end = [*ends, _band_end(band), _path_end(ahead)]
    named = [end for end in every_end if end is not None]
    edge = max([series["period"].max(), *ahead["period"]])
    whole = series if ahead.empty else pd.concat([series, ahead])
    above = marks.over(series, annotations, until=marks.ending(series))
    return theme.figure(
        [
            *bands,
            *_path(ahead, indicator),
            *(_line(groups[g], colours[g], indicator) for g in groups),
        ],
        height=PLOT + 40 + marks.ROW * len(above),
        margin={
            "t": 16 + marks.ROW * len(above),
            "r": labels.room_for([end.text for end in named]) + 10 if named else 16,
        },
        yaxis=axis,
        xaxis=_time_axis(whole),
        shapes=[*marks.uprights(above, PLOT), *_leaders(series, named, ahead)],
        annotations=[*_ends_at(edge, named, axis["range"]), *marks.words(above, PLOT, whole)],
        meta=marks.meta(above),
    )


def _colours(groups: list[str], highlight: str | Sequence[str] | None) -> dict[str, str]:
    chosen = [highlight] if isinstance(highlight, str) else list(highlight or [])
    chosen = [group for group in chosen if group in groups]
    if not chosen and len(groups) <= len(theme.FOUR):
        chosen = groups
    picked = dict(zip(chosen, theme.FOUR, strict=False))
    return {group: picked.get(group, theme.GREY) for group in groups}


def _line(group: pd.DataFrame, colour: str, indicator: Indicator) -> go.Scatter:
    rows = _with_breaks(group)
    return go.Scatter(
        name=labels.safe(group["group_label"].iloc[0]),
        x=rows["period"],
        y=rows["value"],
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        line={"color": colour, "width": 2 if colour == theme.GREY else 3},
        marker={"color": colour, "size": 5 if colour == theme.GREY else 7},
        customdata=[_hover(row, indicator) for row in theme.records(rows)],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _with_breaks(group: pd.DataFrame) -> pd.DataFrame:
    """Put an empty row between two periods measured on different bases."""
    basis = group["basis"].fillna("")
    changed = basis.ne(basis.shift()) & (basis.shift().fillna("") != "")
    before = group["period"].shift()
    halfway = before + (group["period"] - before) / 2
    breaks = group[changed].assign(period=halfway[changed], value=float("nan"))
    return pd.concat([group, breaks]).sort_values("period")


def _hover(row: dict[str, Any], indicator: Indicator) -> str:
    said = numbers.in_words(indicator, row["value"])
    reported = f"{numbers.count(row['councils'])} of {numbers.count(row['expected'])}"
    name = labels.safe(row["group_label"])
    return f"<b>{name}</b>, {row['period_label']}<br>{said} ({reported} councils)"


def _end(
    group: pd.DataFrame, colour: str, indicator: Indicator, series: pd.DataFrame
) -> labels.End | None:
    known = group.dropna(subset="value")
    if known.empty:
        return None
    last = known.iloc[-1]
    said = numbers.value(indicator, last["value"])
    if last["period"] < series["period"].max():
        said += f" in {last['period_label']}"
    # Two narrow lines leave a phone more of the plot than one wide line.
    words = f"{labels.wrap(last['group_label'], 13)}<br>{labels.wrap(said, 13)}"
    ink = theme.QUIET if colour == theme.GREY else colour
    return labels.End(words, last["value"], ink, colour == theme.BLUE)


def _all_values(
    series: pd.DataFrame, band: pd.DataFrame | None, ahead: pd.DataFrame
) -> list[float]:
    values = series["value"].tolist() + ahead["value"].tolist()
    return values if band is None else values + band["high"].tolist()


def _ahead(
    groups: dict[str, pd.DataFrame],
    highlight: str | Sequence[str] | None,
    path: pd.DataFrame | None,
) -> pd.DataFrame:
    """Give the path from the last known value on; no rows where there is no path."""
    columns = ["period", "period_label", "value", "label"]
    if path is None or path.dropna(subset="value").empty:
        return pd.DataFrame(columns=columns)
    chosen = [highlight] if isinstance(highlight, str) else list(highlight or [])
    code = next((g for g in [*chosen, *groups] if g in groups), "")
    start = groups[code].dropna(subset="value").tail(1) if code else pd.DataFrame()
    goals = path.dropna(subset="value").sort_values("period")
    if not start.empty:
        goals = goals[goals["period"] > start["period"].iloc[0]]
    rows = pd.concat([start, goals]) if len(goals) else goals
    return rows.reindex(columns=columns).reset_index(drop=True)


def _path(ahead: pd.DataFrame, indicator: Indicator) -> list[go.Scatter]:
    if ahead.empty:
        return []
    said = [
        f"{label}, on the path: {numbers.in_words(indicator, value)}"
        for label, value in zip(ahead["period_label"], ahead["value"], strict=True)
    ]
    return [
        go.Scatter(
            name="Path",
            x=ahead["period"],
            y=ahead["value"],
            mode="lines+markers",
            cliponaxis=False,
            line={"color": theme.QUIET, "width": 2, "dash": "dash"},
            marker={"color": theme.QUIET, "size": [0] * (len(ahead) - 1) + [9], "opacity": 1},
            customdata=said,
            hovertemplate="%{customdata}<extra></extra>",
        )
    ]


def _path_end(ahead: pd.DataFrame) -> labels.End | None:
    if ahead.empty or pd.isna(ahead["label"].iloc[-1]):
        return None
    last = ahead.iloc[-1]
    return labels.End(labels.wrap(last["label"], 17), last["value"], theme.QUIET)


def _leaders(
    series: pd.DataFrame, named: list[labels.End], ahead: pd.DataFrame
) -> list[dict[str, Any]]:
    """Lead from where a line ends to its label, which the path has moved away."""
    last = series["period"].max()
    if ahead.empty or ahead["period"].iloc[-1] <= last:
        return []
    goal = _path_end(ahead)
    return [
        {
            "type": "line",
            "x0": last,
            "x1": ahead["period"].iloc[-1],
            "y0": end.y,
            "y1": end.y,
            "layer": "below",
            "line": {"color": theme.GREY, "width": 1},
        }
        for end in named
        if end != goal
    ]


def _band(band: pd.DataFrame | None) -> list[go.Scatter]:
    if band is None or band.empty:
        return []
    edge = {"x": band["period"], "mode": "lines", "line": {"width": 0}}
    low = go.Scatter(y=band["low"], hoverinfo="skip", **edge)
    return [
        low,
        go.Scatter(y=band["high"], fill="tonexty", fillcolor=theme.PALE, hoverinfo="skip", **edge),
    ]


def _band_end(band: pd.DataFrame | None) -> labels.End | None:
    if band is None or band.dropna(subset="high").empty:
        return None
    last = band.dropna(subset="high").sort_values("period").iloc[-1]
    words = last.get("label", "Middle half of councils")
    return labels.End(labels.wrap(words, 17), last["high"], theme.QUIET)


def _ends_at(x: Any, named: list[labels.End], axis_range: list[float]) -> list[dict[str, Any]]:
    return labels.line_ends(named, x=x, pixels=PLOT, axis_range=axis_range)


def _time_axis(series: pd.DataFrame) -> dict[str, Any]:
    """Label at most seven periods, the last always among them.

    Of months and quarters the same one of a year is named, in two lines, and at most
    four of them: a phone has no room for more side by side.
    """
    periods = series.drop_duplicates("period").sort_values("period")
    a_year = _periods_a_year(periods["period"])
    every = -(-len(periods) // (7 if a_year == 1 else 4))
    if every > 1:
        every = -(-every // a_year) * a_year
    shown = periods.iloc[::-1].iloc[::every].iloc[::-1]
    first, last = periods["period"].iloc[0], periods["period"].iloc[-1]
    edge = (last - first) * 0.03 or pd.Timedelta(days=30)
    return {
        "tickvals": shown["period"].tolist(),
        "ticktext": [labels.wrap(name, 7) for name in shown["period_label"]],
        "range": [first - edge, last + edge * 0.4],
        "autotickangles": [0, -45, -90],
    }


def _periods_a_year(periods: pd.Series) -> int:
    """How many periods a year has, by how far apart the last two are; 1 for a year."""
    if len(periods) < 2:
        return 1
    days = (periods.iloc[-1] - periods.iloc[-2]).days
    return 12 if days < 40 else 4 if days < 100 else 1
