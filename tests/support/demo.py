"""The demonstration warehouse, built once a run, and warehouses of a few rows by hand.

The first is made by the real generator and the real pipeline, with four years: two
years on from first support are needed to see the planted effect. The second has the
tables that the reads use, written as text, so that sums can be done by eye.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from analytics.reading import lookups, warehouse
from analytics.reading.indicators import Indicator
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST, Viewer
from demonstration import write_demonstration
from pipelines.build import build
from settings import ROOT, Settings, settings
from tests.support.frames import table
from tests.support.warehouse import once


YEARS = 4
PROGRAMME = Viewer("programme")


@dataclass(frozen=True)
class Published:
    """A published warehouse, and short ways to what tests ask of it."""

    folder: Path

    @property
    def path(self) -> str:
        """The warehouse file in use."""
        return warehouse.current(self.folder)

    @property
    def environment(self) -> dict[str, str]:
        """What points another process at it."""
        return {"COUNCIL_WAREHOUSE": str(self.folder)}

    def scope(self, **narrowed: tuple[str, ...]) -> Scope:
        """All demonstration years, narrowed to regions, groups or councils."""
        spans = lookups.collections(self.path, LOCAL_ANALYST)
        return Scope("demonstration", *spans["demonstration"], **narrowed)

    def indicator(self, key: str) -> Indicator:
        """One indicator."""
        return {i.key: i for i in self.indicators}[key]

    @property
    def indicators(self) -> list[Indicator]:
        """Every indicator."""
        return lookups.all_indicators(self.path, LOCAL_ANALYST)

    def rows(self, select: str) -> pd.DataFrame:
        """Rows of a select, read beside the reads that are tested."""
        return warehouse.connect(self.path).cursor().execute(select).df()


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Published:
    """Demonstration data of four years and the committed public record."""
    return Published(once(tmp_path_factory, "demonstration", make_demonstration) / "warehouse")


def make_demonstration(folder: Path) -> None:
    """Write the files, and build the warehouse of them."""
    chosen = Settings(
        raw=folder / "raw",
        demonstration=folder / "files",
        landing=folder / "landing",
        warehouse=folder / "warehouse",
    )
    write_demonstration(chosen.demonstration, years=YEARS, seed=7, reference=settings.reference)
    build(chosen)


@pytest.fixture
def shown(demo, monkeypatch) -> Iterator[Published]:
    """The demonstration warehouse as the one that this process reads."""
    monkeypatch.setattr(settings, "warehouse", demo.folder)
    yield demo


def council_of(demo: Published, dataset: str = "assessments", share_rank: int = 3) -> Viewer:
    """A council by the share level of its rows of a dataset; by default not public."""
    found = demo.rows(f"""
        select gss_code from core.share_levels
        where collection = 'demonstration' and dataset = '{dataset}'
            and share_rank = {share_rank} order by gss_code limit 1
    """)
    return Viewer("council", found["gss_code"].iloc[0])


EMPTY = {
    "councils": "gss_code | region | council_group | tier | is_current",
    "values": "gss_code | period | numerator | denominator | share_rank",
    "events": "gss_code | period | value | share_rank",
    "returned": "gss_code | month",
    "support": "gss_code | first_support_on",
}
TABLES = """
create schema marts; create schema core; create schema reference;

create table marts.councils as
select gss_code, 'Council ' || gss_code as short_name, region,
    ascii(region) as region_order, council_group, council_group as council_group_label,
    coalesce(tier, 'unitary') as tier, is_current
from councils;

create table marts.indicator_values as
select 'made' as indicator, 'demonstration' as collection, gss_code,
    period::date as period, numerator::double as numerator,
    denominator::double as denominator,
    coalesce(denominator_in_total, denominator)::double as denominator_in_total,
    basis::varchar as basis, '' as profile, share_rank::int as share_rank
from given_values;

create table marts.indicator_events as
select 'made' as indicator, 'demonstration' as collection, gss_code,
    period::date as period, value::double as value, share_rank::int as share_rank
from events;

create table core.reporting_months as
select 'demonstration' as collection, 'made' as dataset, gss_code,
    month::date as month
from returned;

create table marts.support as
select 'demonstration' as collection, gss_code,
    first_support_on::date as first_support_on
from support;

create table reference.months as
select month::date as month, make_date(
    year(month) - (month(month) < 4)::int, 4, 1) as financial_year
from range(date '2015-01-01', date '2031-01-01', interval 1 month) m(month);

create table reference.council_neighbours as
select a.gss_code, b.gss_code as neighbour_gss_code,
    row_number() over (partition by a.gss_code order by b.gss_code) as neighbour_rank
from councils a join councils b on a.gss_code <> b.gss_code;
"""
INDICATORS = """
create table marts.indicators as
select 'made' as key, 'theme' as theme, 'Made' as title, 'How much?' as question,
    'What is made.' as definition, $kind as kind, $timing as timing,
    'Made' as numerator, 'Councils' as denominator, $unit as unit, $grain as grain,
    'higher_is_better' as polarity, 'made' as dataset, 'Source' as source,
    1 as "order", 0 as objective, '' as caveat, $percentile::double as percentile
"""
BY_HAND = Scope("demonstration", date(2020, 4, 1), date(2029, 3, 1))


MARTS = ROOT / "pipelines" / "sql" / "marts"
MEMBERSHIPS = (MARTS / "memberships.sql").read_text()
EVENT_MONTHS = (MARTS / "event_months.sql").read_text()


def by_hand(
    path: Path,
    *,
    kind: str = "ratio",
    timing: str = "flow",
    unit: str = "percent",
    grain: str = "year",
    percentile: float = 0.5,
    **tables: str,
) -> tuple[str, Indicator]:
    """A warehouse of a few rows: its path, and its only indicator."""
    frames = {name: table(tables.get(name, header)) for name, header in EMPTY.items()}
    for name in ("denominator_in_total", "basis"):
        if name not in frames["values"]:
            frames["values"][name] = None
    with duckdb.connect(str(path)) as connection:
        for name, frame in frames.items():
            connection.register("given_values" if name == "values" else name, frame)
        connection.execute(TABLES)
        # How councils are grouped is the pipeline's own select, not a copy of it.
        connection.execute(f"create table marts.memberships as {MEMBERSHIPS}")
        connection.execute(f"create table marts.event_months as {EVENT_MONTHS}")
        connection.execute(
            INDICATORS,
            {
                "kind": kind,
                "timing": timing,
                "unit": unit,
                "grain": grain,
                "percentile": percentile,
            },
        )
    return str(path), lookups.all_indicators(str(path), LOCAL_ANALYST)[0]


def places(**regions: int) -> str:
    """Unitary councils A1, A2 … of region A, and so on, as a table."""
    lines = [
        f"{region}{n} | {region} | unitary | unitary | true"
        for region, number in regions.items()
        for n in range(1, number + 1)
    ]
    return "\n".join([EMPTY["councils"], *lines])
