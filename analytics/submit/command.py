"""Runs `python -m pipelines` as a process of its own, and reads what it answers.

Steps come on the error stream, one a line as each begins; the answer is JSON on the
output. What a person can act on comes as one sentence after "Stopped:".
"""

import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from settings import ROOT, settings


# A verdict is an answer too: 0 clean, 10 some rows set aside, 20 a file refused.
ANSWERED = (0, 10, 20)
STEP = re.compile(r"[A-Z][\w ,]{2,79}")
# Each process takes some hundred megabytes; the third waits.
SLOTS = threading.BoundedSemaphore(2)
WAITING = "Waiting for another file to be checked"
LOG = logging.getLogger(__name__)


class CommandError(Exception):
    """The command gave no answer; the message is a sentence for whoever asked."""


def answer(words: list[str], seconds: float, on_step: Callable[[str], None] | None = None) -> Any:
    """What a command with --json answers; raises CommandError with its sentence."""
    text = run(words, seconds, on_step)
    try:
        return json.loads(text)
    except ValueError as error:
        LOG.error("python -m pipelines %s answered %r", words[0], text[:500])
        raise CommandError(unexpected()) from error


def run(words: list[str], seconds: float, on_step: Callable[[str], None] | None = None) -> str:
    """A command's output; it is ended when it takes longer than `seconds`."""
    tell = on_step or (lambda step: None)
    if not SLOTS.acquire(blocking=False):
        tell(WAITING)
        SLOTS.acquire()
    try:
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as out:
            code, errors = watched(words, seconds, tell, out)
            out.seek(0)
            text = out.read()
    finally:
        SLOTS.release()
    if code in ANSWERED:
        return text
    raise CommandError(sentence(words[0], code, text, errors, seconds))


def watched(
    words: list[str], seconds: float, tell: Callable[[str], None], out: IO[str]
) -> tuple[int, str]:
    """Run to the end, telling each step: exit code, and what else was on the stream."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines", *words],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    other: list[str] = []
    try:
        for line in process.stderr or ():
            step = line.strip()
            is_step = STEP.fullmatch(step)
            tell(step) if is_step else other.append(line)
        return process.wait(), "".join(other)
    finally:
        timer.cancel()
        # Only where telling failed; a process that has ended is left alone.
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()


def environment() -> dict[str, str]:
    """This process's settings, whatever they came from, and UTF-8."""
    ours = {f"COUNCIL_{k.upper()}": str(v) for k, v in settings.model_dump().items()}
    return os.environ | ours | {"PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8"}


def sentence(command: str, code: int, output: str, errors: str, seconds: float) -> str:
    """Why there is no answer: the command's own sentence, or one of ours."""
    # The console breaks long lines; a sentence has none.
    _, stopped, said = " ".join(output.split()).partition("Stopped: ")
    if stopped:
        return said
    LOG.error("pipelines %s ended with %s:\n%s", command, code, errors[-4000:])
    if code < 0:
        minutes = max(round(seconds / 60), 1)
        return (
            f"It was ended, perhaps because it took longer than {minutes} minutes. Use "
            f"the command line for this file: python -m pipelines {command}"
        )
    return unexpected()


def unexpected() -> str:
    """What is said of a fault that nobody foresaw; the log has the rest."""
    return (
        "Something went wrong that is not the file's fault. Try again; if it happens "
        f"again, tell {settings.contact}: the server's log says what it was."
    )
