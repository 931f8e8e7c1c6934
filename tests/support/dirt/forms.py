"""Ways to write a value: the first is what systems write, the others what people do."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.dirt.facts import councils


LONDON = ZoneInfo("Europe/London")
UNKNOWN = ("n/a", "N/A", "unknown", "TBC", "not known", "NULL", "?")
PADS = (" ", "  ", "\u00a0", "\u200b")
# Columns of text take every text as it stands, a word for unknown too.
TEXTUAL = ("text", "list", "council")


def plain(kind: str, value: object) -> str:
    """The one form that every system writes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def fancy(kind: str, value: object, rng: Random) -> str:
    """One of the forms that people write, for a file with decimal points."""
    if value is None:
        return rng.choice(UNKNOWN) if kind not in TEXTUAL and rng.random() < 0.3 else ""
    if kind in ("date", "timestamp", "boolean", "council"):
        forms = FORMS[kind](value)
    elif kind in ("text", "list"):
        forms = [str(value), str(value).replace("|", " ; ")][: 1 + (kind == "list")]
    else:
        forms = NUMBERS[kind](value)
    pad = rng.choice(PADS) if rng.random() < 0.2 else ""
    return rng.choice(("", pad)) + rng.choice(forms) + rng.choice(("", pad))


def dates(day: date) -> list[str]:
    """A day."""
    d, b = day.day, day.strftime("%b")
    last = {1: "st", 2: "nd", 3: "rd"}.get(d % 10 if d not in (11, 12, 13) else 0, "th")
    serial = (day - date(1899, 12, 30)).days
    return [
        day.isoformat(),
        day.strftime("%d/%m/%Y"),
        day.strftime("%d-%m-%Y"),
        day.strftime("%d.%m.%Y"),
        day.strftime("%Y/%m/%d"),
        f"{d}/{day.month}/{day.year}",
        day.strftime("%d %B %Y"),
        f"{d}-{b}-{day.year}",
        f"{d} {b.upper()} {day.year}",
        f"{d}{last} {day:%B %Y}",
        f"{day:%A} {d}{last} of {day:%B %Y}",
        day.strftime("%B %d, %Y"),
        day.strftime("%a, %d %b %Y"),
        str(serial),
        f"{day.isoformat()} 00:00:00",
        f"{day:%d/%m/%Y} 00:00",
        f"{day:%Y-%m-%d}T00:00:00Z",
        day.strftime("%d %b %Y").replace("Sep", "Sept"),
    ]


def moments(moment: datetime) -> list[str]:
    """A moment in UTC, with its zone or as London's clocks showed it."""
    local = moment.replace(tzinfo=UTC).astimezone(LONDON)
    shown, zone = local.replace(tzinfo=None), local.strftime("%z")
    zoned = [
        moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        moment.strftime("%Y-%m-%d %H:%M:%S UTC"),
        f"{shown.isoformat()}{zone[:3]}:{zone[3:]}",
        f"{shown.isoformat()}{zone}",
        f"{shown:%d/%m/%Y %H:%M:%S} {local.tzname()}",
    ]
    # Of the two times that an autumn night has twice, the later one needs no zone.
    later = shown.replace(tzinfo=LONDON, fold=1).astimezone(UTC).replace(tzinfo=None)
    return zoned if later != moment else zoned + clock_times(shown)


def clock_times(shown: datetime) -> list[str]:
    """A moment as London's clocks showed it."""
    serial = (shown - datetime(1899, 12, 30)).total_seconds() / 86400
    found = [
        shown.isoformat(),
        shown.isoformat(" "),
        shown.strftime("%d/%m/%Y %H:%M:%S"),
        f"{shown.isoformat()}.000",
        f"{shown:%-d %B %Y} at {shown:%I:%M:%S %p}",
    ]
    found += [f"{serial:.9f}"] if serial % 1 else [f"{serial:.0f}"]
    if not shown.second:
        found += [
            shown.strftime("%d/%m/%Y %H:%M"),
            shown.strftime("%Y-%m-%dT%H:%M"),
            shown.strftime("%-d %b %Y, %H:%M"),
            shown.strftime("%d-%m-%Y %H:%M"),
            f"{shown:%A %-d %B %Y} {int(shown.strftime('%I'))}:{shown:%M%p}".lower(),
        ]
    if shown.hour == shown.minute == shown.second == 0:
        found += dates(shown.date())[:8]
    return found


def booleans(value: bool) -> list[str]:
    """Yes or no."""
    yes = ["true", "TRUE", "Yes", "yes", "Y", "1", "T"]
    return yes if value else ["false", "FALSE", "No", "no", "N", "0", "F"]


def integers(value: int) -> list[str]:
    """A whole number."""
    grouped = f"{value:,}"
    return [
        str(value),
        grouped,
        grouped.replace(",", " "),
        f"{value}.0",
        f"+{value}",
        grouped.replace(",", "\u00a0"),
        f"{value}.00",
    ]


def decimals(value: float) -> list[str]:
    """A number with a point."""
    found = [plain("", value), f"{value:,}", f"{value:.2f}", f"{value:,.2f}"]
    return found + [f"{value:,.0f}"] * (value == int(value))


def lengths(value: float) -> list[str]:
    """Hours as a number, on a clock and in words."""
    whole, minutes = int(value), round(value % 1 * 60)
    words = f"{whole} hours {minutes} minutes" if minutes else f"{whole} hours"
    days = f"{whole // 24} days {whole % 24} hours" + f" {minutes} mins" * bool(minutes)
    return [
        *decimals(value),
        f"{whole}:{minutes:02}",
        f"{whole}:{minutes:02}:00",
        f"{whole}h{minutes:02}",
        f"{whole}h {minutes}m",
        words,
        days,
        f"{round(value * 60)} minutes",
        f"{plain('', value)} hrs",
    ]


def amounts(value: Decimal) -> list[str]:
    """Pounds."""
    two = f"{value:,.2f}"
    short = f"{value:,}" if value % 1 else f"{int(value):,}"
    found = [
        str(value),
        f"£{short}",
        two,
        f"£{two}",
        f"£ {two}",
        f"GBP {short}",
        f"{short} GBP",
        short.replace(",", " "),
        f"£{two.replace(',', '')}",
    ]
    for suffix, scale in (
        ("k", 10**3),
        (" thousand", 10**3),
        ("m", 10**6),
        ("M", 10**6),
        (" million", 10**6),
    ):
        scaled = (value / scale).normalize()
        if value and value >= scale and len(scaled.as_tuple().digits) < 5:
            found += [f"£{scaled:f}{suffix}", f"{scaled:f}{suffix}"]
    return found + [f"{value * 100:.0f}p"] * (value < 1)


FORMS: dict[str, Callable[[Any], list[str]]] = {
    "date": dates,
    "timestamp": moments,
    "boolean": booleans,
    "council": lambda code: councils()[code],
}
NUMBERS: dict[str, Callable[[Any], list[str]]] = {
    "integer": integers,
    "decimal": decimals,
    "hours": lengths,
    "money": amounts,
}


def with_comma(kind: str, text: str) -> str:
    """A number as a file with decimal commas has it."""
    return text.translate(str.maketrans(",.", ".,")) if kind in NUMBERS else text
