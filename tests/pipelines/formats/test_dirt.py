"""Whatever a council sends: thousands of files made from a grammar of dirt.

Each example is several dozen files of one dataset, read and judged together by the
real pipeline. An oracle that knows nothing of it says what must become of every line:
no crash, rows in = accepted + quarantined + superseded, values as they were meant, and
every row set aside with its line, its rule and its own text. When a test fails, it
prints the smallest file that differs. `python -m benchmarks.dirt` goes on for longer.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from pipelines import judge as judging
from pipelines import load as loading
from pipelines.formats.table import Table
from tests.support.dirt.facts import KEYS
from tests.support.dirt.grammar import Recipe, RowRecipe, draw_file
from tests.support.dirt.verdict import check_recipes, smallest


pytestmark = pytest.mark.whole

FILES, EXAMPLES = 80, 4
SKIPPED = (True, *[False] * 15)


@st.composite
def several_files(draw) -> list[Recipe]:
    """Files of one dataset; those that are skipped let a failure shrink to one."""

    def pick(options):
        return draw(st.sampled_from(options))

    return [draw_file(pick) for _ in range(FILES) if not pick(SKIPPED)]


@pytest.mark.parametrize("name", KEYS)
def test_every_row_of_every_file_becomes_what_it_must(name):
    seen = []

    # The same files in every run, and others for each dataset.
    @seed(list(KEYS).index(name))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(several_files())
    def hold(recipes):
        seen.append(len(recipes))
        # Hypothesis begins with the simplest example of all, which is no file.
        if recipes:
            assert not check_recipes(name, recipes), smallest(name, recipes)

    hold()
    assert sum(seen) >= 200, f"only {sum(seen)} files were made"


# The test can fail --------------------------------------------------------------------


def rows_of(*kinds: str, **dirt) -> list[Recipe]:
    """One file with rows of these kinds."""
    rows = tuple(RowRecipe(kind, seed=n) for n, kind in enumerate(kinds))
    return [Recipe(rows, **dirt)]


class Altered:
    """A connection that reads some SQL otherwise than it stands."""

    def __init__(self, connection, old: str, new: str) -> None:
        self.connection, self.old, self.new = connection, old, new
        self.has_changed = False

    def execute(self, sql, *values):
        self.has_changed |= self.old in sql
        return self.connection.execute(sql.replace(self.old, self.new), *values)

    def __getattr__(self, name):
        return getattr(self.connection, name)


def alter(monkeypatch, module, function: str, old: str, new: str) -> None:
    """Have a step of the pipeline run other SQL than its own; it must hold the old."""
    real = getattr(module, function)

    def changed(connection, *values, **named):
        altered = Altered(connection, old, new)
        answer = real(altered, *values, **named)
        assert altered.has_changed, f"{function} has no {old!r}"
        return answer

    monkeypatch.setattr(module, function, changed)


def after(monkeypatch, module, function: str, sql: str) -> None:
    """Have a step of the pipeline followed by some SQL."""
    real = getattr(module, function)

    def changed(connection, *values, **named):
        answer = real(connection, *values, **named)
        connection.execute(sql)
        return answer

    monkeypatch.setattr(module, function, changed)


def test_clean_files_pass_before_they_are_read_wrongly():
    kinds = ("clean", "fancy", "clean", "again", "newer", "changed")
    assert not check_recipes("award_payments", rows_of(*kinds))


def test_lines_that_are_one_off_are_seen(monkeypatch):
    real = Table.rows

    def shifted(self, records):
        return ((line + 1, cells) for line, cells in real(self, records))

    monkeypatch.setattr(Table, "rows", shifted)
    wrong = check_recipes("award_payments", rows_of("clean", "clean", quoting="all", line_end="\r"))
    assert "line 2 must be counted and is not" in wrong


def test_a_row_that_is_dropped_is_seen(monkeypatch):
    real = Table.rows

    def dropping(self, records):
        return (row for n, row in enumerate(real(self, records)) if n != 1)

    monkeypatch.setattr(Table, "rows", dropping)
    files = rows_of("clean", "clean", "clean", encoding="cp1252", line_end="\r")
    wrong = check_recipes("award_payments", files)
    assert "rows_in must be 3 and is 2" in wrong


def test_money_whose_suffix_is_not_heeded_is_seen(monkeypatch):
    after(monkeypatch, judging, "start", "create or replace macro money_scale(p) as ''")
    assert "amount_paid_gbp must be Decimal" in check_recipes(
        "award_payments", rows_of(*["fancy"] * 60)
    )


def test_a_month_read_before_its_day_is_seen(monkeypatch):
    after(
        monkeypatch,
        judging,
        "start",
        "create or replace macro as_date(x) as coalesce(try_cast(x as date), "
        "try_strptime(x, '%m/%d/%Y')::date, try_strptime(x, '%d/%m/%Y')::date)",
    )
    assert "paid_on must be" in check_recipes("award_payments", rows_of(*["fancy"] * 60))


def test_an_older_row_that_replaces_a_newer_one_is_seen(monkeypatch):
    alter(monkeypatch, loading, "supersede", "arrival desc, source_row desc", "arrival, source_row")
    wrong = check_recipes("awards", rows_of("clean") + rows_of("changed"))
    assert "line 2 must be counted and is not" in wrong


def test_a_version_that_does_not_count_is_seen(monkeypatch):
    alter(monkeypatch, loading, "supersede", "record_version desc, ", "")
    files = rows_of("clean", "newer") + rows_of("older", "older")
    wrong = check_recipes("awards", files)
    assert "must be counted and is not" in wrong


def test_a_rule_that_sets_nothing_aside_is_seen(monkeypatch):
    after(
        monkeypatch, judging, "check", "delete from quality.faults where rule_id like '%.readable'"
    )
    wrong = check_recipes("incidents", rows_of(*["slip"] * 30))
    assert "must be set aside and is not" in wrong


def test_a_row_shown_with_the_text_of_another_is_seen(monkeypatch):
    after(
        monkeypatch,
        loading,
        "set_aside",
        "update quality.quarantine set raw_row = (select min(raw_row) from quality.quarantine)",
    )
    assert "must be shown as" in check_recipes("awards", rows_of(*["slip"] * 9))


def test_a_step_that_raises_is_seen_with_the_file(monkeypatch):
    real = Table.is_trailer

    def failing(self, cells):
        if cells[0].startswith("Total"):
            raise ZeroDivisionError("a total")
        return real(self, cells)

    monkeypatch.setattr(Table, "is_trailer", failing)
    files = rows_of("clean") + rows_of("clean", ending="total")
    wrong = check_recipes("award_payments", files)
    assert "stops with ZeroDivisionError" in wrong
    assert "Total" in wrong
