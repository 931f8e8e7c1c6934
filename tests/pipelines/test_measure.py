"""What a build says when a figure needs more memory than it may take."""

from pathlib import Path

import duckdb
import pytest

from pipelines.disk import in_words
from pipelines.errors import BuildError
from pipelines.measure import create, drop_unknown
from tests.support.warehouse import Installation


class Everything:
    """Changes that reach every figure."""

    def reach(self, select: str) -> bool:
        return bool(select)

    def add(self, name: str) -> None:
        pass


def test_a_figure_that_needs_too_much_memory_is_named_and_the_setting_said():
    with duckdb.connect(config={"memory_limit": "4MB"}) as connection:
        connection.execute("set temp_directory = ''")
        connection.execute("create schema core; create schema reference; create schema marts")
        connection.execute("""
            create table reference.lists as select 'a' as list, 'b' as code,
                'c' as label, 1 as sort_order;
            create view core.span_counts as
            select 'c' as collection, 'g' || i as gss_code, 'detect' as interval_code,
                date '2024-04-01' as period, 'x' as action, 'y' as cause,
                'z' as objective, i as step, 1 as share_rank,
                date '2025-01-01' as as_at, 1 as cases, 1 as ended,
                0 as still_open, 1.0 as ended_hours, 0.0 as open_hours
            from range(3000000) r(i)
        """)
        with pytest.raises(duckdb.OutOfMemoryException) as caught:
            create(connection, "marts", "survival_steps", Everything())
    said = in_words(caught.value, Path("warehouse"))
    assert "while making marts.survival_steps" in said
    assert "COUNCIL_MEMORY" in said
    assert "stays in use" in said


def test_a_build_without_memory_leaves_the_last_warehouse(tmp_path):
    made = Installation(tmp_path, counts_faults=True)
    made.put("events", [{"event_id": "EVT-0001"}])
    made.build()
    before = made.published
    made.put("events", [{"event_id": "EVT-0002"}], "2.csv")
    made.settings = made.settings.model_copy(update={"memory": "1KB"})
    with pytest.raises(BuildError):
        made.build()
    assert made.published == before


def test_a_mart_whose_file_is_gone_leaves_the_warehouse():
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        for name in ("causes", "councils", "indicator_values"):
            connection.execute(f"create table marts.{name} as select 1 as one")
        drop_unknown(connection)
        left = connection.execute("select table_name from duckdb_tables() order by all").fetchall()
    assert left == [("councils",), ("indicator_values",)]
