"""Datasets: every contract is whole, and an unknown name says which there are."""

import csv
import re

import pytest

from pipelines.datasets import ALL, CONTRACTS, Column, Dataset, dataset
from pipelines.errors import BuildError
from pipelines.limits import TIMES
from pipelines.load import SQL
from pipelines.stage import TYPES
from settings import settings


LISTS = settings.reference / "lists"
COMMON = ["record_version", "is_withdrawn", "share_level", "handling"]


def codes(name: str) -> list[str]:
    with (LISTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row["code"] for row in csv.DictReader(file)]


def columns() -> list[tuple[str, Column]]:
    return [(kind.name, column) for kind in ALL for column in kind.columns]


def test_every_contract_belongs_to_a_dataset_and_every_dataset_has_one():
    assert {path.stem for path in CONTRACTS.glob("*.csv")} == {
        "common",
        *(kind.name for kind in ALL),
    }


@pytest.mark.parametrize("layer", ["staging", "core"])
def test_every_dataset_has_its_select_in_each_layer(layer):
    files = {path.stem for path in (SQL / layer).glob("*.sql")}
    assert {kind.name for kind in ALL} <= files


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_key_and_date_are_columns_of_the_contract(kind: Dataset):
    names = [column.column for column in kind.columns]
    assert len(set(names)) == len(names)
    assert set(kind.key) <= set(names)
    assert not kind.dated_by or kind.dated_by in names


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_council_datasets_end_with_the_common_columns_and_public_ones_do_not(kind):
    names = [column.column for column in kind.columns]
    assert (names[-4:] == COMMON) is not kind.is_public


def test_every_column_has_a_known_type_and_says_what_it_means():
    for place, column in columns():
        assert column.type in TYPES, (place, column.column)
        assert column.required in ("yes", "no"), (place, column.column)
        assert column.definition.endswith("."), (place, column.column)


def test_an_example_passes_the_rules_of_its_own_column():
    for place, column in columns():
        where = (place, column.column)
        if column.is_required:
            assert column.example, where
        if column.allowed and column.example:
            assert column.example in codes(column.allowed), where
        if column.pattern and column.example:
            assert re.search(column.pattern, column.example), where
        if column.type == "text" and column.maximum:
            assert len(column.example) <= int(column.maximum), where
        elif column.type in TIMES and column.minimum:
            assert column.example[:10] >= column.minimum, where
        elif column.example and (column.minimum or column.maximum):
            assert float(column.example) >= float(column.minimum or "-inf"), where
            assert float(column.example) <= float(column.maximum or "inf"), where


def test_required_names_the_columns_that_must_be_filled_in():
    assert dataset("award_payments").required == [
        "payment_id",
        "award_id",
        "gss_code",
        "paid_on",
        "amount_paid_gbp",
    ]


def test_an_unknown_dataset_says_which_there_are():
    with pytest.raises(BuildError, match="no dataset called 'incident'.*disruptions"):
        dataset("incident")
