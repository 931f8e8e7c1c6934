"""CAF profiles: checked line by line, loaded like any file, offered and counted."""

import csv
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.reading import caf, warehouse
from analytics.reading.viewer import LOCAL_ANALYST
from analytics.ui import view
from pipelines import __main__ as cli
from pipelines.caf_profiles import check_profiles
from pipelines.commands import profiles as listing
from pipelines.errors import BuildError
from pipelines.outgoing.send_back import errors_rows
from settings import Settings, settings
from tests.support.maturity_edges import sent
from tests.support.pages import failures, opened, said
from tests.support.rows import Row, row, write
from tests.support.warehouse import Installation


TABLE, HARTLEPOOL = "caf_profiles.csv", "E06000001"
BASELINE_AND_ENHANCED = {"baseline": "Baseline", "enhanced": "Enhanced"}


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """No connection of the reads is left open.

    DuckDB opens one file in one way at a time, and the reads have a way of their own.
    """
    yield
    warehouse.connect.cache_clear()


# The reference table ------------------------------------------------------------------


@pytest.fixture
def reference(tmp_path) -> Path:
    """A copy of the reference tables, to write in."""
    return Path(shutil.copytree(settings.reference, tmp_path / "reference"))


def lines(folder: Path) -> list[Row]:
    """Lines of the table of profiles; the first is line 2 of the file."""
    with (folder / TABLE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def line(level: str, code: str = "B2.a", **changes: str) -> Row:
    """One line of a department's own profile."""
    cells = {
        "caf_version": "3.2",
        "profile": "own",
        "outcome_code": code,
        "required_level": level,
        "source": "Made up for tests",
    }
    return cells | changes


def with_lines(folder: Path, *more: Row) -> int:
    """The table with these lines after its own; the number of the first of them."""
    before = lines(folder)
    write(folder / TABLE, [*before, *more])
    return len(before) + 2


def complaint(folder: Path) -> str:
    """What the check says of the table."""
    with pytest.raises(BuildError) as stopped:
        check_profiles(folder)
    return str(stopped.value)


def test_the_committed_table_has_no_fault(reference):
    check_profiles(reference)
    assert len(lines(reference)) == 160


@pytest.mark.parametrize(
    ("given", "column", "value", "mend"),
    [
        pytest.param(
            line("Mostly achieved"),
            "required_level",
            "Mostly achieved",
            "write one of Achieved, Partially achieved, Not achieved.",
            id="level",
        ),
        pytest.param(
            line("achieved"),
            "required_level",
            "achieved",
            "write one of Achieved, Partially achieved, Not achieved.",
            id="small",
        ),
        pytest.param(
            line(""),
            "required_level",
            "",
            "write one of Achieved, Partially achieved, Not achieved.",
            id="blank",
        ),
        pytest.param(
            line("Partially achieved", "A1.a"),
            "required_level",
            "Partially achieved",
            "A1.a of CAF 3.2 has no such level; write Achieved or Not achieved.",
            id="level that the outcome has not",
        ),
    ],
)
def test_a_fault_is_told_by_file_line_column_value_and_what_to_do(
    reference, given, column, value, mend
):
    number = with_lines(reference, line("Achieved", "A1.b"), given) + 1
    said = complaint(reference)
    assert f"{TABLE} line {number}, {column} = {value!r}: {mend}" in said
    assert said.count(" line ") == 1
    assert said.endswith("Mend these lines and build again.")


def test_an_outcome_listed_twice_is_told_on_both_lines(reference):
    first = with_lines(reference, line("Achieved"), line("Partially achieved"))
    said = complaint(reference)
    for number in (first, first + 1):
        assert (
            f"{TABLE} line {number}, outcome_code = 'B2.a': the profile lists it twice."
        ) in said


def test_the_same_outcome_of_another_version_or_profile_is_no_fault(reference):
    with_lines(
        reference,
        line("Achieved"),
        line("Achieved", caf_version="4.0"),
        line("Achieved", profile="another"),
    )
    check_profiles(reference)


def test_every_fault_is_told_at_once(reference):
    first = with_lines(reference, line("1"), line("2", "B2.b"), line("3", "B2.c"))
    said = complaint(reference)
    assert [f"line {first + n}, " in said for n in range(3)] == [True] * 3


@pytest.fixture(scope="module")
def own_reference(tmp_path_factory) -> Installation:
    """A reference table that lists A1.a, and A4.b, which CAF 3.2 does not have."""
    folder = tmp_path_factory.mktemp("own")
    copy = Path(shutil.copytree(settings.reference, folder / "reference"))
    with_lines(copy, line("Achieved", "A1.a"), line("Partially achieved", "A4.b"))
    check_profiles(copy)
    made = Installation(folder, counts_faults=True)
    made.settings.reference = copy
    made.put("assessments", sent(HARTLEPOOL, 2024, "3.2", {"A1.a": 3, "A2.a": 1}))
    made.build()
    return made


def test_a_line_whose_outcome_is_not_in_its_version_counts_for_nothing(own_reference):
    counted = "select outcome_code, required from core.caf_profiles where profile = "
    assert own_reference.read(f"{counted} 'own' group by all") == [("A1.a", 3)]
    met = own_reference.read("""
        select numerator, denominator from marts.indicator_values
        where indicator = 'profile_outcomes_met' and profile = 'own'
    """)
    assert met == [(1, 1)]
    assert own_reference.read("""
        select is_profile_met from marts.profile_results where profile = 'own'
    """) == [(True,)]


def test_a_table_with_a_fault_stops_the_build_and_the_last_warehouse_serves(
    reference, own_reference
):
    before = own_reference.published
    with_lines(reference, line("Mostly"))
    changed = Installation(own_reference.settings.warehouse.parent, counts_faults=True)
    changed.settings.reference = reference
    with pytest.raises(BuildError, match="required_level = 'Mostly'"):
        changed.build()
    assert own_reference.published == before


# A department's own, as a dataset -----------------------------------------------------


def asked(code: str, level: str, **changes: object) -> Row:
    """One row of the dataset: what a profile of the department's own asks for."""
    cells = {
        "profile": "own_profile",
        "profile_label": "Our own",
        "caf_version": "3.2",
        "outcome_code": code,
        "required_level": level,
    }
    return row("caf_profiles", **(cells | changes))


# Line 2 on: three good rows, then one for each way to be set aside.
FIRST = [
    asked("A1.a", "Achieved"),
    asked("A2.a", "Partially achieved"),
    asked("A2.b", "Not achieved"),
    asked("A4.b", "Achieved"),
    asked("A1.b", "Partially achieved"),
    asked("A1.c", "Achieved", profile="baseline"),
    asked("A3.a", "Mostly"),
    asked("A4.a", "Achieved", profile="Our own"),
]
SET_ASIDE = {
    5: (
        "outcome_code",
        "A4.b",
        "Check outcome_code against the outcomes of the "
        "version in caf_version, and mend whichever is wrong.",
    ),
    6: (
        "required_level",
        "Partially achieved",
        "This outcome has no level between: write Achieved or Not achieved in required_level.",
    ),
    7: (
        "profile",
        "baseline",
        "Give the profile a name of its own in the column profile, such as local_government.",
    ),
    8: ("required_level", "Mostly", "Achieved"),
    9: ("profile", "Our own", "local_government"),
}


@pytest.fixture(scope="module")
def department(tmp_path_factory) -> Installation:
    """A department with a profile of its own, and one council that met two of three."""
    made = Installation(tmp_path_factory.mktemp("department"), counts_faults=True)
    levels = {"A1.a": 3, "A2.a": 1, "A2.b": 1}
    made.put("assessments", sent(HARTLEPOOL, 2024, "3.2", levels))
    made.put("caf_profiles", FIRST)
    made.report = made.build()
    return made


def offered(made: Installation, collection: str = "department") -> dict[str, str]:
    """Profiles that the page offers."""
    return caf.profiles(str(made.published), LOCAL_ANALYST, collection)


def met(made: Installation) -> list[tuple]:
    """What the profile's indicators hold, by key."""
    return made.read("""
        select indicator, numerator::int, denominator::int
        from marts.indicator_values
        where profile = 'own_profile' and collection = 'department'
            and indicator in ('profile_outcomes_met', 'councils_meeting_profile')
        order by indicator
    """)


def test_good_rows_are_accepted_and_the_others_set_aside(department):
    file = next(f for f in department.report.files if f["dataset"] == "caf_profiles")
    assert (file["rows_in"], file["accepted"], file["quarantined"]) == (8, 3, 5)
    assert department.report.exit_code == 10


def test_every_row_set_aside_says_where_it_is_wrong_and_how_to_mend_it(department):
    told = errors_rows(vars(department.report))
    mine = {each["Line"]: each for each in told if each["Dataset"] == "caf_profiles"}
    assert set(mine) == set(SET_ASIDE)
    for number, (column, value, mend) in SET_ASIDE.items():
        found = mine[number]
        assert (found["Column"], found["Value received"]) == (column, value)
        assert mend in found["How to mend it"], number


def test_the_profile_is_offered_beside_those_that_come_with_the_dashboard(department):
    everything = BASELINE_AND_ENHANCED | {"own_profile": "Our own"}
    assert list(offered(department).items()) == list(everything.items())
    # Not to whoever looks at another collection.
    assert offered(department, "demonstration") == BASELINE_AND_ENHANCED
    listed = caf.profile(str(department.published), LOCAL_ANALYST, "department", "own_profile")
    levels = listed[["outcome_code", "required_level", "required"]]
    assert levels.to_numpy().tolist() == [
        ["A1.a", "Achieved", 3],
        ["A2.a", "Partially achieved", 2],
        ["A2.b", "Not achieved", 1],
    ]


def test_indicators_hold_rows_of_the_profile(department):
    # A1.a and A2.b are met, A2.a is below.
    assert met(department) == [("councils_meeting_profile", 0, 1), ("profile_outcomes_met", 2, 3)]
    hanging = department.read("""
        select profile, count(distinct indicator) from marts.indicator_values
        where profile <> '' group by 1
    """)
    assert dict(hanging)["own_profile"] >= 2


def test_a_new_version_counts_and_what_is_taken_back_does_not(tmp_path):
    made = Installation(tmp_path, counts_faults=True)
    levels = {"A1.a": 3, "A2.a": 1, "A2.b": 1}
    made.put("assessments", sent(HARTLEPOOL, 2024, "3.2", levels))
    made.put("caf_profiles", FIRST[:3])
    made.build()
    assert met(made)[1] == ("profile_outcomes_met", 2, 3)

    again = asked("A2.a", "Not achieved", record_version=2)
    made.put("caf_profiles", [again], "2.csv")
    made.build()
    assert met(made) == [("councils_meeting_profile", 1, 1), ("profile_outcomes_met", 3, 3)]

    back = {"record_version": 3, "is_withdrawn": "true"}
    made.put("caf_profiles", [asked("A2.b", "Not achieved", **back)], "3.csv")
    made.build()
    assert met(made)[1] == ("profile_outcomes_met", 2, 2)

    rest = [asked(code, "Achieved", **back) for code in ("A1.a", "A2.a")]
    made.put("caf_profiles", rest, "4.csv")
    made.build()
    assert met(made) == []
    assert offered(made) == BASELINE_AND_ENHANCED


# The profile that figures are judged by -----------------------------------------------


@pytest.fixture
def looked_at(department, monkeypatch) -> Installation:
    """The pages read that department's warehouse."""
    monkeypatch.setattr(settings, "warehouse", department.settings.warehouse)
    return department


def test_the_profile_of_the_settings_is_the_default_everywhere(looked_at, monkeypatch):
    def shares(page: str) -> set[str]:
        app = opened(page)
        assert failures(app) == []
        return {card.value for card in app.metric}

    # Baseline lists A1.a, A2.a and A2.b too, and asks for more of the last.
    assert {"66.7%"} & (shares("overview") | shares("risk_maturity")) == set()
    monkeypatch.setattr(settings, "profile", "own_profile")
    assert "66.7%" in shares("overview") & shares("risk_maturity")
    app = opened("risk_maturity")
    assert "Judged by the profile Our own, which asks for 2 of 3 outcomes" in said(app)
    assert "It is one of GovAssure's" not in said(app)


def test_a_choice_on_the_page_stands_before_the_setting(looked_at, monkeypatch):
    monkeypatch.setattr(settings, "profile", "own_profile")
    app = opened("risk_maturity", profile="Enhanced")
    assert "Judged by the profile Enhanced" in said(app)
    assert "It is one of GovAssure's" in said(app)


def test_a_setting_that_names_no_profile_is_baseline(looked_at, monkeypatch):
    monkeypatch.setattr(settings, "profile", "local_government")
    assert view.default_profile("department") == "baseline"
    assert "Judged by the profile Baseline" in said(opened("risk_maturity"))


def test_the_setting_is_an_environment_variable(monkeypatch):
    assert Settings().profile == "baseline"
    monkeypatch.setenv("COUNCIL_PROFILE", "local_government")
    assert Settings().profile == "local_government"


# The command --------------------------------------------------------------------------


@pytest.fixture
def command(monkeypatch, capsys):
    """`python -m pipelines profiles` on an installation: exit code and output."""

    def run(made: Installation) -> tuple[int, str]:
        monkeypatch.setattr(listing, "settings", made.settings)
        monkeypatch.setattr(sys, "argv", ["pipelines", "profiles"])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return ended.value.code or 0, capsys.readouterr().out

    return run


def test_the_command_lists_every_profile_and_how_much_it_asks_for(command, department):
    code, told = command(department)
    assert code == 0
    rows = [
        [cell.strip() for cell in each.split("│")[1:-1]]
        for each in told.splitlines()
        if each.startswith("│")
    ]
    mine = [cells for cells in rows if cells[0] == "department"]
    # Achieved, partially, listed with nothing asked, and not listed of 39 or 41.
    assert mine == [
        ["department", "baseline", "Baseline", "3.2", "10", "27", "2", "0"],
        ["department", "baseline", "Baseline", "4.0", "22", "19", "0", "0"],
        ["department", "enhanced", "Enhanced", "3.2", "24", "13", "2", "0"],
        ["department", "enhanced", "Enhanced", "4.0", "35", "6", "0", "0"],
        ["department", "own_profile", "Our own", "3.2", "1", "1", "1", "36"],
    ]


def test_without_a_warehouse_the_command_says_what_to_run(command, installation):
    assert command(installation) == (
        1,
        "Stopped: No warehouse has been built. Run: python -m pipelines build\n",
    )
