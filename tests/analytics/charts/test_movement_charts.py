"""Charts of movement: direction told by more than colour, unknown never drawn as 0."""

from dataclasses import replace

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from analytics.charts import theme
from analytics.charts.alluvial import alluvial
from analytics.charts.ranges import ranges
from analytics.charts.slope import slope
from analytics.charts.trend import trend
from analytics.maturity.trust.chart import steps
from analytics.words import movement
from tests.support.frames import INCIDENTS, OUTCOMES, RECOVERY, series, table


NAN = float("nan")
LEVELS = ["Achieved", "Partially achieved", "Not achieved", "Not assessed"]
YEARS = {"label_before": "2023/24", "label_after": "2025/26"}


def flows(text: str) -> pd.DataFrame:
    """Read flows between levels; `from` and `to` are two neighbouring years."""
    frame = table(text)
    for end, year in (("before", "from"), ("after", "to")):
        frame[f"period_{end}"] = [pd.Timestamp(int(y), 4, 1) for y in frame[year]]
        frame[f"label_{end}"] = [f"{y}/{(y + 1) % 100:02d}" for y in frame[year]]
    return frame


FLOWS = flows("""
    from | to   | level_before       | level_after        | count
    2023 | 2024 | Achieved           | Achieved           | 4
    2023 | 2024 | Achieved           | Not achieved       | 1
    2023 | 2024 | Not achieved       | Partially achieved | 3
    2023 | 2024 | Not achieved       | Not assessed       | 2
    2024 | 2025 | Achieved           | Achieved           | 8
    2024 | 2025 | Partially achieved | Achieved           | 8
    2024 | 2025 | Not achieved       | Not achieved       | 4
""")
MOVES = table("""
    code | row_label   | before | after | note
    A1   | A1 <b>Gov   | 40     | 52    | 12 councils
    A2   | A2 Risk     | 50     | 44    |
    A3   | A3 Asset    | 60     | 61    |
    A4   | A4 Supply   |        | 30    |
    B1   | B1 Policies | 20     |       |
    B2   | B2 Identity |        |       |
""")
STEPS = table("""
    label            | value | kind  | said
    CAF 3.2          | 39    | total | 39 of 39 met
    Outcomes dropped | 2     | down  |
    Eased            | 0     | up    |
    Raised           | 12    | down  |
    New ones <b>met  | 2     | up    |
    CAF 4.0          | 27    | total |
""")
RANGES = table("""
    code | row_label | low | high | middle | low_label | high_label
    E1   | Ashby     | 10  | 90   | 50     | Payroll   | Housing
    E2   | <b>arton  | 40  | 60   |        | Housing   | Payroll
    E3   | Corby     | 30  |      |        | Payroll   |
    E4   | Derwent   |     |      |        |           |
    E5   | Eastham   | 70  | 70   | 70     | Payroll   | Payroll
""")
ENGLAND = series(
    ("England", 2023, 90.0, "CAF 3.2"),
    ("England", 2024, 40.0, "CAF 4.0"),
    ("England", 2025, 44.0, "CAF 4.0"),
)
PATH = table("""
    period     | period_label | value | label
    2027-04-01 | 2027/28      | 72    |
    2029-04-01 | 2029/30      | 100   | Needed: 100% by 2029/30
""")


def texts(chart: go.Figure) -> list[str]:
    return [note.text for note in chart.layout.annotations]


def ribbons(chart: go.Figure) -> dict[str, go.Scatter]:
    return {trace.text: trace for trace in chart.data if trace.hoveron == "fills"}


def boxes(chart: go.Figure, year: int) -> list[tuple[str, float]]:
    found = [shape for shape in chart.layout.shapes if shape.xanchor == year]
    return [(box.fillcolor, round(box.y1 - box.y0, 3)) for box in found]


# Alluvial


def test_every_flow_is_a_ribbon_that_says_its_count():
    drawn = ribbons(alluvial(FLOWS, levels=LEVELS))
    assert len(drawn) == 7
    slipped = drawn["2023/24 to 2024/25<br>Achieved to Not achieved: 1 of 10 outcomes"]
    assert slipped.customdata == (1.0,)
    assert "2024/25 to 2025/26<br>Achieved, no change: 8 of 20 outcomes" in drawn


def test_ribbons_are_tinted_by_direction_and_improving_ones_rise():
    chart = alluvial(FLOWS, levels=LEVELS)
    ways = {trace.meta: trace for trace in ribbons(chart).values()}
    assert set(ways) == {"improved", "slipped", "same", "unknown"}
    assert len({trace.fillcolor for trace in ways.values()}) == 4
    downward = chart.layout.yaxis.range[0] > chart.layout.yaxis.range[1]
    assert downward
    assert ways["improved"].y[24] < ways["improved"].y[0]
    assert ways["slipped"].y[24] > ways["slipped"].y[0]
    assert "Rising, blue: improved" in texts(chart)[-1].replace("<br>", " ")


def test_a_column_is_the_shares_of_its_own_pair_of_years_in_the_levels_colours():
    chart = alluvial(FLOWS, levels=LEVELS)
    assert boxes(chart, 0) == [("#12436D", 0.5), ("#F46A25", 0.5)]
    assert boxes(chart, 2) == [("#12436D", 0.8), ("#F46A25", 0.2)]
    assert boxes(chart, 1) == [
        ("#12436D", 0.4),
        ("#6BACE6", 0.4),
        ("#F46A25", 0.2),
        ("#FFFFFF", 0.2),
    ]
    said = [text for text in texts(chart) if text.endswith("%")]
    assert said == ["50%", "50%", "40%", "30%", "10%", "20%", "80%", "20%"]


def test_columns_and_levels_are_named_once():
    said = texts(alluvial(FLOWS, levels=LEVELS))
    assert said[:3] == ["2023/24", "2024/25", "2025/26"]
    for name in ("Achieved", "Partially<br>achieved", "Not<br>assessed"):
        assert said.count(name) == 1


def test_flows_that_are_not_known_are_left_out_and_it_says_so():
    frame = FLOWS.assign(count=[4, NAN, 3, 2, 8, 8, 4])
    chart = alluvial(frame, levels=LEVELS)
    assert len(ribbons(chart)) == 6
    assert "not known are left out" in texts(chart)[-1].replace("<br>", " ")
    nothing = alluvial(FLOWS.assign(count=NAN), levels=LEVELS)
    assert not ribbons(nothing)
    assert "2023/24<br>not known" in texts(nothing)


def test_alluvial_refuses_levels_and_years_that_it_has_no_room_for():
    with pytest.raises(ValueError, match="'Nearly'"):
        alluvial(FLOWS.assign(level_after="Nearly"), levels=LEVELS)
    many = flows("""
        from | to   | level_before | level_after | count
        2019 | 2020 | Achieved     | Achieved    | 1
        2021 | 2022 | Achieved     | Achieved    | 1
        2023 | 2024 | Achieved     | Achieved    | 1
    """)
    with pytest.raises(ValueError, match="5 years, not 6"):
        alluvial(many, levels=LEVELS)


def test_words_in_flows_cannot_be_markup():
    sneaky = FLOWS.replace("Not achieved", "<b>Not")
    levels = ["Achieved", "Partially achieved", "<b>Not", "Not assessed"]
    chart = alluvial(sneaky, levels=levels)
    assert not any("<b>Not" in said for said in [*ribbons(chart), *texts(chart)])


def test_alluvial_sentence_is_of_the_last_two_years():
    said = movement.alluvial_sentence(FLOWS, levels=LEVELS)
    assert said == (
        "From 2024/25 to 2025/26, 8 of 20 outcomes improved, 0 slipped and 12 did not change."
    )
    earlier = movement.alluvial_sentence(FLOWS.iloc[:4], levels=LEVELS)
    assert earlier == (
        "From 2023/24 to 2024/25, 3 of 10 outcomes improved, 1 slipped and 4 did not "
        "change; 2 were not known in one of the years or in both."
    )


def test_alluvial_sentence_says_what_is_not_known():
    holed = FLOWS.assign(count=[4, 1, 3, 2, 8, NAN, 4])
    said = movement.alluvial_sentence(holed, levels=LEVELS)
    assert "0 of 12 outcomes improved" in said
    assert said.endswith("Flows whose number is not known are left out.")
    nothing = FLOWS.assign(count=NAN)
    assert movement.alluvial_sentence(nothing, levels=LEVELS) == (
        "From 2024/25 to 2025/26, no flows between levels are known."
    )


# Slope


def lines(chart: go.Figure) -> dict[str, str]:
    return {line.name: line.line.color for line in chart.data[:-1]}


def test_lines_are_coloured_by_how_they_moved():
    drawn = lines(slope(MOVES, indicator=OUTCOMES, **YEARS))
    assert drawn["A1 &lt;b&gt;Gov"] == theme.BLUE
    assert drawn["A2 Risk"] == theme.FOUR[3]
    assert drawn["A3 Asset"] == drawn["A4 Supply"] == theme.GREY


def test_for_a_measure_whose_fall_is_good_the_falling_line_is_blue():
    drawn = lines(slope(MOVES, indicator=RECOVERY, **YEARS))
    assert drawn["A2 Risk"] == theme.BLUE
    neutral = lines(slope(MOVES, indicator=INCIDENTS, **YEARS))
    assert theme.FOUR[3] not in neutral.values()


def test_values_are_at_both_ends_where_they_matter_and_unknown_is_named():
    chart = slope(MOVES, indicator=OUTCOMES, **YEARS)
    said = texts(chart)
    assert {"A1 &lt;b&gt;Gov 52%", "A2 Risk 44%", "A4 Supply 30%"} <= set(said)
    assert {"40%", "50%"} <= set(said)
    assert "60%" not in said and "20%" not in said
    under = said[-1].replace("<br>", " ")
    assert under == (
        "Not known in 2023/24: A4 Supply, B2 Identity "
        "Not known in 2025/26: B1 Policies, B2 Identity"
    )
    only_after = chart.data[3]
    assert np.isnan(only_after.y[0]) and only_after.y[1] == 30


def test_labels_at_one_height_are_pushed_apart_and_stay_inside_the_plot():
    same = pd.concat([MOVES.iloc[:1]] * 14).assign(before=10.0, after=50.0)
    same["row_label"] = [f"B{n} Some principle" for n in range(14)]
    chart = slope(same, indicator=OUTCOMES, **YEARS)
    low, high = chart.layout.yaxis.range
    plot = chart.layout.height - chart.layout.margin.t - chart.layout.margin.b
    named = [note for note in chart.layout.annotations if note.text.endswith("50%")]
    at = sorted((n.y - low) / (high - low) * plot - n.ay for n in named)
    assert len(at) == 14
    assert min(np.diff(at)) >= 16
    assert at[0] >= 0 and at[-1] <= plot


def test_a_long_name_is_cut_and_its_value_kept():
    long = MOVES.iloc[:1].assign(
        row_label="B1 Service Protection Policies, Processes and Procedures"
    )
    said = texts(slope(long, indicator=OUTCOMES, **YEARS))
    assert any(text.endswith("… 52%") for text in said)


@pytest.mark.parametrize(
    "chart",
    [
        slope(MOVES, indicator=OUTCOMES, keys="code", **YEARS),
        ranges(RANGES, indicator=OUTCOMES, keys="code"),
    ],
    ids=["slope", "ranges"],
)
def test_unseen_marks_on_top_carry_the_key_and_the_words(chart):
    hits = chart.data[-1]
    assert chart.layout.clickmode == "event+select"
    assert hits.marker.opacity == 0
    assert hits.selected.marker.opacity == hits.unselected.marker.opacity == 0
    assert hits.hovertemplate == "%{customdata[1]}<extra></extra>"
    assert {len(data) for data in hits.customdata} == {2}
    seen = [t for t in chart.data[:-1] if t.mode != "lines"]
    assert all(trace.unselected.marker.opacity == 1 for trace in seen)


def test_marks_give_the_keys_of_the_rows_that_are_drawn():
    hits = slope(MOVES, indicator=OUTCOMES, keys="code", **YEARS).data[-1]
    keys = [key for key, _ in hits.customdata]
    assert [keys.count(k) for k in ("A1", "A4", "B1", "B2")] == [3, 1, 1, 0]
    assert hits.customdata[0][1] == (
        "A1 &lt;b&gt;Gov<br>40.0% to 52.0%, up 12.0 percentage points<br>12 councils"
    )
    spread = ranges(RANGES, indicator=OUTCOMES, keys="code").data[-1]
    keys = [key for key, _ in spread.customdata]
    assert [keys.count(k) for k in ("E1", "E3", "E4", "E5")] == [2, 1, 0, 1]


def test_without_keys_marks_only_say_their_words():
    hits = slope(MOVES, indicator=OUTCOMES, **YEARS).data[-1]
    assert hits.hovertemplate == "%{customdata}<extra></extra>"
    assert isinstance(hits.customdata[0], str)


def test_slope_sentence_counts_and_names_the_most():
    said = movement.slope_sentence(MOVES, indicator=OUTCOMES, **YEARS)
    assert said == (
        "From 2023/24 to 2025/26, 1 of 3 rose, 1 fell and 1 moved by less than 2.0 "
        "percentage points. A1 <b>Gov rose most (up 12.0 percentage points to 52.0%). "
        "A2 Risk fell most (down 6.0 percentage points to 44.0%). "
        "Not known in both: 3 of 6."
    )
    tied = MOVES.iloc[:2].assign(before=[10.0, 20.0], after=[20.0, 30.0])
    said = movement.slope_sentence(tied, indicator=OUTCOMES, **YEARS)
    assert "A1 <b>Gov and A2 Risk rose most (up 10.0 percentage points)." in said
    unknown = movement.slope_sentence(MOVES.assign(before=NAN), indicator=OUTCOMES, **YEARS)
    assert unknown == "From 2023/24 to 2025/26, no change is known."


# Steps


def test_steps_go_from_total_to_total():
    bars = steps(STEPS).data[0]
    assert list(bars.base) == [0, 37, 37, 25, 25, 0]
    assert list(bars.x) == [39, 2, 0, 12, 2, 27]
    assert bars.marker.color[0] == bars.marker.color[5] == theme.BLUE
    assert bars.marker.color[1] == bars.marker.color[3] == theme.FOUR[3]
    assert bars.marker.color[4] == "#6BACE6"


def test_steps_are_listed_in_order_with_signed_numbers_and_nothing_too():
    chart = steps(STEPS)
    said = ["<b>39 of 39 met</b>", "−2", "0", "−12", "+2", "<b>27</b>"]
    assert texts(chart) == said
    assert chart.layout.yaxis.ticktext[0] == "CAF 3.2"
    assert chart.layout.yaxis.ticktext[4] == "New ones<br>&lt;b&gt;met"
    assert chart.layout.yaxis.range[0] > chart.layout.yaxis.range[1]


def test_connectors_stand_where_one_bar_ends_and_the_next_begins():
    at = [shape.x0 for shape in steps(STEPS).layout.shapes]
    assert at == [39, 37, 37, 25, 27]


def test_after_an_unknown_step_bars_have_no_place_until_the_next_total():
    chart = steps(STEPS.assign(value=[39, 2, NAN, 12, 2, 27]))
    assert list(chart.data[0].y) == [0, 1, 5]
    assert texts(chart)[2:5] == ["not known", "−12", "+2"]


def test_steps_refuse_a_kind_that_is_none_and_a_size_below_zero():
    with pytest.raises(ValueError, match="'sideways'"):
        steps(STEPS.assign(kind="sideways"))
    with pytest.raises(ValueError, match="give its size"):
        steps(STEPS.assign(value=[39, -2, 0, 12, 2, 27]))


def test_steps_sentence_passes_over_nothing_but_not_over_the_unknown():
    assert movement.steps_sentence(STEPS) == (
        "CAF 3.2: 39 of 39 met; Outcomes dropped: −2; Raised: −12; "
        "New ones <b>met: +2; CAF 4.0: 27."
    )
    holed = STEPS.assign(value=[39, NAN, 0, 12, 2, 27])
    assert "Outcomes dropped: not known" in movement.steps_sentence(holed)


# Ranges


def test_the_weakest_is_the_larger_dot_and_the_strongest_a_ring():
    line, middle, strong, weak = ranges(RANGES, indicator=OUTCOMES).data[:4]
    assert list(weak.x) == [10, 40, 30, 70]
    assert list(strong.x) == [90, 60]
    assert weak.marker.size > strong.marker.size
    assert (weak.marker.color, strong.marker.color) == (theme.BLUE, "#FFFFFF")
    assert list(middle.x) == [50]
    assert list(line.x) == [10, 90, None, 40, 60, None]


def test_where_lower_is_better_the_high_end_is_the_weakest():
    weak = ranges(RANGES, indicator=RECOVERY).data[3]
    assert list(weak.x) == [90, 60, 30, 70]


def test_values_are_outside_the_ends_and_no_value_is_said():
    chart = ranges(RANGES, indicator=OUTCOMES)
    said = {note.text: note.xanchor for note in chart.layout.annotations}
    assert said["<b>10%</b>"] == "right" and said["90%"] == "left"
    assert said["<b>30%</b>"] == "left"
    assert "not known" in said
    assert chart.layout.yaxis.ticktext[1] == "&lt;b&gt;arton"
    assert 0 not in [x for trace in chart.data for x in trace.x]


def test_words_of_a_range_name_its_ends():
    said = ranges(RANGES, indicator=OUTCOMES).data[-1].customdata
    first, one = said[0], said[-2]
    assert first == ("<b>Ashby</b><br>Payroll: 10.0%<br>Housing: 90.0%<br>Middle: 50.0%")
    assert one == "<b>Corby</b><br>Payroll: 30.0%"


def test_ranges_grow_with_their_rows_up_to_forty():
    many = pd.concat([RANGES.iloc[:1]] * 41)
    small = ranges(many.iloc[:10], indicator=OUTCOMES).layout.height
    assert ranges(many.iloc[:40], indicator=OUTCOMES).layout.height > small * 3
    with pytest.raises(ValueError, match="40 rows, not 41"):
        ranges(many, indicator=OUTCOMES)


def test_ranges_sentence_names_the_weakest_and_the_widest():
    said = movement.ranges_sentence(RANGES, indicator=OUTCOMES)
    assert said == (
        "CAF outcomes achieved: weakest is Ashby (10.0%, Payroll); Ashby ranges most, "
        "from 10.0% to 90.0%. Not known: 1 of 5."
    )
    tied = RANGES.iloc[:2].assign(low=[10.0, 10.0], high=[30.0, 30.0])
    assert movement.ranges_sentence(tied, indicator=OUTCOMES) == (
        "CAF outcomes achieved: weakest are Ashby and <b>arton (10.0%); Ashby and "
        "<b>arton range most, by 20.0 percentage points."
    )
    slow = movement.ranges_sentence(RANGES, indicator=RECOVERY)
    assert "weakest is Ashby (90.0 hours, Housing)" in slow
    unknown = RANGES.assign(low=NAN, high=NAN)
    assert movement.ranges_sentence(unknown, indicator=OUTCOMES) == (
        "CAF outcomes achieved: no range is known."
    )


# The way to a target


def path_of(chart: go.Figure) -> go.Scatter | None:
    return next((line for line in chart.data if line.line.dash == "dash"), None)


def test_the_path_is_dashed_from_the_last_known_value_to_the_target():
    late = pd.concat([ENGLAND, series(("England", 2026, None, "CAF 4.0"))])
    line = path_of(trend(late, indicator=OUTCOMES, path=PATH))
    assert [pd.Timestamp(x).year for x in line.x] == [2025, 2027, 2029]
    assert list(line.y) == [44, 72, 100]
    assert line.customdata[1] == "2027/28, on the path: 72.0%"


def test_the_axes_reach_the_target_and_labels_do_not_meet():
    near = PATH.assign(value=[44.0, 45.0])
    chart = trend(ENGLAND, indicator=OUTCOMES, path=near)
    assert chart.layout.xaxis.range[1] >= pd.Timestamp(2029, 4, 1)
    assert chart.layout.xaxis.ticktext[-1] == "2029/30"
    ends = [note for note in chart.layout.annotations if note.showarrow]
    assert [note.text.split("<br>")[0] for note in ends] == ["<b>England", "Needed: 100% by"]
    assert all(note.x == pd.Timestamp(2029, 4, 1) for note in ends)
    low, high = chart.layout.yaxis.range
    at = [(note.y - low) / (high - low) * 320 - note.ay for note in ends]
    assert at[1] - at[0] >= 27
    full = trend(ENGLAND, indicator=OUTCOMES, path=PATH)
    assert full.layout.yaxis.range[1] >= 100


def test_the_path_starts_from_the_highlighted_line():
    two = pd.concat([ENGLAND, series(("Kent", 2025, 70.0, "CAF 4.0"))])
    chart = trend(two, indicator=OUTCOMES, highlight="kent", path=PATH)
    assert path_of(chart).y[0] == 70


def test_no_path_is_drawn_where_none_is_given_or_it_lies_behind():
    assert path_of(trend(ENGLAND, indicator=OUTCOMES)) is None
    behind = PATH.assign(period=pd.Timestamp(2024, 4, 1))
    assert path_of(trend(ENGLAND, indicator=OUTCOMES, path=behind)) is None
    nothing = trend(ENGLAND, indicator=OUTCOMES, path=PATH.assign(value=NAN))
    assert nothing == trend(ENGLAND, indicator=OUTCOMES)


def test_path_sentence_compares_the_pace_needed_with_the_pace_so_far():
    assert movement.path_sentence(ENGLAND, PATH, indicator=OUTCOMES) == (
        "100.0% by 2029/30 needs a rise of 14.0 percentage points a year; so far a "
        "rise of 4.0 percentage points a year since 2024/25 on CAF 4.0."
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([2], "needs a rise of 14.0 percentage points a year; there is one year only"),
        ([], "How far it is to 100.0% by 2029/30 is not known."),
    ],
)
def test_path_sentence_says_when_there_is_no_pace(rows, said):
    known = ENGLAND["value"].where(ENGLAND.index.isin(rows))
    frame = ENGLAND.assign(value=known)
    assert said in movement.path_sentence(frame, PATH, indicator=OUTCOMES)


def test_path_sentence_knows_a_target_reached_missed_or_unknown():
    def say(**other):
        goal = PATH.assign(**other)
        return movement.path_sentence(ENGLAND, goal, indicator=OUTCOMES)

    assert say(value=44.0) == "44.0% by 2029/30 is reached: 44.0% in 2025/26."
    past = say(period=pd.Timestamp(2025, 4, 1), period_label="2025/26")
    assert past == "100.0% by 2025/26 was not reached: 44.0% in 2025/26."
    assert say(value=NAN) == "No target is known."
    slower = replace(OUTCOMES, polarity="lower_is_better")
    down = movement.path_sentence(ENGLAND, PATH.assign(value=20.0), indicator=slower)
    assert down.startswith("20.0% by 2029/30 needs a fall of 6.0 percentage points")


# All of them


EMPTY = {
    "alluvial": lambda: alluvial(FLOWS.iloc[:0], levels=LEVELS),
    "slope": lambda: slope(MOVES.iloc[:0], indicator=OUTCOMES, **YEARS),
    "steps": lambda: steps(STEPS.iloc[:0]),
    "ranges": lambda: ranges(RANGES.iloc[:0], indicator=OUTCOMES),
}


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_frame_is_refused(name):
    with pytest.raises(ValueError, match=f"{name} chart has no rows"):
        EMPTY[name]()


def test_frames_of_unknown_values_still_draw():
    nothing = {"before": NAN, "after": NAN}
    empty = slope(MOVES.assign(**nothing), indicator=OUTCOMES, **YEARS)
    assert "Not known in 2023/24" in texts(empty)[-1]
    none = ranges(RANGES.assign(low=NAN, high=NAN), indicator=OUTCOMES)
    assert texts(none)[:5] == ["not known"] * 5
    assert texts(steps(STEPS.assign(value=NAN)))[1] == "not known"


@pytest.mark.parametrize(
    ("number", "said"), [(41.2, "41%"), (0.3, "<1%"), (99.7, ">99%"), (0, "0%"), (NAN, "not known")]
)
def test_short_percents_never_round_some_to_none_or_most_to_all(number, said):
    assert movement.short("percent", number) == said
