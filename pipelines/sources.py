"""A file on its way into the warehouse: what it is, and what became of it."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipelines.datasets import Dataset, dataset
from pipelines.formats.reading import Options, Plain, Reject
from pipelines.landing import Receipt, moment


@dataclass
class Source:
    """One file to load, and what became of it; `arrival` is its receipt's number."""

    collection: str
    dataset: Dataset
    path: Path
    arrival: int
    name: str
    sha256: str = ""
    received_at: str = ""
    sent_by: str = ""
    purpose: str = ""
    options: Options = field(default_factory=Options)
    rows_in: int = 0
    refused: str = ""
    duplicate_of: int = 0
    is_withdrawn: bool = False
    columns: list[str] = field(default_factory=list)
    plain: Plain | None = None
    rejects: list[Reject] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def received_on(self) -> date:
        """The day in UTC on which the file came."""
        return moment(self.received_at).date()


def source_of(receipt: Receipt, path: Path) -> Source:
    """The source that a receipt describes."""
    return Source(
        receipt.collection,
        dataset(receipt.dataset),
        path,
        receipt.number,
        receipt.name,
        receipt.sha256,
        receipt.received_at,
        receipt.sent_by,
        receipt.purpose,
        receipt.reading,
    )
