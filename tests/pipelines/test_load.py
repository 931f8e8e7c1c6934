"""Load: every row is accounted for, and the latest version of each counts."""

from datetime import date

import duckdb
import pytest

from pipelines.errors import BuildError
from pipelines.load import refuse_imbalance
from tests.support.rows import disruption, incident, returned, write
from tests.support.warehouse import Installation


def sent(ref: str, subjects: int, **changes: object) -> dict[str, str]:
    """One incident, told apart from its other versions by the people affected."""
    reference = f"INC-{ref}"
    return incident(incident_ref=reference, data_subjects_affected=subjects, **changes)


FIRST = [
    sent("AAAA", 1),
    sent("BBBB", 1),
    sent("CCCC", 1),
    sent("DDDD", 1, action="no such"),
    sent("EEEE", 1),
    sent("EEEE", 1),
]
SECOND = [
    sent("AAAA", 2, record_version=2),
    sent("BBBB", 2),
    sent("CCCC", 2, record_version=2, is_withdrawn="true"),
]
LATE = [sent("AAAA", 3)]
LINKED = [
    disruption(disruption_id="DIS-0001", incident_ref="INC-AAAA"),
    disruption(disruption_id="DIS-0002", incident_ref="INC-DDDD"),
    disruption(disruption_id="DIS-0003"),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Installation:
    """Corrections, a withdrawal, repeats, a ragged row, a refused and a demo file."""
    made = Installation(tmp_path_factory.mktemp("load"))
    first = made.put("incidents", FIRST, "1.csv")
    first.write_text(first.read_text() + "a row,of three,cells\n")
    made.put("incidents", SECOND, "2.csv")
    made.put("incidents", LATE, "3.csv")
    first.with_name("4.csv").write_text("not,incidents\n1,2\n")
    first.with_name("5.csv").write_bytes(first.read_bytes())
    made.put("disruptions", LINKED)
    made.put("returns", [returned(return_kind="data")])
    write(made.settings.demonstration / "incidents" / "1.csv", [sent("AAAA", 9)])
    assert made.build().exit_code == 20
    return made


def test_rows_in_are_accepted_quarantined_or_superseded_file_by_file(built):
    assert built.read(
        "select source_file, status, rows_in, accepted, quarantined, superseded "
        "from quality.files where dataset = 'incidents' order by arrival"
    ) == [
        ("demonstration/incidents/1.csv", "loaded", 1, 1, 0, 0),
        ("raw/incidents/1.csv", "loaded in part", 7, 1, 2, 4),
        ("raw/incidents/2.csv", "loaded", 3, 3, 0, 0),
        ("raw/incidents/3.csv", "loaded", 1, 0, 0, 1),
        ("raw/incidents/4.csv", "refused", 0, 0, 0, 0),
        ("raw/incidents/5.csv", "repeated", 7, 0, 0, 7),
    ]


def test_rows_in_are_accepted_quarantined_or_superseded_in_total(built):
    assert built.read(
        "select sum(rows_in), sum(accepted), sum(quarantined), sum(superseded) "
        "from quality.files where dataset = 'incidents'"
    ) == [(19, 5, 2, 12)]


def test_the_higher_version_counts_then_the_later_file(built):
    assert built.read(
        "select incident_ref, data_subjects_affected, record_version, source_file "
        "from core.incidents where collection = 'department' order by 1"
    ) == [
        ("INC-AAAA", 2, 2, "raw/incidents/2.csv"),
        ("INC-BBBB", 2, 1, "raw/incidents/2.csv"),
        ("INC-EEEE", 1, 1, "raw/incidents/1.csv"),
    ]


def test_a_withdrawn_row_is_accepted_and_no_longer_counted(built):
    accepted = built.read(
        "select accepted from quality.files where source_file = 'raw/incidents/2.csv'"
    )
    counted = built.read("select count(*) from core.incidents where incident_ref = 'INC-CCCC'")
    assert (accepted, counted) == ([(3,)], [(0,)])


def test_collections_do_not_correct_one_another(built):
    assert built.read(
        "select data_subjects_affected from core.incidents where collection = 'demonstration'"
    ) == [(9,)]


def test_a_refused_file_says_why_and_a_repeated_one_of_what(built):
    reasons = dict(built.read("select source_file, reason from quality.files"))
    assert "columns missing" in reasons["raw/incidents/4.csv"]
    said = reasons["raw/incidents/5.csv"]
    assert said.startswith("Same content as raw/incidents/1.csv, received ")


def test_a_ragged_row_is_quarantined_with_its_text(built):
    assert built.read(
        "select source_file, source_row, raw_row from quality.quarantine "
        "where rule_id = 'row.readable'"
    ) == [("raw/incidents/1.csv", 8, "a row,of three,cells")]


def test_a_disruption_of_an_incident_set_aside_stays_unlinked(built):
    assert built.read(
        "select disruption_id, incident_ref, is_orphan from core.disruptions order by 1"
    ) == [("DIS-0001", "INC-AAAA", False), ("DIS-0002", None, True), ("DIS-0003", None, False)]


def test_a_file_loaded_twice_changes_no_figure(built):
    assert built.read(
        "select gss_code, period, numerator from marts.indicator_values "
        "where indicator = 'incidents_reported'"
    ) == [("E06000001", date(2025, 3, 1), 3)]
    assert built.read(
        "select count(*) from core.incidents where source_file = 'raw/incidents/5.csv'"
    ) == [(0,)]


def test_a_row_that_is_lost_stops_the_build():
    with duckdb.connect() as connection:
        connection.execute("create schema quality")
        connection.execute(
            "create table quality.files as select 'a.csv' as source_file, "
            "5 as rows_in, 2 as accepted, 1 as quarantined, 1 as superseded"
        )
        with pytest.raises(BuildError, match="a.csv: 5 rows came in, but 2 were acc"):
            refuse_imbalance(connection)
