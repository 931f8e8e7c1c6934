"""Submitting a file: judged by the real command, kept only when it is submitted."""

import csv
import io
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.reading import warehouse
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError, Viewer
from analytics.submit import command, file_names, submission, verdict
from analytics.submit.command import CommandError
from analytics.submit.jobs import Job
from analytics.submit.submission import Options, Outcome, Upload, Verdict
from analytics.ui import safe, store
from pipelines.landing import Landing
from settings import settings
from tests.support.pages import app_of
from tests.support.rows import Row, incident


COUNCIL = Viewer("council", "E06000001")
HOSTILE = "<b>**x**</b> [a](http://evil.example) www.evil.example"


def sheet(*rows: Row) -> bytes:
    """Rows as the bytes of a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


CLEAN = sheet(incident(incident_ref="INC-1"), incident(incident_ref="INC-2"))
DIRTY = sheet(
    incident(incident_ref="INC-1"),
    incident(incident_ref="INC-2", action=HOSTILE),
    incident(incident_ref="INC-3", gss_code="Hackny Borough"),
)


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    """An empty installation of this process and of those that it starts."""
    for name in ("raw", "demonstration", "public", "landing", "warehouse"):
        monkeypatch.setattr(settings, name, tmp_path / name)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    return tmp_path


def kept(place: Path) -> list[str]:
    """Files that lie anywhere in the installation."""
    return [path.name for path in place.rglob("*") if path.is_file()]


# Names and words ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "safe_one"),
    [
        ("incidents.csv", "incidents.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann\\Incidents (June).xlsx", "Incidents (June).xlsx"),
        ("..", "file"),
        ("", "file"),
        (".hidden.csv", "hidden.csv"),
        ("-rf.csv", "rf.csv"),
        ("a\x00b\n.csv", "a_b_.csv"),
        ("$(reboot);.csv", "_(reboot)_.csv"),
        ("a" * 300 + ".xlsx", "a" * 95 + ".xlsx"),
        ("Größe.csv", "Größe.csv"),
    ],
)
def test_a_name_keeps_nothing_that_a_file_system_obeys(given, safe_one):
    assert file_names.safe_name(given) == safe_one
    assert "/" not in safe_one and len(safe_one) <= file_names.LONGEST_NAME


def test_an_ending_as_long_as_a_name_does_not_make_it_longer():
    assert len(file_names.safe_name("a." + "b" * 500)) <= file_names.LONGEST_NAME


def test_words_are_one_line_without_control_characters():
    assert file_names.one_line("Ann\n\x00 --purpose=x\t ") == "Ann --purpose=x"
    assert len(file_names.one_line("x" * 999)) == file_names.LONGEST_WORDS


def test_options_are_single_words_that_cannot_become_others():
    said = Options(sheet="--json", council="E06000001", decimal_comma=True).words()
    assert said == ["--sheet=--json", "--council=E06000001", "--decimal-comma"]
    assert Options().words() == []


def test_the_digest_tells_apart_what_would_be_judged_apart():
    first = Upload("a.csv", b"x", "incidents")
    others = [
        Upload("b.csv", b"x", "incidents"),
        Upload("a.csv", b"y", "incidents"),
        Upload("a.csv", b"x", "disruptions"),
        Upload("a.csv", b"x", "incidents", Options(decimal_comma=True)),
    ]
    assert first.digest == Upload("a.csv", b"x", "incidents").digest
    assert len({first.digest, *(other.digest for other in others)}) == 5


def test_a_private_copy_is_gone_afterwards_even_if_the_work_fails(place):
    file = Upload("../x.csv", b"secret", "incidents")
    with pytest.raises(RuntimeError), submission.private_copy(file) as path:
        assert path.read_bytes() == b"secret"
        assert path.is_relative_to(place / "temporary")
        if os.name == "posix":
            assert path.parent.parent.stat().st_mode & 0o077 == 0
        raise RuntimeError
    assert kept(place) == []


# Who may ------------------------------------------------------------------------------


def test_a_council_may_not_hand_in_yet_and_nothing_is_started(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **b: pytest.fail("started"))
    file = Upload("a.csv", CLEAN, "incidents")
    with pytest.raises(NotAllowedError):
        submission.check(COUNCIL, file, print)
    with pytest.raises(NotAllowedError):
        submission.submit(COUNCIL, file, "Ann", "test", print)


@pytest.mark.parametrize("name", ["nonsense", "reported_incidents", "--help"])
def test_only_datasets_that_councils_hand_in_are_taken(name, place):
    with pytest.raises(ValueError, match="no dataset"):
        submission.check(LOCAL_ANALYST, Upload("a.csv", b"", name), print)
    with pytest.raises(ValueError, match="no dataset"):
        submission.template(name, "csv")


# The command --------------------------------------------------------------------------


def test_a_check_counts_every_row_names_its_steps_and_keeps_nothing(place):
    steps: list[str] = []
    file = Upload("Dirty.csv", DIRTY, "incidents")
    found = submission.check(LOCAL_ANALYST, file, steps.append)
    assert (found.rows_in, found.accepted, found.quarantined) == (3, 2, 1)
    assert found.is_acceptable
    assert "Checking every rule" in steps
    assert all(command.STEP.fullmatch(step) for step in steps)
    assert found.faults["Line"].tolist() == [3]
    assert found.faults["Value received"].tolist() == [HOSTILE]
    likely = found.notes[found.notes["Value received"] == "Hackny Borough"]
    assert likely["Line"].tolist() == [4]
    assert "Hackney" in likely["How to mend it"].iloc[0], "the match that was made"
    assert found.errors_csv.startswith(b"\xef\xbb\xbfFile,Line,Column")
    assert found.errors_workbook.startswith(b"PK")
    assert kept(place) == []


def test_a_file_of_something_else_is_refused_with_the_next_step(place):
    found = submission.check(LOCAL_ANALYST, Upload("a.csv", b"a,b\n1,2\n", "incidents"), print)
    assert found.status == "refused"
    assert not found.is_acceptable
    assert len(found.reason) > 40
    assert kept(place) == []


def test_a_submission_gives_a_receipt_and_new_figures(place):
    file = Upload("Dirty *June*.csv", DIRTY, "incidents")
    done = submission.submit(LOCAL_ANALYST, file, "Ann <b>", "June\n2026", print)
    assert (done.receipt, done.stopped) == (1, "")
    assert (done.rows_in, done.accepted, done.quarantined) == (3, 2, 1)
    receipt = Landing(settings.landing).receipts()[0]
    assert (receipt.name, receipt.sent_by) == ("Dirty _June_.csv", "Ann <b>")
    assert receipt.purpose == "June 2026"
    assert Path(warehouse.current()).name == done.published
    again = submission.submit(LOCAL_ANALYST, file, "Ann", "again", print)
    assert (again.receipt, again.status) == (2, "repeated")
    assert verdict.built(again) == "The same file had come before, so no figure changed."


def test_the_commands_own_sentence_is_what_is_said(place):
    place.joinpath("landing").write_text("a file where a folder should be")
    file = Upload("a.csv", CLEAN, "incidents")
    done = submission.submit(LOCAL_ANALYST, file, "Ann", "test", print)
    assert done.receipt == 0
    assert done.stopped
    assert "Traceback" not in done.stopped


def test_a_sentence_broken_over_lines_is_put_together():
    printed = "Stopped: Somebody else is building\nthe warehouse. Wait.\n"
    said = command.sentence("submit", 1, printed, "", 60)
    assert said == "Somebody else is building the warehouse. Wait."


def test_a_crash_says_nothing_of_its_inside():
    said = command.sentence("check", 1, "", "Traceback: secret /srv/x", 60)
    assert "secret" not in said and "not the file's fault" in said


def test_a_command_that_takes_too_long_is_ended(monkeypatch, tmp_path):
    (tmp_path / "pipelines").mkdir()
    # Without it the package would give way to the real one, where that is on the path.
    (tmp_path / "pipelines" / "__init__.py").write_text("")
    (tmp_path / "pipelines" / "__main__.py").write_text("import time; time.sleep(60)")
    monkeypatch.setattr(command, "ROOT", tmp_path)
    begun = time.monotonic()
    with pytest.raises(CommandError, match="longer than 1 minutes"):
        command.run(["check"], 0.5)
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    ("line", "is_step"),
    [
        ("Checking every rule", True),
        ("Reading 3 files", True),
        ("Traceback (most recent call last):", False),
        ("KeyError: 'x'", False),
        ("  warnings.warn(x)", False),
        ("", False),
    ],
)
def test_only_names_of_steps_are_told(line, is_step):
    assert bool(command.STEP.fullmatch(line)) == is_step


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("csv", b"incident_ref"),
        ("workbook", b"PK"),
        ("metadata", b"{"),
        ("dictionary", b"\xef\xbb\xbfColumn"),
    ],
)
def test_templates_come_in_four_forms(form, start):
    assert submission.giver("incidents", form)().startswith(start)


def test_the_page_starts_no_great_expectations():
    code = "import sys, analytics.submit.submission; print('great_expectations' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# Jobs ---------------------------------------------------------------------------------


def test_a_job_goes_on_when_nobody_follows_and_can_be_followed_again():
    go, told = threading.Event(), []

    def work(tell):
        tell("First")
        go.wait(10)
        tell("Second")
        return 7

    job = Job("key", work)
    for steps in job.follow():
        told.append(steps)
        if steps == ["First"]:
            break
    assert not job.is_done
    go.set()
    list(job.follow())
    assert (job.is_done, job.result, job.steps) == (True, 7, ["First", "Second"])


def test_a_job_that_fails_keeps_its_failure():
    def work(tell):
        raise NotAllowedError("no")

    job = Job("key", work)
    list(job.follow())
    assert isinstance(job.failure, NotAllowedError)
    assert submission.unforeseen(job.failure) == "no"
    assert "secret" not in submission.unforeseen(RuntimeError("secret"))


# Words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            Verdict("loaded in part", "", 190, 182, 8),
            "182 of 190 rows would be accepted; 8 are set aside.",
        ),
        (Verdict("loaded in part", "", 2, 1, 1), "1 of 2 rows would be accepted; 1 is set aside."),
        (Verdict("loaded", "", 1, 1), "1 of 1 row would be accepted."),
        (
            Verdict("loaded", "", 3, 2, 0, 1),
            "2 of 3 rows would be accepted; 1 is replaced by a later row of the file.",
        ),
        (
            Verdict("refused", "It is empty."),
            "The file is refused: no row of it can be loaded. It is empty.",
        ),
        (Verdict(stopped="The disk is full."), "The file could not be checked. The disk is full."),
    ],
)
def test_the_verdict_is_a_sentence(found, said):
    assert verdict.headline(found) == said


def test_addresses_and_marks_in_a_cell_are_shown_as_they_came():
    shown = safe.inert(HOSTILE)
    assert "\\<b\\>\\*\\*x" in shown
    assert "http:\u200b//" in shown or "http\\:\u200b//" in shown
    assert "www\u200b." in shown
    assert safe.inert("a@b.example") == "a@\u200bb.example"
    assert safe.inert("12:30 on 3/4") == "12:30 on 3/4"


# The page -----------------------------------------------------------------------------


class Calls:
    """Stands for the command: counts what was asked, and answers at once."""

    def __init__(self, found: Verdict, done: Outcome | None = None) -> None:
        self.found, self.done = found, done
        self.checked: list[Upload] = []
        self.submitted: list[tuple[str, str]] = []

    def check(self, viewer, upload, tell) -> Verdict:
        self.checked.append(upload)
        tell("Checking every rule")
        return self.found

    def submit(self, viewer, upload, sent_by, purpose, tell) -> Outcome:
        self.submitted.append((sent_by, purpose))
        assert self.done
        return self.done


def calling(monkeypatch, found: Verdict, done: Outcome | None = None) -> Calls:
    """Put a stand-in in the command's place."""
    calls = Calls(found, done)
    monkeypatch.setattr(submission, "check", calls.check)
    monkeypatch.setattr(submission, "submit", calls.submit)
    return calls


def page(content: bytes = b"", name: str = "June *x*.csv") -> AppTest:
    """The page, with a file chosen where there is one."""
    app = app_of("submit_data").run()
    return choose(app, content, name) if content else app


def choose(app: AppTest, content: bytes, name: str) -> AppTest:
    """Choose a file."""
    return app.file_uploader[0].set_value((name, content, "text/csv")).run()


def button(app: AppTest, label: str):
    """The button with a label."""
    return next(each for each in app.button if each.label == label)


def said(app: AppTest) -> str:
    """Everything written on the page, as it is read."""
    blocks = [
        *app.header,
        *app.subheader,
        *app.markdown,
        *app.caption,
        *app.error,
        *app.success,
        *app.warning,
    ]
    return " \n".join(block.value for block in blocks).replace("\\", "")


PART = Verdict("loaded in part", "Two blank rows were skipped.", 3, 1, 2)
REFUSED = Verdict("refused", "The columns are those of disruptions.")


def test_the_page_opens_without_a_warehouse_and_submits_nothing(place):
    app = page()
    assert not app.exception
    assert button(app, "Check the file").disabled
    assert button(app, "Submit").disabled
    assert "at most" in said(app) and "MB" in said(app)
    assert "one row per incident" in said(app)


def test_one_check_is_run_for_a_file_however_often_the_page_is(monkeypatch, place):
    calls = calling(monkeypatch, PART)
    app = page(CLEAN)
    assert calls.checked == []
    button(app, "Check the file").click().run()
    app.run()
    app.run()
    button(app, "Check the file").click().run()
    assert len(calls.checked) == 1
    assert calls.checked[0].content == CLEAN
    assert "1 of 3 rows would be accepted; 2 are set aside." in said(app)
    assert "3 = 1 accepted + 2 set aside + 0 superseded." in said(app)
    assert "Two blank rows were skipped." in said(app)
    assert [card.value for card in app.metric] == ["3", "1", "2", "0"]


def test_another_file_or_another_way_to_read_it_asks_for_another_check(monkeypatch, place):
    calls = calling(monkeypatch, PART)
    app = page(CLEAN)
    button(app, "Check the file").click().run()
    app.checkbox(key="decimal-comma").check().run()
    assert "The verdict" not in said(app)
    assert button(app, "Submit").disabled
    button(app, "Check the file").click().run()
    choose(app, DIRTY, "other.csv")
    assert "The verdict" not in said(app)
    assert len(calls.checked) == 2


def test_a_refused_file_cannot_be_submitted(monkeypatch, place):
    calling(monkeypatch, REFUSED)
    app = page(CLEAN)
    button(app, "Check the file").click().run()
    assert "The columns are those of disruptions." in said(app)
    assert button(app, "Submit").disabled


def test_a_file_with_rows_set_aside_is_submitted_once_with_who_and_what_for(monkeypatch, place):
    done = Outcome(7, "loaded in part", "", 3, 1, 2)
    calls = calling(monkeypatch, PART, done)
    app = page(CLEAN)
    button(app, "Check the file").click().run()
    assert "1 row will count. The 2 rows set aside stay in the file" in said(app)
    button(app, "Submit").click().run()
    assert "Say who sends the file and what it is for." in said(app)
    assert calls.submitted == []
    app.text_input(key="sent-by").set_value("Ann")
    app.text_input(key="purpose").set_value("June")
    button(app, "Submit").click().run()
    assert calls.submitted == [("Ann", "June")]
    assert "Received as receipt 7. 1 of 3 rows now count, 2 set aside." in said(app)
    app.run()
    assert button(app, "Submit").disabled
    assert calls.submitted == [("Ann", "June")]


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (Outcome(stopped="The disk is full."), "The file was not received. The disk is full."),
        (
            Outcome(9, stopped="Somebody else is building."),
            "received as receipt 9, but the figures were not made again",
        ),
        (Outcome(0, "refused", "It changed."), "The file was not received. It changed."),
    ],
)
def test_what_stops_a_submission_is_said_in_its_own_sentence(monkeypatch, place, done, words):
    calling(monkeypatch, PART, done)
    app = page(CLEAN)
    button(app, "Check the file").click().run()
    app.text_input(key="sent-by").set_value("Ann")
    app.text_input(key="purpose").set_value("June")
    button(app, "Submit").click().run()
    assert words in said(app)


def test_options_are_asked_only_where_they_matter(monkeypatch, place):
    app = page(CLEAN)
    labels = {each.label for each in app.text_input}
    assert not any("Sheet" in label or "CAF" in label for label in labels)
    choose(app, b"PK", "book.xlsx")
    assert any("Sheet" in each.label for each in app.text_input)
    other = app_of("submit_data")
    other.query_params["into"] = "CAF assessments"
    assert any("CAF version" in each.label for each in other.run().text_input)


def test_a_council_is_told_that_it_may_not(monkeypatch, place):
    monkeypatch.setattr(store, "viewer", lambda: COUNCIL)
    app = page()
    assert not app.exception
    assert "You may not see this." in said(app)
    assert not app.file_uploader


def test_cells_of_an_upload_are_shown_as_they_came(place):
    app = page(DIRTY)
    button(app, "Check the file").click().run(timeout=120)
    cells = app.table[0].value.to_numpy().ravel().tolist()
    assert safe.inert(HOSTILE) in cells
    assert HOSTILE not in said(app)
