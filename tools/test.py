"""Everything that `make test` runs: lint, format, types, then every test."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tools.browser import find_or_install


STEPS = {
    "Lint": ["ruff", "check", "."],
    "Format": ["ruff", "format", "--check", "."],
    "Types": ["mypy"],
}
TESTS = Path(__file__).parents[1] / "tests"
# About half of the time: the rest runs beside them, in a process of its own.
HALF = (
    "test_browser.py",
    "test_control.py",
    "test_disclosure.py",
    "test_durations.py",
    "test_marts.py",
    "test_maturity_disclosure.py",
    "test_maturity_page.py",
    "test_maturity_reads.py",
    "test_maturity_twins.py",
    "test_pages.py",
    "test_patterns.py",
    "test_rates.py",
    "test_services.py",
)


def main() -> None:
    """Run every step, even after one failed; the exit code says whether all passed."""
    print(f"Browser: {find_or_install() or 'none'}", flush=True)
    failed = []
    for name, command in STEPS.items():
        print(f"== {name}", flush=True)
        if subprocess.call([sys.executable, "-m", *command]):
            failed.append(name)
    print("== Tests", flush=True)
    if not tested(sys.argv[1:]):
        failed.append("Tests")
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


def tested(asked: list[str]) -> bool:
    """Run the tests asked for, or all of them in two processes side by side."""
    pytest = [sys.executable, "-m", "pytest"]
    if asked:
        return subprocess.call([*pytest, *asked]) == 0
    half = [str(TESTS / name) for name in HALF]
    rest = [f"--ignore={name}" for name in half]
    with tempfile.TemporaryFile() as output:
        beside = subprocess.Popen(
            [*pytest, "-p", "no:cacheprovider", *half], stdout=output, stderr=output
        )
        first = subprocess.call([*pytest, str(TESTS), *rest])
        second = beside.wait()
        output.seek(0)
        print(output.read().decode("utf-8", "replace"), flush=True)
    return first == 0 and second == 0


if __name__ == "__main__":
    main()
