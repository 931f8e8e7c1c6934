"""A running dashboard and a browser that looks at it, for tests of what people see."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from settings import ROOT
from tools.browser import find


START, DRAW = 60, 20_000
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
CHARTS = "[data-testid=stPlotlyChart]"
# A page is complete when it has its last lines, nothing is still being fetched, and
# each chart has a mark: a point or bar, a line, an area or a heat map.
COMPLETE = """() => document.body.innerText.includes('Questions and corrections')
    && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
    && [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(chart =>
        chart.querySelector('.point, .js-line, .js-fill, .heatmaplayer image'))"""
# Where on the page the first mark is that carries a key: its middle, in pixels.
PLACE = """(plot, key) => {
    const box = plot.getBoundingClientRect(), layout = plot._fullLayout;
    const axis = name => layout[name[0] + 'axis' + name.slice(1)];
    for (const trace of plot._fullData) {
        const n = [...(trace.customdata ?? [])]
            .findIndex(each => [].concat(each)[0] === key);
        if (n < 0) continue;
        const across = axis(trace.xaxis), down = axis(trace.yaxis);
        const x = trace.type === 'bar'
            ? (trace.base ? trace.base[n] : 0) + trace.x[n] / 2 : trace.x[n];
        return [box.x + across._offset + across.d2p(x),
                box.y + down._offset + down.d2p(trace.y[n])];
    }
    return null;
}"""
INSTALL = (
    "No Chromium, Chrome or Edge was found. Install one: `apt-get install chromium`, "
    "or `python -m playwright install chromium`; or name one in COUNCIL_CHROMIUM."
)


@dataclass
class Visit:
    """One page as a person has it open, with what it asked for and complained of."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, name: str = "", **query: str | list[str]) -> "Visit":
        """Go to a page by its link, and wait until all of it is there."""
        self.page.goto(f"{self.address}/{name}?{urlencode(query, doseq=True)}")
        return self.settled()

    def settled(self) -> "Visit":
        """Wait until the page has run and every chart is drawn."""
        self.page.wait_for_selector("h1", timeout=DRAW)
        self.page.wait_for_selector(IDLE, timeout=DRAW)
        self.page.wait_for_function(COMPLETE, timeout=DRAW)
        return self

    def click(self, figure: str, key: str) -> None:
        """Click the mark of a figure that carries this key, as one does by hand."""
        chart = self.page.locator(f".st-key-figure-{figure} .js-plotly-plot")
        chart.evaluate("plot => plot.scrollIntoView({block: 'center'})")
        place = chart.evaluate(PLACE, key)
        assert place, f"{figure} has no mark with the key {key}"
        # Plotly takes a click for one on a mark that it has seen hovered over.
        self.page.mouse.move(*place)
        expect(chart.locator(".hoverlayer .hovertext").first).to_be_attached()
        self.page.mouse.down()
        self.page.mouse.up()

    def asks(self, key: str, value: str | None) -> "Visit":
        """Wait until the address asks for this, or for nothing of that key."""

        def is_there(url: str) -> bool:
            found = parse_qs(urlsplit(url).query).get(key)
            return found == (None if value is None else [value])

        self.page.wait_for_url(is_there, timeout=DRAW, wait_until="commit")
        return self.settled()

    def told(self) -> list[str]:
        """Headings and sentences of all figures, in their order."""
        figures = self.page.locator("[class*='st-key-figure-']")
        return [
            text
            for figure in figures.all()
            for text in figure.locator("h2, [class*='st-key-sentence-']").all_inner_texts()
        ]

    def tells(self, words: list[str]) -> None:
        """Wait until figures say exactly this, and fail if they never do.

        After a step back the address changes a moment before the page runs again, so
        what stands there at once may still be what stood there before.
        """
        until = time.monotonic() + DRAW / 1000
        while self.told() != words and time.monotonic() < until:
            self.page.wait_for_timeout(100)
        assert self.settled().told() == words

    @property
    def charts(self) -> int:
        """How many charts there are."""
        return self.page.locator(CHARTS).count()

    @property
    def query(self) -> str:
        """What stands behind the address."""
        return urlsplit(self.page.url).query

    def overflow(self) -> int:
        """How many pixels the page could be moved sideways."""
        return self.page.evaluate(
            "() => Math.max(...['html', '[data-testid=stMain]'].map(place => {"
            " const it = document.querySelector(place);"
            " return it.scrollWidth - it.clientWidth }))"
        )


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def server(environment: dict[str, str], log: Path) -> Iterator[str]:
    """The dashboard as `streamlit run asgi.py` serves it; gives its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "asgi.py"]
    with log.open("w") as told:
        process = subprocess.Popen(
            [*command, "--server.port", str(port)],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=told,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(f"{address}/_stcore/health", process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=10)


def wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    """Wait until the server answers; one that ended says what it printed."""
    begun = time.monotonic()
    while time.monotonic() - begun < START and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The dashboard did not start:\n{log.read_text()[-2000:]}")


@contextmanager
def chromium() -> Iterator[BrowserContext]:
    """A browser without a window; with none on the machine the test fails.

    Its tabs share a cache, as a person's do, so that the program is fetched only once.
    """
    path = find()
    if not path:
        pytest.fail(INSTALL)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, headless=True, args=["--no-sandbox"]
        )
        yield browser.new_context()
        browser.close()


@contextmanager
def visitor(chromium: BrowserContext, address: str, width: int = 1280) -> Iterator[Visit]:
    """A new tab, which is a new session, of this width and tall enough for a page."""
    visit = Visit(chromium.new_page(), address)
    visit.page.set_viewport_size({"width": width, "height": 1400})
    visit.page.on("request", lambda request: visit.asked.append(request.url))
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.on("console", lambda message: note(visit, message))
    yield visit
    visit.page.close()


def note(visit: Visit, message: ConsoleMessage) -> None:
    """Keep an error of the console, but for Streamlit's own search for its server.

    Opened at /<page>, it first asks for /<page>/_stcore/… and then for /_stcore/….
    """
    where = message.location.get("url", "")
    searching = "404" in message.text and "/_stcore/" in urlsplit(where).path[1:]
    if message.type == "error" and not searching:
        visit.complaints.append(f"{message.text} ({where})")
