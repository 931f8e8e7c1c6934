"""Check: every rule finds its broken row, and leaves the others alone."""

from dataclasses import dataclass, replace

import pytest

from expectations.suites import suite
from pipelines.datasets import ALL, Dataset, dataset
from tests.support import faults as support_faults
from tests.support.faults import Fault, numbered, planted
from tests.support.rows import Row
from tests.support.warehouse import Installation, closed_lists


KINDS = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
READABLE = {
    "required": "{} is filled in.",
    "allowed": "{} is one of: ",
    "pattern": "{} looks like ",
    "between": "{} is at ",
    "possible": "{} is a date ",
    "length": "{} has at most ",
    "readable": "{} is ",
}


@dataclass
class Planted:
    """An installation with every fault, and the rows that went in."""

    installation: Installation
    rows: dict[str, list[Row]]
    faults: dict[str, list[Fault]]
    said: dict[tuple[str, str], list[dict]]

    def of(self, kind: Dataset, table: str = "quarantine") -> list[dict]:
        return self.said[kind.name, table]


def rows_of(kind: Dataset) -> list[Row]:
    """The example, a broken row for each fault, noted ones, two that clash, a good."""
    broken = [*planted(kind), *support_faults.noted(kind)]
    other = {"note": "other"} if kind.is_public else {"is_withdrawn": "true"}
    last = len(broken) + 1
    return [
        {column.column: column.example for column in kind.columns},
        *(numbered(kind, n, **fault.changes) for n, fault in enumerate(broken, 1)),
        numbered(kind, last),
        numbered(kind, last, **other),
        numbered(kind, last + 1),
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Planted:
    """Every fault of every dataset, in one build."""
    made = Installation(tmp_path_factory.mktemp("faults"))
    rows = {kind.name: rows_of(kind) for kind in ALL}
    build_with(made, rows)
    said = {
        (kind.name, table): made.dicts(
            f"select * from quality.{table} where dataset = '{kind.name}'"
        )
        for kind in ALL
        for table in ("quarantine", "notes", "files")
    }
    return Planted(made, rows, {kind.name: planted(kind) for kind in ALL}, said)


@pytest.fixture(scope="module")
def counted(built, tmp_path_factory) -> Installation:
    """The same files, checked by the stand-in that other tests take."""
    made = Installation(tmp_path_factory.mktemp("counted"), counts_faults=True)
    build_with(made, built.rows)
    return made


def build_with(made: Installation, rows: dict[str, list[Row]]) -> None:
    """A file of each dataset, read and checked; some rows are set aside."""
    for kind in ALL:
        if kind.is_public:
            made.publish_record(kind.name, rows[kind.name])
        else:
            made.put(kind.name, rows[kind.name], "2025.csv")
    assert made.build().exit_code == 10


def descriptions(kind: Dataset, severity: str) -> dict[str, str]:
    """What each rule says."""
    return {
        rule.meta["rule_id"]: rule.description
        for rule in suite(kind, closed_lists()).expectations
        if rule.severity.value == severity
    }


def place(kind: Dataset) -> str:
    return f"public/{kind.name}.csv" if kind.is_public else f"raw/{kind.name}/2025.csv"


@KINDS
def test_every_rule_has_a_row_that_breaks_it(kind, built):
    rules = {fault.rule for fault in built.faults[kind.name]} | {"is_sole_version"}
    assert rules == descriptions(kind, "warning").keys()
    noted = {fault.rule for fault in support_faults.noted(kind)}
    assert noted == descriptions(kind, "info").keys()


@KINDS
def test_every_broken_row_is_set_aside_with_line_value_and_reason(kind, built):
    says = descriptions(kind, "warning")
    found = {(row["source_file"], row["source_row"], row["rule_id"]): row for row in built.of(kind)}
    for line, fault in enumerate(built.faults[kind.name], 3):
        row = found.get((place(kind), line, fault.rule))
        assert row, f"{fault.rule} did not find line {line}"
        assert row["value"] == fault.shown, fault.rule
        assert row["reason"] == says[fault.rule]
        if "." in fault.rule:
            assert row["column_name"] == fault.rule.partition(".")[0]
        else:
            assert row["column_name"] in built.rows[kind.name][0]


@KINDS
def test_rows_that_clash_are_both_set_aside_and_no_others(kind, built):
    clash = len(built.rows[kind.name]) - 1
    lines = [row["source_row"] for row in built.of(kind) if row["rule_id"] == "is_sole_version"]
    assert sorted(lines) == [clash, clash + 1]


@KINDS
def test_good_rows_are_kept_and_noted_rows_are_listed_and_kept(kind, built):
    noted = support_faults.noted(kind)
    broken = len(built.faults[kind.name]) + 2
    (file,) = built.of(kind, "files")
    assert file["status"] == "loaded in part"
    assert (file["rows_in"], file["quarantined"]) == (broken + len(noted) + 2, broken)
    assert file["accepted"] + file["superseded"] == len(noted) + 2
    own = descriptions(kind, "info")
    said = [
        (row["rule_id"], row["value"]) for row in built.of(kind, "notes") if row["rule_id"] in own
    ]
    assert sorted(said) == sorted((fault.rule, fault.shown) for fault in noted)


@KINDS
def test_the_example_of_the_template_passes_every_rule(kind, built):
    assert 2 not in [row["source_row"] for row in built.of(kind)]
    assert 2 not in [row["source_row"] for row in built.of(kind, "notes")]


@KINDS
def test_the_whole_row_as_received_is_kept_beside_each_fault(kind, built):
    for row in built.of(kind):
        received = built.rows[kind.name][row["source_row"] - 2]
        for cell in filter(None, received.values()):
            assert cell in row["raw_row"].replace('\\"', '"')


def test_reasons_name_the_column_in_words():
    for kind in ALL:
        for rule, says in descriptions(kind, "warning").items():
            column, _, phrase = rule.partition(".")
            if phrase:
                words = column.removesuffix("_gbp").replace("gss_code", "council_code")
                start = READABLE[phrase].format(words.replace("_", " ").capitalize())
                assert says.startswith(start), rule


def test_reasons_read_as_sentences():
    says = descriptions(dataset("incidents"), "warning")
    assert says["detected_at.readable"] == (
        "Detected at is a date and time such as 2025-03-31T14:05:00Z."
    )
    assert says["incident_ref.pattern"] == "Incident ref looks like INC-2025-0042."
    assert says["ncsc_category.between"] == ("Ncsc category is at least 1 and at most 6.")
    assert says["cost_response_gbp.between"] == "Cost response is at least 0."
    assert says["category.allowed"] == "Category is one of: Cyber, Non-cyber."
    assert says["is_sole_version"] == (
        "A file gives each council code and incident ref once; "
        "a correction has a higher record version."
    )


VERDICTS = "select * from quality.verdicts order by all"
SET_ASIDE = "select dataset, source_row, rule_id, value from quality.quarantine order by all"


@pytest.mark.parametrize("select", [VERDICTS, SET_ASIDE], ids=["verdicts", "set aside"])
def test_the_stand_in_of_other_tests_says_what_great_expectations_says(select, built, counted):
    assert counted.read(select) == built.installation.read(select)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("award_payments", ("payment_id",)),
        ("award_payments", ("amount_paid_gbp",)),
        ("award_payments", ("paid_on",)),
        ("incidents", ("detected_at",)),
        ("incidents", ("gss_code",)),
        ("programme_totals", ("recipient_count",)),
    ],
)
def test_rows_of_a_dataset_have_keys_of_their_own_whatever_the_keys_type(name, key):
    kind = replace(dataset(name), key=key)
    keys = {tuple(numbered(kind, n)[column] for column in key) for n in range(1, 31)}
    assert len(keys) == 30


def test_a_key_that_can_hardly_vary_is_said():
    kind = replace(dataset("incidents"), key=("category",))
    with pytest.raises(AssertionError, match="No key column of incidents"):
        numbered(kind, 1)
