"""Pages opened as a link opens them, and what stands on them, for tests of pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from analytics.ui import router
from analytics.ui.filters import COLLECTIONS
from pages import MOVED, THEMES


# A name with an underscore, as columns and codes have it, and never a reader's word.
RAW = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
# How people's eyes meet a value that nobody thought of.
NOTHING = {"nan", "NaN", "None", "<NA>", "NaT", "nan%", "£nan", "inf", "inf%"}

# What a text alternative begins with: the shape that those who see it see.
KINDS = {
    "Bar chart",
    "Column chart",
    "Distribution chart",
    "Diverging bar chart",
    "Grid chart",
    "Heat map",
    "Hexagon map",
    "Line chart",
    "Range chart",
    "Scatter chart",
    "Slope chart",
    "Spine chart",
    "Spread chart",
    "Step chart",
    "Timeline",
}
# How captions begin and go on: the period, then who is behind the figure.
PERIOD = re.compile(r"\d{4}/\d\d|All years")
COVERAGE = re.compile(
    r"\d+ (of \d+ )?(\w+ )?councils?|peers|Every programme|to \d|\d+ of \d+ files"
    r"|[\d,]+ (incidents|awards)"
)
# Seconds that a page seen before may take; the design asks for half of it.
SLOWEST = 0.6


PAGES = {page.address: page.title for page in router.walk(THEMES)}
# Every view there is: pages, and the parts of those that have several.
VIEWS = {name: (name, {}) for name in PAGES} | {
    f"{one.address}: {one.section}": (one.address, {"section": one.section})
    for one in MOVED
    if one.section
}


@dataclass(frozen=True)
class Figure:
    """One figure of a page: its key, its words, what was sent of chart and table."""

    key: str
    title: str
    sentence: str
    caption: str
    chart: Any
    tables: list[Any]


def opened(page: str, **asked: str) -> AppTest:
    """A page as a link opens it; a collection may be given by its code."""
    app = app_of(page, **asked)
    return app.run()


def app_of(page: str, **asked: str) -> AppTest:
    """The same, not yet run. `page` is an address of today or of before."""
    choices = {key: [COLLECTIONS.get(value, value)] for key, value in asked.items()}
    if page in {one.page for one in MOVED}:
        page, choices = router.translate(MOVED, page, choices)
    app = AppTest.from_function(run_page, args=(page,), default_timeout=60)
    for key, words in choices.items():
        app.query_params[key] = words
    return app


def run_page(address: str) -> None:
    """One page within its frame, without the rail."""
    from analytics.ui import frame
    from analytics.ui.pages import addresses
    from pages import THEMES

    frame.run((), *addresses(THEMES)[address])


def charts(app: AppTest) -> list[Any]:
    """What was sent of each chart."""
    return [chart.proto for chart in app.get("plotly_chart")]


def captions(app: AppTest) -> list[str]:
    """Lines under figures."""
    return [plain(caption.value) for caption in app.caption]


def plain(text: str) -> str:
    """Words as they are read, without the marks that keep Markdown quiet."""
    return text.replace("\\", "")


def said(app: AppTest) -> str:
    """Everything that is written on a page, but what stands in tables."""
    blocks = [*app.title, *app.header, *app.markdown, *app.caption]
    return plain(" \n".join(block.value for block in blocks))


def infos(app: AppTest) -> str:
    """What stands in boxes."""
    return " ".join(plain(box.value) for box in [*app.info, *app.warning, *app.error])


def cells(app: AppTest) -> Iterator[str]:
    """Headings and cells of every table."""
    for table in [*app.table, *app.dataframe]:
        yield from map(str, table.value.columns)
        yield from table.value.astype(str).to_numpy().ravel()


def failures(app: AppTest) -> list[str]:
    """What went wrong while the page ran."""
    return [failure.message for failure in app.exception]


def figures(app: AppTest) -> list[Figure]:
    """Every figure of the page, by the containers that are named for them."""
    return [
        figure_of(name.removeprefix("figure-"), block)
        for name, block in named(app.main)
        if name.startswith("figure-")
    ]


def named(block: Block) -> Iterator[tuple[str, Block]]:
    """Containers within a container that have a key, each with it."""
    for child in block.children.values():
        if isinstance(child, Block):
            # Streamlit sends a key within an id: $$ID-<hash>-<key>.
            place = getattr(child.proto, "id", "")
            if place.startswith("$$ID-"):
                yield place.split("-", 2)[2], child
            yield from named(child)


def figure_of(key: str, block: Block) -> Figure:
    """What stands in the container of one figure."""
    return Figure(
        key,
        title=plain(block.header[0].value),
        sentence=plain(block.markdown[0].value),
        caption=plain(block.caption[0].value),
        chart=block.get("plotly_chart")[0].proto,
        tables=[table.value for table in [*block.table, *block.dataframe]],
    )
