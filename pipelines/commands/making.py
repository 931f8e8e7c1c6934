"""Commands that make files to load: the demonstration data, the reference tables."""

import json
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.common import Json, console, steps
from settings import settings


def demo(
    seed: int = 7,
    years: Annotated[int, typer.Option(help="Financial years, at most 6.")] = 5,
    scale: Annotated[int, typer.Option(min=1, help="Times the incidents.")] = 1,
    out: Annotated[Path | None, typer.Option(help="Folder to write to.")] = None,
    as_json: Json = False,
    if_missing: Annotated[bool, typer.Option(help="Do nothing when the folder has files.")] = False,
) -> None:
    """Write invented files for every council, marked as such."""
    from demonstration import write_demonstration

    folder = out or settings.demonstration
    if if_missing and any(folder.glob("*/*.csv")):
        return
    with steps(as_json) as progress:
        counts = write_demonstration(
            folder,
            seed=seed,
            years=years,
            scale=scale,
            reference=settings.reference,
            progress=progress,
        )
    say_counts(counts, as_json)
    if not as_json:
        console.print(f"Demonstration data (invented) written to {folder}")


def reference(
    source: Annotated[Path, typer.Option("--from", help="Folder of public files.")],
    as_json: Json = False,
) -> None:
    """Remake the reference tables and the public record from public files."""
    from tools.reference.compile import compile_reference

    say_counts(compile_reference(source, settings.reference, settings.public), as_json)


def say_counts(counts: dict[str, int], as_json: bool) -> None:
    """Rows by table."""
    if as_json:
        print(json.dumps(counts, indent=1))
        return
    for name, count in counts.items():
        console.print(f"{count:>10,}  {name}")
