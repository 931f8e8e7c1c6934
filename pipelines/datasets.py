"""The datasets we accept: what each is called, its key, and its contract.

Columns live in `contracts/<name>.csv`; adding a dataset is one entry here, a
contract, a select in `sql/staging/` and a suite in `expectations/`.
"""

import csv
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from pipelines.errors import BuildError


CONTRACTS = Path(__file__).parent / "contracts"


@dataclass(frozen=True)
class Column:
    """One column of a contract; empty strings mean no rule."""

    column: str
    type: str
    required: str
    allowed: str
    pattern: str
    minimum: str
    maximum: str
    definition: str
    example: str

    @property
    def is_required(self) -> bool:
        return self.required == "yes"


@dataclass(frozen=True)
class Dataset:
    """One kind of file: `key` identifies a row, `dated_by` tells its day."""

    name: str
    title: str
    key: tuple[str, ...]
    dated_by: str = ""
    is_public: bool = False

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The contract's columns, then those common to every council dataset."""
        common = () if self.is_public else read_contract("common")
        return (*read_contract(self.name), *common)

    @property
    def required(self) -> list[str]:
        return [column.column for column in self.columns if column.is_required]


@dataclass(frozen=True)
class PartlyTold(Dataset):
    """A dataset of a file that need not have every column: the sender said some."""

    said: frozenset[str] = frozenset()

    @property
    def required(self) -> list[str]:
        return [name for name in super().required if name not in self.said]


def partly_told(kind: Dataset, said: frozenset[str]) -> Dataset:
    """The dataset, without need of the columns that were said."""
    if not said:
        return kind
    return PartlyTold(kind.name, kind.title, kind.key, kind.dated_by, kind.is_public, said)


@lru_cache
def read_contract(name: str) -> tuple[Column, ...]:
    """Columns of one contract file, in order."""
    with (CONTRACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Column(**row) for row in csv.DictReader(file))


# Parents stand before their children: core tables are loaded in this order.
ALL = (
    Dataset("critical_systems", "Critical systems", ("gss_code", "system_id"), "first_listed_on"),
    Dataset("incidents", "Incidents", ("gss_code", "incident_ref"), "detected_at"),
    Dataset("disruptions", "Service disruptions", ("gss_code", "disruption_id"), "started_at"),
    Dataset(
        "assessments",
        "CAF assessments",
        ("gss_code", "assessment_id", "system_id", "outcome_code"),
        "completed_on",
    ),
    Dataset("awards", "Awards", ("award_id", "gss_code"), "awarded_on"),
    Dataset("award_payments", "Award payments", ("payment_id",), "paid_on"),
    Dataset("programme_budgets", "Programme budgets", ("programme", "financial_year", "objective")),
    Dataset("caf_profiles", "CAF profiles", ("profile", "caf_version", "outcome_code")),
    Dataset("actions", "Improvement actions", ("gss_code", "action_id"), "created_on"),
    Dataset("events", "Programme events", ("event_id",), "happened_on"),
    Dataset("caf_stage_events", "CAF stages", ("gss_code", "stage"), "entered_on"),
    Dataset(
        "returns",
        "Returns received",
        ("gss_code", "dataset", "period_starts_on"),
        "period_starts_on",
    ),
    Dataset("problems", "Problem records", ("gss_code", "problem_id"), "recorded_on"),
    Dataset("sharing", "Sharing register", ("gss_code", "sharing_id"), "listed_on"),
    Dataset("record_sources", "Sources of the public record", ("source_id",), is_public=True),
    Dataset(
        "reported_incidents",
        "Reported incidents",
        ("reported_incident_id",),
        "detected_on",
        is_public=True,
    ),
    Dataset("reported_figures", "Reported figures", ("figure_id",), is_public=True),
    Dataset(
        "reported_awards", "Reported awards", ("reported_award_id",), "awarded_on", is_public=True
    ),
    Dataset("programme_totals", "Programme totals", ("programme_total_id",), is_public=True),
)


def dataset(name: str) -> Dataset:
    """The dataset of that name; an unknown name says which ones there are."""
    for known in ALL:
        if known.name == name:
            return known
    names = ", ".join(known.name for known in ALL)
    raise BuildError(f"There is no dataset called {name!r}. Known datasets: {names}.")
