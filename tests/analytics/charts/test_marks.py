"""Events on axes of time: drawn where they happened, named in words, switched off."""

import numpy as np
import pandas as pd
import pytest

from analytics.charts import marks
from analytics.charts.columns import columns
from analytics.charts.composition import composition
from analytics.charts.matrix import matrix
from analytics.charts.ranges import ranges
from analytics.charts.trend import trend
from tests.support.frames import OUTCOMES, table
from tests.support.pages import captions, failures, figures, opened


EVENTS = table("""
    happened_on | title            | period_label
    2022-06-01  | First <b>bold    | 2022/23
    2024-02-01  | Third            | 2023/24
    2023-05-01  | Second           | 2023/24
    2031-01-01  | Outside          | 2030/31
""")
YEARS = ["2021/22", "2022/23", "2023/24", "2024/25"]
SAID = "Events marked: First <b>bold (June 2022); Second (May 2023); Third (February 2024)."
BARS = pd.DataFrame({"period_label": YEARS, "part": "High", "value": [4.0, 2, 3, 1]})
ROWS = BARS.assign(row_label=BARS["period_label"], value=100.0, count=5)
YEARLY = pd.DataFrame(
    {
        "group_code": "England",
        "group_label": "England",
        "basis": "",
        "period": pd.to_datetime([f"{label[:4]}-04-01" for label in YEARS[:3]]),
        "period_label": YEARS[:3],
        "value": [40.0, 45.0, 50.0],
        "councils": 9,
        "expected": 10,
    }
)


def notes(chart) -> dict[str, object]:
    return {note.text: note for note in chart.layout.annotations}


# Columns ------------------------------------------------------------------------------


def test_an_event_stands_over_the_column_of_its_period():
    chart = columns(BARS, parts=("High",), events=EVENTS)
    assert sorted(line.x0 for line in chart.layout.shapes) == [1, 2, 2]
    assert all(line.layer == "below" for line in chart.layout.shapes)
    found = notes(chart)
    assert found["First &lt;b&gt;bold"].x == 1
    assert {found["Second"].x, found["Third"].x} == {2}
    assert not any("Outside" in text for text in found)


def test_names_have_a_row_each_below_the_key_and_the_plot_keeps_its_height():
    bare = columns(BARS, parts=("High",))
    chart = columns(BARS, parts=("High",), events=EVENTS)
    named = [notes(chart)[text] for text in ("Second", "Third", "First &lt;b&gt;bold")]
    assert len({note.y for note in named}) == 3
    room = chart.layout.margin.t - bare.layout.margin.t
    assert chart.layout.height - bare.layout.height == room
    plot = chart.layout.height - chart.layout.margin.t - chart.layout.margin.b
    highest = (max(note.y for note in named) - 1) * plot + marks.ROW
    assert chart.layout.annotations[0].yshift >= highest


def test_events_stand_above_the_words_of_a_divider():
    divider = ("2023/24", "As at a day")
    chart = columns(BARS, parts=("High",), events=EVENTS, divider=divider)
    found = notes(chart)
    assert found["Second"].y > found["As at a day"].y
    assert len(chart.layout.shapes) == 4


@pytest.mark.parametrize("events", [None, EVENTS.iloc[:0], EVENTS.tail(1)])
def test_without_events_a_figure_is_as_before(events):
    bare, chart = (columns(BARS, parts=("High",)), columns(BARS, parts=("High",), events=events))
    assert chart.layout.shapes == () and chart.layout.height == bare.layout.height
    assert marks.named(chart) == ""


# Rows and cells -----------------------------------------------------------------------


SPANS = ROWS.assign(low=1.0, high=3.0, middle=2.0, low_label="Least", high_label="Most")
SIGNED = {
    "composition": lambda events: (
        composition(ROWS, parts=("High",), events=events).layout.yaxis.ticktext
    ),
    "ranges": lambda events: ranges(SPANS, indicator=OUTCOMES, events=events).layout.yaxis.ticktext,
    "matrix": lambda events: (
        matrix(
            BARS,
            value="value",
            rows="part",
            columns="period_label",
            indicator=OUTCOMES,
            events=events,
        ).layout.xaxis.ticktext
    ),
}


@pytest.mark.parametrize("kind", SIGNED)
def test_a_period_that_is_a_row_or_a_column_of_cells_is_signed(kind):
    names = SIGNED[kind](EVENTS)
    is_signed = [marks.SIGN in name for name in names]
    assert is_signed == [False, True, True, False][: len(names)]
    assert len(names) >= 3
    assert not any(marks.SIGN in name for name in SIGNED[kind](None))


def test_a_sign_is_a_line_of_its_own_only_under_a_name_of_one_line():
    wide = {label: f"{label} CAF 3.2" for label in YEARS}
    cells = BARS.assign(period_label=BARS["period_label"].map(wide))
    events = EVENTS.assign(period_label=EVENTS["period_label"].map(wide))
    given = {"value": "value", "rows": "part", "columns": "period_label"}
    long = matrix(cells, **given, indicator=OUTCOMES, events=events)
    short = matrix(BARS, **given, indicator=OUTCOMES, events=EVENTS)
    assert long.layout.xaxis.ticktext[1] == f"2022/23 CAF<br>3.2 {marks.SIGN}"
    assert short.layout.xaxis.ticktext[1] == f"2022/23<br>{marks.SIGN}"


# Words --------------------------------------------------------------------------------


def test_a_figure_says_its_events_in_the_order_in_which_they_happened():
    assert marks.named(columns(BARS, parts=("High",), events=EVENTS)) == SAID
    signed = composition(ROWS, parts=("High",), events=EVENTS)
    assert marks.named(signed) == f"{marks.SIGN} {SAID}"
    dated = EVENTS.drop(columns="period_label")
    assert marks.named(trend(YEARLY, indicator=OUTCOMES, annotations=dated)) == SAID


# Lines --------------------------------------------------------------------------------


def test_an_event_of_the_last_year_stands_at_its_point_and_later_ones_nowhere():
    events = table("""
        happened_on | title
        2024-02-01  | Within
        2024-04-01  | After
    """)
    chart = trend(YEARLY, indicator=OUTCOMES, annotations=events)
    assert notes(chart)["Within"].x == YEARLY["period"].max()
    assert "After" not in notes(chart)


def test_one_period_alone_marks_only_its_first_day():
    events = EVENTS.assign(
        happened_on=[pd.Timestamp("2021-04-01"), pd.NaT, *[pd.Timestamp("2021-05-01")] * 2]
    )
    chart = trend(YEARLY.head(1), indicator=OUTCOMES, annotations=events)
    assert [line.x0 for line in chart.layout.shapes] == [pd.Timestamp("2021-04-01")]


def test_lines_name_four_quarters_at_most_the_same_of_every_year():
    days = pd.date_range("2021-04-01", periods=20, freq="QS")
    labels = [f"Q{n % 4 + 1} {2021 + n // 4}/{22 + n // 4}" for n in range(20)]
    series = pd.DataFrame(
        {
            "group_code": "England",
            "group_label": "England",
            "basis": "",
            "period": days,
            "period_label": labels,
            "value": np.arange(20.0),
            "councils": 9,
            "expected": 10,
        }
    )
    shown = trend(series, indicator=OUTCOMES).layout.xaxis.ticktext
    assert 2 <= len(shown) <= 4
    assert {text.split("<br>")[0] for text in shown} == {"Q4"}
    assert shown[-1] == "Q4<br>2025/26"


# Pages --------------------------------------------------------------------------------


PAGES = {
    "service_disruption": {
        "How it happens": ("patterns-action", "patterns-apart"),
        "What it costs": ("costs-known", "costs-years", "costs-one"),
        "Critical weeks": ("critical",),
        "Is it falling?": ("season",),
    },
    "risk_maturity": {
        "Actions": ("quarters",),
        "Where councils stand": ("states", "trajectory"),
        "CAF 3.2 and 4.0": ("bars",),
        "Outcomes": ("heat",),
        "Completeness": ("complete",),
    },
}
VIEWS = [(page, view) for page, views in PAGES.items() for view in views]


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(("page", "view"), VIEWS)
def test_figures_by_year_mark_events_until_they_are_switched_off(page, view):
    app = opened(page, view=view)
    assert failures(app) == []
    told = [said for said in captions(app) if "Events marked: " in said]
    drawn = {each.key: each.chart for each in figures(app)}
    for key in PAGES[page][view]:
        found = next(name for name in drawn if key in name)
        assert "Events marked: " in drawn[found].alt
        assert drawn[found].alt.split("Events marked: ")[1] in " ".join(told)
    bare = opened(page, view=view, events="none")
    assert not any("Events marked: " in said for said in captions(bare))
    assert not any("Events marked: " in each.chart.alt for each in figures(bare))


@pytest.mark.usefixtures("shown")
def test_the_choice_of_events_is_not_offered_where_none_are_known():
    assert "events" in {group.key for group in opened("overview").get("button_group")}
    public = opened("overview", data="public_record")
    assert "events" not in {group.key for group in public.get("button_group")}
