"""Compiles the reference tables and the public record from the collected sources."""

from collections.abc import Callable
from pathlib import Path

from pipelines.reference.aliases import council_aliases, council_successors
from pipelines.reference.awards import programme_totals, reported_awards
from pipelines.reference.caf import caf_crosswalk, caf_outcomes, caf_profiles
from pipelines.reference.councils import councils
from pipelines.reference.deflator import gdp_deflator
from pipelines.reference.hexagons import hex_map
from pipelines.reference.neighbours import council_neighbours
from pipelines.reference.public_record import record_sources, reported_figures, reported_incidents
from pipelines.reference.record_lists import RECORD_LISTS
from pipelines.reference.regions import regions
from pipelines.reference.services import services
from pipelines.reference.tables import Row, write
from pipelines.reference.taxonomies import TAXONOMIES


Compiler = Callable[[Path], list[Row]]
REFERENCE: tuple[Compiler, ...] = (
    councils,
    council_successors,
    council_aliases,
    council_neighbours,
    regions,
    caf_outcomes,
    caf_profiles,
    caf_crosswalk,
    services,
    hex_map,
    gdp_deflator,
)
LISTS: tuple[Compiler, ...] = (*TAXONOMIES, *RECORD_LISTS)
PUBLIC: tuple[Compiler, ...] = (
    reported_incidents,
    reported_figures,
    record_sources,
    reported_awards,
    programme_totals,
)


def compile_reference(source: Path, reference: Path, public: Path) -> dict[str, int]:
    """Write every table from the sources and count its rows.

    `source` holds data/public and domain. The name of a function is the name of its
    table. Refuses with a BuildError that names the file when one is missing.
    """
    folders = {reference: REFERENCE, reference / "lists": LISTS, public: PUBLIC}
    return {
        compiler.__name__: write(folder / f"{compiler.__name__}.csv", compiler(source))
        for folder, compilers in folders.items()
        for compiler in compilers
    }
