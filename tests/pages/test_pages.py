"""Every page with every kind of data and choice: nothing fails, nothing is unmarked."""

import re
import statistics
import time
from collections.abc import Iterator
from functools import cache

import pytest
from streamlit.testing.v1 import AppTest

from analytics.reading.viewer import Viewer
from analytics.ui import store
from settings import settings
from tests.support.pages import (
    COVERAGE,
    KINDS,
    NOTHING,
    PAGES,
    PERIOD,
    RAW,
    SLOWEST,
    VIEWS,
    captions,
    cells,
    charts,
    figures,
    infos,
    opened,
    said,
)


DEMONSTRATION, RECORD = "demonstration", "public_record"
MEASURES = "Incidents and any measure"
# What is in the address: as a link gives it.
CHOICES: dict[str, dict[str, str]] = {
    "no filter": {},
    "one region": {"region": "London"},
    "a council": {"council": "Hackney"},
    "a single year": {"from": "2024/25", "to": "2024/25"},
}
NOT_FILTERED = ("submit_data", "data_quality", "methods")
# How captions of lists begin; those of charts begin with financial years.
LISTS = ("All files received", "As at ", "Since ", "Latest year known")


@pytest.fixture(scope="module", autouse=True)
def published(demo) -> Iterator[None]:
    """Every page of this module reads the demonstration warehouse."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "warehouse", demo.folder)
        yield


@cache
def seen(view: str, data: str, choice: str) -> AppTest:
    """A view that several tests look at and none changes."""
    page, asked = VIEWS[view]
    return opened(page, data=data, **asked, **CHOICES[choice])


def several() -> Iterator[tuple[str, str, str]]:
    """Every view with two of the choices, so that all pairs of a theme's are met; what
    the public record shows of each theme, with all of them."""
    for place, view in enumerate(VIEWS):
        page = VIEWS[view][0]
        if page == "submit_data":  # shows no collection: tests/analytics/submit
            continue
        choices = list(CHOICES) if page not in NOT_FILTERED else ["no filter"]
        for choice in {choices[0], choices[place % len(choices)]}:
            yield view, DEMONSTRATION, choice
        if page in RECORDS:
            for choice in choices:
                yield view, RECORD, choice


# One page of each theme, and those with a public record of their own.
RECORDS = (
    "overview",
    "your_council",
    "standing",
    "is_it_falling",
    "the_money",
    "data_quality",
    "methods",
)
THEMED = ("overview", "standing", "explore", "the_money")
SHOWING = [name for name in PAGES if name != "submit_data"]
every = [pytest.param(*each, id=", ".join(each)) for each in sorted(several())]
each_page = pytest.mark.parametrize(("page", "data", "choice"), every)


@each_page
def test_a_page_opens_without_a_failure_and_with_its_title(page, data, choice):
    app = seen(page, data, choice)
    assert [failure.message for failure in app.exception] == []
    assert len(app.title) == 1
    assert "?" in app.main.markdown[0].value, "its question comes first"


@each_page
def test_every_chart_has_a_text_alternative_that_says_what_it_shows(page, data, choice):
    for chart in charts(seen(page, data, choice)):
        kind, _, rest = chart.alt.partition(": ")
        assert kind in KINDS
        assert len(rest) > 40
        assert "nan" not in chart.alt.lower().split()


@each_page
def test_every_chart_has_its_caption_with_marking_and_coverage(page, data, choice):
    app = seen(page, data, choice)
    under = [figure.caption for figure in figures(app)]
    assert len(under) == len(charts(app))
    for line in under:
        period, coverage, *_ = line.split(" · ")
        assert PERIOD.search(period), line
        assert COVERAGE.search(coverage), line
        assert "Source: " in line
        assert ("Demonstration data: invented" in line) == (data == DEMONSTRATION)


@each_page
def test_the_banner_says_what_kind_of_data_is_shown(page, data, choice):
    words = said(seen(page, data, choice))
    assert "Marking: OFFICIAL" in words
    invented = "Demonstration data: invented figures. Not about any real council."
    assert (invented in words) == (data == DEMONSTRATION)
    assert ("Public record: facts compiled" in words) == (data == RECORD)


@pytest.mark.parametrize("data", [DEMONSTRATION, RECORD])
def test_every_list_of_the_steward_has_its_caption_with_marking_and_source(data):
    lines = [
        line for line in captions(seen("data_quality", data, "no filter")) if line.startswith(LISTS)
    ]
    assert len(lines) >= 4
    for line in lines:
        assert " · OFFICIAL" in line and "Source: " in line
        assert ("Demonstration data: invented" in line) == (data == DEMONSTRATION)


# Names of files and addresses of sources, which the page Methods tells.
ADDRESS = re.compile(r"\S+\.sql\b|\S+\.\S+/\S+")


@pytest.mark.parametrize(
    ("page", "data", "choice"), [each for each in every if each.values[0] != "data_quality"]
)
def test_no_raw_name_of_a_column_is_shown(page, data, choice):
    app = seen(page, data, choice)
    shown = ADDRESS.sub("", " \n".join([said(app), *cells(app)]))
    assert set(RAW.findall(shown)) == set()


@pytest.mark.parametrize("data", [DEMONSTRATION, RECORD])
def test_headings_of_the_stewards_tables_are_words(data):
    app = seen("data_quality", data, "no filter")
    headings = [str(name) for table in [*app.table, *app.dataframe] for name in table.value.columns]
    assert headings
    assert [name for name in headings if RAW.fullmatch(name)] == []


@each_page
def test_unknown_is_never_written_as_nan_none_or_zero_of_nothing(page, data, choice):
    app = seen(page, data, choice)
    words = [*cells(app), *said(app).split(), *(card.value for card in app.metric)]
    assert NOTHING & set(words) == set()


def test_every_page_has_a_title_of_its_own():
    titles = [seen(page, DEMONSTRATION, "no filter").title[0].value for page in SHOWING]
    assert [*titles, "Submit data"] == sorted(PAGES.values(), key="Submit data".__eq__)


@pytest.mark.parametrize(
    ("page", "fewest"),
    [("overview", 4), ("standing", 4), ("explore", 4), ("the_money", 4), ("data_quality", 4)],
)
def test_the_demonstration_draws_every_figure_of_a_page(page, fewest):
    assert len(charts(seen(page, DEMONSTRATION, "no filter"))) >= fewest


def test_the_public_record_says_why_it_has_no_assessments():
    words = said(seen("standing", RECORD, "no filter"))
    assert "No council's CAF assessment has been published" in words
    assert charts(seen("standing", RECORD, "no filter")) == []


def test_the_public_record_says_why_it_has_no_spending_by_council():
    words = said(seen("the_money", RECORD, "no filter"))
    assert "council by council, is not public" in words


def test_reports_are_said_to_be_no_census():
    for page in ("overview", "is_it_falling"):
        words = said(seen(page, RECORD, "no filter"))
        assert "Reports are not a census" in words


def test_what_changed_after_funding_carries_its_design(shown):
    words = said(opened("funding_impact", view="Before and after"))
    assert words.count("level 2 of 5 on the Maryland scale") == 3
    assert "not the effect of funding" in words


def test_counts_of_incidents_are_called_neither_good_nor_bad():
    app = opened("service_disruption", data=DEMONSTRATION, view=MEASURES)
    cards = {card.label: card.delta for card in app.metric}
    reported = next(cards[label] for label in cards if "incidents reported" in label)
    assert not reported.startswith(("Better", "Worse"))


def test_a_council_picked_out_is_named_in_the_charts():
    app = opened("service_disruption", data=DEMONSTRATION, view=MEASURES, council="Hackney")
    assert sum("Hackney" in chart.alt for chart in charts(app)) >= 2


def test_a_region_chosen_is_named_and_counted_instead_of_england():
    app = seen("standing", DEMONSTRATION, "one region")
    assert "of 33 councils" in said(app)
    assert "of 317 councils" not in said(app)


def test_a_single_year_is_the_period_of_every_figure():
    app = seen("explore", DEMONSTRATION, "a single year")
    under = [line for line in captions(app) if " · OFFICIAL" in line]
    assert {line.split(" · ")[0] for line in under} == {"2024/25"}


def test_the_stewards_page_says_who_was_silent_and_never_calls_it_zero():
    app = seen("data_quality", DEMONSTRATION, "no filter")
    drawn = {chart.alt.partition(".")[0] for chart in charts(app)}
    assert len(drawn) == 4
    assert "Who reported" in said(app)
    assert "No return is unknown; a nil return is zero." in said(app)


def test_one_councils_rows_set_aside_are_its_own():
    everyone = opened("data_quality", data=DEMONSTRATION)
    app = opened("data_quality", data=DEMONSTRATION, council="Hackney")
    assert [failure.message for failure in app.exception] == []
    assert "Rows set aside: Hackney" in said(app)
    named = [
        set(table.value["Council"])
        for table in [*app.table, *app.dataframe]
        if "Council" in table.value and "Hint" in table.value
    ]
    assert all(names <= {"Hackney"} for names in named)
    whole = [
        set(table.value["Council"])
        for table in [*everyone.table, *everyone.dataframe]
        if "Hint" in table.value and "Council" in table.value
    ]
    assert len(whole[0]) > 20
    assert any("Hackney" in chart.alt for chart in charts(app))


def test_without_earlier_figures_the_stewards_page_says_the_command():
    words = said(seen("data_quality", DEMONSTRATION, "no filter"))
    assert "python -m pipelines build --as-at 2025-03-31" in words


# Empty states -------------------------------------------------------------------------


@pytest.mark.parametrize("page", SHOWING)
def test_without_a_warehouse_a_page_says_what_to_run(page, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "warehouse", tmp_path)
    app = opened(page)
    assert [failure.message for failure in app.exception] == []
    words = said(app)
    assert "There is no data for this yet." in words + infos(app)
    assert "Run: python -m pipelines build" in words
    assert charts(app) == []


@pytest.mark.parametrize("page", THEMED)
@pytest.mark.parametrize("data", [DEMONSTRATION, RECORD])
def test_filters_that_match_nothing_say_so(page, data):
    # London has no district council.
    app = opened(page, data=data, region="London", type="District councils")
    assert [failure.message for failure in app.exception] == []
    if (page, data) != ("standing", RECORD):  # the framework is everybody's
        assert "Nothing matches these filters." in said(app) + infos(app)


def test_labels_of_the_filters_are_those_that_the_tests_choose(demo):
    app = seen("overview", DEMONSTRATION, "no filter")
    options = {box.label: box.options for box in app.multiselect}
    assert "London" in options["Region"]
    kinds = {"District councils", "London boroughs", "County councils"}
    assert kinds <= set(options["Type of council"])


def test_benchmark_without_a_council_says_what_to_choose():
    for data in (DEMONSTRATION, RECORD):
        app = seen("your_council", data, "no filter")
        assert "Choose a council above" in said(app)
        assert charts(app) == []


def test_a_value_in_the_address_that_there_is_not_falls_back():
    app = opened("overview", region="Mars", council="Atlantis", data="secret")
    assert [failure.message for failure in app.exception] == []
    assert len(charts(app)) >= 4


@pytest.fixture
def council_viewer(demo, monkeypatch) -> Viewer:
    """A council's officer is looking, as when sign-in is built."""
    found = demo.rows("""
        select c.gss_code from marts.councils c where c.short_name = 'Hackney'
    """)
    viewer = Viewer("council", found["gss_code"].iloc[0])
    monkeypatch.setattr(store, "viewer", lambda: viewer)
    return viewer


@pytest.mark.parametrize("page", THEMED)
def test_a_council_that_combines_region_and_type_is_told_why_it_may_not(page, council_viewer):
    app = opened(page, region="London", type="London boroughs")
    assert [failure.message for failure in app.exception] == []
    assert "You may not see this." in said(app) + infos(app)
    assert "Choose one region or one type of council" in said(app)
    assert charts(app) == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({}, id="everything"),
        pytest.param({"region": "London"}, id="a region"),
        pytest.param({"type": "County councils"}, id="a type"),
        pytest.param({"council": "Hackney"}, id="its own council"),
        pytest.param({"council": "Lambeth"}, id="another council"),
    ],
)
def test_no_page_fails_for_a_council(page, asked, council_viewer):
    app = opened(page, data=DEMONSTRATION, **asked)
    assert [failure.message for failure in app.exception] == []


def test_files_of_all_councils_are_not_shown_to_one(council_viewer):
    app = opened("data_quality", data=DEMONSTRATION)
    assert "You may not see this." in said(app) + infos(app)
    assert list(cells(app)) == []


@pytest.mark.parametrize("page", THEMED)
def test_no_page_names_another_council_to_a_council(page, council_viewer, demo):
    private = demo.rows(f"""
        select c.short_name, c.gss_code from marts.councils c
        where c.is_current and c.gss_code <> '{council_viewer.gss_code}'
            and c.gss_code not in (select gss_code from core.share_levels
                where collection = 'demonstration' and share_rank = 4)
    """)
    names = set(private["short_name"]) | set(private["gss_code"])
    app = opened(page, data=DEMONSTRATION)
    assert names & set(cells(app)) == set()
    drawn = " ".join(chart.spec + chart.alt for chart in charts(app))
    quoted = set(re.findall(r'"([^"\\]+)"', drawn))
    assert names & quoted == set()
    hovers = [name for name in names if f"<b>{name}</b>" in drawn]
    assert hovers == []


# Speed --------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_a_page_seen_before_comes_back_at_once(page, record_property, capsys):
    app = opened(page, data=DEMONSTRATION, council="Hackney")
    taken = []
    for _ in range(3):
        begun = time.perf_counter()
        app.run()
        taken.append(time.perf_counter() - begun)
    middle = statistics.median(taken)
    with capsys.disabled():
        print(f"\n{page}: {middle:.3f} s (design: below 0.3)", end="")
    assert middle < SLOWEST
