"""Work that goes on by itself while a page follows it, step by step.

A page may be run again, or left, at any moment; the work is neither started twice nor
broken off by that.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar


Result = TypeVar("Result")
LOG = logging.getLogger(__name__)


class Job(Generic[Result]):
    """One piece of work in a thread of its own; `key` says what it is about."""

    def __init__(self, key: str, work: Callable[[Callable[[str], None]], Result]) -> None:
        self.key = key
        self.result: Result | None = None
        self.failure: Exception | None = None
        self.steps: list[str] = []
        self._changed = threading.Condition()
        self._is_done = False
        # Not a daemon: a server that is stopped lets it end and tidy up after itself.
        threading.Thread(target=self._do, args=(work,)).start()

    @property
    def is_done(self) -> bool:
        """Whether the work has ended, well or not."""
        return self._is_done

    def follow(self) -> Iterator[list[str]]:
        """The steps so far, at every change and every second, until the work ends.

        A page that is left meanwhile can stop at any of them.
        """
        while not self._is_done:
            with self._changed:
                self._changed.wait(timeout=1)
                steps = list(self.steps)
            yield steps

    def _do(self, work: Callable[[Callable[[str], None]], Result]) -> None:
        try:
            self.result = work(self._step)
        except Exception as error:  # told by the page; the thread has nobody to tell
            LOG.exception("work on %s failed", self.key[:12])
            self.failure = error
        with self._changed:
            self._is_done = True
            self._changed.notify_all()

    def _step(self, name: str) -> None:
        with self._changed:
            self.steps.append(name)
            self._changed.notify_all()
