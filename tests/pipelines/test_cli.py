"""The command line: exit codes, counts for a machine, and sentences for people."""

import csv
import io
import json
import os
import subprocess
import sys
from functools import partial

import pytest

from pipelines import __main__ as cli
from pipelines import build as builder
from pipelines.commands import building, giving, receiving
from pipelines.datasets import ALL
from pipelines.publish import read_pointer
from settings import ROOT
from tests.support.rows import payment, row, write


COUNTS = ("accepted", "quarantined", "superseded")


@pytest.fixture
def run(installation, monkeypatch, capsys):
    """Runs one command on an empty installation; answers exit code and output."""
    for module in (building, receiving, giving):
        monkeypatch.setattr(module, "settings", installation.settings)
    bound = partial(builder.build, installation.settings)
    monkeypatch.setattr(builder, "build", bound)

    def command(*arguments: object) -> tuple[int, str]:
        words = ["pipelines", *map(str, arguments)]
        monkeypatch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return ended.value.code or 0, capsys.readouterr().out

    return command


@pytest.fixture
def payments(tmp_path):
    """A file of payments of these amounts."""

    def file(*amounts: object):
        rows = [
            payment(payment_id=f"PAY-{n:04}", amount_paid_gbp=amount)
            for n, amount in enumerate(amounts)
        ]
        return write(tmp_path / "payments.csv", rows)

    return file


def balances(report: dict) -> bool:
    """Whether every file's rows are accounted for."""
    return all(file["rows_in"] == sum(file[count] for count in COUNTS) for file in report["files"])


def test_a_clean_build_ends_with_0_and_a_second_has_nothing_to_do(run, installation):
    installation.put("events", [row("events")])
    code, told = run("build")
    assert code == 0
    assert f"Published {installation.published.name}" in told
    before = installation.published
    code, told = run("build", "--if-changed")
    assert (code, installation.published) == (0, before)
    assert told.strip() == f"Nothing changed: {before.name} stays in use."
    installation.put("events", [row("events", event_id="EVT-0008")], "2.csv")
    code, told = run("build", "--if-changed", "--json")
    assert code == 0
    assert json.loads(told)["published"] == installation.published.name != before.name


def test_a_build_with_rows_set_aside_ends_with_10(run, installation):
    installation.put("events", [row("events"), row("events", event_id="?")])
    code, told = run("build", "--json")
    report = json.loads(told)
    assert code == 10
    assert balances(report)
    assert [file["rows_in"] for file in report["files"]] == [2]
    assert report["published"]


def test_a_build_with_a_refused_file_ends_with_20_and_loads_the_others(run, installation):
    installation.put("events", [row("events")])
    (installation.settings.raw / "events" / "2.csv").write_text("a,b\n1,2\n")
    code, told = run("build")
    assert code == 20
    assert "Refused raw/events/2.csv: The columns are not those of Programme events" in told
    assert installation.read("select count(*) from core.events") == [(1,)]


@pytest.mark.parametrize(("amounts", "expected"), [([100, 200], 0), ([100, -200], 10), ([], 20)])
def test_a_check_ends_as_a_build_would_and_publishes_nothing(
    run, payments, installation, amounts, expected
):
    file = payments(*amounts or [1])
    if not amounts:
        file.write_text("")
    code, told = run("check", file, "--dataset", "award_payments", "--json")
    report = json.loads(told)
    assert code == expected
    assert balances(report)
    assert report["published"] == ""
    assert read_pointer(installation.settings.warehouse) is None


def test_a_check_names_file_line_column_value_and_reason(run, payments):
    _, told = run("check", payments(100, -200), "--dataset", "award_payments")
    said = " ".join(told.split())
    assert "payments.csv line 3, amount_paid_gbp = '-200.00'" in said
    assert said.endswith("Amount paid is at least 0.")


def test_an_error_that_a_person_can_act_on_ends_with_1_and_a_sentence(run, payments):
    code, told = run("check", "missing.csv", "--dataset", "awards")
    assert (code, told.strip()) == (1, "Stopped: There is no file missing.csv.")
    code, told = run("check", payments(1), "--dataset", "payments")
    assert code == 1
    assert told.startswith("Stopped: There is no dataset called 'payments'.")
    code, told = run("template", "payments")
    assert code == 1


@pytest.mark.parametrize("words", [["built"], ["build", "--no-such"], ["check"]])
def test_wrong_usage_ends_with_2(run, words):
    assert run(*words)[0] == 2


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_a_template_has_the_header_of_the_contract_and_one_row(run, kind):
    code, told = run("template", kind.name)
    header, example = csv.reader(io.StringIO(told))
    assert code == 0
    assert header == [column.column for column in kind.columns]
    assert example == [column.example for column in kind.columns]


def test_the_list_names_every_dataset_and_what_must_be_filled_in(run):
    code, told = run("list", "--json")
    listed = json.loads(told)
    assert code == 0
    assert [row["dataset"] for row in listed] == [kind.name for kind in ALL]
    assert [row["required"] for row in listed] == [kind.required for kind in ALL]
    code, told = run("list")
    assert code == 0
    assert all(kind.title in told for kind in ALL)


def test_the_command_itself_reads_its_folders_and_ends_without_a_traceback(installation):
    installation.put("events", [row("events"), row("events", event_id="?")])
    folders = installation.settings
    ran = subprocess.run(
        [sys.executable, "-m", "pipelines", "build", "--json"],
        cwd=ROOT,
        env={
            **os.environ,
            "COUNCIL_RAW": str(folders.raw),
            "COUNCIL_DEMONSTRATION": str(folders.demonstration),
            "COUNCIL_PUBLIC": str(folders.public),
            "COUNCIL_LANDING": str(folders.landing),
            "COUNCIL_WAREHOUSE": str(folders.warehouse),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 10
    assert "Traceback" not in ran.stderr
    report = json.loads(ran.stdout)
    assert [file["rows_in"] for file in report["files"]] == [2]
    assert report["published"] == installation.published.name
