"""Publish: a new file each time, and a pointer that is never half moved."""

import os
import shutil
import stat

import duckdb
import pytest

from pipelines import build, publish, rules
from pipelines.errors import BuildError
from pipelines.ledger import published_already
from pipelines.publish import POINTER, next_number, read_pointer
from tests.support.rows import award
from tests.support.warehouse import Installation, opened


@pytest.fixture
def publish_number(tmp_path):
    """Publishes a warehouse that holds one number, and answers its pointer."""

    def published(number: int) -> publish.Pointer:
        part = tmp_path / publish.PART
        part.unlink(missing_ok=True)
        with duckdb.connect(str(part)) as connection:
            connection.execute("create schema core")
            connection.execute(f"create table core.numbers as select {number} as n")
        made = {"engine": "a" * 64}
        return publish.publish(part, tmp_path, number, made, next_number(tmp_path))

    return published


def number_in(folder) -> int:
    """What a new reader sees."""
    path = folder / read_pointer(folder).file
    with opened(path) as connection:
        return connection.execute("select n from core.numbers").fetchone()[0]


def names(folder) -> list[str]:
    """Files that stand there, but for those of the lock."""
    return sorted(p.name for p in folder.iterdir() if not p.name.startswith(".lock"))


def test_nothing_is_published_where_nothing_was_built(tmp_path):
    assert read_pointer(tmp_path) is None
    assert publish.published(tmp_path) is None


def test_a_pointer_to_a_file_that_is_gone_points_to_nothing(publish_number, tmp_path):
    first = publish_number(1)
    (tmp_path / first.file).unlink()
    assert publish.published(tmp_path) is None


def test_every_build_has_a_file_name_of_its_own(publish_number, tmp_path):
    files = [publish_number(1).file for _ in range(3)]
    assert len(set(files)) == 3
    assert files == sorted(files)
    assert read_pointer(tmp_path).file == files[-1]


def test_only_the_two_newest_files_are_kept(publish_number, tmp_path):
    files = [publish_number(number).file for number in range(4)]
    assert names(tmp_path) == sorted([POINTER, *files[-2:]])
    assert number_in(tmp_path) == 3
    assert read_pointer(tmp_path).previous == files[-2]


def test_a_number_rises_even_if_the_pointer_is_lost(publish_number, tmp_path):
    files = [publish_number(number).file for number in range(2)]
    (tmp_path / POINTER).write_text("{")
    assert publish_number(2).file > max(files)


def test_a_published_file_is_read_only_and_known_by_its_bytes(publish_number, tmp_path):
    pointer = publish_number(1)
    path = tmp_path / pointer.file
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert (path.stat().st_size, publish.checksum_of(path)) == (pointer.size, pointer.checksum)


def test_a_reader_that_is_open_keeps_reading(publish_number, tmp_path):
    path = tmp_path / publish_number(1).file
    with opened(path) as reader:
        for number in (2, 3, 4):
            publish_number(number)
        assert number_in(tmp_path) == 4
        assert reader.execute("select n from core.numbers").fetchone() == (1,)


def test_a_pointer_that_cannot_be_moved_stays_where_it_was(publish_number, tmp_path, monkeypatch):
    first = publish_number(1)

    def refuses(*paths):
        raise OSError("no space")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refuses)
        with pytest.raises(OSError, match="no space"):
            publish_number(2)
    assert read_pointer(tmp_path) == first
    assert number_in(tmp_path) == 1
    assert read_pointer(tmp_path) != publish_number(3)
    assert number_in(tmp_path) == 3


def test_a_pointer_moves_only_to_a_whole_file(publish_number, tmp_path, monkeypatch):
    first = publish_number(1)
    seen = []
    real = publish.move_pointer

    def watched(folder, pointer):
        path = folder / pointer.file
        is_whole = publish.checksum_of(path) == pointer.checksum
        seen.append((read_pointer(folder).file, is_whole))
        real(folder, pointer)

    monkeypatch.setattr(publish, "move_pointer", watched)
    publish_number(2)
    assert seen == [(first.file, True)]


def test_a_build_that_fails_leaves_the_old_warehouse_serving(installation, monkeypatch):
    installation.build()
    before = installation.published
    installation.put("awards", [award()])

    def fails(*arguments):
        raise BuildError("An indicator is wrong.")

    monkeypatch.setattr(build, "measure", fails)
    with pytest.raises(BuildError, match="An indicator is wrong"):
        installation.build()
    assert installation.published == before
    assert installation.read("select count(*) from core.awards") == [(0,)]
    assert names(installation.settings.warehouse) == sorted([POINTER, before.name])


@pytest.fixture
def unchanged(tmp_path, monkeypatch) -> Installation:
    """A published installation whose rules and reference tables are its own copies."""
    code = tmp_path / "code"
    for name in ("pipelines", "expectations"):
        shutil.copytree(
            rules.ROOT / name,
            code / name,
            ignore=shutil.ignore_patterns("__pycache__", "demonstration"),
        )
    monkeypatch.setattr(rules, "PIPELINES", code / "pipelines")
    monkeypatch.setattr(rules, "EXPECTATIONS", code / "expectations")
    monkeypatch.setattr(rules, "CONTRACTS", code / "pipelines" / "contracts")
    made = Installation(tmp_path, counts_faults=True)
    reference = shutil.copytree(made.settings.reference, tmp_path / "reference")
    made.settings.reference = reference
    made.put("awards", [award()])
    made.build()
    assert published_already(made.settings) == made.published.name
    return made


def append(path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def rename(path) -> None:
    path.rename(path.with_name("renamed.csv"))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (append, "raw/awards/1.csv"),
        (rename, "raw/awards/1.csv"),
        (append, "reference/councils.csv"),
        (append, "reference/lists/action.csv"),
        (append, "code/pipelines/contracts/awards.csv"),
        (append, "code/expectations/incidents.py"),
        (append, "code/pipelines/stage.py"),
        (append, "code/pipelines/sql/core/awards.sql"),
        (append, "code/pipelines/formats/near_names.csv"),
    ],
)
def test_any_change_of_files_or_rules_calls_for_a_build(unchanged, tmp_path, change, what):
    change(tmp_path / what)
    assert published_already(unchanged.settings) == ""


@pytest.mark.parametrize("what", ["pipelines/outgoing/mending.csv", "pipelines/commands/show.py"])
def test_a_change_that_no_figure_hangs_on_calls_for_none(unchanged, tmp_path, what):
    append(tmp_path / "code" / what)
    assert published_already(unchanged.settings) == unchanged.published.name


def test_a_file_taken_in_stays_whatever_becomes_of_it_in_its_folder(unchanged):
    (unchanged.settings.raw / "awards" / "1.csv").unlink()
    assert published_already(unchanged.settings) == unchanged.published.name


def test_a_new_file_calls_for_a_build_and_a_touched_one_does_not(unchanged, tmp_path):
    (tmp_path / "raw" / "awards" / "1.csv").touch()
    assert published_already(unchanged.settings) == unchanged.published.name
    unchanged.put("awards", [award(award_id="AWD-NEW")], "2.csv")
    assert published_already(unchanged.settings) == ""


def test_a_warehouse_whose_bytes_changed_calls_for_a_build(unchanged):
    path = unchanged.published
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.chmod(0o644)
    path.write_bytes(content)
    assert published_already(unchanged.settings) == ""
