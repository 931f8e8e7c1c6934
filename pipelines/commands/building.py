"""Commands that make the warehouse."""

import json
from typing import Annotated

import typer

from pipelines.commands.common import Json, console, steps
from pipelines.commands.show import show
from pipelines.ledger import published_already
from settings import settings


def build(
    as_json: Json = False,
    if_changed: Annotated[bool, typer.Option(help="Do nothing when no input changed.")] = False,
    from_landing: Annotated[
        bool, typer.Option(help="Use what was received; look in no folder.")
    ] = False,
    as_at: Annotated[
        str, typer.Option(help="Give the figures as they stood at the end of a day.")
    ] = "",
    wait: Annotated[float, typer.Option(help="Seconds to wait for another build.")] = 60,
) -> None:
    """Bring the warehouse up to date with every file received, and publish it."""
    unchanged = published_already(settings) if if_changed else ""
    if unchanged:
        say_unchanged(unchanged, as_json)
        return
    from pipelines import build as builder

    with steps(as_json) as progress:
        report = builder.build(progress=progress, from_landing=from_landing, as_at=as_at, wait=wait)
    show(report, as_json)
    raise typer.Exit(report.exit_code)


def say_unchanged(name: str, as_json: bool) -> None:
    """No input changed, so nothing was done."""
    if as_json:
        print(json.dumps({"published": name, "is_unchanged": True}, indent=1))
    else:
        console.print(f"Nothing changed: {name} stays in use.")
