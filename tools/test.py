"""Lint, format, types and tests: `make check`, `make test` and `make test-all`.

`check` leaves out tests marked `whole` (a browser, the demonstration, many builds);
`all` tries ten times as many invented examples. Further words go on to pytest.
"""

import os
import subprocess
import sys

from tools.browser import find_or_install


STEPS = {
    "Lint": ["ruff", "check", "."],
    "Format": ["ruff", "format", "--check", "."],
    "Types": ["mypy"],
    "Dead code": ["vulture"],
}
# Tests of one file stay in one process: they share what the file's fixtures make.
PYTEST = ["pytest", "-n", "2", "--dist", "loadfile"]
KINDS = ("check", "all")


def main() -> None:
    """Run every step, even after one failed; the exit code says whether all passed."""
    kind, asked = chosen(sys.argv[1:])
    if kind != "check":
        print(f"Browser: {find_or_install() or 'none'}", flush=True)
    failed = []
    for name, command in {**STEPS, "Tests": tests(kind, asked)}.items():
        print(f"== {name}", flush=True)
        if subprocess.call([sys.executable, "-m", *command], env=environment(kind)):
            failed.append(name)
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


def chosen(words: list[str]) -> tuple[str, list[str]]:
    """Which tests are meant, and the words that pytest gets."""
    if words and words[0] in KINDS:
        return words[0], words[1:]
    return "test", words


def tests(kind: str, asked: list[str]) -> list[str]:
    """The command that runs the tests."""
    narrowed = ["-m", "not whole"] if kind == "check" else []
    return [*PYTEST, *narrowed, *asked]


def environment(kind: str) -> dict[str, str]:
    """What the steps see; only `all` tries more examples than usual."""
    return {**os.environ, "HYPOTHESIS_PROFILE": "full"} if kind == "all" else dict(os.environ)


if __name__ == "__main__":
    main()
