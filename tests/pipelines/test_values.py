"""Values: how text becomes a typed value, each form that councils write and others."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.phrases import READS, of_column
from pipelines.datasets import Column
from pipelines.limits import limit_words, possible
from settings import ROOT


SQL = ROOT / "pipelines" / "sql" / "macros.sql"
LONDON = ZoneInfo("Europe/London")
MANY = "1" + "0" * 400
MARCH = date(2025, 3, 31)
Read = Callable[[str, Iterable[str]], dict[str, Any]]


@pytest.fixture(scope="module")
def connection():
    """An empty database that knows the macros."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'Europe/London'")
        connection.execute(SQL.read_text(encoding="utf-8"))
        yield connection


@pytest.fixture(scope="module")
def read(connection) -> Read:
    """What each text is read as; the text itself where it is left unread.

    Read over a table's column, for a constant would be read before the query runs.
    """

    def values(kind: str, texts: Iterable[str]) -> dict[str, Any]:
        left = f"unread_{kind.removesuffix('_comma')}(x)"
        rows = connection.execute(
            f"select x, v, case when v is null then {left} end from ("
            f"select x, as_{kind}(x) as v from (select unnest($1::varchar[]) as x))",
            [list(texts)],
        ).fetchall()
        return {text: left if value is None else value for text, value, left in rows}

    return values


# Every form, by type; a text that stands for itself is left unread. -------------------

READ = {
    "money": {
        "500": 500,
        "500.00": 500,
        "-500": -500,
        "500-": -500,
        "(500)": -500,
        "£500": 500,
        "£1,234.50": Decimal("1234.50"),
        "-£500": -500,
        "£-500": -500,
        "(£500)": -500,
        "£(500)": -500,
        "+5": 5,
        "\u22125": -5,
        "\u20135": -5,
        "1 234": 1234,
        " £ 1 250 ": 1250,
        "1\u00a0234.50": Decimal("1234.50"),
        "£1\u202f234": 1234,
        "\ufeff12\u200b": 12,
        "Â£1,200": 1200,
        "GBP 500": 500,
        "500 GBP": 500,
        "gbp1,500": 1500,
        "£1.2m": 1_200_000,
        "1.2 million": 1_200_000,
        "12k": 12_000,
        "12 K": 12_000,
        "£3bn": 3_000_000_000,
        "2.5 thousand": 2500,
        "(£1.5M)": -1_500_000,
        "£1.234567m": 1_234_567,
        "1.234k": 1234,
        "50p": Decimal("0.50"),
        "150p": Decimal("1.50"),
        ".5": Decimal("0.50"),
        "0.125": Decimal("0.13"),
        "1234.567": Decimal("1234.57"),
        "1,234.567": Decimal("1234.57"),
    },
    "money_comma": {
        "1.234,50": Decimal("1234.50"),
        "12,50": Decimal("12.50"),
        "1.234": 1234,
        "1 234,5": Decimal("1234.50"),
        "£1,2m": 1_200_000,
    },
    "integer": {
        "0": 0,
        "7": 7,
        "007": 7,
        "-5": -5,
        "+5": 5,
        "\u22125": -5,
        "1,200": 1200,
        "1 200": 1200,
        "1\u00a0200": 1200,
        "1200.0": 1200,
        "7.00": 7,
        "1,200.0": 1200,
        "9" * 18: int("9" * 18),
    },
    "integer_comma": {"1.200": 1200, "7,0": 7, "1 200": 1200},
    "decimal": {"20.5": 20.5, "1,020.5": 1020.5, "-1.5": -1.5, ".5": 0.5, "1.234": 1.234},
    "decimal_comma": {"20,5": 20.5, "1.020,5": 1020.5},
    "percent": {
        "45": 45,
        "45%": 45,
        "45 %": 45,
        "45 per cent": 45,
        "45 percent": 45,
        "0.45%": 0.45,
        "0": 0,
        "100": 100,
        "1": 1,
        "-5%": -5,
        "45.5": 45.5,
    },
    "percent_comma": {"45,5": 45.5, "45,5 %": 45.5},
    "hours": {
        "20.5": 20.5,
        "1,020.5": 1020.5,
        "0": 0,
        "-5": -5,
        "2h 30m": 2.5,
        "2h30m": 2.5,
        "2h30": 2.5,
        "2 hours 30 minutes": 2.5,
        "2 hours and 30 mins": 2.5,
        "2 Hrs": 2,
        "90 minutes": 1.5,
        "90m": 1.5,
        "1 day": 24,
        "1 day, 2 hours": 26,
        "3 days 4 hours": 76,
        "1d 2h": 26,
        "1.5 days": 36,
        "2 weeks": 336,
        "20:30": 20.5,
        "100:15": 100.25,
        "20:30:36": 20.51,
        "2h\u00a030m": 2.5,
    },
    "hours_comma": {"20,5": 20.5, "1,5 days": 36, "2h 30m": 2.5},
    "boolean": {
        **dict.fromkeys(
            [
                "true",
                "TRUE",
                "True",
                "t",
                "yes",
                "Yes",
                "y",
                "Y",
                "1",
                " yes ",
                "yes\u200b",
                "\u00a0YES",
            ],
            True,
        ),
        **dict.fromkeys(["false", "FALSE", "False", "f", "no", "No", "n", "N", "0", "\tno"], False),
    },
    "date": {
        **dict.fromkeys(
            [
                "2025-03-31",
                "31/03/2025",
                "31-03-2025",
                "31.03.2025",
                "31-Mar-2025",
                "31 March 2025",
                "31 MAR 2025",
                "31st March 2025",
                "31st of March 2025",
                "Mon 31 March 2025",
                "Monday, 31st March 2025",
                "March 31, 2025",
                "2025/03/31",
                "2025-3-31",
                "2025-03-31T00:00:00",
                "2025-03-31 00:00",
                "2025-03-31T00:00:00.000Z",
                "2025-03-31T00:00:00+01:00",
                "31/03/2025 00:00:00",
                "45747",
                "45747.0",
                "\u200e31/03/2025\u200e",
                "31\u00a0March\u00a02025",
            ],
            MARCH,
        ),
        "5/3/2025": date(2025, 3, 5),
        "05/03/2025": date(2025, 3, 5),
        "1 Sept 2025": date(2025, 9, 1),
        "29/02/2024": date(2024, 2, 29),
        "36526": date(2000, 1, 1),
        "73050": date(2099, 12, 31),
    },
    "timestamp": {
        "2025-01-10T12:00:00Z": datetime(2025, 1, 10, 12),
        "2025-07-10T12:00:00Z": datetime(2025, 7, 10, 12),
        **dict.fromkeys(
            [
                "2025-07-10T12:00:00+01:00",
                "2025-07-10T12:00:00+0100",
                "2025-07-10 12:00:00+01",
                "2025-07-10T12:00",
                "2025-07-10 12:00:00",
                "10/07/2025 12:00",
                "10/07/2025 12:00:00",
                "10/07/2025, 12:00:00",
                "10 July 2025 12:00",
                "10 July 2025 at 12pm",
                "Thu 10 July 2025 12:00",
                "10/07/2025 12:00pm",
                "10/07/2025 12:00 BST",
                "10/07/2025 11:00 GMT",
                "10 July 2025 11:00 UTC",
                "2025-07-10T12:00 BST",
                "45848.5",
                "2025-07-10T16:30:00+05:30",
                "2025-07-10T05:30:00-05:30",
                "2025-07-10T12:00:00.0000000+01:00",
                "10-Jul-2025\u00a012:00",
            ],
            datetime(2025, 7, 10, 11),
        ),
        **dict.fromkeys(
            [
                "31 March 2025 14:05",
                "31 March 2025 2:05pm",
                "31/03/2025 2:05 PM",
                "31/03/2025 02:05:00 p.m.",
                "45747.586805",
                "45747.5868055556",
            ],
            datetime(2025, 3, 31, 13, 5),
        ),
        **dict.fromkeys(
            [
                "2025-07-10",
                "10/07/2025",
                "10 July 2025",
                "45848",
                "10/07/2025 12:00am",
                "2025-07-09T24:00",
                "09/07/2025 24:00",
            ],
            datetime(2025, 7, 9, 23),
        ),
        "2025-07-10T12:00:00.123Z": datetime(2025, 7, 10, 12, 0, 0, 123000),
    },
}
NOT_NUMBERS = [
    "-",
    "none",
    "nil",
    "12,50x",
    "1,2,3",
    "1e5",
    "NaN",
    "inf",
    "٣",
    "１２",
    "many",
    "5.",
    "--5",
    "about 5",
    "5+",
    "~5",
    "#REF!",
    "1_000",
    "1,20,000",
    "12 34",
]
LEFT = {
    "money": [
        *NOT_NUMBERS,
        "1.234,50",
        "12,50",
        "1.234",
        "1.250",
        "£50p",
        "£",
        "$5",
        "€5",
        "(5",
        "5)",
        "(5)-",
        "£1m-£2m",
        "5 mm",
        "9" * 17,
        MANY,
        MANY + "k",
        "££5",
    ],
    "money_comma": [*NOT_NUMBERS, "1,234.50", "12.50", "1,234"],
    "integer": [*NOT_NUMBERS, "3.7", "12,50", "1.000", "12k", "9" * 19, MANY],
    "decimal": [*NOT_NUMBERS, "20,5", "1.234,5", MANY],
    "percent": [*NOT_NUMBERS, "0.45", ".45", "٤%", MANY, "45%%"],
    "hours": [
        *NOT_NUMBERS,
        "half a day",
        "20,5",
        "20:75",
        "5 working days",
        "h",
        "and 2h",
        "30m 2h",
        "2 months",
        "24 hours+",
        "-2h",
        MANY,
        MANY + "h",
    ],
    "boolean": ["✓", "x", "perhaps", "2", "none", "-", "yes no", "oui"],
    "date": [
        "31/02/2025",
        "2025-02-31",
        "29/02/2023",
        "03/28/2025",
        "28/03/24",
        "24-03-28",
        "March",
        "2025-03",
        "20250331",
        "45747.5",
        "36525",
        "73051",
        "31-03/2025",
        "Tue 31 March 2025",
        "31 Marchember 2025",
        "2025-03-31T14:05:00",
        "infinity",
        "today",
        "ongoing",
        "0025-03-31",
        "٣1/03/2025",
        "9999-12-31",
        MANY,
    ],
    "timestamp": [
        "yesterday",
        "ongoing",
        "2025-07-10 25:00",
        "10/07/25 12:00",
        "infinity",
        "2025-02-31T12:00:00Z",
        "31/02/2025 12:00",
        "10/07/2025 14:05 CET",
        "10/07/2025 14:05 EST",
        "2025-07-10T12:00 Europe/London",
        "14:05 31/03/2025",
        "31 March 2025 14",
        "31/03/2025 13:05pm",
        "31/03/2025 0:05am",
        MANY,
        "2025-07-10T12:00:60Z",
        "2025-07-10 12:00+15:00",
        "10000-01-01 0:00:00Z",
        "Tue 31 March 2025 14:05",
    ],
}


@pytest.mark.parametrize("kind", READ)
def test_every_form_is_read_as_what_was_meant(read, kind):
    assert read(kind, READ[kind]) == READ[kind]


@pytest.mark.parametrize("kind", LEFT)
def test_what_could_be_read_in_two_ways_or_none_is_left(read, kind):
    assert read(kind, LEFT[kind]) == {text: text for text in LEFT[kind]}


@pytest.mark.parametrize("kind", READ)
def test_the_fast_and_the_forgiving_path_agree(read, kind):
    texts = [*READ[kind], *LEFT.get(kind, [])]
    plain = read(kind, texts)
    for spaces in (" {} ", "\ufeff{}\u00a0"):
        forgiving = read(kind, [spaces.format(text) for text in texts])
        assert list(forgiving.values()) == list(plain.values())


@pytest.mark.parametrize("kind", sorted(READS))
def test_words_that_say_that_nothing_is_known_are_blank(read, kind):
    words = [
        "",
        " ",
        "\u00a0",
        "n/a",
        "N/A",
        " NA ",
        "n.a.",
        "#N/A",
        "null",
        "Unknown",
        "not known",
        "Not applicable",
        "not recorded",
        "TBC",
        "tbd",
        "To be confirmed",
        "?",
    ]
    assert read(kind, words) == dict.fromkeys(words)


def test_a_dash_is_no_date_but_may_be_nought(read):
    words = ["-", "–", "none", "Nil"]
    assert read("date", words) == read("timestamp", words) == dict.fromkeys(words)
    assert read("money", words) == read("integer", words) == {w: w for w in words}


def test_text_keeps_its_words_and_loses_the_spaces_around_them(connection):
    texts = [
        "a b",
        " a b\u00a0",
        "\ufeffa b\t",
        "unknown",
        "N/A",
        "",
        "\u200b ",
        "é ",
        "a\u00a0b",
        "a\n",
    ]
    select = "select as_text(x), bare(x) from (select unnest($1::varchar[]) as x)"
    read = connection.execute(select, [texts]).fetchall()
    bare = ["a b", "a b", "a b", "unknown", "N/A", "", "", "é", "a\u00a0b", "a"]
    assert read == [(text or None, text) for text in bare]


def test_lists_are_parted_by_bars(connection):
    texts = ["a", "a|b", " a ; b| c", "a\u00a0|b", "", " "]
    select = "select as_list(x) from (select unnest($1::varchar[]) as x)"
    read = [row[0] for row in connection.execute(select, [texts]).fetchall()]
    assert read == ["a", "a|b", "a|b|c", "a|b", None, None]


# The nights on which the clocks change ------------------------------------------------


def test_the_hour_that_comes_twice_is_the_second_unless_it_says_otherwise(read):
    first, second = datetime(2025, 10, 26, 0, 30), datetime(2025, 10, 26, 1, 30)
    expected = {
        "2025-10-26 00:59:59": datetime(2025, 10, 25, 23, 59, 59),
        "2025-10-26 01:30": second,
        "26/10/2025 01:30": second,
        "26 October 2025 1:30am": second,
        "2025-10-26 01:30 GMT": second,
        "2025-10-26 01:30 BST": first,
        "2025-10-26T01:30:00+01:00": first,
        "2025-10-26T00:30:00Z": first,
        "2025-10-26 02:00": datetime(2025, 10, 26, 2),
    }
    assert read("timestamp", expected) == expected


def test_the_hour_that_never_was_is_left_unread(read):
    lost = [
        "2025-03-30 01:00",
        "2025-03-30 01:30",
        "30/03/2025 01:59",
        "30 March 2025 1:30am",
        "45746.0625",
    ]
    assert read("timestamp", lost) == {text: text for text in lost}
    kept = {
        "2025-03-30 00:59:59": datetime(2025, 3, 30, 0, 59, 59),
        "2025-03-30 02:00": datetime(2025, 3, 30, 1),
        "2025-03-30T01:30:00Z": datetime(2025, 3, 30, 1, 30),
        "2025-03-30 01:30 GMT": datetime(2025, 3, 30, 1, 30),
        "2025-03-29 01:30": datetime(2025, 3, 29, 1, 30),
        "2025-03-31 01:30": datetime(2025, 3, 31, 0, 30),
    }
    assert read("timestamp", kept) == kept


def test_only_real_gaps_are_lost_hours(read):
    """Every hour of thirty springs and autumns, against Python's own time zones."""
    hours = [
        datetime(year, month, day, hour, 30)
        for year in range(2000, 2030)
        for month in (3, 10)
        for day in range(22, 32)
        for hour in range(4)
    ]
    answers = read("timestamp", [hour.isoformat(" ", "minutes") for hour in hours])
    for hour, (text, answer) in zip(hours, answers.items(), strict=True):
        moment = hour.replace(tzinfo=LONDON, fold=1).astimezone(UTC)
        exists = moment.astimezone(LONDON).replace(tzinfo=None) == hour
        assert answer == (moment.replace(tzinfo=None) if exists else text)


def test_the_london_day_of_a_moment(connection):
    moments = {
        datetime(2025, 7, 9, 22, 59): date(2025, 7, 9),
        datetime(2025, 7, 9, 23): date(2025, 7, 10),
        datetime(2025, 1, 9, 23): date(2025, 1, 9),
        datetime(2025, 1, 10): date(2025, 1, 10),
    }
    select = "select london_day(unnest($1::timestamp[]))"
    days = [row[0] for row in connection.execute(select, [list(moments)]).fetchall()]
    assert days == list(moments.values())


# What is written is what is read ------------------------------------------------------

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
PENCE = st.integers(-(10**15), 10**15)
MINUTES = st.integers(0, 60 * 24 * 1000)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)
many = settings(max_examples=25, deadline=None)


def ordinal(day: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{'th' if day in (11, 12, 13) else ending}"


DAY_FORMS: list[Callable[[date], str]] = [
    date.isoformat,
    lambda d: f"{d:%d/%m/%Y}",
    lambda d: f"{d.day}/{d.month}/{d.year}",
    lambda d: f"{d:%d-%m-%Y}",
    lambda d: f"{d:%d.%m.%Y}",
    lambda d: f"{d:%d-%b-%Y}",
    lambda d: f"{d:%d %B %Y}",
    lambda d: f"{ordinal(d.day)} {d:%B %Y}",
    lambda d: f"{d:%A} {d.day} {d:%b %Y}",
    lambda d: f"{d:%a}, {ordinal(d.day)} of {d:%B %Y}",
    lambda d: f"{d:%B} {d.day}, {d.year}",
    lambda d: f"{d:%Y/%m/%d}",
    lambda d: f"{d:%Y-%m-%d}T00:00:00",
    lambda d: str((d - date(1899, 12, 30)).days),
]


@many
@given(days=st.lists(DAYS, min_size=1, max_size=20))
def test_a_day_in_any_form_reads_back_as_itself(read, days):
    written = {form(day): day for day in days for form in DAY_FORMS}
    assert read("date", written) == written


CLOCK_FORMS: list[Callable[[datetime], str]] = [
    lambda t: f"{t:%H:%M:%S}",
    lambda t: f"{t:%I:%M:%S %p}",
    lambda t: f"{t:%I:%M:%S%p}".lower().lstrip("0"),
]


@many
@given(moments=st.lists(MOMENTS, min_size=1, max_size=20), ahead=st.integers(-14 * 60, 14 * 60))
def test_a_moment_in_any_form_reads_back_as_itself(read, moments, ahead):
    written = {}
    for utc in moments:
        here = utc.replace(tzinfo=UTC).astimezone(LONDON)
        there = here.astimezone(timezone(timedelta(minutes=ahead)))
        written[f"{utc:%Y-%m-%dT%H:%M:%SZ}"] = utc
        written[there.isoformat()] = written[there.isoformat(" ")] = utc
        for day in DAY_FORMS[:-2]:
            for clock in CLOCK_FORMS:
                zone = " BST" if here.utcoffset() else " GMT"
                written[f"{day(here.date())} {clock(here)}{zone}"] = utc
                # Without a zone the first of two equal hours cannot be said.
                if here.replace(fold=1).utcoffset() == here.utcoffset():
                    written[f"{day(here.date())} {clock(here)}"] = utc
    assert read("timestamp", written) == written


@many
@given(pence=st.lists(PENCE, min_size=1, max_size=30))
def test_an_amount_in_any_form_reads_back_as_itself(read, pence):
    written = {}
    for amount in (Decimal(number) / 100 for number in pence):
        size, debt = abs(amount), amount < 0
        forms = [
            f"{amount}",
            f"{amount:.2f}",
            f"{amount:,.2f}",
            f"{amount:,.2f}".replace(",", "\u00a0"),
        ]
        forms += [f"GBP {amount:.2f}", f"{(amount * 100):.0f}p"]
        forms += [f"({size:.2f})", f"£({size:,.2f})", f"{size:.2f}-"] if debt else []
        forms += [f"-£{size:,.2f}"] if debt else [f"£{size:,.2f}"]
        forms += [f"{(amount / 10**6):f}m", f"{(amount / 1000):f} thousand"]
        written |= dict.fromkeys(forms, amount)
    assert read("money", written) == written
    swap = str.maketrans(",.", ".,")
    comma = {text.translate(swap): amount for text, amount in written.items()}
    assert read("money_comma", comma) == comma


@many
@given(numbers=st.lists(st.integers(-(10**18) + 1, 10**18 - 1), min_size=1))
def test_a_whole_number_in_any_form_reads_back_as_itself(read, numbers):
    forms = "{}", "{:,}", "{}.0", " {}", "{:,}.00"
    written = {form.format(n): n for n in numbers for form in forms}
    assert read("integer", written) == written


@many
@given(minutes=st.lists(MINUTES, min_size=1, max_size=20))
def test_a_time_taken_in_any_form_reads_back_as_itself(read, minutes):
    written = {}
    for total in minutes:
        hours, rest = divmod(total, 60)
        days, left = divmod(hours, 24)
        forms = [
            f"{hours}:{rest:02}",
            f"{hours}h {rest}m",
            f"{total} minutes",
            f"{hours} hours and {rest} mins",
            f"{days}d {left}h {rest}m",
            f"{days} days, {left} hours {rest} minutes",
        ]
        written |= dict.fromkeys(forms, pytest.approx(total / 60))
    assert read("hours", written) == written


def says_nothing(text: str) -> bool:
    """Only spaces, characters that nobody sees, question marks and dashes."""
    seen = [c for c in text if unicodedata.category(c) not in ("Cf", "Zs", "Zl", "Zp")]
    return not set(seen) - set("\t\n\v\f\r\x85?-–—")


@many
@given(texts=st.lists(st.text(max_size=30), min_size=1))
@pytest.mark.parametrize("kind", sorted(READS))
def test_no_text_stops_the_reading_or_vanishes(read, kind, texts):
    answers = read(kind, [text.replace("\0", "") for text in texts])
    lost = [text for text, answer in answers.items() if answer is None]
    unknown = re.compile(r"[\W_]*(nil|none|null|n/?a|unknown|tbc|tbd)[\W_]*", re.I)
    kept = [t for t in lost if not says_nothing(t) and not unknown.fullmatch(t)]
    assert kept == []


# Limits -------------------------------------------------------------------------------


def column(kind: str, minimum: str = "", maximum: str = "") -> Column:
    return Column("when_at", kind, "no", "", "", minimum, maximum, "When.", "")


def is_possible(connection, kind: str, limits: tuple[str, str], value: Any) -> bool:
    sql = possible(column(kind, *limits))
    row = f"select cast($1 as {kind}) as when_at, date '2025-07-10' as received_day"
    return connection.execute(f"select {sql} from ({row})", [value]).fetchone()[0]


LIMITS = ("2000-01-01", "received")


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("date", None, True),
        ("date", date(1999, 12, 31), False),
        ("date", date(2000, 1, 1), True),
        ("date", date(2025, 7, 10), True),
        ("date", date(2025, 7, 11), False),
        ("timestamp", None, True),
        ("timestamp", datetime(1999, 12, 31, 23, 59), False),
        ("timestamp", datetime(2000, 1, 1), True),
        ("timestamp", datetime(2025, 7, 9, 23, 30), True),
        ("timestamp", datetime(2025, 7, 10, 22, 59), True),
        ("timestamp", datetime(2025, 7, 10, 23), False),
    ],
)
def test_a_date_is_from_2000_to_the_london_day_of_arrival(connection, kind, value, expected):
    assert is_possible(connection, kind, LIMITS, value) is expected


def test_a_limit_of_a_summer_is_a_london_midnight(connection):
    limits = ("2025-07-10", "2025-07-10")
    moments = [datetime(2025, 7, day, 22, 59) for day in (9, 10)]
    moments += [datetime(2025, 7, day, 23) for day in (9, 10)]
    held = [is_possible(connection, "timestamp", limits, m) for m in moments]
    assert held == [False, True, True, False]


def test_a_date_limit_is_one_rule_about_a_column_of_staging():
    limited = column("timestamp", *LIMITS)
    readable, rule = of_column(limited, {})
    assert readable.meta["rule_id"] == "when_at.readable"
    assert rule.meta == {"rule_id": "when_at.possible", "column": "when_at"}
    assert rule.column == "when_at__possible"
    assert rule.description == (
        "When at is a date from 2000 to the day that the file was received."
    )


def test_limits_are_days_or_the_day_of_arrival():
    assert possible(column("date")) is None
    assert possible(column("decimal", "0")) is None
    assert limit_words(column("date", maximum="2025-07-10")) == "to 2025-07-10"
    with pytest.raises(ValueError, match="yesterday"):
        possible(column("date", "yesterday"))
