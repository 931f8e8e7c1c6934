"""tools/: what a newcomer meets on a fresh machine. Nothing is installed here."""

import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools import browser, environment


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    """A checkout with requirement files and nothing else."""
    for name in ("requirements.txt", "requirements-dev.txt", "constraints.txt"):
        (tmp_path / name).write_text(f"{name}==1.0\n")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    return tmp_path


@pytest.fixture
def commands(monkeypatch) -> list[list[str]]:
    """Commands that would have been run; each ends well."""
    ran: list[list[str]] = []
    monkeypatch.setattr(subprocess, "call", lambda command: ran.append(command) or 0)
    return ran


def said(refused: pytest.ExceptionInfo) -> str:
    """The sentence that a command stopped with."""
    return str(refused.value.code)


@pytest.mark.parametrize("name", ["requirements.txt", "constraints.txt"])
def test_a_changed_requirement_changes_the_hash(root, name):
    before = environment.hash_of(["requirements.txt"])
    assert environment.hash_of(["requirements.txt"]) == before
    (root / name).write_text("another==2.0\n")
    assert environment.hash_of(["requirements.txt"]) != before


def test_requirements_of_the_tests_do_not_change_what_running_needs(root):
    before = environment.hash_of(environment.NEEDS["run"])
    (root / "requirements-dev.txt").write_text("another==2.0\n")
    assert environment.hash_of(environment.NEEDS["run"]) == before
    assert environment.hash_of(environment.NEEDS["test"]) != before


def test_another_word_than_run_or_test_says_which_there_are(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["environment", "serve"])
    with pytest.raises(SystemExit) as refused:
        environment.main()
    assert said(refused) == "Stopped: say 'run' or 'test'."


def test_the_words_of_the_makefile_are_known():
    text = (environment.ROOT / "Makefile").read_text()
    for word in environment.NEEDS:
        assert f"-m tools.environment {word}" in text


def test_a_port_that_something_listens_on_is_taken_and_another_is_not():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert environment.is_taken(port)
    assert not environment.is_taken(port)


def test_a_taken_port_stops_before_anything_is_run(monkeypatch, commands):
    monkeypatch.setattr(environment, "is_taken", lambda port: True)
    with pytest.raises(SystemExit) as refused:
        environment.run("python")
    assert "port 8501 is in use" in said(refused)
    assert "http://127.0.0.1:8501" in said(refused)
    assert commands == []


def test_running_makes_data_then_the_warehouse_then_serves(monkeypatch, commands):
    monkeypatch.setattr(environment, "is_taken", lambda port: False)
    with pytest.raises(SystemExit) as ended:
        environment.run("python")
    assert ended.value.code == 0
    assert [command[2:4] for command in commands] == [
        ["pipelines", "demo"],
        ["pipelines", "build"],
        ["streamlit", "run"],
    ]


@pytest.mark.parametrize(("code", "goes_on"), [(0, True), (10, True), (20, False)])
def test_rows_set_aside_do_not_stop_serving_but_a_refused_file_does(monkeypatch, code, goes_on):
    ran = []

    def call(command):
        ran.append(command[2])
        return code if "build" in command else 0

    monkeypatch.setattr(environment, "is_taken", lambda port: False)
    monkeypatch.setattr(subprocess, "call", call)
    with pytest.raises(SystemExit) as ended:
        environment.run("python")
    assert ("streamlit" in ran) == goes_on
    assert goes_on or "what it printed says why" in said(ended)


@pytest.mark.parametrize("version", [(3, 10, 9), (3, 15, 0), (2, 7, 18)])
def test_a_python_outside_3_11_to_3_14_says_which_one_is_needed(monkeypatch, version):
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit) as refused:
        environment.find_python()
    have = f"{version[0]}.{version[1]}"
    assert f"Python 3.11 to 3.14 is needed and this is {have}." in said(refused)


def test_another_python_on_the_path_is_used_if_it_works(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(environment.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(environment, "works", lambda path: path != "/bin/python3.14")
    assert environment.find_python() == "/bin/python3.13"


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 1)])
def test_a_python_that_is_new_enough_is_used_as_it_is(monkeypatch, version):
    monkeypatch.setattr(sys, "version_info", version)
    assert environment.find_python() == sys.executable


def test_a_full_disk_is_said_before_anything_is_made(root, monkeypatch):
    little = SimpleNamespace(free=1_999_999_999)
    monkeypatch.setattr(environment.shutil, "disk_usage", lambda path: little)
    with pytest.raises(SystemExit) as refused:
        environment.make_venv()
    assert "less than 2 GB of disk is free" in said(refused)
    assert not (root / ".venv").exists()


def test_a_python_without_venv_says_what_to_install_and_leaves_nothing(root, monkeypatch):
    def broken(command, **options):
        (root / ".venv").mkdir()
        return SimpleNamespace(returncode=1)

    monkeypatch.setattr(environment, "find_python", lambda: "python3")
    monkeypatch.setattr(subprocess, "run", broken)
    with pytest.raises(SystemExit) as refused:
        environment.make_venv()
    assert "sudo apt-get install python3-venv" in said(refused)
    assert not (root / ".venv").exists()


def test_a_failed_install_points_to_the_network(monkeypatch):
    monkeypatch.setattr(subprocess, "call", lambda command: 1)
    with pytest.raises(SystemExit) as refused:
        environment.install("python", "requirements.txt")
    assert "Check the network or your package mirror" in said(refused)


def test_packages_are_installed_once_and_again_when_a_requirement_changes(root, monkeypatch):
    installed = []
    python = root / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    monkeypatch.setattr(environment, "install", lambda python, name: installed.append(name))
    for _ in range(2):
        assert environment.prepare("run") == str(python)
    assert installed == ["requirements.txt"]
    (root / "constraints.txt").write_text("another==2.0\n")
    environment.prepare("run")
    assert installed == ["requirements.txt", "requirements.txt"]


def test_an_install_that_failed_is_tried_again(root, monkeypatch):
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / "bin" / "python").touch()
    monkeypatch.setattr(subprocess, "call", lambda command: 1)
    for _ in range(2):
        with pytest.raises(SystemExit, match="could not be installed"):
            environment.prepare("test")


def test_the_environment_needs_nothing_but_the_standard_library():
    code = "import sys; sys.modules['pydantic'] = None; import tools.environment"
    isolated = [sys.executable, "-S", "-c", code]
    done = subprocess.run(isolated, cwd=environment.ROOT, check=False)
    assert done.returncode == 0


def test_a_browser_named_in_the_environment_comes_first(tmp_path, monkeypatch):
    own = tmp_path / "browser"
    own.touch()
    monkeypatch.setenv("COUNCIL_CHROMIUM", str(own))
    monkeypatch.setattr(browser.shutil, "which", lambda name: sys.executable)
    assert browser.find() == str(own)


def test_a_browser_named_that_is_not_there_is_passed_over(monkeypatch):
    monkeypatch.setenv("COUNCIL_CHROMIUM", "/no/such/browser")
    monkeypatch.setattr(browser.shutil, "which", lambda name: sys.executable)
    assert browser.find() == sys.executable


def test_without_a_browser_playwrights_own_is_asked_for(monkeypatch):
    monkeypatch.delenv("COUNCIL_CHROMIUM", raising=False)
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    monkeypatch.setattr(browser, "PLACES", ())
    monkeypatch.setattr(browser, "playwrights_own", lambda: "playwright's own")
    assert browser.find() == "playwright's own"


def test_a_browser_that_is_there_is_not_installed_again(monkeypatch):
    monkeypatch.setattr(browser, "find", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(browser, "install", lambda: pytest.fail("installed"))
    assert browser.find_or_install() == "/usr/bin/chromium"


def test_nothing_is_found_where_nothing_can_be_installed(monkeypatch):
    monkeypatch.setattr(browser, "find", lambda: "")
    monkeypatch.setattr(browser, "install", lambda: False)
    assert browser.find_or_install() == ""


def test_without_root_playwright_is_asked_and_not_apt(monkeypatch, commands):
    monkeypatch.setattr(browser.shutil, "which", lambda name: "/usr/bin/apt-get")
    monkeypatch.setattr(browser.os, "geteuid", lambda: 1000)
    assert browser.install()
    assert [command[1:] for command in commands] == [["-m", "playwright", "install", "chromium"]]
