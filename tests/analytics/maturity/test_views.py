"""The page Risk maturity, view by view: whole, marked, named, and silent on others."""

import csv
import json
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pytest
from streamlit.testing.v1 import AppTest

from analytics.methods import asked_for
from analytics.reading.viewer import Viewer
from analytics.ui import store
from settings import settings
from tests.support import maturity_edges as edges
from tests.support import pages
from tests.support.pages import KINDS, NOTHING, RAW, failures, figures, infos, opened, said
from tests.support.warehouse import Installation


PAGE, HACKNEY = "risk_maturity", "Hackney"
VIEWS = {
    "standing": "Where councils stand",
    "councils": "Councils compared",
    "outcomes": "Outcomes",
    "systems": "Critical systems",
    "assurance": "Self and assured",
    "movement": "What moved",
    "versions": "CAF 3.2 and 4.0",
    "actions": "Actions",
    "completeness": "Completeness",
}
# It assessed in all four years of the fixture, with five critical systems.
GREENWICH = "Greenwich"
PEERS, ALONE = "Its ONS neighbours", "This council alone"
HARTLEPOOL = "E06000001"
EXAMPLE = "Example local profile (invented)"
# What is in the address besides the view: as a link gives it.
CHOICES: dict[str, dict[str, str]] = {
    "no filter": {},
    "one region": {"region": "London"},
    "one type": {"type": "County councils"},
    "a council": {"council": HACKNEY},
    "a council among its neighbours": {"council": HACKNEY, "among": PEERS},
    "a council alone": {"council": HACKNEY, "among": ALONE},
    "a council with everything": {"council": GREENWICH},
    "that council alone": {"council": GREENWICH, "among": ALONE},
    "a council that never assessed": {"council": "Stratford-on-Avon"},
    "Enhanced": {"profile": "Enhanced"},
    "the invented profile": {"profile": EXAMPLE},
    "one year": {"from": "2024/25", "to": "2024/25"},
    "the first year only": {"to": "2022/23"},
}
EVERY = "Every outcome"
# Choices that one view has, besides its first ones.
OWN: dict[str, tuple[dict[str, str], ...]] = {
    "councils": (
        {"compare": "Type of council", "map": "Counties and unitaries"},
        {"counted": "Comparable only"},
    ),
    "outcomes": (
        {"level": EVERY, "order": "In the order of the framework"},
        {"level": EVERY, "across": "Regions"},
        {"level": EVERY, "across": "One council", "council": "Lambeth"},
        {"level": EVERY, "counted": "Comparable only"},
        {"level": "4 objectives", "across": "Types of council"},
        {"counted": "Comparable only"},
        {"outcome": "A2.b Understanding Threat"},
        {"outcome": "B6.b Cyber Security Training", "region": "London"},
    ),
    "systems": (
        {"attribute": "Legacy", "systems_by": "Type of council"},
        {"attribute": "Owner"},
        {"attribute": "Supplier's support", "compare": "Type of council"},
    ),
    "assurance": ({"unit": EVERY, "compare": "Type of council"},),
    "actions": ({"unit": EVERY}, {"unit": EVERY, "profile": "Enhanced"}),
}


@pytest.fixture(scope="module", autouse=True)
def published(demo) -> Iterator[None]:
    """The page reads the demonstration warehouse, unless a test says otherwise."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "warehouse", demo.folder)
        yield


def look(view: str, **asked: str) -> AppTest:
    """One view of the page, as a link opens it."""
    return opened(PAGE, view=VIEWS[view], **asked)


@cache
def seen(view: str, choice: str) -> AppTest:
    """A view that several tests look at and none changes."""
    return look(view, **CHOICES[choice])


each_view = pytest.mark.parametrize("view", VIEWS)
each = pytest.mark.parametrize(
    ("view", "choice"),
    [pytest.param(view, choice, id=f"{view}, {choice}") for view in VIEWS for choice in CHOICES],
)
each_own = pytest.mark.parametrize(
    ("view", "asked"),
    [
        pytest.param(view, asked, id=f"{view}, {', '.join(asked.values())}")
        for view, some in OWN.items()
        for asked in some
    ],
)


# Every view, every choice -------------------------------------------------------------


def check_whole(app: AppTest) -> None:
    """The page ran, and each of its figures has all that must stand beside it."""
    assert failures(app) == []
    assert len(figures(app)) == len(pages.charts(app))
    for figure in figures(app):
        check_alternative(figure)
        check_caption(figure.caption)
        assert len(figure.tables) == 1, figure.key
        assert len(figure.tables[0]), f"{figure.key} has an empty table"
    check_words(app)


def check_alternative(figure: pages.Figure) -> None:
    """Its kind, its title and its sentence, for those who do not see it."""
    kind, _, rest = figure.chart.alt.partition(": ")
    assert kind in KINDS
    assert rest.startswith(figure.title.rstrip(".")), figure.key
    assert figure.sentence in rest, figure.key
    assert len(figure.sentence) > 20, figure.key


def check_caption(line: str) -> None:
    """Period, coverage, source and marking."""
    period, coverage, source, *marked = line.split(" · ")
    assert pages.PERIOD.search(period), line
    assert pages.COVERAGE.search(coverage), line
    assert source.startswith("Source: "), line
    assert marked == ["OFFICIAL", "Demonstration data: invented"]


def check_words(app: AppTest) -> None:
    """Nothing is named as the warehouse names it, and unknown is said as such."""
    shown = [*pages.cells(app), *(card.value for card in app.metric)]
    written = " \n".join([said(app), *shown])
    assert set(RAW.findall(written)) == set()
    drawn = " ".join(chart.alt for chart in pages.charts(app))
    words = {word.strip("().,;:") for word in f"{said(app)} {drawn}".split()}
    assert NOTHING & {*shown, *words} == set()


@each
def test_a_view_is_whole(view, choice):
    check_whole(seen(view, choice))


@each_own
def test_every_choice_of_a_view_gives_a_whole_view(view, asked):
    app = look(view, **asked)
    check_whole(app)
    for name, value in asked.items():
        assert value in held(app, name), name


def held(app: AppTest, name: str) -> str:
    """What the widget of that name holds."""
    return str(app.session_state[name])


@pytest.mark.parametrize("view", [pytest.param(view) for view in VIEWS])
@pytest.mark.parametrize("council", [GREENWICH, "Bassetlaw"])
def test_for_one_council_alone_no_figure_stands_there_twice(view, council):
    app = look(view, council=council, among=ALONE)
    check_whole(app)
    titles = [figure.title for figure in figures(app)]
    assert len(set(titles)) == len(titles)


# What a view is about -----------------------------------------------------------------


# What moved is counted in levels; the profile decides only who stands in its last list.
@pytest.mark.parametrize("choice", ["Enhanced", "the invented profile"])
@pytest.mark.parametrize("view", [view for view in VIEWS if view != "movement"])
def test_the_profile_judges_and_stands_in_the_titles(view, choice):
    name = CHOICES[choice]["profile"]
    app, baseline = seen(view, choice), seen(view, "no filter")
    titles = titles_of(app)
    assert f"Judged by the profile {name}, which asks for " in said(app)
    assert any(f"({name})" in title for title in titles)
    assert [title for title in titles if "(Baseline)" in title] == []
    # Another name over the same figures would be worse than none.
    assert numbers(app) != numbers(baseline)


def titles_of(app: AppTest) -> list[str]:
    """Headings of figures and of headline cards."""
    cards = [pages.plain(card.label) for card in app.metric]
    return [*cards, *(figure.title for figure in figures(app))]


def numbers(app: AppTest) -> list[str]:
    """Every number in the headlines and sentences of a page."""
    words = " ".join(figure.sentence for figure in figures(app))
    return [*(card.value for card in app.metric), *re.findall(r"[0-9][0-9,.]*%?", words)]


@each_view
def test_a_region_is_named_and_counted_instead_of_england(view):
    app = seen(view, "one region")
    assert "of 33 councils" in said(app)
    assert "of 317 councils" not in said(app)
    assert [title for title in titles_of(app) if "England" in title] == []


OF_ITS_OWN = {
    "councils": {"spread-profile_outcomes_met"},
    "outcomes": {"spine"},
    "systems": {"own-systems"},
    "assurance": {"line-outcomes_rated_higher"},
    "versions": {"own-bars", "own-steps"},
}


@pytest.mark.parametrize("view", OF_ITS_OWN)
def test_a_council_picked_out_has_figures_that_name_it(view):
    def naming(choice: str) -> set[str]:
        found = figures(seen(view, choice))
        return {figure.key for figure in found if GREENWICH in figure.chart.alt}

    assert naming("a council with everything") >= OF_ITS_OWN[view]
    assert naming("no filter") == set()


@each_view
def test_neighbours_are_said_to_be_the_ones_looked_at(view):
    titles = " ".join(titles_of(seen(view, "a council among its neighbours")))
    covered = said(seen(view, "a council among its neighbours"))
    assert f"Peers of {HACKNEY}" in titles or "of 20 councils" in covered
    assert "England" not in titles


ONE_YEAR = {"2024/25", "2023/24 to 2024/25"}


@each_view
def test_one_year_is_the_last_year_of_every_figure(view):
    app = seen(view, "one year")
    assert {figure.caption.split(" · ")[0] for figure in figures(app)} <= ONE_YEAR
    assert "Three years are taken together" not in said(app)


# Reads that one view makes and no other, by their names.
MARKERS = {
    "standing": "stages",
    "councils": "hexes",
    "outcomes": "outcomes",
    "systems": "suppliers",
    "assurance": "reviews",
    "movement": "moves",
    "versions": "rebased",
    "actions": "gaps",
}


@each_view
def test_only_the_view_that_is_chosen_is_run(view, monkeypatch):
    called, read = set(), store.read

    def noted(function, *given, **options):
        called.add(function.__name__)
        return read(function, *given, **options)

    monkeypatch.setattr(store, "read", noted)
    look(view)
    assert called & set(MARKERS.values()) == {MARKERS.get(view)} - {None}
    assert "assessed_years" in called


@pytest.mark.parametrize("data", ["demonstration", "public_record"])
@each_view
def test_what_the_address_asks_for_and_there_is_not_falls_back(view, data):
    odd = (
        "among",
        "level",
        "order",
        "across",
        "outcome",
        "counted",
        "compare",
        "map",
        "unit",
        "attribute",
        "systems_by",
        "profile",
        "council",
    )
    app = look(view, data=data, **dict.fromkeys(odd, "Mars"))
    assert failures(app) == []
    if data == "demonstration":
        plain = seen(view, "no filter")
        assert [f.key for f in figures(app)] == [f.key for f in figures(plain)]
        assert numbers(app) == numbers(plain)
    else:
        assert figures(app) == []


def test_a_view_that_there_is_not_is_the_first_one():
    first = seen("standing", "no filter")
    app = opened(PAGE, view="Mars")
    assert failures(app) == []
    assert [f.key for f in figures(app)] == [f.key for f in figures(first)]


# A council that looks -----------------------------------------------------------------


@pytest.fixture
def hackney(monkeypatch) -> Viewer:
    """An officer of Hackney is looking, as when sign-in is built."""
    viewer = Viewer("council", "E09000012")
    monkeypatch.setattr(store, "viewer", lambda: viewer)
    return viewer


@dataclass(frozen=True)
class Private:
    """Councils that another council may not hear of: their names and their codes."""

    names: re.Pattern[str]
    codes: re.Pattern[str]


@pytest.fixture(scope="module")
def others(demo) -> Private:
    """All but Hackney and those that share their assessments with everybody."""
    private = demo.rows("""
        select short_name, council_name, gss_code from marts.councils
        where gss_code <> 'E09000012' and gss_code not in (
            select gss_code from core.share_levels
            where collection = 'demonstration' and dataset = 'assessments'
                and share_rank = 4)
    """)
    assert len(private) > 280
    names = sorted({*private["short_name"], *private["council_name"]}, key=len)
    return Private(any_of(names[::-1]), any_of(private["gss_code"]))


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Finds each of these as a word of its own."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


ASKED_BY_A_COUNCIL = [
    {},
    {"region": "London"},
    {"type": "County councils"},
    {"council": HACKNEY},
    {"council": HACKNEY, "among": PEERS},
    {"council": HACKNEY, "among": ALONE},
    {"council": HACKNEY, "profile": "Enhanced", "to": "2023/24"},
]


def check_silent(app: AppTest, others: Private) -> None:
    """No word of a page, and nothing under a mark, names a council that it may not."""
    assert failures(app) == []
    drawn = [words for chart in pages.charts(app) for words in (chart.spec, chart.alt)]
    cards = [card.label for card in app.metric]
    shown = " \n".join([said(app), *pages.cells(app), *drawn, *cards])
    assert others.names.findall(shown) == []
    # The map is drawn, and clicked, by the codes of all councils: see below.
    assert others.codes.findall(" ".join([said(app), *pages.cells(app)])) == []


@pytest.mark.parametrize(
    "asked", ASKED_BY_A_COUNCIL, ids=lambda some: ", ".join(some.values()) or "England"
)
@each_view
def test_no_view_names_another_council_to_a_council(view, asked, hackney, others):
    check_silent(look(view, **asked), others)


@pytest.mark.parametrize(
    ("view", "asked"),
    [
        (view, asked)
        for view, some in OWN.items()
        for asked in some
        if asked.get("council", HACKNEY) == HACKNEY
    ],
    ids=lambda some: some if isinstance(some, str) else ", ".join(some.values()),
)
def test_no_choice_names_another_council_to_a_council(view, asked, hackney, others):
    check_silent(look(view, **asked), others)


def test_keys_under_the_map_are_those_of_every_hexagon_whatever_is_known(hackney):
    spec = {f.key: f.chart.spec for f in figures(look("councils"))}
    drawn = json.loads(spec["hexagon-profile_outcomes_met"])["data"]
    keys = [trace["customdata"] for trace in drawn if "customdata" in trace]
    with (settings.reference / "hex_map.csv").open(encoding="utf-8") as file:
        every = [row["gss_code"] for row in csv.DictReader(file)]
    assert sorted(keys[0]) == sorted(every)


def test_an_analyst_does_read_those_names(others):
    app = seen("councils", "no filter")
    assert len(set(others.names.findall(" ".join(pages.cells(app))))) > 200


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"region": "London", "type": "London boroughs"}, id="two at once"),
        pytest.param({"council": "Lambeth"}, id="another"),
        pytest.param({"council": "Lambeth", "among": PEERS}, id="another's neighbours"),
        pytest.param({"council": "Lambeth", "among": ALONE}, id="another council alone"),
    ],
)
@each_view
def test_what_a_council_may_not_see_is_refused_in_words(view, asked, hackney):
    app = look(view, **asked)
    assert failures(app) == []
    assert "You may not see this." in said(app) + infos(app)
    assert "Choose one region or one type of council" in said(app)
    assert figures(app) == [] and list(pages.cells(app)) == []


@each_view
def test_a_programme_lead_reads_no_name_that_is_not_for_the_programme(view, demo, monkeypatch):
    monkeypatch.setattr(store, "viewer", lambda: Viewer("programme"))
    private = demo.rows("""
        select c.council_name from marts.councils c
        join core.share_levels s using (gss_code)
        where s.collection = 'demonstration' and s.dataset = 'assessments'
        group by 1 having max(s.share_rank) < 3
    """)["council_name"]
    assert len(private) > 5
    app = look(view)
    assert failures(app) == []
    drawn = " ".join(chart.spec + chart.alt for chart in pages.charts(app))
    shown = " \n".join([said(app), *pages.cells(app), drawn])
    assert [name for name in private if name in shown] == []


# Nothing to show ----------------------------------------------------------------------


@each_view
def test_filters_that_match_nothing_say_so(view):
    # London has no district council.
    app = look(view, region="London", type="District councils")
    assert failures(app) == []
    assert "Nothing matches these filters." in said(app)
    assert figures(app) == []


@pytest.fixture(scope="module")
def at_baseline(tmp_path_factory) -> Installation:
    """One council exactly at Baseline 3.2, and a year later at the same levels on 4.0.

    It sent assessments and nothing else: no list of systems, action, stage or award.
    """
    made = Installation(tmp_path_factory.mktemp("baseline"))
    for name, rows in edges.at_baseline(HARTLEPOOL).items():
        if rows:
            made.put(name, rows)
    made.build()
    return made


@pytest.fixture
def by_hand(at_baseline, monkeypatch) -> Installation:
    """The page reads the warehouse of one council."""
    monkeypatch.setattr(settings, "warehouse", at_baseline.settings.warehouse)
    return at_baseline


def check_sober(app: AppTest) -> None:
    """It ran, and what there is of it is whole and marked as the department's."""
    assert failures(app) == []
    for figure in figures(app):
        check_alternative(figure)
        assert " · OFFICIAL-SENSITIVE" in figure.caption
        assert "invented" not in figure.caption
    check_words(app)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({}, id="England"),
        pytest.param({"council": "Hartlepool"}, id="its council"),
        pytest.param({"council": "Hartlepool", "among": ALONE}, id="its council alone"),
        pytest.param({"council": "Lambeth"}, id="a council without an assessment"),
        pytest.param({"to": "2023/24"}, id="one year"),
    ],
)
@each_view
def test_one_council_that_sent_assessments_alone(view, asked, by_hand):
    check_sober(look(view, **asked))


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"region": "London"}, id="a region"),
        pytest.param({"type": "County councils"}, id="a type"),
        pytest.param({"council": "Lambeth", "among": ALONE}, id="a council"),
    ],
)
@each_view
def test_where_nobody_assessed_nothing_matches(view, asked, by_hand):
    app = look(view, **asked)
    assert failures(app) == []
    assert "Nothing matches these filters." in said(app)
    assert figures(app) == []


def test_beside_neighbours_without_figures_nothing_is_claimed(by_hand):
    app = look("outcomes", council="Hartlepool")
    assert "three quarters of its ONS neighbours" not in said(app)


# CAF 3.2 and 4.0 ----------------------------------------------------------------------


def test_a_council_at_baseline_goes_from_39_of_39_to_27_of_41_step_by_step(by_hand):
    app = look("versions", council="Hartlepool")
    found = {figure.key: figure for figure in figures(app)}
    steps = found["own-steps"]
    written = steps.tables[0].set_index("Step")["As written"].map(pages.plain)
    assert written.to_dict() == {
        "Met in 2023/24, CAF 3.2": "39 of 39",
        "Met in 3.2, with no comparable outcome in 4.0": "\N{MINUS SIGN}2",
        "Same level, but 4.0 asks for more": "\N{MINUS SIGN}10",
        "Same level, and 4.0 asks for less": "0",
        "Slipped below what 4.0 asks for": "0",
        "Improved to what 4.0 asks for": "0",
        "New or rewritten outcomes of 4.0 met": "0",
        "Met in 2024/25, CAF 4.0": "27 of 41",
    }
    assert "39 of 39 outcomes met in 2023/24 on CAF 3.2" in steps.sentence
    assert "27 of 41 in 2024/25 on 4.0" in steps.sentence


def test_by_one_bar_that_council_stands_still(by_hand):
    app = look("versions", council="Hartlepool")
    found = {figure.key: figure for figure in figures(app)}
    told = found["own-bars"].tables[0].map(pages.plain)
    assert told[["Group", "Period", "Framework", "Value"]].to_numpy().tolist() == [
        ["As judged", "2023/24", "CAF 3.2", "100"],
        ["As judged", "2024/25", "CAF 4.0", "65.85"],  # 27 of 41
        ["Re-based", "2023/24", "", "72.97"],  # 27 of 37
        ["Re-based", "2024/25", "", "72.97"],
    ]
    sentence = found["own-bars"].sentence
    assert "65.9% in 2024/25, not comparable with earlier years" in sentence
    assert "73.0% in 2024/25, no change from 2023/24" in sentence


# What the department asks for ---------------------------------------------------------


answered = [one for one in asked_for.ANSWERS if one.page]
# Before the key of a list, in the name of its container.
LISTING = re.compile(r"scroll-(widest-|wide-)?")


@pytest.mark.parametrize("one", answered, ids=lambda one: one.asked)
def test_the_figure_stands_where_the_methods_page_says(one):
    app = opened(one.page, **({"section": one.part} if one.part else {}))
    assert failures(app) == []
    lists = [LISTING.sub("", name) for name, _ in pages.named(app.main) if LISTING.match(name)]
    keys = [*(figure.key for figure in figures(app)), *lists]
    assert one.figure in keys if one.figure else len(keys) > 1


def test_what_is_not_answered_says_what_there_is_instead():
    waiting = [one for one in asked_for.ANSWERS if not one.page]
    assert len(waiting) < len(answered)
    assert all(one.place == "Not yet" and one.figure.endswith(".") for one in waiting)


def test_the_methods_page_lists_every_answer_and_its_place():
    app = opened("methods")
    listed = [t.value for t in app.table if "Asked for" in t.value.columns]
    assert [list(row) for row in listed[0].map(pages.plain).to_numpy()] == [
        [one.asked, one.place, "" if one.page else one.figure] for one in asked_for.ANSWERS
    ]


# Speed --------------------------------------------------------------------------------


@each_view
def test_a_view_seen_before_comes_back_at_once(view, capsys):
    app = look(view, council=HACKNEY)
    taken = []
    for _ in range(3):
        begun = time.perf_counter()
        app.run()
        taken.append(time.perf_counter() - begun)
    # The fastest: what else the machine is doing is not the page's doing.
    with capsys.disabled():
        print(f"\n{view}: {min(taken):.3f} s (design: below 0.3)", end="")
    assert min(taken) < pages.SLOWEST
