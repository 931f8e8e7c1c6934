"""Commands in processes of their own, which may be killed, starved or tied.

A warm process imports Great Expectations once and holds no connection; each command
runs in a copy of it, so that a test can kill many without seconds of imports. Where the
system cannot fork, each command starts afresh.
"""

import ctypes
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from settings import ROOT, Settings


FOLDERS = ("raw", "demonstration", "public", "reference", "landing", "warehouse")
CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
ENDED = "All commands ended"
# Version 3 of the call that sets what a process may do beyond its user's rights.
CAPABILITIES = 0x20080522


@dataclass(frozen=True)
class Limits:
    """What befalls the process.

    `largest` is the greatest size in bytes that a file may grow to; `is_tied` takes
    from root the power to write where permissions forbid it; it kills itself before a
    change of a file: the one with the number `dies_before`, from 0, or the first that
    is `dies_at`, such as `os.rename of CURRENT.part`.
    """

    largest: int = 0
    is_tied: bool = False
    dies_before: int = -1
    dies_at: str = ""


@dataclass
class Command:
    """Command lines that run one after another in a process of their own."""

    settings: Settings
    lines: Sequence[Sequence[object]]
    told: Path
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        self.told.write_text("", encoding="utf-8")
        folders = {name: getattr(self.settings, name) for name in FOLDERS}
        words = [[str(word) for word in line] for line in self.lines]
        self.process = warm().Process(
            target=run_lines, args=(folders, words, self.told, self.limits)
        )
        self.started = time.monotonic()
        self.process.start()

    def wait(self, seconds: float = 120) -> int:
        """Exit code of the last command line; minus the signal where it was killed."""
        self.process.join(seconds)
        code = self.process.exitcode
        assert code is not None, f"still running after {seconds} s: {self.text}"
        return code

    def wait_for(self, words: str, seconds: float = 60) -> None:
        """Until the command has said these words, or has ended."""
        until = time.monotonic() + seconds
        while words not in self.text and self.process.is_alive():
            assert time.monotonic() < until, f"never said {words!r}: {self.text}"
            time.sleep(0.002)
        assert words in self.text, f"ended without {words!r}: {self.text}"

    def signal(self, number: int) -> None:
        """Send a signal; a process that has ended gets none."""
        if self.process.pid and self.process.is_alive():
            os.kill(self.process.pid, number)

    def kill(self) -> int:
        """End it at once, as a failing machine would."""
        self.signal(signal.SIGKILL)
        return self.wait()

    @property
    def text(self) -> str:
        """All that it has said."""
        return self.told.read_text(encoding="utf-8", errors="replace")

    @property
    def said(self) -> str:
        """All that it has said, as one line."""
        return " ".join(self.text.split())

    @property
    def last(self) -> str:
        """The last line that it said: the step in which it is, or was."""
        lines = [line.strip() for line in self.text.splitlines() if line.strip()]
        return lines[-1] if lines else "Starting"


def warm() -> Any:
    """Where processes come from: copies of one that has imported everything."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # The warm process looks for modules here, whatever folder the tests run from.
    paths = [str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(filter(None, paths)))
    context.set_forkserver_preload(["tests.support.faulty", "tests.support.warming"])
    return context


def run_lines(folders: dict[str, Path], lines: list[list[str]], told: Path, limits: Limits) -> None:
    """In the new process: the real command line, with these folders."""
    from pipelines.__main__ import main
    from settings import settings

    for name, folder in folders.items():
        setattr(settings, name, folder)
    with told.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    limit(limits, settings.landing.parent)
    code = 0
    for words in lines:
        code = run_line(main, words)
    os.write(1, f"\n{ENDED}, {made_so_far()} changes of files\n".encode())
    sys.exit(code)


def run_line(main: Any, words: list[str]) -> int:
    """One command line; answers its exit code."""
    sys.argv = ["pipelines", *words]
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    return 0


def limit(limits: Limits, folder: Path) -> None:
    """Put the limits on this process."""
    if limits.largest:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limits.largest, limits.largest))
    if limits.is_tied:
        tie()
    Changes.folder, Changes.limits = str(folder), limits
    sys.addaudithook(Changes.hook)


class Changes:
    """Counts this process's changes of files in a folder; kills it before one."""

    folder = ""
    limits = Limits()
    made = 0

    @classmethod
    def hook(cls, event: str, arguments: tuple[Any, ...]) -> None:
        """Python calls this before each thing that it asks of the system."""
        if not is_change(event, arguments) or not cls.is_inside(arguments):
            return
        change = f"{event} of {plain(Path(str(arguments[0])).name)}"
        if cls.made == cls.limits.dies_before or change == cls.limits.dies_at:
            os.write(1, f"\nKilled before {change}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)
        cls.made += 1

    @classmethod
    def is_inside(cls, arguments: tuple[Any, ...]) -> bool:
        """Whether what is changed lies in the folder that is watched."""
        return str(arguments[0]).startswith(cls.folder)


def made_so_far() -> int:
    """Changes of files that this process has made."""
    return Changes.made


def is_change(event: str, arguments: tuple[Any, ...]) -> bool:
    """Whether an event of Python's audit is a file written, moved or removed."""
    return event in CHANGES or (event == "open" and bool(arguments[2] & WRITES))


def plain(name: str) -> str:
    """A file's name without its hash or random letters, so that like ones add up."""
    if len(name.split(".")[0]) == 64:
        return f"<hash>{name[64:]}"
    if len(name) == 2:
        return "<hash folder>"
    for kind in ("building-", "warehouse-"):
        if name.startswith(kind) and name != "building-spill":
            return f"{kind}..."
    digits = name.split(".")[0]
    return name.replace(digits, "<number>") if digits.isdigit() else name


def tie() -> None:
    """Take every power beyond a user's rights from this process, root's too."""
    header = (ctypes.c_uint32 * 2)(CAPABILITIES, 0)
    nothing = (ctypes.c_uint32 * 6)()
    if os.geteuid() == 0 and ctypes.CDLL(None, use_errno=True).capset(header, nothing):
        raise OSError(ctypes.get_errno(), "root keeps its powers")
