"""Statistical neighbours of each council, from the Office for National Statistics."""

from pathlib import Path

from tools.reference.register import canonical, principal
from tools.reference.tables import Row, read


NEIGHBOURS = Path("data/public/peers-ons-clusters/global-neighbours.csv")


def council_neighbours(source: Path) -> list[Row]:
    """One row per council and neighbour, most alike first.

    The source lists 20 areas of the United Kingdom; those outside England and the
    combined authorities go, and the ranks close up.
    """
    known = {
        canonical(row["gss-code"]) for row in principal(source).values() if not row["end-date"]
    }
    return [
        {"gss_code": area, "neighbour_gss_code": other, "neighbour_rank": str(rank)}
        for area, others in sorted(ranked(source).items())
        if area in known
        for rank, other in enumerate([code for code in others if code in known], start=1)
    ]


def ranked(source: Path) -> dict[str, list[str]]:
    """The neighbours of each area in the order of the source."""
    return {
        row["AREACD"]: [row[str(rank)] for rank in range(1, 21)] for row in read(source, NEIGHBOURS)
    }
