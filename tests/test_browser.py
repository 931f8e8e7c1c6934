"""The dashboard in a real browser: drawn, quiet, readable, alone on its machine."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, expect

from analytics.ui import router
from analytics.ui.caf import VIEWS as VIEW_NAMES
from analytics.ui.gone_disruption import VIEWS as DISRUPTION
from analytics.ui.gone_funding import VIEWS as FUNDING
from pipelines.publish import checksum_of, move_pointer, read_pointer
from tests.support import browser
from tests.support.browser import Visit, visitor
from tests.support.rows import incident, write


LAPTOP, PHONE = 1280, 390
# Charts that a page has with demonstration data and a council picked out.
CHARTS = {
    "overview": 4,
    "risk_maturity": 5,
    "service_disruption": 4,
    "funding_impact": 4,
    "benchmark": 3,
    "submit_data": 0,
    "data_quality": 4,
    "methods": 0,
}
# A council that the fixture has assessments, reviews and five systems of.
GREENWICH = "Greenwich"
# What the page Risk maturity can show, and how many charts each has for that council.
VIEWS: dict[str, tuple[dict[str, str], int]] = {
    **{
        code: ({"view": VIEW_NAMES[code]}, charts)
        for code, charts in {
            "standing": 5,
            "councils": 3,
            "outcomes": 3,
            "systems": 6,
            "assurance": 3,
            "movement": 3,
            "versions": 4,
            "actions": 5,
            "completeness": 3,
        }.items()
    },
    "every outcome": (
        {
            "view": "Outcomes",
            "level": "Every outcome",
            "across": "Regions",
            "outcome": "A2.b Understanding Threat",
        },
        5,
    ),
    "every action": ({"view": "Actions", "unit": "Every outcome"}, 5),
}
# Views of the other pages, each with at least one chart for that council.
OTHERS = {
    **{
        f"disruption: {code}": ("service_disruption", {"view": name})
        for code, name in DISRUPTION.items()
    },
    **{f"funding: {code}": ("funding_impact", {"view": name}) for code, name in FUNDING.items()},
}
EVERY_VIEW = [*VIEWS, *OTHERS]
# Opened first, by its link, as no session has met the menu yet.
FIRST = "risk_maturity"
ORDER = [FIRST, *(name for name in router.PAGES if name != FIRST)]


@dataclass
class Seen:
    """What one page was like at one width."""

    charts: int
    overflow: int
    silent: list[str]


@dataclass
class Tour:
    """Every page at both widths, and what the browser asked and complained of."""

    pages: dict[tuple[str, int], Seen]
    titles: dict[str, str]
    faults: dict[str, list[str]]
    menu: list[str]
    asked: list[str]
    complaints: list[str]


@pytest.fixture(scope="module")
def folder(demo, tmp_path_factory) -> Path:
    """A copy of the demonstration warehouse, into which a test publishes another."""
    return Path(shutil.copytree(demo.folder, tmp_path_factory.mktemp("served") / "warehouse"))


@pytest.fixture(scope="module")
def address(folder) -> Iterator[str]:
    """The dashboard, served."""
    log = folder.parent / "server.log"
    with browser.server({"COUNCIL_WAREHOUSE": str(folder)}, log) as where:
        yield where


@pytest.fixture(scope="module")
def chromium(address) -> Iterator[BrowserContext]:
    """One browser for all tests here."""
    with browser.chromium() as opened:
        yield opened


@pytest.fixture
def visit(chromium, address) -> Iterator[Visit]:
    """Somebody new, at a laptop."""
    with visitor(chromium, address) as somebody:
        yield somebody


@pytest.fixture(scope="module")
def tour(chromium, address) -> Tour:
    """Every page opened by its link on a laptop, then made as narrow as a phone."""
    with visitor(chromium, address) as somebody:
        made = Tour({}, {}, {}, [], somebody.asked, somebody.complaints)
        for name in ORDER:
            somebody.page.set_viewport_size({"width": LAPTOP, "height": 1400})
            somebody.open("" if name == "overview" else name, council="Hackney")
            made.menu = made.menu or menu_of(somebody)
            made.titles[name] = somebody.page.title()
            made.faults[name] = faults(somebody)
            made.pages[name, LAPTOP] = look(somebody)
            somebody.page.set_viewport_size({"width": PHONE, "height": 1400})
            made.pages[name, PHONE] = look(somebody.settled())
        return made


def menu_of(somebody: Visit) -> list[str]:
    """Names of the links that a page begins with."""
    return somebody.page.get_by_role("link").all_inner_texts()


def look(somebody: Visit) -> Seen:
    """The page that is open."""
    charts = somebody.page.locator(browser.CHARTS).all()
    silent = [str(n) for n, chart in enumerate(charts) if not has_words(chart)]
    return Seen(len(charts), somebody.overflow(), silent)


def has_words(chart) -> bool:
    """Whether a chart is a figure with a name, for those who do not see it."""
    named = chart.locator("xpath=descendant-or-self::*[@role='figure']")
    return bool(named.count() and named.first.get_attribute("aria-label"))


def faults(somebody: Visit) -> list[str]:
    """What axe finds against the page: rule, impact, and the first place."""
    found = Axe().run(somebody.page).response["violations"]
    found = [each for each in found if not is_streamlits_own(each)]
    return [f"{f['id']} ({f['impact']}): {f['nodes'][0]['html'][:200]}" for f in found]


def is_streamlits_own(fault: dict) -> bool:
    """Streamlit's box for files has a name and the role of none, which is minor."""
    return fault["id"] == "presentation-role-conflict" and all(
        "stFileUploaderDropzone" in node["html"] for node in fault["nodes"]
    )


each = pytest.mark.parametrize(
    ("name", "width"), [(name, width) for width in (LAPTOP, PHONE) for name in router.PAGES]
)


@each
def test_every_chart_of_a_page_is_drawn(tour, name, width):
    assert tour.pages[name, width].charts == CHARTS[name]


@each
def test_every_chart_has_a_name_for_those_who_do_not_see_it(tour, name, width):
    assert tour.pages[name, width].silent == []


@each
def test_no_page_moves_sideways(tour, name, width):
    assert tour.pages[name, width].overflow <= 0


@pytest.mark.parametrize("name", router.PAGES)
def test_axe_finds_nothing_against_a_page(tour, name):
    assert tour.faults[name] == []


def test_every_page_has_a_window_title_of_its_own(tour):
    assert tour.titles == {
        name: f"{title} – Council cyber dashboard" for name, title in router.PAGES.items()
    }


def test_a_page_reached_by_its_link_first_of_all_has_the_whole_menu(tour):
    assert [name for name in router.PAGES.values() if name not in tour.menu] == []


def test_the_browser_has_nothing_to_complain_of(tour):
    assert tour.complaints == []


def test_nothing_is_asked_of_another_machine(tour):
    asked = [url for url in tour.asked if not url.startswith(("data:", "blob:"))]
    assert {urlsplit(url).hostname for url in asked} == {"127.0.0.1"}
    assert len(asked) > 50


def test_a_page_opened_on_a_phone_is_whole(chromium, address):
    with visitor(chromium, address, PHONE) as somebody:
        seen = look(somebody.open())
        assert (seen.charts, seen.overflow, seen.silent) == (CHARTS["overview"], 0, [])
        assert somebody.complaints == []


# View by view ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def views(chromium, address) -> Tour:
    """Every view of every page, on a laptop and as narrow as a phone."""
    with visitor(chromium, address) as somebody:
        made = Tour({}, {}, {}, [], somebody.asked, somebody.complaints)
        maturity = {name: ("risk_maturity", asked) for name, (asked, _) in VIEWS.items()}
        for name, (page, asked) in (maturity | OTHERS).items():
            somebody.page.set_viewport_size({"width": LAPTOP, "height": 1400})
            somebody.open(page, council=GREENWICH, **asked)
            made.pages[name, LAPTOP] = look(somebody)
            made.faults[name] = faults(somebody)
            somebody.page.set_viewport_size({"width": PHONE, "height": 1400})
            made.pages[name, PHONE] = look(somebody.settled())
            made.faults[name] += faults(somebody)
        return made


each_view = pytest.mark.parametrize(
    ("name", "width"), [(name, width) for width in (LAPTOP, PHONE) for name in EVERY_VIEW]
)


@each_view
def test_every_chart_of_a_view_is_drawn_and_named(views, name, width):
    charts = views.pages[name, width].charts
    assert charts == VIEWS[name][1] if name in VIEWS else charts >= 1
    assert views.pages[name, width].silent == []


@each_view
def test_no_view_moves_sideways(views, name, width):
    assert views.pages[name, width].overflow <= 0


@pytest.mark.parametrize("name", EVERY_VIEW)
def test_axe_finds_nothing_against_a_view(views, name):
    assert views.faults[name] == []


def test_the_browser_has_nothing_to_complain_of_in_any_view(views):
    assert views.complaints == []


EVERY_OUTCOME = {"view": "Outcomes", "level": "Every outcome", "across": "Regions"}
DESIGN = "B4.a Secure by Design"


def section(visit: Visit) -> Locator:
    """The heading of the part that is about one outcome."""
    return visit.page.get_by_role("heading", name=f"{DESIGN}, CAF 4.0", exact=True)


def test_a_click_on_a_cell_looks_into_the_outcome_and_back_undoes_it(visit):
    visit.open("risk_maturity", **EVERY_OUTCOME)
    before = visit.told()
    expect(section(visit)).to_have_count(0)

    visit.click("heat", "B4.a")
    visit.asks("outcome", DESIGN)
    expect(section(visit)).to_be_visible()
    looked_into = visit.settled().told()
    assert looked_into[: len(before)] == before
    assert len(looked_into) > len(before)

    visit.page.go_back()
    visit.asks("outcome", None)
    expect(section(visit)).to_have_count(0)
    assert visit.told() == before

    visit.page.go_forward()
    visit.asks("outcome", DESIGN)
    expect(section(visit)).to_be_visible()
    assert visit.settled().told() == looked_into


@pytest.mark.parametrize(
    ("figure", "mark", "key", "value"),
    [
        pytest.param(
            "bar-profile_outcomes_met", "London", "region", "London", id="a bar is a region"
        ),
        pytest.param(
            "hexagon-profile_outcomes_met",
            "E09000012",
            "council",
            "Hackney",
            id="a hexagon is a council",
        ),
    ],
)
def test_a_click_on_a_mark_chooses_what_it_stands_for_and_back_undoes_it(
    visit, figure, mark, key, value
):
    visit.open("risk_maturity", view="Councils compared")
    before = visit.told()
    visit.click(figure, mark)
    visit.asks(key, value)
    assert visit.told() != before
    visit.page.go_back()
    visit.asks(key, None)
    assert visit.told() == before
    assert chosen(visit)[1] == ""


@pytest.mark.parametrize(("key", "value"), [("view", "What moved"), ("council", "Hackney")])
def test_a_choice_made_by_its_widget_is_a_step_that_back_undoes(visit, key, value):
    visit.open("risk_maturity")
    first, steps = visit.told(), visit.page.evaluate("history.length")
    if key == "view":
        visit.page.get_by_text(value, exact=True).click()
    else:
        visit.page.get_by_role("combobox", name="Council to pick out").fill(value)
        visit.page.keyboard.press("Enter")
    visit.asks(key, value)
    assert visit.page.evaluate("history.length") == steps + 1
    visit.page.go_back()
    assert visit.asks(key, None).told() == first


@pytest.mark.parametrize(
    ("asked", "label", "typed", "figure", "mark", "key", "value"),
    [
        pytest.param(
            EVERY_OUTCOME,
            "Look into an outcome",
            "B4.a",
            "levels",
            "B4.a",
            "outcome",
            DESIGN,
            id="an outcome",
        ),
        pytest.param(
            {"view": "Councils compared"},
            "Region",
            "London",
            "bar-profile_outcomes_met",
            "London",
            "region",
            "London",
            id="a region",
        ),
        pytest.param(
            {"view": "Councils compared"},
            "Council to pick out",
            "Hackney",
            "hexagon-profile_outcomes_met",
            "E09000012",
            "council",
            "Hackney",
            id="a council",
        ),
    ],
)
def test_the_keyboard_chooses_what_a_click_does(
    chromium, address, asked, label, typed, figure, mark, key, value
):
    with visitor(chromium, address) as somebody:
        somebody.open("risk_maturity", **asked)
        somebody.click(figure, mark)
        by_mouse = somebody.asks(key, value).told()
    with visitor(chromium, address) as somebody:
        somebody.open("risk_maturity", **asked)
        reach(somebody, label)
        somebody.page.keyboard.type(typed)
        somebody.page.keyboard.press("Enter")
        by_keyboard = somebody.asks(key, value).told()
    assert by_keyboard == by_mouse


def reach(somebody: Visit, label: str) -> None:
    """Go from one control to the next until this box has the focus."""
    box = somebody.page.get_by_role("combobox", name=label)
    for _ in range(200):
        somebody.page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            return
    pytest.fail(f"{label} cannot be reached with the key Tab.")


# Choices ------------------------------------------------------------------------------


def chosen(somebody: Visit) -> tuple[str, str]:
    """Region and council that the filters show."""
    region = somebody.page.get_by_test_id("stMultiSelect").first.inner_text()
    council = somebody.page.get_by_role("combobox", name="Council to pick out")
    return region, council.input_value()


def kept(somebody: Visit) -> dict[str, list[str]]:
    """What the address says of the filters."""
    return parse_qs(somebody.query)


LINK = {"region": "London", "council": "Hackney", "from": "2023/24"}


def test_a_link_restores_the_filters_and_the_menu_keeps_them(visit):
    visit.open("risk_maturity", **LINK)
    assert "London" in chosen(visit)[0]
    assert chosen(visit)[1] == "Hackney"
    expect(visit.page.get_by_text("of 33 councils").first).to_be_visible()

    visit.page.get_by_role("link", name="Service disruption", exact=True).click()
    expect(visit.page.locator("h1")).to_have_text("Service disruption")
    visit.settled()
    assert "London" in chosen(visit)[0]
    assert chosen(visit)[1] == "Hackney"
    expect(visit.page.get_by_text("of 33 councils").first).to_be_visible()


def test_the_address_of_the_next_page_can_be_sent_to_somebody_too(visit):
    visit.open("benchmark", **LINK)
    visit.page.get_by_role("link", name="Funding impact", exact=True).click()
    expect(visit.page.locator("h1")).to_have_text("Funding impact")
    visit.settled()
    assert kept(visit) == {name: [value] for name, value in LINK.items()}


def test_a_link_within_a_page_keeps_the_filters(visit):
    visit.open(region="London", council="Hackney")
    visit.page.get_by_role("link", name="More on risk maturity").click()
    expect(visit.page.locator("h1")).to_have_text("Risk maturity")
    visit.settled()
    assert "London" in chosen(visit)[0]
    assert chosen(visit)[1] == "Hackney"


def test_the_switch_changes_the_banner_and_the_address(visit):
    visit.open()
    banner = visit.page.get_by_text("Demonstration data: invented figures.")
    expect(banner).to_be_visible()
    visit.page.get_by_role("radio", name="Public record").or_(
        visit.page.get_by_role("button", name="Public record")
    ).first.click()
    record = visit.page.get_by_text("Public record: facts compiled")
    expect(record).to_be_visible()
    expect(banner).to_have_count(0)
    assert kept(visit)["data"] == ["Public record"]


def test_a_file_taken_away_begins_with_its_marking(visit):
    visit.open("risk_maturity")
    visit.page.get_by_text("Table, download and definition").first.click()
    button = visit.page.get_by_role("button", name="Download this table (CSV)").first
    with visit.page.expect_download() as taken:
        button.click()
    lines = Path(taken.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[:2] == ["OFFICIAL", "Demonstration data: invented"]
    assert lines[2].startswith("Title,")
    assert taken.value.suggested_filename.startswith("demonstration-")


def test_an_address_in_a_councils_cell_is_no_link_and_a_mark_no_mark(visit, tmp_path):
    file = tmp_path / "June <b>.csv"
    row = incident(action="**x** [a](http://evil.example) www.evil.example a@b.example")
    visit.open("submit_data")
    visit.page.locator("input[type=file]").set_input_files(write(file, [row]))
    button = visit.page.get_by_role("button", name="Check the file")
    expect(button).to_be_enabled()
    button.click()
    expect(visit.page.get_by_text("0 of 1 row would be accepted")).to_be_visible(timeout=60_000)
    table = visit.page.get_by_test_id("stTable").first
    expect(table).to_contain_text("**x** [a](http")
    assert table.locator("a, strong, b").count() == 0
    assert visit.settled().overflow() <= 0
    assert faults(visit) == []


# Last, because the server reads the other warehouse from here on.
def test_a_warehouse_published_meanwhile_is_read_on_the_next_run(visit, folder):
    visit.open("methods")
    expect(visit.page.get_by_text("01 February 2033")).to_have_count(0)
    publish_another(folder)
    visit.page.get_by_role("radio", name="Public record").or_(
        visit.page.get_by_role("button", name="Public record")
    ).first.click()
    expect(visit.page.get_by_text("01 February 2033")).to_be_visible()


def publish_another(folder: Path) -> None:
    """The same warehouse under a new name, built at another time."""
    pointer = read_pointer(folder)
    assert pointer
    new = folder / "warehouse-999999-another.duckdb"
    shutil.copyfile(folder / pointer.file, new)
    with duckdb.connect(str(new)) as connection:
        connection.execute("update meta.build set built_at = '2033-02-01 12:00:00+00'")
    another = replace(pointer, file=new.name, size=new.stat().st_size, checksum=checksum_of(new))
    move_pointer(folder, another)
