"""The house style as sentences: who may import what, and where things live."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
import typer

from analytics.__main__ import app as analytics_app
from analytics.ui import router
from pages import THEMES
from pipelines.__main__ import app as pipelines_app
from settings import ROOT


OURS = ("agreed", "analytics", "pages", "pipelines", "expectations", "demonstration", "tools")
SQL = ROOT / "pipelines" / "sql"
STAGES = ("staging", "core", "indicators", "marts")
KEPT_OUT = ("data/raw", "data/landing", "data/warehouse", "data/demonstration")


def modules() -> list[Path]:
    """Our own code, without its tests."""
    inside = [path for folder in OURS for path in (ROOT / folder).rglob("*.py")]
    return sorted([ROOT / "asgi.py", ROOT / "dashboard.py", ROOT / "settings.py", *inside])


def place(path: Path) -> str:
    """A file as the sentences name it."""
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> set[str]:
    """Every module that a file imports, wherever in the file it does."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def git(*words: str) -> subprocess.CompletedProcess[str]:
    """What git says of this checkout."""
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)


def tracked() -> list[str]:
    """Files that git keeps, and new ones that it would."""
    listed = git("ls-files", "--cached", "--others", "--exclude-standard")
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    """Every tracked file that is text."""
    for name in tracked():
        data = (ROOT / name).read_bytes()
        if b"\0" not in data:
            yield name, data.decode("utf-8", errors="replace")


# Who may import what: contracts in pyproject.toml, kept by import-linter ----------------


CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]
# For each contract a file, and a line in it that breaks the contract.
OFFENCES = {
    "Data flows one way": ("analytics/statistics/numbers.py", "import analytics.words.numbers"),
    "No view imports another": ("analytics/council/reads.py", "import analytics.overview.reads"),
    "Pages are known to": ("analytics/council/view.py", "import pages.moved"),
    # Of the modules that views share, one that no view takes in.
    "What views share knows no": ("analytics/ui/warm.py", "import analytics.council.reads"),
    "A read knows no Streamlit": ("analytics/council/reads.py", "import streamlit"),
    "A chart knows no warehouse": (
        "analytics/charts/spine.py",
        "import analytics.reading.warehouse",
    ),
    "Plotly is known to charts": ("analytics/council/view.py", "import plotly.graph_objects"),
    "DuckDB is opened by": ("analytics/council/view.py", "import duckdb"),
    "Great Expectations is known": ("pipelines/load.py", "import great_expectations"),
    "The half that shows": ("analytics/council/view.py", "import pipelines.build"),
    "The half that builds": ("pipelines/load.py", "import streamlit"),
    "Invented data and reference": ("pipelines/load.py", "import demonstration"),
    # The one of its modules that neither half takes in.
    "What both halves agree on": ("agreed/__init__.py", "import pipelines.errors"),
}


def lint_imports(folder: Path) -> str:
    """What import-linter says of a copy of our code."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    found = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return found.stdout + found.stderr


@pytest.fixture(scope="module")
def copied(tmp_path_factory) -> Path:
    """Our code and its contracts, to be broken."""
    folder = tmp_path_factory.mktemp("code")
    for path in [ROOT / "pyproject.toml", *modules()]:
        there = folder / path.relative_to(ROOT)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, there)
    return folder


def test_every_import_keeps_the_contracts():
    said = lint_imports(ROOT)
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in said, said[-3000:]


def test_every_contract_has_an_offence_that_is_tried():
    names = [contract["name"] for contract in CONTRACTS]
    assert [[begins for begins in OFFENCES if name.startswith(begins)] for name in names] == [
        [begins] for begins in OFFENCES
    ]


@pytest.mark.parametrize("begins", OFFENCES)
def test_an_offence_breaks_its_contract_and_no_other(copied, begins):
    file, line = OFFENCES[begins]
    path = copied / file
    whole = path.read_text(encoding="utf-8")
    path.write_text(f"{whole}\n{line}\n", encoding="utf-8")
    said = lint_imports(copied)
    path.write_text(whole, encoding="utf-8")
    broken = [row for row in said.splitlines() if row.endswith("BROKEN") or "BROKEN (" in row]
    assert [row.startswith(begins) for row in broken] == [True], said


def contract(begins: str) -> dict[str, Any]:
    """One contract, by the beginning of its name."""
    return next(one for one in CONTRACTS if one["name"].startswith(begins))


def is_named(package: str, expressions: list[str]) -> bool:
    """Whether expressions of a contract name a package, or one that holds it."""
    parts = package.split(".")
    holders = [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
    return any(fnmatchcase(one, each) for one in holders for each in expressions)


@pytest.mark.parametrize("path", sorted((ROOT / "analytics").rglob("view.py")), ids=place)
def test_contracts_name_the_folder_of_every_view(path):
    package = place(path.parent).replace("/", ".")
    if package == "analytics.ui":
        return
    assert is_named(package, contract("No view imports another")["modules"])
    assert is_named(package, contract("What views share")["forbidden_modules"])


def test_plotly_express_is_imported_nowhere():
    found = [place(path) for path in modules() if "plotly.express" in imports(path)]
    assert found == []


def test_a_page_never_waits_for_great_expectations_to_be_imported():
    code = "import sys, analytics.ui.view; print('great_expectations' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_settings_import_nothing_of_ours():
    assert not {name.split(".")[0] for name in imports(ROOT / "settings.py")} & {*OURS}


# Pages --------------------------------------------------------------------------------


def views() -> list[Path]:
    """The files that draw a view."""
    return sorted((ROOT / "analytics").rglob("view.py"))


def test_every_view_is_listed_as_a_page_and_every_page_asks_a_question():
    drawn = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "pages").glob("*.py"))
    listed = [path for path in views() if place(path).split("/")[1] not in ("ui", "record")]
    packages = [".".join(path.relative_to(ROOT).parts[:-1]) for path in listed]
    assert [name for name in packages if f"from {name} import view" not in drawn] == []
    assert [page.address for page in router.walk(THEMES) if not page.question.endswith("?")] == []


@pytest.mark.parametrize("path", views(), ids=place)
def test_a_view_has_no_sql_and_no_cache(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\bselect\b[^.]*\bfrom\b", text, re.I | re.S)
    assert not re.search(r"cache_data|cache_resource|lru_cache|st\.plotly_chart", text)


def test_the_dashboard_reads_no_data():
    assert imports(ROOT / "dashboard.py") <= {
        "analytics.ui",
        "analytics.ui.router",
        "pages",
        "pages.MOVED",
        "pages.THEMES",
    }


# SQL ----------------------------------------------------------------------------------


def sql_files() -> list[Path]:
    """The selects of core, indicators and marts."""
    return sorted(p for stage in STAGES[1:] for p in (SQL / stage).rglob("*.sql"))


def stage_of(path: Path) -> str:
    """The folder that a file of SQL stands in."""
    return path.relative_to(SQL).parts[0]


def without_comments(path: Path) -> str:
    """The select of a file of SQL."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/|--[^\n]*", "", text, flags=re.S)


@pytest.mark.parametrize("path", sql_files(), ids=lambda p: f"{stage_of(p)}-{p.stem}")
def test_sql_reads_only_from_its_left(path):
    text = re.sub(r"/\*.*?\*/|--[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.S)
    read = set(re.findall(r"\b(?:from|join)\s+([a-z_]+)\.[a-z_]+", text))
    left = STAGES[: STAGES.index(stage_of(path)) + (stage_of(path) != "indicators")]
    # `accepted` is staging without the rows set aside (pipelines/load.py).
    assert read <= {"reference", "accepted", *left}, "reads a folder to its right"


def test_sql_is_one_select_a_file_and_within_its_width():
    long, many = [], []
    for path in sql_files():
        body = without_comments(path)
        if ";" in body:
            many.append(place(path))
        if any(len(line) > 90 for line in body.splitlines()):
            long.append(place(path))
    assert (long, many) == ([], [])


def reads_of_analytics() -> list[Path]:
    """The selects of the half that shows."""
    return sorted((ROOT / "analytics").rglob("*.sql"))


def includes(path: Path) -> set[str]:
    """Names of the selects that a select takes in."""
    return set(re.findall(r"^-- include (\S+)", path.read_text(encoding="utf-8"), re.M))


def selects_named(path: Path) -> set[str]:
    """Texts of a module of analytics that have the form of a select's name."""
    texts = {node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Constant)}
    named = {text for text in texts if re.fullmatch(r"[a-z_]+(/[a-z_]+)+", str(text))}
    return {name for name in named if not name.startswith(("text/", "application/"))}


@pytest.mark.parametrize("path", reads_of_analytics(), ids=place)
def test_a_select_lies_beside_what_names_it(path):
    name = path.relative_to(ROOT / "analytics").with_suffix("").as_posix()
    is_shared = name.startswith("reading/")
    beside = reads_of_analytics() if is_shared else sorted(path.parent.glob("*.sql"))
    is_part = any(name in includes(other) for other in beside)
    assert is_part or any(name in selects_named(code) for code in path.parent.glob("*.py"))


def test_every_select_that_is_named_exists():
    names = {path: selects_named(path) for path in (ROOT / "analytics").rglob("*.py")}
    names |= {path: includes(path) for path in reads_of_analytics()}
    assert sum(map(len, names.values())) > 100
    missing = [
        f"{place(path)}: {name}"
        for path, found in names.items()
        for name in found
        if not (ROOT / "analytics" / f"{name}.sql").exists()
    ]
    assert missing == []


def test_every_mart_begins_with_what_one_row_is():
    without = [
        path.stem
        for path in (SQL / "marts").glob("*.sql")
        if not path.read_text(encoding="utf-8").startswith("-- One row per")
    ]
    assert without == []


# Files --------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", KEPT_OUT)
def test_council_data_is_ignored_and_never_tracked(folder):
    assert git("ls-files", folder).stdout == ""
    assert git("check-ignore", "-q", f"{folder}/incidents/1.csv").returncode == 0


# Written in pieces, so that this file does not hold what it looks for.
SECRETS = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE " + "KEY-----",
    "an AWS key": r"\bAKIA" + r"[0-9A-Z]{16}\b",
    "a GitHub token": r"\bgh[pousr]_" + r"[A-Za-z0-9]{30,}",
    "a password in an address": r"://[^/\s:@]+:" + r"[^/\s:@]+@",
    "a secret given a value": r"(?i)\b(password|cookie_secret|client_secret|api_key)"
    r"\s*=\s*[\"'][^\"']{8,}",
}
HOMES = "|".join(["work", "root", "home", "Users"])
MACHINE = rf"(?<![\w.])(?:/(?:{HOMES})/\w|[A-Z]:\\(?:{HOMES})\\)"
REGISTRY = (
    r"(?i)https?://[^\s\"']*(?:/simple\b|pypi\.|artifactory|nexus)"
    r"|--(?:extra-)?" + "index-url"
)


def lines_with(pattern: str) -> list[str]:
    """Lines of tracked text that match, by file and number."""
    return [
        f"{name}:{number}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_no_file_names_a_folder_of_somebodys_machine():
    assert lines_with(MACHINE) == []


def test_no_file_names_a_package_registry():
    assert lines_with(REGISTRY) == []


@pytest.mark.parametrize("what", SECRETS)
def test_no_file_holds_a_secret(what):
    assert lines_with(SECRETS[what]) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (MACHINE, "path = '" + "/home" + "/ann/data'"),
        (REGISTRY, "--extra-" + "index-url x"),
        (REGISTRY, "https://mirror.example/" + "simple"),
        (SECRETS["a password in an address"], "https://ann:" + "pw@example.org"),
        (SECRETS["a secret given a value"], "client_" + 'secret = "0123456789"'),
    ],
)
def test_what_is_looked_for_would_be_found(pattern, line):
    assert re.search(pattern, line)


def requirements(name: str) -> list[str]:
    """Lines of a requirements file that name a package."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-"))]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_and_has_its_reason(name):
    pinned = re.compile(r"[a-z0-9-]+==[0-9][\w.]* +# \S.{3,}")
    assert [line for line in requirements(name) if not pinned.fullmatch(line)] == []
    assert len(requirements(name)) > 5


def test_every_constraint_is_pinned():
    pinned = re.compile(r"[A-Za-z0-9._-]+==[0-9][\w.]*( *;.*)?( *#.*)?")
    assert [line for line in requirements("constraints.txt") if not pinned.fullmatch(line)] == []


def definitions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Functions, classes and their methods; what is inside a function is private."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield node
            yield from definitions(node.body)
        if isinstance(node, ast.FunctionDef):
            yield node


def is_property(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """Properties are named for what they are."""
    return any(getattr(each, "id", "") == "property" for each in node.decorator_list)


def test_every_function_and_class_that_others_may_use_says_what_it_is_for():
    without = [
        f"{place(path)}:{node.lineno} {node.name}"
        for path in modules()
        for node in definitions(tree(path).body)
        if not node.name.startswith("_") and not is_property(node) and not ast.get_docstring(node)
    ]
    assert without == []


def test_every_module_says_what_it_is_for():
    written = [path for path in modules() if path.read_text(encoding="utf-8").strip()]
    assert [place(path) for path in written if not ast.get_docstring(tree(path))] == []


# The README ---------------------------------------------------------------------------


def commands(app: typer.Typer) -> set[str]:
    """Names of the commands of a command line."""
    return {
        command.name or (command.callback.__name__ if command.callback else "")
        for command in app.registered_commands
    }


KNOWN = {
    "pipelines": commands(pipelines_app),
    "analytics": commands(analytics_app),
    "tools.environment": {"run", "test"},
}
# Modules of others that the README may run.
LIBRARIES = {"pip", "venv", "streamlit", "pytest", "ruff", "mypy", "playwright"}


def readme_commands(pattern: str) -> list[tuple[str, ...]]:
    """What the README tells people to run, inside code."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`|\n {4}[^\n]+", text, flags=re.S))
    return re.findall(pattern, code)


def test_every_make_command_of_the_readme_is_in_the_makefile():
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), flags=re.M)
    named = readme_commands(r"\bmake (\w+)")
    assert {"run", "test"} <= set(named)
    assert set(named) <= set(targets)


def test_every_python_command_of_the_readme_exists():
    named = readme_commands(r"python[\d.]* -m ([\w.]+)(?: +([\w-]+))?")
    assert named
    wrong = []
    for module, word in named:
        where = ROOT / module.replace(".", "/")
        if module.split(".")[0] in LIBRARIES:
            continue
        is_there = where.with_suffix(".py").exists() or (where / "__main__.py").exists()
        is_known = not word or word.startswith("-") or word in KNOWN.get(module, {word})
        if not (is_there and is_known):
            wrong.append(f"{module} {word}".strip())
    assert wrong == []


def test_every_file_that_the_readme_names_exists():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
    assert [name for name in linked if not (ROOT / name).exists()] == []


def test_the_project_says_its_version_and_the_pythons_it_runs_on():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["requires-python"] == ">=3.11,<3.15"
    assert project["version"] in (ROOT / "CHANGELOG.md").read_text()
