"""Stage: text becomes values, or is kept as text that could not be read."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.support.rows import Row, row, write
from tests.support.warehouse import Extracted


Read = Callable[[str, str, list[str]], dict[str, Any]]


@pytest.fixture
def staged(tmp_path):
    """Columns of staged rows of one dataset."""

    def values(name: str, rows: list[Row], *columns: str) -> list[tuple]:
        path = write(tmp_path / f"{name}.csv", rows)
        return Extracted(name, path).stage().rows(*columns, schema="staging")

    return values


@pytest.fixture
def read(staged) -> Read:
    """The value of each text, and the text itself where it could not be read."""

    def values(name: str, column: str, texts: list[str]) -> dict[str, Any]:
        rows = [row(name, **{column: text}) for text in texts]
        pairs = staged(name, rows, column, f"{column}__unread")
        assert all(value is None or unread is None for value, unread in pairs)
        answers = [unread or value for value, unread in pairs]
        return dict(zip(texts, answers, strict=True))

    return values


def unread(*texts: str) -> dict[str, str]:
    """Texts that stay as they are."""
    return {text: text for text in texts}


def check(read: Read, name: str, column: str, expected: dict[str, Any]) -> None:
    assert read(name, column, list(expected)) == expected


def test_money_has_pounds_and_commas(read):
    check(
        read,
        "award_payments",
        "amount_paid_gbp",
        {
            "12000": Decimal("12000.00"),
            "£1,250.50": Decimal("1250.50"),
            " £ 1 250 ": Decimal("1250.00"),
            "-£5": Decimal("-5.00"),
            "0": Decimal("0.00"),
        },
    )


def test_money_that_is_not_in_english_notation_is_not_guessed(read):
    strange = unread("nil", "1.234,50", "12,50", "1,2,3", "1e3", "£", "nan")
    check(read, "award_payments", "amount_paid_gbp", strange)


def test_dates_are_iso_or_day_first(read):
    check(
        read,
        "award_payments",
        "paid_on",
        {
            "2024-03-28": date(2024, 3, 28),
            "28/03/2024": date(2024, 3, 28),
            "05/03/2024": date(2024, 3, 5),
            "5/3/2024": date(2024, 3, 5),
            "28-Mar-2024": date(2024, 3, 28),
        },
    )


def test_a_date_that_does_not_exist_or_lacks_a_century_is_not_guessed(read):
    strange = unread("31/02/2024", "03/28/2024", "28/03/24", "24-03-28", "March", "2024-03")
    check(read, "award_payments", "paid_on", strange)


def test_times_without_an_offset_are_london_times(read):
    check(
        read,
        "incidents",
        "detected_at",
        {
            "2025-01-10T12:00:00Z": datetime(2025, 1, 10, 12),
            "2025-07-10T12:00:00Z": datetime(2025, 7, 10, 12),
            "2025-07-10T12:00:00+01:00": datetime(2025, 7, 10, 11),
            "2025-07-10 12:00:00+01": datetime(2025, 7, 10, 11),
            "2025-01-10T12:00": datetime(2025, 1, 10, 12),
            "2025-07-10T12:00": datetime(2025, 7, 10, 11),
            "2025-07-10 12:00:30": datetime(2025, 7, 10, 11, 0, 30),
            "10/01/2025 12:00": datetime(2025, 1, 10, 12),
            "10/07/2025 12:00": datetime(2025, 7, 10, 11),
            "10/07/2025": datetime(2025, 7, 9, 23),
            "2025-07-10": datetime(2025, 7, 9, 23),
        },
    )


def test_a_time_that_cannot_be_read_is_kept_as_text(read):
    strange = unread("yesterday", "2025-07-10 25:00", "10/07/25 12:00", "2025-07-10T12:00 CET")
    check(read, "incidents", "detected_at", strange)


def test_a_whole_number_is_never_made_by_rounding(read):
    check(
        read,
        "incidents",
        "data_subjects_affected",
        {"1,200": 1200, "7.0": 7, "": None, **unread("3.7", "1e3", "1_000", "many")},
    )


def test_a_number_is_finite(read):
    check(
        read,
        "incidents",
        "ico_report_hours",
        {"20.5": 20.5, "1,020.5": 1020.5, **unread("NaN", "inf", "20,5")},
    )


def test_yes_and_no_have_many_spellings(read):
    check(
        read,
        "incidents",
        "is_ransom_demanded",
        {
            "TRUE": True,
            "yes": True,
            "Y": True,
            "1": True,
            "False": False,
            "no": False,
            "N": False,
            "0": False,
            **unread("perhaps"),
        },
    )


def test_lists_are_parted_by_bars(staged):
    rows = [row("incidents", system_ids=" SYS-1 ; SYS-2| SYS-3")]
    assert staged("incidents", rows, "system_ids") == [("SYS-1|SYS-2|SYS-3",)]


def test_blanks_of_the_common_columns_mean_the_most_private_first_version(staged):
    columns = ("record_version", "is_withdrawn", "share_level", "handling")
    assert staged("events", [row("events")], *columns) == [
        (1, False, "own_only", "OFFICIAL-SENSITIVE")
    ]


def test_a_cell_of_spaces_is_blank(staged):
    assert staged("events", [row("events", title="   ")], "title") == [(None,)]


def test_older_codes_of_a_council_become_its_code_of_today(staged):
    codes = ["E08000016", "E08000019", "e06000001", "E07000029", "E99999999"]
    rows = [row("events", gss_code=code, happened_on="2018-05-01") for code in codes]
    columns = ("gss_code", "gss_code_given", "is_council_known")
    assert staged("events", rows, *columns) == [
        ("E08000038", "E08000016", True),
        ("E08000039", "E08000019", True),
        ("E06000001", "e06000001", True),
        ("E07000029", "E07000029", True),
        ("E99999999", "E99999999", False),
    ]


def test_a_council_stands_from_its_first_day_to_its_last(staged):
    copeland, cumberland = "E07000029", "E06000063"
    rows = [
        row("events", gss_code=code, happened_on=day)
        for code in (copeland, cumberland)
        for day in ("2023-03-31", "2023-04-01")
    ]
    stood = [row[0] for row in staged("events", rows, "is_council_of_the_day")]
    assert stood == [True, False, False, True]


def test_the_day_of_a_row_is_a_london_day(staged):
    first_hour = "2023-04-01T00:30:00+01:00"
    rows = [row("incidents", gss_code="E06000063", detected_at=first_hour)]
    assert staged("incidents", rows, "council_day", "is_council_of_the_day") == [
        (date(2023, 4, 1), True)
    ]
