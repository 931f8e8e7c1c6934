"""Charts of movement: direction told by more than colour, unknown never drawn as 0."""

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import pytest

from analytics.charts import theme
from analytics.charts.ranges import ranges
from analytics.charts.trend import trend
from analytics.maturity.trust.chart import steps
from analytics.words import movement
from tests.support.frames import OUTCOMES, RECOVERY, series, table


NAN = float("nan")


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


def test_unseen_marks_on_top_carry_the_key_and_the_words():
    chart = ranges(RANGES, indicator=OUTCOMES, keys="code")
    hits = chart.data[-1]
    assert chart.layout.clickmode == "event+select"
    assert hits.marker.opacity == 0
    assert hits.selected.marker.opacity == hits.unselected.marker.opacity == 0
    assert hits.hovertemplate == "%{customdata[1]}<extra></extra>"
    assert {len(data) for data in hits.customdata} == {2}
    seen = [t for t in chart.data[:-1] if t.mode != "lines"]
    assert all(trace.unselected.marker.opacity == 1 for trace in seen)


def test_marks_give_the_keys_of_the_rows_that_are_drawn():
    spread = ranges(RANGES, indicator=OUTCOMES, keys="code").data[-1]
    keys = [key for key, _ in spread.customdata]
    assert [keys.count(k) for k in ("E1", "E3", "E4", "E5")] == [2, 1, 0, 1]


def test_without_keys_marks_only_say_their_words():
    hits = ranges(RANGES, indicator=OUTCOMES).data[-1]
    assert hits.hovertemplate == "%{customdata}<extra></extra>"
    assert isinstance(hits.customdata[0], str)


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
    "steps": lambda: steps(STEPS.iloc[:0]),
    "ranges": lambda: ranges(RANGES.iloc[:0], indicator=OUTCOMES),
}


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_frame_is_refused(name):
    with pytest.raises(ValueError, match=f"{name} chart has no rows"):
        EMPTY[name]()


def test_frames_of_unknown_values_still_draw():
    none = ranges(RANGES.assign(low=NAN, high=NAN), indicator=OUTCOMES)
    assert texts(none)[:5] == ["not known"] * 5
    assert texts(steps(STEPS.assign(value=NAN)))[1] == "not known"


@pytest.mark.parametrize(
    ("number", "said"), [(41.2, "41%"), (0.3, "<1%"), (99.7, ">99%"), (0, "0%"), (NAN, "not known")]
)
def test_short_percents_never_round_some_to_none_or_most_to_all(number, said):
    assert movement.short("percent", number) == said
