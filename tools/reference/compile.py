"""Compiles the reference tables and the public record from the collected sources."""

from collections.abc import Callable
from pathlib import Path

from tools.reference.aliases import council_aliases, council_successors
from tools.reference.awards import programme_totals, reported_awards
from tools.reference.caf import caf_crosswalk, caf_outcomes, caf_profiles
from tools.reference.councils import councils
from tools.reference.deflator import gdp_deflator
from tools.reference.hexagons import hex_map
from tools.reference.neighbours import council_neighbours
from tools.reference.public_record import record_sources, reported_figures, reported_incidents
from tools.reference.record_lists import RECORD_LISTS
from tools.reference.regions import regions
from tools.reference.services import services
from tools.reference.tables import Row, write
from tools.reference.taxonomies import TAXONOMIES


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
