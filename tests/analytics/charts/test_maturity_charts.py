"""Charts of Risk maturity: parts add up, sides lean, unknown is never zero."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from analytics.charts import classes, theme
from analytics.charts import diverging as maturity_words
from analytics.charts.columns import columns
from analytics.charts.composition import composition
from analytics.charts.diverging import diverging
from analytics.charts.matrix import matrix
from analytics.words import maturity
from tests.support.frames import OUTCOMES, table


MET = ("Met", "Below", "Not known")
LEVELS = ("Achieved", "Partially achieved", "Not achieved", "Not assessed")
SHARES = table("""
    row_label      | part      | value | count | code
    B1.a Policy    | Met       | 60    | 6     | B1.a
    B1.a Policy    | Below     | 35    | 3     | B1.a
    B1.a Policy    | Not known | 5     | 1     | B1.a
    A1.a Direction | Met       | 20    | 2     | A1.a
    A1.a Direction | Below     |       |       | A1.a
    A1.a Direction | Not known | 10    | 1     | A1.a
    C1.a Logs      | Met       |       |       | C1.a
    C1.a Logs      | Below     |       |       | C1.a
    C1.a Logs      | Not known |       |       | C1.a
""")
LEANING = table("""
    row_label | below | above_one | above_two | same | councils | code
    A1.a One  | 5     | 20        | 10        | 65   | 40       | A1.a
    A1.b Two  | 30    | 10        | 0         | 60   | 40       | A1.b
    A1.c None |       |           |           |      |          | A1.c
""")
SIDES = {"left": "Council rates itself lower", "right": "Council rates itself higher"}
QUARTERS = table("""
    period_label | part | value
    Q1 2026/27   | High | 10
    Q1 2026/27   | Low  | 30
    Q2 2026/27   | High | 20
    Q2 2026/27   | Low  |
    Q3 2026/27   | High | 5
    Q3 2026/27   | Low  | 5
""")
HEAT = table("""
    outcome     | region | objective | value | code
    A1.a First  | North  | A Manage  | 20    | A1.a,N
    A1.a First  | South  | A Manage  | 100   | A1.a,S
    B1.a Second | North  | B Protect |       | B1.a,N
    B1.a Second | South  | B Protect | 0     | B1.a,S
""")
GRID = {"value": "value", "rows": "outcome", "columns": "region"}
SNEAKY = "<b>bold</b>"


def texts(chart: go.Figure) -> str:
    return " | ".join(str(note.text) for note in chart.layout.annotations)


def named(chart: go.Figure, name: str) -> go.Bar:
    return next(trace for trace in chart.data if trace.name == name)


# Composition --------------------------------------------------------------------------


def test_parts_stand_one_behind_another_in_the_order_of_the_frame():
    chart = composition(SHARES, parts=MET)
    names = list(chart.layout.yaxis.ticktext)
    assert names == ["B1.a Policy", "A1.a Direction", "C1.a Logs"]
    assert chart.layout.yaxis.range[0] > chart.layout.yaxis.range[1]
    met, below, unknown = (named(chart, part) for part in MET)
    assert (list(met.base), list(met.x), list(met.y)) == ([0, 0], [60, 20], [0, 1])
    assert (list(below.base), list(below.x)) == ([60], [35])
    assert (list(unknown.base), list(unknown.x)) == ([95, 20], [5, 10])


def test_a_part_that_is_not_known_is_said_and_never_drawn():
    chart = composition(SHARES, parts=MET)
    notes = {note.y: note.text for note in chart.layout.annotations}
    assert notes[1] == "[x]"
    assert notes[2] == "not known"
    assert all(2 not in trace.y for trace in chart.data[:-1])
    assert "[x] not known" in texts(chart)
    whole = SHARES[SHARES["row_label"] == "B1.a Policy"]
    assert "[x]" not in texts(composition(whole, parts=MET))


def test_shares_are_written_where_there_is_room():
    chart = composition(SHARES, parts=MET)
    assert list(named(chart, "Met").text) == ["60%", "20%"]
    assert list(named(chart, "Not known").text) == ["", "10%"]
    assert chart.layout.uniformtext.mode == "hide"
    assert chart.layout.uniformtext.minsize >= 12


def test_a_known_set_has_its_colours_and_the_unknown_part_is_outlined():
    frame = pd.DataFrame({"row_label": "England", "part": LEVELS, "value": 25.0})
    chart = composition(frame, parts=LEVELS)
    shades = [named(chart, part).marker.color for part in LEVELS]
    assert shades[0] == theme.BLUE
    assert shades[3] == classes.UNKNOWN
    assert named(chart, "Not assessed").marker.line.color == theme.QUIET
    assert len(set(shades)) == 4
    key = chart.layout.annotations[0].text
    assert all(part in key for part in LEVELS)
    assert key.count("■") == 3
    assert key.count("□") == 1


def test_other_parts_have_the_palette_in_order_and_are_four_at_most():
    frame = pd.DataFrame({"row_label": "x", "part": ["Cloud", "Own"], "value": 50.0})
    chart = composition(frame, parts=("Cloud", "Own"))
    assert [bar.marker.color for bar in chart.data[:2]] == theme.FOUR[:2]
    with pytest.raises(ValueError, match="at most four parts"):
        composition(frame, parts=("Cloud", "Own", "c", "d", "e"))


def test_a_part_that_is_not_listed_or_comes_twice_is_refused():
    with pytest.raises(ValueError, match="'Below' is not one of: Met, Not known"):
        composition(SHARES, parts=("Met", "Not known"))
    with pytest.raises(ValueError, match="same part twice"):
        composition(pd.concat([SHARES, SHARES]), parts=MET)


def test_a_click_anywhere_on_a_row_gives_its_key_and_dims_nothing():
    chart = composition(SHARES, parts=MET, keys="code")
    hits = chart.data[-1]
    covered = pd.DataFrame({"y": hits.y, "x": hits.x}).groupby("y")["x"].sum()
    assert list(covered) == [100, 100, 100]
    given = dict(zip(hits.y, [key for key, _ in hits.customdata], strict=True))
    assert given == {0: "B1.a", 1: "A1.a", 2: "C1.a"}
    for state in (hits.marker, hits.selected.marker, hits.unselected.marker):
        assert state.opacity == 0


@pytest.mark.parametrize("name", ["composition", "diverging"])
def test_nothing_that_is_seen_fades_when_a_row_is_chosen(name):
    *seen, _ = DRAW[name](FRAMES[name]).data
    assert seen
    for trace in seen:
        assert trace.selected.marker.opacity == trace.unselected.marker.opacity == 1
        written = getattr(trace, "textfont", None)
        if written is not None and written.color:
            assert trace.unselected.textfont.color == written.color


def test_words_over_a_part_say_how_many_are_behind_it():
    hover = [said for _, said in composition(SHARES, parts=MET).data[-1].customdata]
    assert "<b>B1.a Policy</b><br>Met: 60.0% (6 of 10)" in hover
    assert "<b>A1.a Direction</b><br>Met: 20.0%" in hover


def test_counts_end_with_their_sum_unless_a_part_is_not_known():
    chart = composition(SHARES, parts=MET, is_share=False)
    assert [note.text for note in chart.layout.annotations[1:]] == ["100", "[x]", "not known"]
    hover = [said for _, said in chart.data[-1].customdata]
    assert "<b>B1.a Policy</b><br>Below: 35 of 100" in hover


def test_a_mark_is_drawn_where_it_is_known_and_named():
    mark = {"B1.a Policy": 50.0, "A1.a Direction": None}
    chart = composition(SHARES, parts=MET, mark=mark, mark_words=SNEAKY)
    ticks = [trace for trace in chart.data if trace.type == "scatter"]
    assert {x for tick in ticks for x in tick.x} == {50.0}
    assert all(round(y) == 0 for tick in ticks for y in tick.y)
    assert "&lt;b&gt;bold" in texts(chart)


def test_many_rows_are_lower_and_each_on_one_line():
    long = pd.DataFrame(
        {
            "row_label": [f"A{n}.a Identity Verification and more" for n in range(41)],
            "part": "Met",
            "value": 50.0,
        }
    )
    chart = composition(long, parts=("Met",))
    assert 41 * 28 < chart.layout.height < 41 * 28 + 120
    assert not any("<br>" in name for name in chart.layout.yaxis.ticktext)
    assert chart.layout.yaxis.tickfont.size >= 12


# Diverging ----------------------------------------------------------------------------


def test_lower_runs_left_and_higher_right():
    below, one, two = diverging(LEANING, **SIDES).data[:3]
    assert list(below.x) == [-5, -30]
    assert list(one.x) == [20, 10]
    assert list(two.x) == [10, 0]
    light, dark = (classes.luminance(bar.marker.color) for bar in (one, two))
    assert dark < light
    assert diverging(LEANING, **SIDES).layout.barmode == "relative"


def test_each_row_ends_with_its_net_or_says_not_known():
    notes = {note.y: note.text for note in diverging(LEANING, **SIDES).layout.annotations}
    assert [notes[0], notes[2]] == ["+25.0", "not known"]
    nets = texts(diverging(LEANING, **SIDES))
    assert "-20.0" in nets
    assert "Council rates<br>itself lower" in nets


def test_a_row_that_leans_is_chosen_by_its_key():
    hits = diverging(LEANING, keys="code", **SIDES).data[-1]
    assert [key for key, _ in hits.customdata] == ["A1.a", "A1.b", "A1.c"]
    assert "The same: 65.0%" in hits.customdata[0][1]
    assert "not known" in hits.customdata[2][1]
    assert hits.unselected.marker.opacity == hits.selected.marker.opacity == 0


def test_zero_is_a_strong_line_and_inside_the_axis():
    chart = diverging(LEANING, **SIDES)
    low, high = chart.layout.xaxis.range
    assert low < -30 < 0 < 30 < high
    assert chart.layout.shapes[0].x0 == chart.layout.shapes[0].x1 == 0
    one_way = diverging(LEANING.assign(below=0.0), **SIDES).layout.xaxis.range
    assert one_way[0] < 0


# Columns ------------------------------------------------------------------------------


def test_columns_are_stacked_in_the_order_of_periods_and_parts():
    chart = columns(QUARTERS, parts=("High", "Low"))
    high, low = chart.data
    assert list(high.y) == [10, 20, 5]
    assert (list(low.x), list(low.base), list(low.y)) == ([0, 2], [10, 5], [30, 5])
    assert high.marker.color == theme.BLUE
    gap = next(note for note in chart.layout.annotations if note.text == "[x]")
    assert (gap.x, gap.y) == (1, 20)
    assert "[x] not known" in chart.layout.annotations[0].text


def test_a_divider_stands_before_its_period():
    divider = ("Q2 2026/27", SNEAKY)
    chart = columns(QUARTERS, parts=("High", "Low"), divider=divider)
    assert chart.layout.shapes[0].x0 == 0.5
    assert chart.layout.shapes[0].line.dash == "dot"
    assert "&lt;b&gt;bold" in texts(chart)
    with pytest.raises(ValueError, match="Q9"):
        columns(QUARTERS, parts=("High", "Low"), divider=("Q9", "x"))


def test_periods_are_named_as_far_as_a_phone_has_room_and_the_last_always():
    names = [f"Q{quarter} 20{year}" for year in range(23, 27) for quarter in range(1, 5)]
    frame = pd.DataFrame({"period_label": names, "part": "High", "value": 1.0})
    axis = columns(frame, parts=("High",)).layout.xaxis
    assert len(axis.tickvals) <= 8
    assert axis.tickvals[-1] == 15
    assert axis.ticktext[-1] == "Q4 2026"
    few = columns(QUARTERS, parts=("High", "Low")).layout.xaxis
    assert list(few.tickvals) == [0, 1, 2]


# Heat map -----------------------------------------------------------------------------


def steps(chart: go.Figure) -> dict[tuple[int, int], float]:
    """The class of each cell, by row and column, whatever its ink."""
    return {
        (row, column): fill.z[row][column]
        for fill in chart.data[:-1]
        for row, column in np.argwhere(~np.isnan(np.array(fill.z, float))).tolist()
    }


def test_fixed_edges_mean_the_same_on_every_heat_map():
    edges = (0, 20, 40, 60, 80, 100)
    chart = matrix(HEAT, indicator=OUTCOMES, edges=edges, **GRID)
    assert steps(chart) == {(0, 0): 1, (0, 1): 4, (1, 0): -1, (1, 1): 0}
    alone = matrix(HEAT.iloc[:1], indicator=OUTCOMES, edges=edges, **GRID)
    assert steps(alone) == {(0, 0): 1}
    assert alone.data[0].colorscale == chart.data[0].colorscale
    assert "20% to 40%" in texts(chart)
    assert "[x] not known" in texts(chart)
    assert "not known" not in texts(alone)


def test_every_cell_of_a_heat_map_is_chosen_by_its_key():
    hits = matrix(HEAT, indicator=OUTCOMES, keys="code", **GRID).data[-1]
    assert [key for key, _ in hits.customdata] == list(HEAT["code"])
    assert hits.customdata[2][1] == "B1.a Second, North: not known"
    assert (list(hits.x), list(hits.y)) == ([0, 1, 0, 1], [0, 0, 1, 1])
    assert hits.selected.marker.opacity == hits.unselected.marker.opacity == 0


def test_groups_have_a_heading_above_their_rows():
    chart = matrix(HEAT, indicator=OUTCOMES, groups="objective", **GRID)
    headings = {note.text: note.y for note in chart.layout.annotations}
    assert headings == {"<b>A Manage</b>": 0, "<b>B Protect</b>": 2}
    names = list(chart.layout.yaxis.ticktext)
    assert names == [" ", "A1.a First", " ", "B1.a Second"]
    assert set(chart.data[-1].y) == {1, 3}


def test_many_columns_have_whole_numbers_and_say_that_they_are_percentages():
    wide = pd.concat([HEAT.assign(region=HEAT["region"] + str(n)) for n in range(4)])
    chart = matrix(wide, indicator=OUTCOMES, **GRID)
    said = {text for fill in chart.data[:-1] for text in fill.text.ravel()} - {""}
    assert said == {"20", "100", "0", "[x]"}
    assert "in %" in texts(chart)
    assert "in %" not in texts(matrix(HEAT, indicator=OUTCOMES, **GRID))
    assert chart.data[-1].customdata[0][1] == "A1.a First, North0: 20.0%"


# All ----------------------------------------------------------------------------------


DRAW = {
    "composition": lambda frame: composition(frame, parts=MET),
    "diverging": lambda frame: diverging(frame, **SIDES),
    "columns": lambda frame: columns(frame, parts=("High", "Low")),
    "matrix": lambda frame: matrix(frame, indicator=OUTCOMES, groups="outcome", **GRID),
}
FRAMES = {"composition": SHARES, "diverging": LEANING, "columns": QUARTERS, "matrix": HEAT}
LABELS = {"columns": "period_label", "matrix": "outcome"}


@pytest.mark.parametrize("name", DRAW)
def test_an_empty_frame_is_refused(name):
    with pytest.raises(ValueError, match="no rows"):
        DRAW[name](FRAMES[name].iloc[:0])


@pytest.mark.parametrize("name", DRAW)
def test_a_frame_of_unknown_values_draws_no_amount(name):
    frame = FRAMES[name]
    blank = {
        column: np.nan
        for column in ("value", "count", "below", "above_one", "above_two", "same")
        if column in frame
    }
    chart = DRAW[name](frame.assign(**blank))
    visible = [bar for bar in chart.data if bar.type == "bar" and bar.name]
    assert all(len(bar.x) == 0 for bar in visible)
    assert chart.layout.height >= 80


@pytest.mark.parametrize("name", DRAW)
def test_text_from_data_cannot_be_markup(name):
    label = LABELS.get(name, "row_label")
    frame = FRAMES[name].iloc[:1].assign(**{label: SNEAKY})
    assert SNEAKY not in repr(DRAW[name](frame).to_plotly_json())


@pytest.mark.parametrize("name", DRAW)
def test_every_chart_is_in_the_house_template_without_a_title(name):
    layout = DRAW[name](FRAMES[name]).layout
    assert layout.template == theme.TEMPLATE
    assert layout.title.text is None


# Words --------------------------------------------------------------------------------


def test_composition_sentence_names_most_and_least_of_the_first_part():
    said = maturity.composition_sentence(SHARES, parts=MET)
    assert said == (
        "Met: B1.a Policy has most (60.0%) and A1.a Direction least (20.0%). Not known: C1.a Logs."
    )
    one = maturity.composition_sentence(SHARES[3:6], parts=MET)
    assert one == "A1.a Direction: Met 20.0%, Below not known and Not known 10.0%."
    none = SHARES.assign(value=np.nan)
    assert maturity.composition_sentence(none, parts=MET) == ("Met is not known for any of 3 rows.")


def test_composition_sentence_does_not_rank_equals():
    same = SHARES.assign(value=50.0)
    assert maturity.composition_sentence(same, parts=MET, is_share=False) == (
        "Met: the same in every row, 50."
    )
    only = SHARES[3:].assign(row_label=SHARES["row_label"])
    assert maturity.composition_sentence(only, parts=MET) == (
        "Met: A1.a Direction 20.0%. Not known: C1.a Logs."
    )


def test_diverging_sentence_counts_sides_and_names_the_ends():
    assert maturity_words.diverging_sentence(LEANING, **SIDES) == (
        "Of 2 outcomes, 1 leans to “Council rates itself higher” and 1 to “Council "
        "rates itself lower”. The net is highest for A1.a One (+25.0 points) and "
        "lowest for A1.b Two (-20.0 points). Not known: A1.c None."
    )
    level = LEANING[:2].assign(below=10.0, above_one=10.0, above_two=0.0)
    assert maturity_words.diverging_sentence(level, **SIDES) == (
        "Of 2 outcomes, all lean to neither side. The net is 0.0 points."
    )
    assert maturity_words.diverging_sentence(LEANING[2:], **SIDES) == (
        "The difference is not known for any of 1 outcome."
    )


def test_columns_sentence_says_the_last_period_and_the_most():
    parts = ("High", "Low")
    assert maturity.columns_sentence(QUARTERS, parts=parts) == (
        "In Q3 2026/27: High 5 and Low 5. The most were 40, in Q1 2026/27."
    )
    assert maturity.columns_sentence(QUARTERS[:4], parts=parts) == (
        "In Q2 2026/27: High 20 and Low not known."
    )
    blank = QUARTERS.assign(value=QUARTERS["value"].where(QUARTERS.index < 2))
    assert maturity.columns_sentence(blank, parts=parts, unit="percent") == (
        "Not known for Q3 2026/27. In Q1 2026/27: High 10.0% and Low 30.0%."
    )
    none = QUARTERS.assign(value=np.nan)
    said = maturity.columns_sentence(none, parts=parts)
    assert said == "Nothing is known for any period."
