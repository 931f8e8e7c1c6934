"""Hands a file in: checks it, submits it and gives templates, through the command line.

The pipeline runs as a process of its own, `python -m pipelines`, so pages never import
it or Great Expectations. An upload lies in a private folder while it is read, and
nothing of it stays there. Only the department may hand in for now; that is said here
and not only on the page.
"""

import csv
import hashlib
import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.reading.viewer import NotAllowedError, Viewer
from analytics.submit.command import CommandError, answer, run, unexpected
from analytics.submit.file_names import one_line, safe_name
from settings import settings


CHECK_SECONDS, SUBMIT_SECONDS, GIVE_SECONDS = 600, 3600, 60
# As the command writes the list of what to mend.
LINE, COLUMN, VALUE, RULE = "Line", "Column", "Value received", "Rule"
MEND, HAPPENED = "How to mend it", "What happened"
SHOWN = [LINE, COLUMN, VALUE, RULE, MEND]
SET_ASIDE = "set aside"
OnStep = Callable[[str], None]


@dataclass(frozen=True)
class Kind:
    """A dataset that may be handed in, in words; `every` is month, year or neither."""

    dataset: str
    title: str
    description: str
    every: str
    due_days: str
    words: str


@dataclass(frozen=True)
class Options:
    """What a file does not say of itself; empty where it does."""

    sheet: str = ""
    council: str = ""
    system: str = ""
    period: str = ""
    assessment: str = ""
    caf_version: str = ""
    decimal_comma: bool = False

    def words(self) -> list[str]:
        """The options as the command takes them, each in one word."""
        said = {name: value for name, value in asdict(self).items() if value}
        words = [f"--{name.replace('_', '-')}" for name in said]
        return [
            word if value is True else f"{word}={one_line(str(value))}"
            for word, value in zip(words, said.values(), strict=True)
        ]


@dataclass(frozen=True)
class Upload:
    """A file as a browser sends it, and how it is to be read."""

    name: str
    content: bytes
    dataset: str
    options: Options = Options()

    @cached_property
    def digest(self) -> str:
        """The same for the same bytes, name, dataset and options, and for no others."""
        about = repr((self.name, self.dataset, self.options, self.sha256))
        return hashlib.sha256(about.encode()).hexdigest()

    @cached_property
    def sha256(self) -> str:
        """What the receipt names the bytes by."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What a check found: counts, and one row per fault and per note.

    `faults` and `notes` have the columns of `SHOWN`. `stopped` is a sentence where
    there is no verdict at all.
    """

    status: str = ""
    reason: str = ""
    rows_in: int = 0
    accepted: int = 0
    quarantined: int = 0
    superseded: int = 0
    faults: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=SHOWN))
    notes: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=SHOWN))
    errors_csv: bytes = b""
    errors_workbook: bytes = b""
    stopped: str = ""

    @property
    def is_acceptable(self) -> bool:
        """Whether the file may be submitted; rows set aside do not stop it."""
        return not self.stopped and self.status not in ("", "refused")


@dataclass(frozen=True)
class Outcome:
    """What became of a submission: receipt number, or 0, and what the build did."""

    receipt: int = 0
    status: str = ""
    reason: str = ""
    rows_in: int = 0
    accepted: int = 0
    quarantined: int = 0
    superseded: int = 0
    published: str = ""
    messages: tuple[str, ...] = ()
    stopped: str = ""


def kinds() -> list[Kind]:
    """Datasets that councils hand in, in the order of the list of schedules."""
    path = settings.reference / "schedules.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [Kind(**row) for row in csv.DictReader(file)]


def check(viewer: Viewer, upload: Upload, on_step: OnStep) -> Verdict:
    """Judge a file and load nothing; steps are told by name as they begin."""
    viewer.require_department()
    with private_copy(upload) as path:
        errors, workbook = path.parent.parent / "e.csv", path.parent.parent / "e.xlsx"
        wanted = [f"--errors={errors}", f"--workbook={workbook}"]
        try:
            report = answer(["check", *asked(path, upload), *wanted], CHECK_SECONDS, on_step)
        except CommandError as error:
            return Verdict(stopped=str(error))
        return verdict(report, read_if_there(errors), read_if_there(workbook))


def submit(viewer: Viewer, upload: Upload, sent_by: str, purpose: str, on_step: OnStep) -> Outcome:
    """Check again, keep the file with a receipt, and build the warehouse anew."""
    viewer.require_department()
    about = [f"--sent-by={one_line(sent_by)}", f"--purpose={one_line(purpose)}"]
    before = last_receipt(upload.sha256)
    with private_copy(upload) as path:
        try:
            report = answer(["submit", *asked(path, upload), *about], SUBMIT_SECONDS, on_step)
        except CommandError as error:
            number = last_receipt(upload.sha256)
            return Outcome(number if number != before else 0, stopped=str(error))
    return outcome(report, upload)


def asked(path: Path, upload: Upload) -> list[str]:
    """The file, its dataset and its options as both commands take them."""
    known = {kind.dataset for kind in kinds()}
    if upload.dataset not in known:
        raise ValueError(f"{upload.dataset!r} is no dataset that is handed in.")
    return [str(path), f"--dataset={upload.dataset}", *upload.options.words(), "--json"]


def verdict(report: dict[str, Any], errors: bytes, workbook: bytes) -> Verdict:
    """A check's report and its list of what to mend, as a page shows them."""
    file, rows = report["files"][0], mending(errors)
    is_aside = rows[HAPPENED] == SET_ASIDE
    is_note = ~is_aside & (file["status"] != "refused")
    return Verdict(
        **counts(file),
        faults=rows.loc[is_aside, SHOWN].reset_index(drop=True),
        notes=rows.loc[is_note, SHOWN].reset_index(drop=True),
        errors_csv=errors if len(rows) else b"",
        errors_workbook=workbook if len(rows) else b"",
    )


def mending(errors: bytes) -> pd.DataFrame:
    """The list of what to mend, every cell as text."""
    rows = list(csv.DictReader(io.StringIO(errors.decode("utf-8-sig"), newline="")))
    frame = pd.DataFrame(rows, columns=[*SHOWN, HAPPENED], dtype=object).fillna("")
    lines = pd.to_numeric(frame[LINE], errors="coerce")
    return frame.assign(**{LINE: lines.astype("Int64")})


def counts(file: dict[str, Any]) -> dict[str, Any]:
    """State, reason and row counts of one file of a report."""
    numbers = ("rows_in", "accepted", "quarantined", "superseded")
    return {
        "status": file["status"],
        "reason": file["reason"] or "",
        **{name: int(file[name]) for name in numbers},
    }


def outcome(report: dict[str, Any], upload: Upload) -> Outcome:
    """What the build says of this file; it may have taken in others as well."""
    own = [f for f in report["files"] if f["file_sha256"] == upload.sha256]
    file = max(own, key=lambda each: each["arrival"])
    received = file["status"] != "refused"
    return Outcome(
        receipt=last_receipt(upload.sha256) if received else 0,
        **counts(file),
        published=report["published"],
        messages=tuple(report["messages"]),
    )


def last_receipt(sha256: str) -> int:
    """Number of the last receipt of these bytes, or 0."""
    try:
        receipts = answer(["receipts", "--json"], GIVE_SECONDS)
    except CommandError:
        return 0
    own = [r["number"] for r in receipts if r["sha256"] == sha256 and r["event"] == "received"]
    return max(own, default=0)


def unforeseen(failure: Exception) -> str:
    """What is said of work that failed: why, where the viewer may know."""
    return str(failure) if isinstance(failure, NotAllowedError) else unexpected()


def template(name: str, form: str) -> bytes:
    """What helps to fill a dataset in: csv, workbook, dictionary or metadata."""
    if name not in {kind.dataset for kind in kinds()}:
        raise ValueError(f"{name!r} is no dataset that is handed in.")
    if form == "workbook":
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "template.xlsx"
            run(["template", name, f"--xlsx={path}"], GIVE_SECONDS)
            return path.read_bytes()
    if form == "dictionary":
        return table(answer(["dictionary", name, "--json"], GIVE_SECONDS))
    words = {"csv": [], "metadata": ["--metadata"]}[form]
    return run(["template", name, *words], GIVE_SECONDS).encode()


def giver(name: str, form: str) -> Callable[[], bytes]:
    """What a download button calls once it is pressed."""
    return lambda: template(name, form)


def table(rows: list[dict[str, Any]]) -> bytes:
    """Rows as CSV that a spreadsheet opens with every letter right."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


@contextmanager
def private_copy(upload: Upload) -> Iterator[Path]:
    """The upload in a folder that only this user can open; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="submit-") as folder:
        # What is handed in has a folder of its own: its name may be any name.
        path = Path(folder) / "file" / safe_name(upload.name)
        path.parent.mkdir()
        path.write_bytes(upload.content)
        yield path


def read_if_there(path: Path) -> bytes:
    """A file's bytes, or nothing where it was not written."""
    return path.read_bytes() if path.exists() else b""
