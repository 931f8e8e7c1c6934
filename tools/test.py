"""Everything that `make test` runs: lint, format, types, then every test."""

import subprocess
import sys

from tools.browser import find_or_install


STEPS = {
    "Lint": ["ruff", "check", "."],
    "Format": ["ruff", "format", "--check", "."],
    "Types": ["mypy"],
    "Tests": ["pytest"],
}


def main() -> None:
    """Run every step, even after one failed; the exit code says whether all passed."""
    print(f"Browser: {find_or_install() or 'none'}", flush=True)
    failed = []
    for name, command in STEPS.items():
        print(f"== {name}", flush=True)
        extra = sys.argv[1:] if name == "Tests" else []
        if subprocess.call([sys.executable, "-m", *command, *extra]):
            failed.append(name)
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
