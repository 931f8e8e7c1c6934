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

from pipelines.publish import checksum_of, move_pointer, read_pointer
from tests.support import browser
from tests.support.browser import Visit, visitor
from tests.support.pages import PAGES, VIEWS
from tests.support.rows import incident, write


LAPTOP, PHONE = 1280, 390
# A council that the fixture has assessments, reviews and five systems of.
GREENWICH = "Greenwich"
# Charts of pages of Risk maturity for that council; any other has one or more.
CHARTS = {
    "standing": 4,
    "standing: Councils compared": 3,
    "outcomes": 3,
    "systems": 6,
    "trust": 3,
    "movement": 2,
    "trust: CAF 3.2 and 4.0": 4,
    "actions": 4,
    "trust: Completeness": 3,
    "every outcome": 5,
    "every action": 4,
    "submit_data": 0,
    "methods": 0,
}
EVERY_VIEW: dict[str, tuple[str, dict[str, str]]] = VIEWS | {
    "every outcome": (
        "outcomes",
        {"level": "Every outcome", "across": "Regions", "outcome": "A2.b Understanding Threat"},
    ),
    "every action": ("actions", {"unit": "Every outcome"}),
}
# Opened first, by its link, as no session has met the menu yet.
FIRST = "standing"
ORDER = [FIRST, *(name for name in EVERY_VIEW if name != FIRST)]


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
    """Every view opened by its link on a laptop, then made as narrow as a phone."""
    with visitor(chromium, address) as somebody:
        made = Tour({}, {}, {}, [], somebody.asked, somebody.complaints)
        for name in ORDER:
            page, asked = EVERY_VIEW[name]
            somebody.page.set_viewport_size({"width": LAPTOP, "height": 1400})
            somebody.open("" if page == "overview" else page, council=GREENWICH, **asked)
            made.menu = made.menu or menu_of(somebody)
            made.titles[page] = somebody.page.title()
            made.faults[name] = faults(somebody)
            made.pages[name, LAPTOP] = look(somebody)
            somebody.page.set_viewport_size({"width": PHONE, "height": 1400})
            made.pages[name, PHONE] = look(somebody.settled())
            made.faults[name] += faults(somebody)
        return made


def menu_of(somebody: Visit) -> list[str]:
    """Names of the links that a page begins with."""
    return somebody.page.get_by_role("link").all_inner_texts()


def look(somebody: Visit) -> Seen:
    """The page that is open."""
    charts = somebody.page.locator(browser.CHARTS).all()
    silent = [str(n) for n, chart in enumerate(charts) if not has_words(chart)]
    overflow = somebody.overflow()
    for _ in range(10):  # a grid of many rows takes its new width a moment later
        if overflow > 0:
            somebody.page.wait_for_timeout(200)
            overflow = somebody.overflow()
    return Seen(len(charts), overflow, silent)


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
    ("name", "width"), [(name, width) for width in (LAPTOP, PHONE) for name in EVERY_VIEW]
)


@each
def test_every_chart_of_a_view_is_drawn_and_named(tour, name, width):
    charts = tour.pages[name, width].charts
    assert charts == CHARTS[name] if name in CHARTS else charts >= 1
    assert tour.pages[name, width].silent == []


@each
def test_no_view_moves_sideways(tour, name, width):
    assert tour.pages[name, width].overflow <= 0


@pytest.mark.parametrize("name", EVERY_VIEW)
def test_axe_finds_nothing_against_a_view(tour, name):
    assert tour.faults[name] == []


def test_every_page_has_a_window_title_of_its_own(tour):
    assert tour.titles == {
        name: f"{title} – Council cyber dashboard" for name, title in PAGES.items()
    }


def test_a_page_reached_by_its_link_first_of_all_has_the_whole_menu(tour):
    assert [name for name in PAGES.values() if name not in tour.menu] == []


def test_the_browser_has_nothing_to_complain_of(tour):
    assert tour.complaints == []


def test_nothing_is_asked_of_another_machine(tour):
    asked = [url for url in tour.asked if not url.startswith(("data:", "blob:"))]
    assert {urlsplit(url).hostname for url in asked} == {"127.0.0.1"}
    assert len(asked) > 50


def test_a_page_opened_on_a_phone_is_whole(chromium, address):
    with visitor(chromium, address, PHONE) as somebody:
        seen = look(somebody.open())
        assert (seen.charts, seen.overflow, seen.silent) == (4, 0, [])
        assert somebody.complaints == []


EVERY_OUTCOME = {"level": "Every outcome", "across": "Regions"}
DESIGN = "B4.a Secure by Design"


def section(visit: Visit) -> Locator:
    """The heading of the part that is about one outcome."""
    return visit.page.get_by_role("heading", name=f"{DESIGN}, CAF 4.0", exact=True)


def test_a_click_on_a_cell_looks_into_the_outcome_and_back_undoes_it(visit):
    visit.open("outcomes", **EVERY_OUTCOME)
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
    visit.tells(before)

    visit.page.go_forward()
    visit.asks("outcome", DESIGN)
    expect(section(visit)).to_be_visible()
    visit.tells(looked_into)


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
    visit.open("standing", section="Councils compared")
    before = visit.told()
    visit.click(figure, mark)
    visit.asks(key, value)
    assert visit.told() != before
    visit.page.go_back()
    visit.asks(key, None)
    visit.tells(before)
    assert chosen(visit)[1] == ""


@pytest.mark.parametrize(
    ("key", "value"), [("section", "Councils compared"), ("council", "Hackney")]
)
def test_a_choice_made_by_its_widget_is_a_step_that_back_undoes(visit, key, value):
    visit.open("standing")
    first, steps = visit.told(), visit.page.evaluate("history.length")
    if key == "section":
        visit.page.get_by_text(value, exact=True).click()
    else:
        visit.page.get_by_role("combobox", name="Council to pick out").fill(value)
        visit.page.keyboard.press("Enter")
    visit.asks(key, value)
    assert visit.page.evaluate("history.length") == steps + 1
    visit.page.go_back()
    visit.asks(key, None).tells(first)


@pytest.mark.parametrize(
    ("asked", "label", "typed", "figure", "mark", "key", "value"),
    [
        pytest.param(
            ("outcomes", EVERY_OUTCOME),
            "Look into an outcome",
            "B4.a",
            "levels",
            "B4.a",
            "outcome",
            DESIGN,
            id="an outcome",
        ),
        pytest.param(
            ("standing", {"section": "Councils compared"}),
            "Region",
            "London",
            "bar-profile_outcomes_met",
            "London",
            "region",
            "London",
            id="a region",
        ),
        pytest.param(
            ("standing", {"section": "Councils compared"}),
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
        somebody.open(asked[0], **asked[1])
        somebody.click(figure, mark)
        by_mouse = somebody.asks(key, value).told()
    with visitor(chromium, address) as somebody:
        somebody.open(asked[0], **asked[1])
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
    visit.open("risk_maturity", view="Outcomes", **LINK)
    assert "London" in chosen(visit)[0]
    assert chosen(visit)[1] == "Hackney"
    expect(visit.page.get_by_text("of 33 councils").first).to_be_visible()

    visit.page.get_by_role("link", name="Explore", exact=True).click()
    expect(visit.page.locator("h1")).to_have_text("Explore")
    visit.settled()
    assert "London" in chosen(visit)[0]
    assert chosen(visit)[1] == "Hackney"
    expect(visit.page.get_by_text("of 33 councils").first).to_be_visible()


def test_the_address_of_the_next_page_can_be_sent_to_somebody_too(visit):
    visit.open("your_council", **LINK)
    visit.page.get_by_role("link", name="Who got what", exact=True).click()
    expect(visit.page.locator("h1")).to_have_text("Who got what")
    visit.settled()
    assert kept(visit) == {name: [value] for name, value in LINK.items()}


def test_a_link_within_a_page_keeps_the_filters(visit):
    visit.open(region="London", council="Hackney")
    visit.page.get_by_role("link", name="More on risk maturity").click()
    expect(visit.page.locator("h1")).to_have_text("Standing")
    visit.settled()
    assert "London" in chosen(visit)[0]
    assert chosen(visit)[1] == "Hackney"


@pytest.mark.parametrize(
    ("old", "now"),
    [
        (
            "risk_maturity?view=Completeness&council=Hackney",
            "trust?council=Hackney&section=Completeness",
        ),
        ("benchmark?region=London", "your_council?region=London"),
        ("overview", ""),
    ],
)
def test_an_old_address_leads_to_the_new_one_with_its_choices(visit, old, now):
    visit.page.goto(f"{visit.address}/{old}")
    visit.settled()
    assert visit.page.url == f"{visit.address}/{now}"


@pytest.mark.parametrize("path", ["nowhere", "a/a", "f%20oo"])
def test_an_address_that_is_no_page_says_what_there_is(visit, path):
    visit.page.goto(f"{visit.address}/{path}")
    visit.settled()
    expect(visit.page.locator("h1")).to_have_text("There is no such page")
    expect(visit.page.get_by_role("link", name="Methods", exact=True)).to_be_visible()
    expect(visit.page.get_by_role("dialog")).to_have_count(0)


def test_a_link_of_the_rail_opens_without_loading_the_app_again(visit):
    visit.open("standing", council="Hackney")
    visit.page.evaluate("window.isSame = true")
    link = visit.page.get_by_role("link", name="Outcomes", exact=True)
    assert "outcomes?council=Hackney" in link.get_attribute("href")
    link.click()
    expect(visit.page.locator("nav.rail a[aria-current=page]")).to_have_text("Outcomes")
    visit.settled()
    assert visit.page.evaluate("window.isSame") is True
    assert kept(visit) == {"council": ["Hackney"]}


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
    visit.open("standing")
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
