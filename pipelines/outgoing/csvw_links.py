"""What rows of one dataset say of another, as foreign keys of CSV on the Web.

A foreign key is declared only where the vocabulary's own rule holds, that a reference
names exactly one row: council datasets keep every version of a row, so what their rows
say of another dataset stands in notes instead.
"""

from typing import Any, NamedTuple

from pipelines.datasets import dataset


class Link(NamedTuple):
    """Columns of a dataset that name a row of another, in the same order as its."""

    columns: tuple[str, ...]
    parent: str
    parent_columns: tuple[str, ...]


def link(parent: str, *columns: str) -> Link:
    """A link by columns that are called the same in both datasets."""
    return Link(columns, parent, columns)


# `expectations/relationships.py` checks those of the council datasets.
LINKS = {
    "assessments": [link("critical_systems", "gss_code", "system_id")],
    "disruptions": [link("incidents", "gss_code", "incident_ref")],
    "award_payments": [link("awards", "award_id")],
    "actions": [link("assessments", "gss_code", "assessment_id"), link("awards", "award_id")],
    "reported_figures": [
        link("reported_incidents", "reported_incident_id"),
        link("record_sources", "source_id"),
    ],
    "reported_awards": [link("record_sources", "source_id")],
    "programme_totals": [link("record_sources", "source_id")],
}


def named(each: Link) -> str:
    """A reference that more than one version of a row may answer, in words."""
    columns, others = " and ".join(each.columns), " and ".join(each.parent_columns)
    return (
        f"{columns}, where filled in, names a row of {each.parent} by its {others}; "
        "that dataset may hold several rows for it."
    )


def is_unique(each: Link) -> bool:
    """Whether the columns named are the whole key of a dataset without versions."""
    parent = dataset(each.parent)
    return parent.is_public and parent.key == each.parent_columns


def foreign_key(each: Link, url: str) -> dict[str, Any]:
    """A link as the vocabulary writes it."""
    reference = {"resource": url, "columnReference": list(each.parent_columns)}
    return {"columnReference": list(each.columns), "reference": reference}


def beside(url: str, name: str) -> str:
    """Address of another dataset's CSV in the same folder."""
    folder, slash, _ = url.rpartition("/")
    return f"{folder}{slash}{name}.csv"


def stem(url: str) -> str:
    """The dataset that an address made by `beside` names."""
    return url.rpartition("/")[2].removesuffix(".csv")
