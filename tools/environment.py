"""Makes `.venv`, installs what is pinned, then runs or tests.

It stands behind `make run` and `make test`, and runs on any Python 3 with nothing
installed. Every failure that a newcomer may meet (an old Python, no venv module, no
disk, no network) ends in one sentence that says what to do.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path


ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST, NEWEST = (3, 11), (3, 14)
ROOM = 2_000_000_000
PORT = 8501
NEEDS = {"run": ["requirements.txt"], "test": ["requirements.txt", "requirements-dev.txt"]}


def stop(sentence):
    """End with one sentence and no traceback."""
    sys.exit("Stopped: " + sentence)


def main():
    """`python -m tools.environment run` or `test`."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else "run"
    if wanted not in NEEDS:
        stop("say 'run' or 'test'.")
    python = prepare(wanted)
    os.chdir(str(ROOT))
    if wanted == "test":
        sys.exit(subprocess.call([python, "-m", "tools.test", *sys.argv[2:]]))
    run(python)


def prepare(wanted):
    """A virtual environment that has what `wanted` needs; answers its Python."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        make_venv()
    marker = VENV / ("installed-" + wanted)
    digest = hash_of(NEEDS[wanted])
    if not marker.exists() or marker.read_text() != digest:
        install(str(python), NEEDS[wanted][-1])
        marker.write_text(digest)
    return str(python)


def make_venv():
    """Create `.venv` with the first Python found that is new enough."""
    if shutil.disk_usage(str(ROOT)).free < ROOM:
        stop("less than 2 GB of disk is free; make room and try again.")
    python = find_python()
    print("Making .venv with " + python, flush=True)
    result = subprocess.run([python, "-m", "venv", str(VENV)], capture_output=True)
    if result.returncode:
        shutil.rmtree(str(VENV), ignore_errors=True)
        stop(
            "this Python has no working venv module. On Debian or Ubuntu: "
            "sudo apt-get install python3-venv; elsewhere install Python from "
            "python.org."
        )


def find_python():
    """This Python, or another on the PATH that is 3.11 to 3.14."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    minors = range(NEWEST[1], OLDEST[1] - 1, -1)
    paths = (shutil.which("python3." + str(minor)) for minor in minors)
    found = next((path for path in paths if path and works(path)), None)
    if not found:
        have = ".".join(map(str, sys.version_info[:2]))
        stop("Python 3.11 to 3.14 is needed and this is " + have + ". Install one of them.")
    return found


def works(python):
    """A name on the PATH may be a shim for a version that is not there."""
    return subprocess.run([python, "--version"], capture_output=True).returncode == 0


def install(python, requirements):
    """Install pinned packages; a failure keeps pip's own words on screen."""
    print("Installing " + requirements + " (once; some minutes)", flush=True)
    command = [python, "-m", "pip", "install", "--disable-pip-version-check", "-q"]
    if subprocess.call([*command, "-r", str(ROOT / requirements)]):
        stop(
            "the packages could not be installed. Check the network or your package "
            "mirror (pip's message stands above), then try again."
        )


def hash_of(names):
    """One hash of the requirement files, and of the constraints behind them."""
    digest = hashlib.sha256()
    for name in [*names, "constraints.txt"]:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def run(python):
    """Make data if there is none, the warehouse if inputs changed, then serve."""
    if is_taken(PORT):
        stop(
            "port 8501 is in use: the dashboard may be running already at "
            "http://127.0.0.1:8501. Stop it first."
        )
    call([python, "-m", "pipelines", "demo", "--if-missing"], {0})
    call([python, "-m", "pipelines", "build", "--if-changed"], {0, 10})
    print("Serving on http://127.0.0.1:8501 (Ctrl+C stops it)", flush=True)
    try:
        sys.exit(subprocess.call([python, "-m", "streamlit", "run", "asgi.py"]))
    except KeyboardInterrupt:
        sys.exit(0)


def call(command, accepted):
    """Run one step; 10 means that some rows were set aside, which is no failure."""
    code = subprocess.call(command)
    if code not in accepted:
        stop("the step above failed; what it printed says why.")


def is_taken(port):
    """Whether something listens on the port already."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    main()
