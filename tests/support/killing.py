"""Rounds in which a command is killed on the way, and what must hold afterwards."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from analytics.reading.warehouse import current
from pipelines.landing import Receipt
from pipelines.publish import published, read_pointer
from settings import ROOT
from tests.support.compare import differences
from tests.support.faulty import ENDED, FOLDERS, Command, Limits
from tests.support.sender import Figures, Lines, Sender
from tests.support.warehouse import Installation


FINE = (0, 10)
BROKEN_OFF = "An earlier build was broken off"


@dataclass
class Round:
    """One command that was killed: how and where, what served then, and what is wrong.

    `how` is `at a random moment`, `at a change of a file`, `from a cold start`, or the
    change itself before which it dies.
    `state` is which figures served after the kill, `before` or `after`; `step` the last
    that the command said.
    """

    how: str
    step: str = ""
    state: str = ""
    is_killed: bool = False
    wrong: list[str] = field(default_factory=list)


class Trial:
    """One installation to which files are sent while commands are being killed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.installation = Installation(folder)
        self.told = folder / "told.txt"
        self.sender = Sender(self.installation, seed)
        self.random = self.sender.random
        self.pending: Lines = []
        self.lines: Lines = []
        # The first build reads all reference tables; the second is as all others are.
        self.finish([["build"]])
        started = time.monotonic()
        self.finish(self.new_file())
        self.seconds = time.monotonic() - started
        self.changes = int(self.command.last.split(", ")[1].split()[0])

    def finish(self, lines: Lines) -> None:
        """Run to the end; anything but success is a fault of the trial."""
        self.command = Command(self.installation.settings, lines, self.told)
        code = self.command.wait()
        assert code in FINE, f"exit code {code}: {self.command.text}"

    def new_file(self) -> Lines:
        """The command that hands in a new file."""
        return self.sender.submit(self.sender.make(self.sender.outbox))

    def round(self, how: str, lines: Lines | None = None) -> Round:
        """Kill one command, look at what serves, then let a build complete."""
        done = Round(how)
        receipts = self.sender.landing.receipts()
        before = self.sender.read(self.installation.published)
        # What did not arrive is handed in again, as whoever sent it would.
        self.lines = self.pending or lines or self.sender.act()
        self.pending = []
        done.is_killed = self.kill(done)
        self.look(done, receipts, before)
        self.recover(done)
        if len(self.sender.landing.receipts()) == len(receipts):
            self.pending = self.lines
        return done

    def kill(self, done: Round) -> bool:
        """Start the command and kill it; false where it had ended before."""
        if done.how == "from a cold start":
            return self.kill_cold(done)
        limits = Limits(dies_at=done.how)
        if done.how == "at a change of a file":
            limits = Limits(dies_before=self.random.randrange(self.changes))
        command = Command(self.installation.settings, self.lines, self.told, limits)
        if done.how == "at a random moment":
            time.sleep(self.random.uniform(0, self.seconds))
            command.kill()
        else:
            command.wait()
        done.step = in_short(command.text)
        return ENDED not in command.text

    def kill_cold(self, done: Round) -> bool:
        """A command as a person starts it, imports and all."""
        folders = self.installation.settings
        names = {f"COUNCIL_{n.upper()}": str(getattr(folders, n)) for n in FOLDERS}
        with self.told.open("wb") as told:
            process = subprocess.Popen(
                [sys.executable, "-m", "pipelines", *self.lines[-1]],
                cwd=ROOT,
                env={**os.environ, **names},
                stdout=told,
                stderr=told,
            )
            time.sleep(self.random.uniform(0, self.seconds + 4))
            process.kill()
            code = process.wait()
        done.step = in_short(self.told.read_text(encoding="utf-8", errors="replace"))
        return code < 0

    def look(self, done: Round, receipts: list[Receipt], before: Figures) -> None:
        """What readers get right after the kill."""
        folder = self.installation.settings.warehouse
        path, pointer = Path(current(folder)), read_pointer(folder)
        if pointer is None or path.name != pointer.file:
            done.wrong.append(f"{path.name} serves, the pointer says {pointer}")
        now = self.sender.landing.receipts()
        if now[: len(receipts)] != receipts or len(now) > len(receipts) + 1:
            done.wrong.append(f"{len(receipts)} receipts became {now[-3:]}")
        figures = self.sender.read(path)
        if figures == before:
            done.state = "before"
        elif figures == self.sender.expected():
            done.state = "after"
        else:
            done.wrong.append(f"figures are neither before nor after: {figures}")

    def recover(self, done: Round) -> None:
        """The next build completes, leaves nothing behind and gives the figures."""
        left = leftovers(self.installation.settings.warehouse)
        self.finish([["build"]])
        if left and BROKEN_OFF not in self.command.said:
            done.wrong.append(f"{left} lay there and nothing was said of it")
        figures, expected = (self.sender.read(self.installation.published), self.sender.expected())
        if figures != expected:
            done.wrong.append(f"figures are {figures} and not {expected}")
        left = leftovers(self.installation.settings.warehouse)
        pointer = read_pointer(self.installation.settings.warehouse)
        before = pointer.previous if pointer else ""
        if not (self.installation.settings.warehouse / (before or "none")).exists():
            done.wrong.append(f"no file to fall back on: {pointer}")
        if left or self.sender.landing.damaged():
            done.wrong.append(f"left behind: {left}, {self.sender.landing.damaged()}")

    def compare(self, folder: Path) -> list[str]:
        """Where a warehouse made from the landing alone differs from the one in use."""
        # Its own folder for files to pick up, with nothing in it.
        apart = {"warehouse": folder / "warehouse", "raw": folder / "raw"}
        other = self.installation.settings.model_copy(update=apart)
        command = Command(other, [["build", "--from-landing"]], self.told)
        assert command.wait() in FINE, command.text
        made = published(other.warehouse)
        assert made, "nothing was made from the landing"
        return differences(self.installation.published, made)


def leftovers(folder: Path) -> list[str]:
    """Names of what an unfinished build leaves in the warehouse's folder."""
    found = [*folder.glob("*.part*"), *folder.glob("building-*")]
    return sorted({path.name for path in found})


def in_short(text: str) -> str:
    """Where a command was: its part, and the last step that it said."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return "starting"
    last = lines[-1]
    if last.startswith("Killed before "):
        return last.removeprefix("Killed ")
    is_build = "Looking for new files" in text
    if last.startswith("Received"):
        last = "file received"
    elif "Published" in text or text.count("┏"):
        last = "printing the report"
    return f"{'build' if is_build else 'submit'}: {last[:40]}"
