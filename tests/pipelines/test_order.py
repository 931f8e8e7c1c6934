"""Order: files of SQL after those that they read; circles and unknown tables refused."""

import pytest

from pipelines.errors import BuildError
from pipelines.measure import derived_files, mart_files
from pipelines.order import in_order, table_of, tables_read


@pytest.fixture
def write(tmp_path):
    """Writes `core` files from their SQL, and answers their paths."""
    (tmp_path / "core").mkdir()

    def files(**selects: str):
        for name, select in selects.items():
            (tmp_path / "core" / f"{name}.sql").write_text(select, encoding="utf-8")
        return [tmp_path / "core" / f"{name}.sql" for name in selects]

    return files


def test_a_file_stands_after_those_that_it_reads_and_else_by_the_alphabet(write):
    paths = write(
        a="select * from core.c join core.d using (n)",
        b="select 1 as n",
        c="select * from core.d",
        d="select * from core.given",
    )
    found = in_order(reversed(paths), {"core.given"})
    assert [path.stem for path in found] == ["b", "d", "c", "a"]


def test_a_table_in_a_comment_or_in_quoted_text_is_not_read(write):
    (path,) = write(a="/* core.x\ncore.y */ select 'core.z' as a -- core.w\nfrom core.v")
    assert tables_read(path) == {"core.v"}


def test_files_in_a_circle_are_named(write):
    paths = write(a="from core.b", b="from core.c", c="from core.a", d="select 1")
    with pytest.raises(BuildError) as refused:
        in_order(paths)
    assert str(refused.value) in {
        f"These files read one another in a circle: {circle}."
        for circle in (
            "core/a.sql reads core/b.sql reads core/c.sql reads core/a.sql",
            "core/b.sql reads core/c.sql reads core/a.sql reads core/b.sql",
            "core/c.sql reads core/a.sql reads core/b.sql reads core/c.sql",
        )
    }


def test_a_file_that_reads_its_own_table_is_a_circle(write):
    with pytest.raises(BuildError, match="circle: core/a.sql reads core/a.sql"):
        in_order(write(a="from core.a"))


def test_a_table_that_no_file_makes_is_named_with_the_file_that_reads_it(write):
    paths = write(a="from core.b join core.misspelt using (n)", b="select 1 as n")
    with pytest.raises(BuildError, match="core/a.sql reads core.misspelt, and no file makes"):
        in_order(paths)


@pytest.mark.parametrize("files", [derived_files(), mart_files()], ids=["core", "marts"])
def test_our_own_files_run_after_what_they_read(files):
    place = {table_of(path): n for n, path in enumerate(files)}
    assert len(place) == len(files) > 20
    for path in files:
        before = [place[table] for table in tables_read(path) if table in place]
        assert max(before, default=-1) < place[table_of(path)], path
