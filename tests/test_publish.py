"""Publish: a new file each time, and a pointer that is never half moved."""

import os
import shutil
import stat

import duckdb
import pytest

from pipelines import build, inputs, publish
from pipelines.errors import BuildError
from pipelines.inputs import fingerprint_of, folders, published_already
from pipelines.publish import POINTER, read_pointer
from pipelines.sources import find_sources
from tests.support.rows import award
from tests.support.warehouse import Installation


@pytest.fixture
def publish_number(tmp_path):
    """Publishes a warehouse that holds one number, and answers its pointer."""

    def published(number: int, *without: str) -> publish.Pointer:
        with duckdb.connect() as connection:
            for schema in {*publish.SCHEMAS} - {*without, "meta"}:
                connection.execute(f"create schema {schema}")
            connection.execute(f"create table core.numbers as select {number} as n")
            return publish.publish(connection, tmp_path, f"{number:064}")

    return published


def number_in(folder) -> int:
    """What a new reader sees."""
    path = folder / read_pointer(folder).file
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute("select n from core.numbers").fetchone()[0]


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_nothing_is_published_where_nothing_was_built(tmp_path):
    assert read_pointer(tmp_path) is None


def test_a_pointer_to_a_file_that_is_gone_points_to_nothing(publish_number, tmp_path):
    first = publish_number(1)
    (tmp_path / first.file).unlink()
    assert read_pointer(tmp_path) is None


def test_every_build_has_a_file_name_of_its_own(publish_number, tmp_path):
    files = [publish_number(1).file for _ in range(3)]
    assert len(set(files)) == 3
    assert files == sorted(files)
    assert read_pointer(tmp_path).file == files[-1]


def test_only_the_two_newest_files_are_kept(publish_number, tmp_path):
    files = [publish_number(number).file for number in range(4)]
    assert names(tmp_path) == sorted([POINTER, *files[-2:]])
    assert number_in(tmp_path) == 3


def test_a_published_file_is_read_only_and_says_what_it_is(publish_number, tmp_path):
    pointer = publish_number(1)
    path = tmp_path / pointer.file
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    with duckdb.connect(str(path), read_only=True) as connection:
        said = connection.execute("select file, fingerprint from meta.build").fetchall()
    assert said == [(pointer.file, pointer.fingerprint)]


def test_a_reader_that_is_open_keeps_reading(publish_number, tmp_path):
    path = tmp_path / publish_number(1).file
    with duckdb.connect(str(path), read_only=True) as reader:
        for number in (2, 3, 4):
            publish_number(number)
        assert number_in(tmp_path) == 4
        assert reader.execute("select n from core.numbers").fetchone() == (1,)


def test_a_pointer_that_cannot_be_moved_stays_where_it_was(
    publish_number, tmp_path, monkeypatch
):
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
        seen.append((read_pointer(folder).file, (folder / pointer.file).exists()))
        real(folder, pointer)

    monkeypatch.setattr(publish, "move_pointer", watched)
    publish_number(2)
    assert seen == [(first.file, True)]


def test_a_copy_that_fails_leaves_the_old_file_and_nothing_else(
    publish_number, tmp_path, monkeypatch
):
    first = publish_number(1)

    def fails(connection, schema):
        raise duckdb.IOException("disk full")

    monkeypatch.setattr(publish, "copy_schema", fails)
    with pytest.raises(duckdb.IOException, match="disk full"):
        publish_number(2)
    assert names(tmp_path) == sorted([POINTER, first.file])
    assert number_in(tmp_path) == 1


def test_a_build_that_fails_leaves_the_old_warehouse_serving(installation, monkeypatch):
    installation.build()
    before = installation.published

    def fails(connection):
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
    for folder in inputs.RULES:
        (code / folder).mkdir(parents=True)
        (code / folder / "rule.py").write_text("least = 1\n")
    shutil.copytree(inputs.CONTRACTS, tmp_path / "contracts")
    monkeypatch.setattr(inputs, "ROOT", code)
    monkeypatch.setattr(inputs, "CONTRACTS", tmp_path / "contracts")
    made = Installation(tmp_path)
    reference = shutil.copytree(made.settings.reference, tmp_path / "reference")
    made.settings.reference = reference
    made.put("awards", [award()])
    sources = find_sources(folders(made.settings))
    made.settings.warehouse.mkdir()
    with duckdb.connect() as connection:
        for schema in publish.SCHEMAS:
            connection.execute(f"create schema {schema}")
        fingerprint = fingerprint_of(sources, made.settings)
        publish.publish(connection, made.settings.warehouse, fingerprint)
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
        (os.remove, "raw/awards/1.csv"),
        (append, "reference/councils.csv"),
        (append, "reference/lists/action.csv"),
        (append, "contracts/awards.csv"),
        (append, "code/expectations/rule.py"),
        (append, "code/pipelines/rule.py"),
    ],
)
def test_any_change_of_files_or_rules_calls_for_a_build(
    unchanged, tmp_path, change, what
):
    change(tmp_path / what)
    assert published_already(unchanged.settings) == ""


def test_a_new_file_calls_for_a_build_and_a_touched_one_does_not(unchanged, tmp_path):
    (tmp_path / "raw" / "awards" / "1.csv").touch()
    assert published_already(unchanged.settings) == unchanged.published.name
    unchanged.put("awards", [award(award_id="AWD-NEW")], "2.csv")
    assert published_already(unchanged.settings) == ""
