"""The steward's reads: sums done by eye, and who may look."""

import csv
from datetime import date

import pytest

from analytics.quality import freshness, reads
from analytics.reading import warehouse
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError, Viewer
from analytics.reading.warehouse import NoWarehouseError
from pipelines.datasets import ALL
from pipelines.landing import RECEIVED, Landing, Receipt
from settings import settings
from tests.support.rows import incident, returned, write
from tests.support.warehouse import Installation


COUNCIL = Viewer("council", "E06000001")
DEPARTMENT = "department"
HARTLEPOOL, MIDDLESBROUGH = "E06000001", "E06000002"
FIRST, SECOND = "2025-05-10T10:00:00+00:00", "2026-06-10T10:00:00+00:00"


@pytest.fixture(scope="module")
def department(tmp_path_factory) -> Installation:
    """Two councils' incidents in two files, a year apart, and one return.

    2025: Hartlepool sends four rows, one with an action that there is not;
    Middlesbrough sends one, and a row of nowhere is sent. 2026: Hartlepool corrects one
    row, takes one back, and sends a new one dated January 2025.
    """
    made = Installation(tmp_path_factory.mktemp("department"))
    land(
        made,
        "incidents",
        "first.csv",
        FIRST,
        [
            incident(incident_ref="INC-1", gss_code=HARTLEPOOL),
            incident(incident_ref="INC-2", gss_code=HARTLEPOOL),
            incident(incident_ref="INC-3", gss_code=HARTLEPOOL),
            incident(incident_ref="INC-4", gss_code=HARTLEPOOL, action="magic"),
            incident(incident_ref="INC-5", gss_code=MIDDLESBROUGH),
            incident(incident_ref="INC-6", gss_code="Nowhere at all"),
        ],
    )
    land(
        made,
        "incidents",
        "second.csv",
        SECOND,
        [
            incident(incident_ref="INC-1", gss_code=HARTLEPOOL, record_version="2", action="error"),
            incident(
                incident_ref="INC-2", gss_code=HARTLEPOOL, record_version="2", is_withdrawn="true"
            ),
            incident(incident_ref="INC-9", gss_code=HARTLEPOOL, detected_at="2025-01-05T10:00:00Z"),
        ],
    )
    land(
        made,
        "returns",
        "returns.csv",
        SECOND,
        [
            returned(
                gss_code=HARTLEPOOL,
                dataset="incidents",
                return_kind="data",
                period_starts_on="2025-03-01",
                received_on="2025-04-09",
            ),
            returned(
                gss_code=HARTLEPOOL,
                dataset="incidents",
                return_kind="nil",
                period_starts_on="2025-02-01",
                received_on="2025-04-09",
            ),
        ],
    )
    made.build()
    made.build(as_at="2025-12-31")
    return made


def land(made: Installation, dataset: str, name: str, at: str, rows) -> None:
    """A file received at a moment of the past."""
    path = write(made.settings.warehouse.parent / "sent" / name, rows)
    Landing(made.settings.landing).land(
        path,
        Receipt(
            0, RECEIVED, at, DEPARTMENT, dataset, name, sent_by="Ann", purpose="test", mirrors=name
        ),
    )


@pytest.fixture(scope="module")
def path(department) -> str:
    """The published warehouse."""
    return warehouse.current(department.settings.warehouse)


def ask(read, path, *arguments):
    """A read as the local analyst."""
    return read(path, LOCAL_ANALYST, DEPARTMENT, *arguments)


def test_files_carry_their_receipt_and_sender_newest_first(path):
    found = ask(reads.files, path)
    assert found["arrival"].tolist() == [3, 2, 1]
    assert found["sent_by"].unique().tolist() == ["Ann"]
    counts = found.set_index("arrival")[["rows_in", "accepted", "quarantined", "superseded"]]
    assert counts.loc[1].tolist() == [6, 2, 2, 2]
    assert counts.loc[2].tolist() == [3, 3, 0, 0]


def test_arrivals_are_counted_by_month_and_dataset(path):
    found = ask(reads.arrivals, path)
    rows = found[["dataset", "month", "files", "rows_in"]].astype({"month": str})
    assert rows.to_numpy().tolist() == [
        ["incidents", "2025-05-01", 1, 6],
        ["incidents", "2026-06-01", 1, 3],
        ["returns", "2026-06-01", 1, 2],
    ]


def test_conformance_is_rows_accepted_of_rows_sent_by_year_of_receipt(path):
    found = ask(reads.conformance, path, "incidents")
    # Replaced rows passed too; the row of nowhere is in no council's share.
    rows = found.assign(gss_code=found["gss_code"].fillna("nobody"))[
        ["gss_code", "period_label", "numerator", "denominator", "value"]
    ].sort_values(["period_label", "gss_code"])
    assert rows.to_numpy().tolist() == [
        [HARTLEPOOL, "2025/26", 3, 4, 75.0],
        [MIDDLESBROUGH, "2025/26", 1, 1, 100.0],
        ["nobody", "2025/26", 0, 1, 0.0],
        [HARTLEPOOL, "2026/27", 3, 3, 100.0],
    ]


def test_a_council_that_sent_nothing_has_no_share_at_all(path):
    found = ask(reads.conformance, path, "incidents")
    later = found[found["period_label"] == "2026/27"]
    assert MIDDLESBROUGH not in set(later["gss_code"])


def test_rows_set_aside_are_those_of_the_council_asked_for(path):
    everyone = ask(reads.quarantine, path)
    assert everyone["value"].tolist() == ["magic", "Nowhere at all"]
    assert everyone["council_name"].fillna("").tolist() == ["Hartlepool", ""]
    own = ask(reads.quarantine, path, "", HARTLEPOOL)
    assert own[["source_row", "value"]].to_numpy().tolist() == [[5, "magic"]]
    assert ask(reads.quarantine, path, "", MIDDLESBROUGH).empty
    assert ask(reads.quarantine, path, "disruptions", HARTLEPOOL).empty


def test_what_was_revised_since_a_day_is_what_came_since(path):
    found = ask(reads.revised, path, date(2026, 1, 1))
    rows = found[["row_key", "what", "council_name", "arrival"]]
    assert sorted(rows.to_numpy().tolist()) == [
        ["INC-1", "corrected", "Hartlepool", 2],
        ["INC-2", "withdrawn", "Hartlepool", 2],
    ]
    assert ask(reads.revised, path, date(2026, 6, 11)).empty


def test_late_rows_were_due_before_the_day_and_came_after_it(path):
    found = ask(reads.late, path, date(2026, 1, 1))
    # INC-9 of January 2025, and the returns of February and March 2025.
    assert sorted(found.to_numpy().tolist()) == [["incidents", 1], ["returns", 2]]
    # On 1 March 2025 nothing dated January (due 2 March) was late yet.
    early = ask(reads.late, path, date(2025, 3, 1))
    assert "incidents" not in set(early["dataset"])


def test_coverage_counts_returns_and_leaves_silence_unknown(path):
    found = ask(reads.coverage, path, "incidents", date(2024, 4, 1))
    assert len(found) == 317
    own = found.set_index("gss_code")
    assert own.loc[HARTLEPOOL, ["value", "nil_returns"]].tolist() == [2, 1]
    assert found["value"].notna().sum() == 1
    assert own.loc[MIDDLESBROUGH, "note"] == "[x]"


def test_a_collection_without_figures_yet_can_be_looked_at_all_the_same(path):
    found = reads.collections(path, LOCAL_ANALYST)
    assert list(found) == [DEPARTMENT]


# Then and now -------------------------------------------------------------------------


def test_days_kept_are_listed_and_their_figures_are_of_that_day(department, path):
    folder = department.settings.warehouse
    assert warehouse.days_as_at(folder) == ["2025-12-31"]
    before = warehouse.current_as_at("2025-12-31", folder)
    files = reads.files(before, LOCAL_ANALYST, DEPARTMENT)
    assert files["arrival"].tolist() == [1]


@pytest.mark.parametrize("day", ["2024-01-01", "..", "../..", "2025-12-31/.."])
def test_a_day_that_was_not_kept_says_what_to_run(department, day):
    with pytest.raises(NoWarehouseError, match="build --as-at"):
        warehouse.current_as_at(day, department.settings.warehouse)


def test_folders_that_are_no_days_are_not_listed(tmp_path):
    for name in ("2025-12-31", "2025-1-1", "other", "20251231"):
        (tmp_path / "as-at" / name).mkdir(parents=True)
        (tmp_path / "as-at" / name / "CURRENT").touch()
    (tmp_path / "as-at" / "2024-12-31").mkdir()
    assert warehouse.days_as_at(tmp_path) == ["2025-12-31"]


def test_the_same_warehouse_beside_itself_shows_no_change(demo):
    found = reads.then_and_now(demo.path, LOCAL_ANALYST, demo.path, "demonstration")
    assert len(found) >= 15
    assert found["change"].unique().tolist() == ["no change"]
    # Two threads add in any order, so the last digit may differ.
    assert found["then"].tolist() == pytest.approx(found["now"].tolist(), rel=1e-12)


def test_a_collection_that_there_was_not_has_no_figures_of_then(department, demo):
    before = warehouse.current_as_at("2025-12-31", department.settings.warehouse)
    found = reads.then_and_now(demo.path, LOCAL_ANALYST, before, "demonstration")
    assert found.empty


# Freshness ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "days", "last", "today", "due_on", "state"),
    [
        ("month", 30, "2026-04-20", "2026-05-30", "2026-05-30", "On time"),
        ("month", 30, "2026-04-20", "2026-05-31", "2026-05-30", "Overdue by 1 day"),
        ("month", 30, "2026-12-31", "2027-03-01", "2027-01-30", "Overdue by 30 days"),
        ("year", 60, "2026-03-31", "2026-05-30", "2026-05-30", "On time"),
        ("year", 60, "2026-04-01", "2026-05-30", "2027-05-30", "On time"),
        ("as it happens", None, "2020-01-01", "2026-01-01", "", "No due date"),
        ("month", 30, "", "2026-01-01", "", "Nothing received"),
    ],
)
def test_what_is_due_follows_the_schedule(every, days, last, today, due_on, state):
    found = freshness.due(every, days, day(last), day(today))
    assert found == (day(due_on), state)


def day(text: str) -> date | None:
    """A day as text, or none."""
    return date.fromisoformat(text) if text else None


def test_freshness_is_of_the_last_file_that_brought_something(path):
    found = reads.freshness_on(path, LOCAL_ANALYST, DEPARTMENT, date(2026, 8, 1))
    by_name = found.set_index("dataset")
    assert by_name.loc["incidents", "state"] == "Overdue by 2 days"
    assert by_name.loc["incidents", "due_on"] == date(2026, 7, 30)
    assert by_name.loc["disruptions", "state"] == "Nothing received"
    assert by_name.loc["disruptions", "files"] == 0


def test_every_dataset_that_councils_hand_in_has_its_schedule():
    with (settings.reference / "schedules.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["dataset"], row["title"]) for row in rows] == [
        (one.name, one.title) for one in ALL if not one.is_public
    ]
    assert {row["every"] for row in rows} == {"month", "year", "as it happens"}
    for row in rows:
        assert row["description"].endswith(".")
        assert bool(row["due_days"]) == (row["every"] in ("month", "year"))


# Who may look -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "arguments"),
    [
        (reads.files, ()),
        (reads.arrivals, ()),
        (reads.freshness_on, (date(2026, 1, 1),)),
        (reads.rules, ()),
        (reads.quarantine, ()),
        (reads.notes, ()),
        (reads.coverage, ("incidents", date(2024, 4, 1))),
        (reads.conformance, ()),
        (reads.revised, (date(2020, 1, 1),)),
        (reads.late, (date(2020, 1, 1),)),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_only_the_department_reads_of_every_council(path, read, arguments):
    with pytest.raises(NotAllowedError, match="data steward"):
        read(path, COUNCIL, DEPARTMENT, *arguments)
    read(path, Viewer("programme"), DEPARTMENT, *arguments)


def test_only_the_department_compares_then_and_now(path):
    with pytest.raises(NotAllowedError, match="data steward"):
        reads.then_and_now(path, COUNCIL, path, DEPARTMENT)
