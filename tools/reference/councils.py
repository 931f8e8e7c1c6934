"""The list of principal councils: the 317 of today and the 48 abolished since 2019."""

from pathlib import Path
from statistics import mean

from tools.reference import corrections
from tools.reference import register as lookup
from tools.reference.register import Register
from tools.reference.tables import Row, read, rounded, whole


TIERS = {"NMD": "lower", "CTY": "upper"}
POPULATION_YEAR = "2020"


def councils(source: Path) -> list[Row]:
    """One row per principal council of England that is or was, by its code."""
    register = lookup.principal(source)
    authorities = lookup.combined_authorities(source)
    peers = labels(source)
    rows = [
        identity(row)
        | area(row, register, authorities)
        | size(row)
        | peers.get(code, dict.fromkeys(peers["HCK"], ""))
        | life(row)
        | position(row, register)
        for code, row in register.items()
    ]
    return sorted(rows, key=lambda row: row["gss_code"])


def identity(row: Row) -> Row:
    """Codes, names and kind of a council."""
    kind = row["local-authority-type"]
    return {
        "gss_code": lookup.canonical(row["gss-code"]),
        "council_code": row["local-authority-code"],
        "council_name": lookup.name(row),
        "short_name": lookup.short_name(row),
        "council_type": kind,
        "tier": TIERS.get(kind, "single"),
    }


def area(row: Row, register: Register, authorities: dict[str, str]) -> Row:
    """The larger areas that a council belongs to."""
    code = row["local-authority-code"]
    return {
        "region": lookup.region(row, register),
        "county_code": corrections.COUNTY_CODES.get(code, row["county-la"]),
        "combined_authority_code": authorities[row["combined-authority"]],
    }


def size(row: Row) -> Row:
    """Population and area; blank for a council that had gone before 2020's count.

    The register fills them for one of those, Dorset County, and wrongly.
    """
    is_known = not row["end-date"] or row["end-date"] > "2021"
    population = whole(row["pop-2020"]) if is_known else ""
    return {
        "population": population,
        "population_year": POPULATION_YEAR if population else "",
        "area_km2": whole(row["area"]) if is_known else "",
    }


def labels(source: Path) -> dict[str, Row]:
    """Deprivation and rurality by council; the publisher labels today's only."""
    folder = source / "data" / "public" / "peers-mysociety"
    rural = {row["local-authority-code"]: row for row in read(folder, "la_ruc.csv")}
    return {
        row["local-authority-code"]: {
            "deprivation_score": rounded(row["la-deprivation-score"], 2),
            "deprivation_quintile": row["la-imd-pop-quintile"],
            "rurality": rural[row["local-authority-code"]]["ruc-cluster-label"],
        }
        for row in read(folder, "la_imd.csv")
    }


def life(row: Row) -> Row:
    """First and last day."""
    return {"started_on": lookup.started_on(row), "ended_on": lookup.ended_on(row)}


def position(row: Row, register: Register) -> Row:
    """A point inside the council; for a county council, the middle of its districts.

    The register's own points for counties lie up to 200 km away.
    """
    points = districts(row, register) if row["local-authority-type"] == "CTY" else [row]
    return {
        "easting": whole(middle(points, "x")),
        "northing": whole(middle(points, "y")),
        "latitude": rounded(middle(points, "lat"), 5),
        "longitude": rounded(middle(points, "long"), 5),
    }


def districts(county: Row, register: Register) -> list[Row]:
    """The districts of a county council."""
    code = county["local-authority-code"]
    return [row for row in register.values() if row["county-la"] == code]


def middle(points: list[Row], column: str) -> str:
    """The mean of a coordinate, or blank where no point has one."""
    values = [float(point[column]) for point in points if point[column]]
    return str(mean(values)) if values else ""
