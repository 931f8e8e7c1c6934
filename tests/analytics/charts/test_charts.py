"""Charts: unknown is a gap, framework changes are breaks, colours are few."""

import re

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from analytics.charts import classes, labels, theme
from analytics.charts.hexmap import hexmap
from analytics.charts.matrix import matrix
from analytics.charts.ranking import ranking
from analytics.charts.relationship import relationship
from analytics.charts.spine import spine
from analytics.charts.spread import spread
from analytics.charts.timeline import timeline
from analytics.charts.trend import trend
from analytics.funding.effect.event_time import event_time
from tests.support.frames import (
    COUNCILS,
    GROUPS,
    HEXES,
    INCIDENTS,
    OUTCOMES,
    RECOVERY,
    series,
    table,
)


ENGLAND = series(("England", 2023, 50.0), ("England", 2024, None), ("England", 2025, 52))
CELLS = table("""
    principle | year    | value
    A1        | 2024/25 | 10
    A1        | 2025/26 |
    A2        | 2024/25 | 55
    A2        | 2025/26 | 90
""")
SPINE = table("""
    title    | unit    | polarity         | value | low | q1 | median | q3 | high | rank | of
    Outcomes | percent | higher_is_better | 60    | 20  | 40 | 50     | 70 | 100  | 3    | 9
    Recovery | hours   | lower_is_better  | 20    | 20  | 40 | 50     | 70 | 100  | 1    | 9
    Reports  | hours   | none             | 100   | 20  | 40 | 50     | 70 | 100  | 9    | 9
    Cost     | gbp     | lower_is_better  |       | 20  | 40 | 50     | 70 | 100  |      | 9
""")  # noqa: E501
EVENTS = table("""
    happened_on | label            | kind
    2017-05-12  | First of many    | Ransomware
    2017-06-01  | Second, close by | Ransomware
    2023-02-01  | A late one       | Data breach
""")
QUARTERS = table("""
    quarter | group_label             | value | councils
    -1      | Not yet or never funded | 40    | 100
    0       | Not yet or never funded | 41    | 100
    1       | Not yet or never funded | 42    | 100
    -1      | Funded                  | 40    | 50
    0       | Funded                  |       | 50
    1       | Funded                  | 48    | 50
""")
TWO = COUNCILS.assign(other=[1.0, 2, 3, 4, 5, np.nan])
PRINCIPLES = {"value": "value", "rows": "principle", "columns": "year"}


def every_chart() -> dict[str, go.Figure]:
    both = {"x_indicator": OUTCOMES, "y_indicator": INCIDENTS}
    return {
        "trend": trend(ENGLAND, indicator=OUTCOMES),
        "ranking": ranking(GROUPS, indicator=OUTCOMES, reference=("England", 52.0)),
        "dots": ranking(GROUPS, indicator=RECOVERY),
        "spread": spread(COUNCILS, indicator=OUTCOMES, selected="E1"),
        "hexmap": hexmap(COUNCILS, HEXES, indicator=OUTCOMES, outlines="region"),
        "matrix": matrix(CELLS, indicator=OUTCOMES, **PRINCIPLES),
        "relationship": relationship(TWO, x="value", y="other", **both),
        "spine": spine(SPINE),
        "timeline": timeline(EVENTS),
        "event_time": event_time(QUARTERS, indicator=OUTCOMES),
    }


CHARTS = every_chart()


def texts(chart: go.Figure) -> list[str]:
    return [note.text for note in chart.layout.annotations]


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_in_the_house_template(name):
    layout = CHARTS[name].layout
    assert layout.template == theme.TEMPLATE
    assert layout.title.text is None
    assert layout.height >= 80


def is_colourful(colour: str) -> bool:
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return max(parts) - min(parts) > 60


@pytest.mark.parametrize("name", sorted(set(CHARTS) - {"hexmap", "matrix"}))
def test_no_chart_has_more_than_four_colours_and_greys(name):
    drawn = CHARTS[name].to_plotly_json()
    said = repr([drawn["data"], drawn["layout"].get("shapes")])
    colours = set(re.findall(r"#[0-9A-Fa-f]{6}", said))
    assert len([colour for colour in colours if is_colourful(colour)]) <= 4


def test_trend_never_has_more_than_four_colours_and_grey():
    many = series(*((name, 2025, 50.0) for name in "ABCDEFGHI"))
    colours = {line.line.color for line in trend(many, indicator=OUTCOMES).data}
    assert colours == {theme.GREY}
    four = trend(many, indicator=OUTCOMES, highlight=["a", "b", "c", "d"])
    assert {line.line.color for line in four.data} == {*theme.FOUR, theme.GREY}


def test_template_is_calm():
    layout = theme.TEMPLATE.layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == "white"
    assert layout.xaxis.showgrid is False
    assert 14 <= layout.font.size <= 16
    assert theme.CONFIG["displayModeBar"] is False


def test_unknown_period_is_a_gap_and_not_zero():
    line = trend(ENGLAND, indicator=OUTCOMES).data[0]
    assert np.isnan(line.y[1])
    assert 0 not in list(line.y)
    assert line.connectgaps is False


def test_line_breaks_where_the_framework_changes():
    frame = series(
        ("England", 2023, 50.0, "CAF 3.2"),
        ("England", 2024, 51.0, "CAF 3.2"),
        ("England", 2025, 40.0, "CAF 4.0"),
    )
    chart = trend(frame, indicator=OUTCOMES)
    known = [not np.isnan(value) for value in chart.data[0].y]
    assert known == [True, True, False, True]
    assert "CAF 4.0: re-based" in texts(chart)


def test_trend_axis_starts_at_zero_and_names_lines_at_their_ends():
    chart = trend(ENGLAND, indicator=OUTCOMES)
    assert chart.layout.yaxis.range[0] == 0
    assert "<b>England<br>52.0%</b>" in texts(chart)
    assert not chart.layout.showlegend


def test_a_line_that_stops_early_says_when():
    frame = series(("A", 2024, 50.0), ("A", 2025, None), ("B", 2025, 10.0))
    assert any(
        "in<br>2024/25" in text or "in 2024/25" in text
        for text in texts(trend(frame, indicator=OUTCOMES))
    )


def test_labels_at_line_ends_do_not_overlap():
    ends = [labels.End("one", 50.0, "#000000"), labels.End("two", 50.1, "#000000")]
    drawn = labels.line_ends(ends, x=0, pixels=300, axis_range=[0, 100])
    at = [end.y * 3 - note["ay"] for end, note in zip(ends, drawn, strict=True)]
    assert abs(at[1] - at[0]) >= labels.LINE_HEIGHT


def test_events_are_drawn_each_in_a_row_of_its_own():
    events = table("""
        happened_on | title
        2023-06-01  | One
        2023-07-01  | Two
        2031-01-01  | Outside
    """)
    chart = trend(ENGLAND, indicator=OUTCOMES, annotations=events)
    rows = {note.text: note.y for note in chart.layout.annotations}
    assert rows["One"] != rows["Two"]
    assert "Outside" not in rows


def test_bars_are_sorted_with_values_written_and_unknown_last():
    chart = ranking(GROUPS, indicator=OUTCOMES, highlight="west")
    assert list(chart.layout.yaxis.ticktext) == ["South", "West", "North", "East"]
    assert texts(chart) == ["60.5%", "51.2%", "40.0%", "not known"]
    bars = chart.data[0]
    assert np.isnan(bars.x[3])
    assert bars.marker.color[1] == theme.BLUE
    assert bars.marker.color[0] == theme.MUTED


def test_medians_are_dots_because_a_bar_would_suggest_an_amount():
    assert ranking(GROUPS, indicator=RECOVERY).data[0].type == "scatter"
    assert ranking(GROUPS, indicator=OUTCOMES).data[0].type == "bar"


def test_reference_is_a_labelled_line():
    chart = ranking(GROUPS, indicator=OUTCOMES, reference=("England", 52.0))
    assert "England 52.0%" in texts(chart)
    assert chart.layout.shapes[0].x0 == 52.0


def test_spread_leaves_out_unknown_and_names_the_selected():
    chart = spread(COUNCILS, indicator=OUTCOMES, selected="E4")
    dots = chart.data[2]
    assert sorted(dots.x) == [10, 20, 30, 50]
    assert "<b>Derwent 40.0%</b>" in texts(chart)
    again = spread(COUNCILS, indicator=OUTCOMES, selected="E4")
    assert list(again.data[2].y) == list(dots.y)


def test_councils_without_a_name_are_nobody_in_particular():
    dots = spread(COUNCILS, indicator=OUTCOMES, selected="").data[2]
    assert any(said.startswith("A council:") for said in dots.customdata)


def test_map_key_has_ranges_in_the_unit_and_not_known():
    chart = hexmap(COUNCILS, HEXES, indicator=OUTCOMES, selected="E1")
    key = [trace for trace in chart.data if trace.showlegend is None]
    assert key[-1].name == "Not known"
    assert key[-1].marker.color == classes.UNKNOWN
    assert all(re.fullmatch(r"[\d.]+% to [\d.]+%", trace.name) for trace in key[:-1])
    assert chart.layout.yaxis.scaleanchor == "x"
    assert list(chart.data[-1].customdata) == ["E1", "E2", "E3", "E4", "E5"]


def test_map_without_polarity_is_neutral():
    fills = {trace.fillcolor for trace in hexmap(COUNCILS, HEXES, indicator=INCIDENTS).data}
    assert fills & set(classes.NEUTRAL)
    assert not fills & set(classes.STEPS)


def test_cut_makes_ties_one_class_and_unknown_none():
    edges, place = classes.cut(pd.Series([5.0, 5, 5, np.nan]))
    assert edges == [5.0]
    assert list(place) == [0, 0, 0, -1]
    edges, place = classes.cut(pd.Series(range(1, 11), dtype=float))
    assert list(place.value_counts(sort=False)) == [2] * 5


def test_cells_carry_their_figures_in_ink_that_reads():
    *fills, _ = matrix(CELLS, indicator=OUTCOMES, **PRINCIPLES).data
    written = {said: fill.textfont.color for fill in fills for said in fill.text.ravel() if said}
    dark, white = theme.TEXT, "#FFFFFF"
    assert written == {"10.0%": dark, "[x]": dark, "55.0%": white, "90.0%": white}
    for step in classes.STEPS + classes.NEUTRAL:
        inks = [classes.luminance(c) + 0.05 for c in (step, classes.ink_on(step))]
        assert max(inks) / min(inks) >= 4.5


def test_spine_turns_each_row_so_that_right_is_better():
    dots = spine(SPINE).data[3]
    assert list(dots.x) == [0.5, 1.0, 1.0, None]
    assert dots.marker.color[2] == theme.MUTED
    names = spine(SPINE).layout.yaxis.ticktext
    assert "3 of 9" in names[0]
    assert "not known" in names[3]


def test_timeline_gives_close_events_lanes_of_their_own():
    early, late = timeline(EVENTS).data
    assert len(set(early.y)) == 2
    assert late.text[0].strip() == "A late one"


def test_event_time_marks_first_support_and_names_both_lines():
    chart = event_time(QUARTERS, indicator=OUTCOMES)
    assert chart.layout.shapes[0].x0 == 0
    assert [line.name for line in chart.data] == ["Funded", "Not yet or never funded"]
    assert np.isnan(chart.data[0].y[1])
    assert "First support" in texts(chart)


def test_text_from_data_cannot_be_markup():
    sneaky = GROUPS.assign(group_label="<a href='x'>n</a>")
    shown = ranking(sneaky, indicator=OUTCOMES).layout.yaxis.ticktext
    assert all("<a" not in name for name in shown)


UNKNOWN_EVERYWHERE = {
    "trend": lambda: trend(ENGLAND.assign(value=np.nan), indicator=OUTCOMES),
    "ranking": lambda: ranking(GROUPS.assign(value=np.nan), indicator=OUTCOMES),
    "spread": lambda: spread(COUNCILS.assign(value=np.nan), indicator=OUTCOMES),
    "hexmap": lambda: hexmap(COUNCILS.assign(value=np.nan), HEXES, indicator=OUTCOMES),
    "matrix": lambda: matrix(CELLS.assign(value=np.nan), indicator=OUTCOMES, **PRINCIPLES),
    "event_time": lambda: event_time(QUARTERS.assign(value=np.nan), indicator=OUTCOMES),
}


@pytest.mark.parametrize("name", UNKNOWN_EVERYWHERE)
def test_a_frame_of_unknown_values_still_draws(name):
    assert UNKNOWN_EVERYWHERE[name]().layout.height > 0


EMPTY = {
    "trend": lambda: trend(ENGLAND.iloc[:0], indicator=OUTCOMES),
    "ranking": lambda: ranking(GROUPS.iloc[:0], indicator=OUTCOMES),
    "spread": lambda: spread(COUNCILS.iloc[:0], indicator=OUTCOMES),
    "hexmap": lambda: hexmap(COUNCILS.iloc[:0], HEXES, indicator=OUTCOMES),
    "matrix": lambda: matrix(CELLS.iloc[:0], indicator=OUTCOMES, **PRINCIPLES),
    "spine": lambda: spine(SPINE.iloc[:0]),
    "timeline": lambda: timeline(EVENTS.iloc[:0]),
    "event_time": lambda: event_time(QUARTERS.iloc[:0], indicator=OUTCOMES),
}


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_frame_is_refused(name):
    with pytest.raises(ValueError, match="no rows"):
        EMPTY[name]()
