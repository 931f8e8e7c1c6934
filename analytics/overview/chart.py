"""Money and a measure over the same years: columns above a line, and no cause said."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import composition, labels, marks, theme
from analytics.reading.indicators import Indicator
from analytics.words import numbers


PLOT = 250
SPLIT = (0.44, 0.56)
COLOURS = {"awarded": theme.MUTED, "paid": theme.BLUE}
WORDS = {"awarded": "Awarded", "paid": "Paid"}


def spend_beside(
    frame: pd.DataFrame, *, indicator: Indicator, events: pd.DataFrame | None = None
) -> go.Figure:
    """Draw money by financial year over the indicator of the same years.

    Columns: period_label, awarded and paid (pounds), value (of the indicator) and
    basis; one row a year, in order. What is not known is a gap, and the line breaks
    where the basis changes. `events` has happened_on, title and period_label: a sign
    stands below the years in which they happened.
    """
    theme.refuse_empty(frame, "spend and movement")
    rows = frame.reset_index(drop=True)
    shades = {WORDS[name]: shade for name, shade in COLOURS.items()}
    key = [*composition.key(shades), *_line_words(indicator)]
    names, found = marks.signed(list(rows["period_label"]), events)
    return theme.figure(
        [*(_columns(rows, name) for name in COLOURS), *_lines(rows, indicator)],
        height=PLOT + 18 * len(key) + 60,
        barmode="group",
        bargap=0.3,
        margin={"l": 62, "t": 18 * len(key) + 24, "b": 40, "r": 62},
        xaxis={
            "tickvals": list(rows.index),
            "ticktext": [f"{name[:4]}<br>{name[4:]}" for name in names],
            "range": [-0.6, len(rows) - 0.4],
            "anchor": "y2",
            "tickangle": 0,
        },
        yaxis=_scale(pd.concat([rows["awarded"], rows["paid"]]), "gbp") | {"domain": [SPLIT[1], 1]},
        yaxis2=_scale(rows["value"], indicator.unit) | {"domain": [0, SPLIT[0]]},
        annotations=[composition.key_note(key, 62, shift=14), *_ends(rows, indicator)],
        meta=marks.meta(found, marks.SIGN),
    )


def _line_words(indicator: Indicator) -> list[str]:
    """What the line is, in lines that a phone has room for."""
    units = numbers.unit_words(indicator.unit)
    title = f"{indicator.title}, {units}" if units else indicator.title
    mark = f'<span style="color:{theme.TEXT}">●</span>'
    return f"{mark} {labels.wrap(title, 42)}".split("<br>")


def _scale(values: pd.Series, unit: str) -> dict[str, Any]:
    """An axis with the marks that a small plot has room for."""
    axis = theme.scale(values, unit, room=0.14)
    values, words = axis["tickvals"], axis["ticktext"]
    step = -(-(len(values) - 1) // 3) or 1
    at = range(0, len(values), step)
    chosen = {"tickvals": [values[n] for n in at], "ticktext": [words[n] for n in at]}
    return axis | chosen | {"showgrid": True}


def _columns(rows: pd.DataFrame, name: str) -> go.Bar:
    said = [
        f"<b>{row['period_label']}</b><br>{WORDS[name]}: {numbers.value('gbp', row[name])}"
        for row in theme.records(rows)
    ]
    return go.Bar(
        name=WORDS[name],
        x=rows.index,
        y=rows[name],
        marker={"color": COLOURS[name], "line": {"width": 0}},
        customdata=said,
        hovertemplate="%{customdata}<extra></extra>",
    )


def _lines(rows: pd.DataFrame, indicator: Indicator) -> list[go.Scatter]:
    """One line for each basis, so that none runs over a change of method."""
    return [
        go.Scatter(
            name=labels.safe(f"{indicator.title} {basis}".strip()),
            x=part.index,
            y=part["value"],
            yaxis="y2",
            mode="lines+markers",
            connectgaps=False,
            cliponaxis=False,
            line={"color": theme.TEXT, "width": 2},
            marker={"size": 7},
            customdata=[
                f"<b>{row['period_label']}</b><br>{numbers.in_words(indicator, row['value'])}"
                for row in theme.records(part)
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
        for basis, part in rows.groupby(rows["basis"].fillna(""), sort=False)
    ]


def _ends(rows: pd.DataFrame, indicator: Indicator) -> list[dict[str, Any]]:
    """The last value beside the line's end."""
    known = rows.dropna(subset="value")
    if known.empty:
        return []
    return [
        {
            "x": known.index[-1],
            "y": known["value"].iloc[-1],
            "yref": "y2",
            "xanchor": "left",
            "xshift": 8,
            "font": {"size": theme.SMALL},
            "text": labels.wrap(numbers.value(indicator, known["value"].iloc[-1]), 7),
            "align": "left",
        }
    ]
