"""A control chart: one line, what is usual, and the points that are not chance."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, marks, theme
from analytics.reading.indicators import Indicator
from analytics.statistics.rules import BEYOND, MOVING, NEAR, ONE_SIDE
from analytics.words import numbers


PLOT = 300
# The first rule that fired gives a point its shape: all are in the words on hover.
SHAPES = {
    BEYOND: ("diamond", "◆", theme.FOUR[3], "Beyond a limit"),
    ONE_SIDE: ("square", "■", theme.FOUR[2], "7 or more on one side of the average"),
    MOVING: ("triangle-up", "▲", theme.FOUR[1], "7 or more rising or falling"),
    NEAR: ("hexagon", "⬢", theme.TEXT, "2 of 3 close to a limit"),
}
UNKNOWN = "×"


def control(
    frame: pd.DataFrame, *, indicator: Indicator, annotations: pd.DataFrame | None = None
) -> go.Figure:
    """Draw a judged frame: points joined, average, limits, signals by shape and colour.

    Columns: period, period_label, value, centre, lower, upper, rules, councils,
    expected, basis. Unknown periods are gaps with a cross at the foot of the chart. A
    lower limit below zero is not drawn. `annotations` has happened_on and title.
    """
    theme.refuse_empty(frame, "control")
    rows = frame.sort_values("period", ignore_index=True)
    above = marks.over(rows, annotations, until=marks.ending(rows))
    axis = theme.scale([*rows["value"], *rows["upper"], *rows["centre"]], indicator.unit, room=0.08)
    ends = _ends(rows, indicator)
    below = _key(rows)
    under = 44 + 18 * len(below)
    return theme.figure(
        [
            *_limits(rows),
            _line(rows, indicator),
            *_signals(rows, indicator),
            *_unknown(rows, indicator),
        ],
        height=PLOT + 16 + under + marks.ROW * len(above),
        margin={
            "t": 16 + marks.ROW * len(above),
            "b": under,
            "r": labels.room_for([end.text for end in ends]) if ends else 16,
        },
        yaxis=axis,
        xaxis=_time_axis(rows),
        shapes=marks.uprights(above, PLOT),
        annotations=[
            *labels.line_ends(
                ends, x=rows["period"].iloc[-1], pixels=PLOT, axis_range=axis["range"]
            ),
            *marks.words(above, PLOT, rows),
            *_key_note(below),
        ],
        meta=marks.meta(above),
    )


def number(indicator: Indicator, value: float) -> str:
    """Write a value or limit: rare events need a second decimal, and counts one where
    it is an average of them."""
    if numbers.is_unknown(value) or float(value).is_integer():
        return numbers.value(indicator, value)
    if indicator.unit == "count" and value < 10:
        return f"{value:.1f}"
    if indicator.unit == "per_council_year" and value < 0.95:
        return f"{value:.2f}"
    return numbers.value(indicator, value)


def in_words(indicator: Indicator, value: float) -> str:
    """Write a value with the words of its unit."""
    if numbers.is_unknown(value):
        return numbers.UNKNOWN
    return f"{number(indicator, value)} {numbers.unit_words(indicator.unit)}".strip()


def rule_of(names: str) -> str:
    """Give the rule that a point is drawn by, the strongest first; empty for none."""
    fired = names.split("; ")
    return next((rule for rule in SHAPES if rule in fired), "")


def _line(rows: pd.DataFrame, indicator: Indicator) -> go.Scatter:
    plain = rows["rules"] == ""
    return go.Scatter(
        name="Value",
        x=rows["period"],
        y=rows["value"],
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        line={"color": theme.BLUE, "width": 2},
        marker={"color": theme.BLUE, "size": plain.map({True: 5, False: 0}).tolist()},
        customdata=_hover(rows, indicator),
        hovertemplate="%{customdata}<extra></extra>",
    )


def _signals(rows: pd.DataFrame, indicator: Indicator) -> list[go.Scatter]:
    drawn = rows["rules"].map(rule_of)
    return [
        go.Scatter(
            name=words,
            x=some["period"],
            y=some["value"],
            mode="markers",
            cliponaxis=False,
            marker={
                "symbol": symbol,
                "color": colour,
                "size": 11,
                "line": {"color": "white", "width": 1},
            },
            customdata=_hover(some, indicator),
            hovertemplate="%{customdata}<extra></extra>",
        )
        for rule, (symbol, _, colour, words) in SHAPES.items()
        if len(some := rows[drawn == rule])
    ]


def _unknown(rows: pd.DataFrame, indicator: Indicator) -> list[go.Scatter]:
    gaps = rows[rows["value"].isna()]
    if gaps.empty:
        return []
    return [
        go.Scatter(
            name="Not known",
            x=gaps["period"],
            y=[0.0] * len(gaps),
            mode="markers",
            cliponaxis=False,
            marker={"symbol": "x-thin", "size": 7, "line": {"color": theme.QUIET, "width": 1.5}},
            customdata=_hover(gaps, indicator),
            hovertemplate="%{customdata}<extra></extra>",
        )
    ]


def _limits(rows: pd.DataFrame) -> list[go.Scatter]:
    """Draw average and limits, stepped where they change from point to point."""
    dashes = {"lower": "dash", "upper": "dash", "centre": "solid"}
    return [
        go.Scatter(
            name=name,
            x=rows["period"],
            y=rows[name].where(rows[name] > 0) if name == "lower" else rows[name],
            mode="lines",
            line={"color": theme.MUTED, "width": 1.5, "dash": dash, "shape": "hvh"},
            connectgaps=True,
            hoverinfo="skip",
        )
        for name, dash in dashes.items()
        if (rows[name] > 0).any() or name == "centre"
    ]


def _hover(rows: pd.DataFrame, indicator: Indicator) -> list[str]:
    return [
        f"<b>{row['period_label']}</b><br>{in_words(indicator, row['value'])}"
        f"<br>{numbers.count(row['councils'])} of {numbers.count(row['expected'])} "
        f"councils{_fired(row['rules'])}"
        for row in theme.records(rows)
    ]


def _fired(names: str) -> str:
    said = [SHAPES[rule][3] for rule in names.split("; ") if rule in SHAPES]
    return "".join(f"<br>{words}" for words in said)


def _ends(rows: pd.DataFrame, indicator: Indicator) -> list[labels.End]:
    """Name the average and the limits where they end, on the right."""
    named = {"upper": "Upper limit", "centre": "Average", "lower": "Lower limit"}
    ends = []
    for column, words in named.items():
        told = rows[column].dropna()
        if told.empty or (column == "lower" and told.iloc[-1] <= 0):
            continue
        said = f"{words} {number(indicator, told.iloc[-1])}"
        ends.append(labels.End(labels.wrap(said, 13), told.iloc[-1], theme.QUIET))
    return ends


def _key(rows: pd.DataFrame) -> list[str]:
    """Say what each shape in the chart stands for, a line each."""
    drawn = set(rows["rules"].map(rule_of))
    lines = [
        f"<span style='color:{colour}'>{sign}</span> {words}"
        for rule, (_, sign, colour, words) in SHAPES.items()
        if rule in drawn
    ]
    if rows["value"].isna().any():
        lines.append(f"{UNKNOWN} {numbers.UNKNOWN.capitalize()}")
    if (rows["lower"] <= 0).all():
        lines.append("The lower limit is zero or below, so it is not drawn")
    return lines


def _key_note(lines: list[str]) -> list[dict[str, Any]]:
    if not lines:
        return []
    return [
        {
            "text": "<br>".join(lines),
            "x": 0,
            "y": 0,
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "top",
            "yshift": -42,
            "align": "left",
            "font": {"size": theme.SMALL, "color": theme.TEXT},
        }
    ]


def _time_axis(rows: pd.DataFrame) -> dict[str, Any]:
    """Label as many periods as a phone has room for, the last always among them."""
    longest = rows["period_label"].str.split().map(lambda words: max(map(len, words)))
    every = -(-len(rows) // (3 if longest.max() > 4 else 5))
    shown = rows.iloc[::-1].iloc[::every].iloc[::-1]
    first, last = rows["period"].iloc[0], rows["period"].iloc[-1]
    edge = (last - first) * 0.02 or pd.Timedelta(days=30)
    return {
        "tickvals": shown["period"].tolist(),
        "ticktext": [label.replace(" ", "<br>", 1) for label in shown["period_label"]],
        "tickangle": 0,
        "range": [first - edge, last + edge],
    }


def signal_words(row: dict[str, Any]) -> str:
    """Say one signal: "April 2024: beyond the upper limit"."""
    rule, side, count = row["rule"], row["side"], row["points"]
    limit = "upper" if side == "above" else "lower"
    said = {
        BEYOND: f"beyond the {limit} limit",
        ONE_SIDE: f"{count} in a row {side} the average",
        MOVING: f"{count} in a row {side}",
        NEAR: f"2 of 3 close to the {limit} limit",
    }[rule]
    return f"{span(row['first_label'], row['last_label'])}: {said}"


def span(first: str, last: str) -> str:
    """Name a spell by its ends, months written out: "April to June 2024"."""
    start, end = long_label(first), long_label(last)
    if start == end:
        return end
    year = end[-5:]
    is_month = year[0] == " " and start.endswith(year)
    return f"{start.removesuffix(year) if is_month else start} to {end}"


def long_label(label: str) -> str:
    """Write a month out, "Apr 2024" as "April 2024"; a quarter stays as it is."""
    if label[:1] == "Q" or len(label) != 8:
        return label
    return f"{pd.to_datetime(label, format='%b %Y'):%B %Y}"


def control_sentence(
    frame: pd.DataFrame, found: pd.DataFrame, indicator: Indicator, place: str
) -> str:
    """Say the last value beside the average and limits, and what the rules found."""
    known = frame.dropna(subset="value")
    if known.empty:
        return f"{indicator.title} is not known for {place}."
    last = known.iloc[-1]
    said = (
        f"{indicator.title}, {place}: {in_words(indicator, last['value'])} in "
        f"{long_label(last['period_label'])}"
    )
    if numbers.is_unknown(last["upper"]):
        return f"{said}. There are too few periods to say what is usual."
    low = number(indicator, max(last["lower"], 0))
    high = number(indicator, last["upper"])
    average = number(indicator, last["centre"])
    said += f"; the average is {average}, and chance alone would give {low} to {high}."
    return f"{said} {_found(found)}"


def _found(found: pd.DataFrame) -> str:
    """Say how many signals there were, and the last three of them."""
    if found.empty:
        return "No rule fired: every change is within what chance would give."
    rows = theme.records(found)
    latest = "; ".join(signal_words(row) for row in rows[::-1][:3])
    if len(rows) == 1:
        return f"One signal. {latest}."
    which = "Signals" if len(rows) <= 3 else f"{len(rows)} signals, the latest"
    return f"{which}: {latest}."
