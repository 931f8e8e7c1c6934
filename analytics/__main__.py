"""The same figures without a browser: python -m analytics list | values INDICATOR.

    python -m analytics values hours_disrupted --by region --since 2024-04 --format csv

Values are those of the pages: same warehouse, same scope, same disclosure rule.
"""

import json
import sys
from datetime import date
from enum import StrEnum
from typing import Annotated

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

from analytics.reading import lookups, marts, warehouse
from analytics.reading.indicators import Indicator
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST
from analytics.words.marking import marking


class By(StrEnum):
    """What one row of the answer stands for."""

    council = "council"
    region = "region"
    type = "type"
    england = "england"


class Format(StrEnum):
    """How the answer is written."""

    csv = "csv"
    json = "json"


app = typer.Typer(
    add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False
)


@app.command(name="list")
def list_indicators(
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """List the indicators, with what each measures."""
    known = lookups.all_indicators(warehouse.current(), LOCAL_ANALYST)
    if as_json:
        print(json.dumps([vars(indicator) for indicator in known], indent=1))
        return
    table = Table("Indicator", "Title", "Unit", "Measured by")
    for each in known:
        table.add_row(each.key, each.title, each.unit, each.grain)
    Console(width=None if sys.stdout.isatty() else 120).print(table)


@app.command()
def values(
    indicator: str,
    by: Annotated[By, typer.Option(help="One row per what.")] = By.england,
    since: Annotated[str, typer.Option(help="First month, such as 2024-04.")] = "",
    until: Annotated[str, typer.Option(help="Last month, such as 2025-03.")] = "",
    collection: Annotated[
        str, typer.Option(help="demonstration or department; default as the pages.")
    ] = "",
    region: Annotated[list[str] | None, typer.Option(help="Only this region.")] = None,
    type: Annotated[
        list[str] | None, typer.Option(help="Only this type, such as district.")
    ] = None,
    format: Annotated[Format, typer.Option(help="csv or json.")] = Format.csv,
) -> None:
    """Print an indicator's values over a range of months."""
    path = warehouse.current()
    about = find(path, indicator)
    scope = choose(path, collection, since, until, region or [], type or [])
    frame = read(path, about, scope, by)
    if format is Format.json:
        records = frame.astype(object).where(frame.notna(), None).to_dict("records")
        facts = {
            "indicator": about.key,
            "unit": about.unit,
            "collection": scope.collection,
            "marking": marking(scope.collection),
            "since": str(scope.since),
            "until": str(scope.until),
        }
        print(json.dumps({**facts, "values": records}, indent=1, default=str))
        return
    frame = frame.assign(
        unit=about.unit, collection=scope.collection, marking=marking(scope.collection)
    )
    print(frame.to_csv(index=False, lineterminator="\n"), end="")


def read(path: str, about: Indicator, scope: Scope, by: By) -> pd.DataFrame:
    """One row per council or group over the range; unknown stays empty."""
    if by is By.council:
        return marts.councils(Reader(path, LOCAL_ANALYST, scope), about)
    return marts.groups(Reader(path, LOCAL_ANALYST, scope), about, by=by.value)


def find(path: str, key: str) -> Indicator:
    """The indicator of that key; an unknown one says which there are."""
    known = {i.key: i for i in lookups.all_indicators(path, LOCAL_ANALYST)}
    if key not in known:
        names = ", ".join(known)
        raise typer.BadParameter(f"There is no indicator {key!r}. Known: {names}.")
    return known[key]


def choose(
    path: str, collection: str, since: str, until: str, regions: list[str], groups: list[str]
) -> Scope:
    """The scope asked for; unknown names are refused, not ignored."""
    spans = lookups.collections(path, LOCAL_ANALYST)
    measured = [name for name in ("department", "demonstration") if name in spans]
    collection = collection or (measured[0] if measured else "")
    if collection not in measured:
        known = ", ".join(measured) or "none yet"
        raise typer.BadParameter(f"No indicators for {collection!r}. Known: {known}.")
    refuse_unknown("region", regions, lookups.regions(path, LOCAL_ANALYST))
    refuse_unknown("type", groups, list(lookups.council_groups(path, LOCAL_ANALYST)))
    first, last = spans[collection]
    start = month(since) if since else first
    end = month(until) if until else last
    if start > end:
        raise typer.BadParameter("--since is after --until.")
    return Scope(collection, start, end, tuple(regions), tuple(groups))


def refuse_unknown(what: str, given: list[str], known: list[str]) -> None:
    """Stop at a name that is not one of the known ones."""
    for name in given:
        if name not in known:
            raise typer.BadParameter(f"There is no {what} {name!r}. Known: {', '.join(known)}.")


def month(text: str) -> date:
    """First day of a month written as 2024-04 or 2024-04-15."""
    try:
        return date.fromisoformat(f"{text}-01" if len(text) == 7 else text).replace(day=1)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a month such as 2024-04.") from None


def main() -> None:
    """Run the command line; a missing warehouse is said in one sentence."""
    try:
        app()
    except warehouse.NoWarehouseError as error:
        print(f"Stopped: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
