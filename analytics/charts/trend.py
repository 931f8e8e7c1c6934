"""Change over time: one line a group, named at its end."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics import formats
from analytics.charts import labels, theme
from analytics.indicators import Indicator


PLOT = 320
ROW = 20


def trend(
    series: pd.DataFrame,
    *,
    indicator: Indicator,
    highlight: str | Sequence[str] | None = None,
    annotations: pd.DataFrame | None = None,
    band: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw the series frame as lines; unknown periods are gaps, never zero.

    `highlight` is the group_code of the line that matters, or up to four of them.
    `annotations` has happened_on and title. `band` has period, low and high.
    """
    theme.refuse_empty(series, "trend")
    ordered = series.sort_values("period")
    groups = {str(g): rows for g, rows in ordered.groupby("group_code", sort=False)}
    colours = _colours(list(groups), highlight)
    bands = _band(band)
    axis = theme.scale(_all_values(series, band), indicator.unit)
    ends = [_end(groups[g], colours[g], indicator, series) for g in groups]
    named = [end for end in [*ends, _band_end(band)] if end is not None]
    marks = _in_rows([*_events(annotations, series), *_rebased(series)], series)
    return theme.figure(
        [*bands, *(_line(groups[g], colours[g], indicator) for g in groups)],
        height=PLOT + 40 + ROW * len(marks),
        hovermode="x unified" if len(groups) <= 6 else "closest",
        margin={
            "t": 16 + ROW * len(marks),
            "r": labels.room_for([end.text for end in named]) if named else 16,
        },
        yaxis=axis,
        xaxis=_time_axis(series),
        shapes=[_upright(at, row) for row, (at, _) in enumerate(marks)],
        annotations=[
            *_ends_at(series["period"].max(), named, axis["range"]),
            *(_words(at, said, row, series) for row, (at, said) in enumerate(marks)),
        ],
    )


def _colours(
    groups: list[str], highlight: str | Sequence[str] | None
) -> dict[str, str]:
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
        hovertemplate="%{customdata}",
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
    said = formats.in_words(indicator, row["value"])
    reported = f"{formats.count(row['councils'])} of {formats.count(row['expected'])}"
    return f"{said} ({reported} councils)"


def _end(
    group: pd.DataFrame, colour: str, indicator: Indicator, series: pd.DataFrame
) -> labels.End | None:
    known = group.dropna(subset="value")
    if known.empty:
        return None
    last = known.iloc[-1]
    words = f"{last['group_label']} {formats.value(indicator, last['value'])}"
    if last["period"] < series["period"].max():
        words += f" in {last['period_label']}"
    ink = theme.QUIET if colour == theme.GREY else colour
    return labels.End(labels.wrap(words, 17), last["value"], ink, colour == theme.BLUE)


def _all_values(series: pd.DataFrame, band: pd.DataFrame | None) -> list[float]:
    values = series["value"].tolist()
    return values if band is None else values + band["high"].tolist()


def _band(band: pd.DataFrame | None) -> list[go.Scatter]:
    if band is None or band.empty:
        return []
    edge = {"x": band["period"], "mode": "lines", "line": {"width": 0}}
    low = go.Scatter(y=band["low"], hoverinfo="skip", **edge)
    return [
        low,
        go.Scatter(
            y=band["high"],
            fill="tonexty",
            fillcolor=theme.PALE,
            hoverinfo="skip",
            **edge,
        ),
    ]


def _band_end(band: pd.DataFrame | None) -> labels.End | None:
    if band is None or band.dropna(subset="high").empty:
        return None
    last = band.dropna(subset="high").sort_values("period").iloc[-1]
    words = last.get("label", "Middle half of councils")
    return labels.End(labels.wrap(words, 17), last["high"], theme.QUIET)


def _ends_at(
    x: Any, named: list[labels.End], axis_range: list[float]
) -> list[dict[str, Any]]:
    return labels.line_ends(named, x=x, pixels=PLOT, axis_range=axis_range)


def _time_axis(series: pd.DataFrame) -> dict[str, Any]:
    """Label at most seven periods, the last always among them."""
    periods = series.drop_duplicates("period").sort_values("period")
    every = -(-len(periods) // 7)
    shown = periods.iloc[::-1].iloc[::every].iloc[::-1]
    first, last = periods["period"].iloc[0], periods["period"].iloc[-1]
    edge = (last - first) * 0.03 or pd.Timedelta(days=30)
    return {
        "tickvals": shown["period"].tolist(),
        "ticktext": shown["period_label"].tolist(),
        "range": [first - edge, last + edge * 0.4],
        "autotickangles": [0, -45, -90],
        "unifiedhovertitle": {"text": " "},
    }


def _events(
    annotations: pd.DataFrame | None, series: pd.DataFrame
) -> list[tuple[Any, str]]:
    if annotations is None:
        return []
    first, last = series["period"].min(), series["period"].max()
    inside = annotations[annotations["happened_on"].between(first, last)]
    return list(zip(inside["happened_on"], inside["title"], strict=True))


def _rebased(series: pd.DataFrame) -> list[tuple[Any, str]]:
    """Find where the framework changed: halfway between the two periods, once each."""
    firsts = series.loc[series["basis"].fillna("") != ""].groupby("basis")["period"]
    starts = firsts.min().sort_values()
    periods = series["period"].drop_duplicates().sort_values()
    marks = []
    for basis, start in list(starts.items())[1:]:
        before = periods[periods < start].max()
        marks.append((before + (start - before) / 2, f"{basis}: re-based"))
    return marks


def _in_rows(
    marks: list[tuple[Any, str]], series: pd.DataFrame
) -> list[tuple[Any, str]]:
    """Order marks from the lowest row up: those nearest the middle are lowest.

    Words run toward the middle, so a higher upright does not cross lower words.
    """
    middle = _middle(series)
    return sorted(marks, key=lambda mark: abs(mark[0] - middle))


def _middle(series: pd.DataFrame) -> Any:
    first, last = series["period"].min(), series["period"].max()
    return first + (last - first) / 2


def _upright(at: Any, row: int) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": _top(row),
        "yref": "paper",
        "layer": "below",
        "line": {"color": theme.QUIET, "width": 1, "dash": "dot"},
    }


def _words(at: Any, said: str, row: int, series: pd.DataFrame) -> dict[str, Any]:
    """Write a mark's words in a row of its own, so that none collide."""
    return {
        "x": at,
        "y": _top(row),
        "yref": "paper",
        "yanchor": "bottom",
        "xanchor": "left" if at <= _middle(series) else "right",
        "text": labels.shorten(said, 32),
        "bgcolor": "white",
        "font": {"size": theme.SMALL, "color": theme.QUIET},
    }


def _top(row: int) -> float:
    return 1 + (row * ROW + 4) / PLOT
