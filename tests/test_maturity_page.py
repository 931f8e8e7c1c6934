"""The page Risk maturity, view by view: whole, marked, named, and silent on others."""

import re
import statistics
import time
from collections.abc import Iterator
from functools import cache

import pytest
from streamlit.testing.v1 import AppTest

from analytics.ui import asked_for, store
from analytics.ui.maturity import VIEWS
from analytics.viewer import Viewer
from settings import settings
from tests.support import maturity_edges as edges
from tests.support import pages
from tests.support.pages import KINDS, NOTHING, RAW, figures, opened, said
from tests.support.warehouse import Installation


PAGE, PEERS = "risk_maturity", "Its ONS neighbours"
EXAMPLE = "Example local profile (invented)"
# What is in the address besides the view: as a link gives it.
CHOICES: dict[str, dict[str, str]] = {
    "no filter": {},
    "one region": {"region": "London"},
    "one type": {"type": "County councils"},
    "a council": {"council": "Hackney"},
    "a council among its neighbours": {"council": "Hackney", "among": PEERS},
    "a council that never assessed": {"council": "Stratford-on-Avon"},
    "Enhanced": {"profile": "Enhanced"},
    "the invented profile": {"profile": EXAMPLE},
    "one year": {"from": "2024/25", "to": "2024/25"},
    "the first year only": {"to": "2022/23"},
}
EVERY = "Every outcome"
# Choices that one view has, besides its first ones.
OWN: dict[str, tuple[dict[str, str], ...]] = {
    "standing": ({"counted": "Comparable only"},),
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
        {"outcome": "A2.b Understanding threat"},
        {"outcome": "B2.a Identity verification, authentication and authorisation",
         "region": "London"},
    ),
    "systems": (
        {"attribute": "Legacy", "systems_by": "Type of council"},
        {"attribute": "Owner"},
        {"attribute": "Supplier's support", "compare": "Type of council"},
    ),
    "assurance": ({"unit": EVERY, "compare": "Type of council"},),
    "actions": ({"unit": EVERY}, {"unit": EVERY, "profile": "Enhanced"}),
}  # fmt: skip


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
    [
        pytest.param(view, choice, id=f"{view}, {choice}")
        for view in VIEWS
        for choice in CHOICES
    ],
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
    assert pages.failures(app) == []
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
    assert len(figure.sentence) > 40, figure.key


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
