"""What a whole is made of: one bar a row, cut into parts that add up."""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import classes, labels, theme
from analytics.charts import marks as charts_marks
from analytics.charts.rows import hidden_axis, row_axis
from analytics.words import numbers


ROW, MANY = 28, 20
WRITTEN = 9
NONE = "[x]"
TAG = re.compile(r"<[^>]+>")

STRONG, MEDIUM, LIGHT, WARM = theme.BLUE, theme.MIDDLE, "#6BACE6", "#F46A25"
KNOWN = (
    {"Achieved": STRONG, "Partially achieved": LIGHT, "Not achieved": WARM},
    {"Met": STRONG, "Below": WARM},
    {"Independently assured": STRONG, "Reviewed by a peer": MEDIUM, "Self-assessed only": LIGHT},
    {"High": STRONG, "Medium": MEDIUM, "Low": LIGHT},
    {"Improved": STRONG, "No change": theme.PALE, "Slipped": WARM},
    {"An action answers it": STRONG, "No action": WARM},
    {"Nothing in the way": STRONG, "Held up by a blocker": WARM},
    {
        "Complete": STRONG,
        "Incomplete": LIGHT,
        "Draft, not counted": theme.GREY,
        "Cancelled": theme.PALE,
    },
    {"Done": STRONG, "Open, in time": LIGHT, "Overdue": WARM, "Stopped": theme.GREY},
    {"Done": STRONG, "In progress": LIGHT, "Not started": WARM, "Stopped": theme.GREY},
)
UNKNOWN = ("Not assessed", "Not known")


def composition(
    frame: pd.DataFrame,
    *,
    parts: Sequence[str],
    is_share: bool = True,
    keys: str | None = None,
    mark: Mapping[str, float | None] | None = None,
    mark_words: str = "",
    events: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw one bar a row of the frame, in its order, cut into `parts` in theirs.

    Columns: row_label, part, value (percent with `is_share`, else a count), count (the
    number behind a share). `keys` names the column that a click on a row gives. `mark`
    puts a tick at a percentage on the row of that name; `mark_words` says what it is.
    A part with no value is not drawn, and its row says that something is not known.
    `events`, for rows that are periods, has happened_on, title and period_label: the
    rows of their periods are signed.
    """
    theme.refuse_empty(frame, "composition")
    shades = colours(parts)
    cells = placed(frame, "row_label", parts, keys)
    down = list(cells["row_label"].unique())
    most = 100.0 if is_share else float(cells["end"].max()) or 1.0
    extras = [f"<b>|</b> {labels.safe(mark_words)}"] if mark_words else []
    above = key(shades, [*extras, *gap_words(cells)])
    periods, found = charts_marks.signed(down, events)
    names = [_name(name, len(down)) for name in periods]
    left = room(names)
    rests = [_rest(row, is_share) for _, row in cells.groupby("place")]
    return theme.figure(
        [
            *(_bar(cells[cells["part"] == p], p, shades[p], is_share) for p in parts),
            *_ticks(down, mark or {}),
            _hits(cells, most, is_share),
        ],
        height=_row(len(down)) * len(down) + 18 * len(above) + 32,
        barmode="overlay",
        uniformtext={"minsize": 12, "mode": "hide"},
        margin={"l": left, "t": 18 * len(above) + 16, "r": _end_room(rests)},
        xaxis=hidden_axis(most * 1.004),
        yaxis=sized_axis(names),
        annotations=[key_note(above, left), *_rest_notes(cells, rests)],
        meta=charts_marks.meta(found, charts_marks.SIGN),
    )


def colours(parts: Sequence[str]) -> dict[str, str]:
    """Give each part its colour: its own where its set is known, else in order.

    Raises ValueError for more than four parts besides the unknown one.
    """
    plain = [part for part in parts if part not in UNKNOWN]
    if len(plain) > len(theme.FOUR):
        raise ValueError(f"A bar has at most four parts and an unknown one: {parts}.")
    known = next((found for found in KNOWN if set(plain) <= set(found)), None)
    shades = known or dict(zip(plain, theme.FOUR, strict=False))
    return {part: shades.get(part, classes.UNKNOWN) for part in parts}


def placed(frame: pd.DataFrame, row: str, parts: Sequence[str], keys: str | None) -> pd.DataFrame:
    """Give every row each part in order: place, value, start, end, count and key.

    `row` names the column of the rows. Raises ValueError for a part not in `parts`, and
    for a row that has a part twice.
    """
    strange = sorted(set(frame["part"]) - set(parts))
    if strange:
        raise ValueError(f"Part {strange[0]!r} is not one of: {', '.join(parts)}.")
    if frame.duplicated([row, "part"]).any():
        raise ValueError("A row of a composition chart has the same part twice.")
    down = list(frame[row].unique())
    every = pd.MultiIndex.from_product([down, parts], names=[row, "part"])
    cells = frame.set_index([row, "part"]).reindex(every).reset_index()
    cells["value"] = cells["value"].astype(float)
    cells["place"] = cells[row].map(down.index)
    cells["end"] = cells["value"].fillna(0).groupby(cells["place"]).cumsum()
    cells["start"] = cells["end"] - cells["value"].fillna(0)
    first = frame.drop_duplicates(row).set_index(row)
    cells["key"] = cells[row].map(first[keys]) if keys else None
    return cells if "count" in cells else cells.assign(count=float("nan"))


def key(shades: Mapping[str, str], extras: Sequence[str] = (), width: int = 56) -> list[str]:
    """Name the parts with squares in their colours, in lines that fit a phone.

    `extras` are further entries, as Plotly writes them.
    """
    parts = [f"{_square(shade)} {labels.safe(part)}" for part, shade in shades.items()]
    lines: list[str] = []
    used = width + 1
    for entry in [*parts, *extras]:
        length = len(TAG.sub("", entry)) + entry.count("%") + 2
        if used + length > width:
            lines, used = [*lines, entry], length
        else:
            lines[-1] += "&nbsp;&nbsp; " + entry
            used += length
    return lines


def gap_words(cells: pd.DataFrame) -> list[str]:
    """Explain the sign for a part that is not known, where the chart has one."""
    unknown = cells["value"].isna().groupby(cells["place"])
    in_part = unknown.any() & ~unknown.all()
    return [f"{NONE} {numbers.UNKNOWN}"] if in_part.any() else []


def key_note(lines: Sequence[str], left: int, shift: int = 6) -> dict[str, Any]:
    """Write the key above the plot, from the left edge of the whole figure."""
    return {
        "text": "<br>".join(lines),
        "x": 0,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "xshift": 8 - left,
        "yshift": shift,
        "align": "left",
        "font": {"size": theme.SMALL},
    }


def sized_axis(names: Sequence[str]) -> dict[str, Any]:
    """The axis of rows, in smaller type where there are many."""
    size = theme.SMALL if len(names) <= MANY else theme.SMALL - 1
    return row_axis(names, tickfont={"size": size})


def room(names: Sequence[str]) -> int:
    """Give the width in pixels that the names of rows need at the left."""
    lines = [unescape(line) for name in names for line in name.split("<br>")]
    return round(max(len(line) for line in lines) * 6.1) + 16


def unfaded(ink: str | None = None) -> dict[str, Any]:
    """Keep marks, and figures in this ink, as they are when something is chosen.

    Plotly would fade whatever was not.
    """
    state: dict[str, Any] = {"marker": {"opacity": 1}}
    if ink:
        state["textfont"] = {"color": ink}
    return {"selected": state, "unselected": state}


def hover_name(name: Any) -> str:
    """Write a whole name over a mark, in lines that fit a phone."""
    return labels.wrap(str(name), 36)


def invisible(**marks: Any) -> go.Bar:
    """Lay bars that nobody sees over the rest: they carry the key, words and clicks.

    Their customdata is [key, hover text], and choosing one changes no shade.
    """
    return go.Bar(
        orientation="h",
        width=1,
        marker={"opacity": 0},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        hovertemplate="%{customdata[1]}<extra></extra>",
        **marks,
    )


def _row(rows: int) -> int:
    return ROW if rows > MANY else ROW + 12


def _name(name: Any, rows: int) -> str:
    return labels.shorten(name, 22) if rows > MANY else labels.two_lines(name, 18)


def _square(shade: str) -> str:
    if shade == classes.UNKNOWN:
        return f"<span style='color:{theme.QUIET}'>□</span>"
    return f"<span style='color:{shade}'>■</span>"


def _bar(cells: pd.DataFrame, part: str, shade: str, is_share: bool) -> go.Bar:
    known = cells[cells["value"] > 0]
    is_white = shade == classes.UNKNOWN
    return go.Bar(
        name=labels.safe(part),
        base=known["start"],
        x=known["value"],
        y=known["place"],
        orientation="h",
        width=0.84,
        marker={
            "color": shade,
            "line": {"width": 1, "color": theme.QUIET if is_white else "white"},
        },
        text=[_written(row, is_share) for row in theme.records(known)],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"size": theme.SMALL, "color": classes.ink_on(shade)},
        cliponaxis=False,
        hoverinfo="skip",
        **unfaded(classes.ink_on(shade)),
    )


def _written(row: dict[str, Any], is_share: bool) -> str:
    if not is_share:
        return numbers.count(row["value"])
    return f"{row['value']:.0f}%" if row["value"] >= WRITTEN else ""


def _rest(row: pd.DataFrame, is_share: bool) -> str:
    """Say what stands where a row's bar ends: its sum, or that a part is not known."""
    if row["value"].isna().all():
        return numbers.UNKNOWN
    if row["value"].isna().any():
        return NONE
    return "" if is_share else numbers.count(row["value"].sum())


def _end_room(rests: Sequence[str]) -> int:
    """Give the room to the right of the bars; "not known" stands where none is."""
    return labels.room_for([rest for rest in rests if rest != numbers.UNKNOWN])


def _rest_notes(cells: pd.DataFrame, rests: Sequence[str]) -> list[dict[str, Any]]:
    ends = cells.groupby("place")["end"].max()
    return [
        {
            "x": ends[place],
            "y": place,
            "text": said,
            "xanchor": "left",
            "xshift": 4,
            "font": {"size": theme.SMALL, "color": theme.QUIET},
        }
        for place, said in enumerate(rests)
        if said
    ]


def _ticks(down: list[Any], mark: Mapping[str, float | None]) -> list[go.Scatter]:
    """Draw each mark at the top and bottom of its bar, so that it hides no figure.

    It is dark on a white ground, so that it is seen on every shade.
    """
    at = {n: mark.get(name) for n, name in enumerate(down)}
    known = [n for n, share in at.items() if not numbers.is_unknown(share)]
    return [
        go.Scatter(
            x=[at[n] for n in known] * 2,
            y=[n - 0.38 for n in known] + [n + 0.38 for n in known],
            mode="markers",
            marker={
                "symbol": "line-ns",
                "size": round(_row(len(down)) * 0.16),
                "line": {"width": width, "color": ink},
            },
            cliponaxis=False,
            hoverinfo="skip",
            **unfaded(),
        )
        for width, ink in ((7, "white"), (3, theme.TEXT))
        if known
    ]


def _hits(cells: pd.DataFrame, most: float, is_share: bool) -> go.Bar:
    """Cover each part, and what is left of each row, with words and the row's key."""
    cells = cells.assign(said=_hover(cells, is_share))
    ends = cells.groupby("place").agg(
        start=("end", "max"),
        key=("key", "first"),
        name=("row_label", "first"),
        said=("said", "<br>".join),
    )
    spare = ends[ends["start"] < most * 0.999].reset_index()
    known = cells[cells["value"] > 0].rename(columns={"row_label": "name"})
    spare["value"] = most - spare["start"]
    marks = pd.concat([known, spare])
    hover = "<b>" + marks["name"].map(hover_name) + "</b><br>" + marks["said"]
    return invisible(
        base=marks["start"],
        x=marks["value"],
        y=marks["place"],
        customdata=list(zip(marks["key"], hover, strict=True)),
    )


def _hover(cells: pd.DataFrame, is_share: bool) -> list[str]:
    column = "count" if is_share else "value"
    of = cells.groupby("place")[column].transform(lambda some: some.sum(skipna=False))
    said = []
    for row, total in zip(theme.records(cells), of, strict=True):
        words = numbers.value("percent" if is_share else "count", row["value"])
        behind = "" if not is_share else numbers.count(row["count"])
        if not numbers.is_unknown(row["value"]) and not numbers.is_unknown(total):
            of_all = f"{behind} of {numbers.count(total)}".strip()
            words += f" ({of_all})" if is_share else f" {of_all}"
        said.append(f"{labels.safe(row['part'])}: {words}")
    return said
