"""The nine regions of England."""

from pathlib import Path

from tools.reference.tables import Row, read


REGIONS = Path("data/public/councils-geo-lookups/rgn_all_codes.csv")


def regions(source: Path) -> list[Row]:
    """One row per region, in the order of their codes: roughly north to south."""
    rows = sorted(read(source, REGIONS), key=lambda row: row["RGNCD"])
    return [
        {"region_code": row["RGNCD"], "region": row["RGNNM"], "sort_order": str(order)}
        for order, row in enumerate(rows, start=1)
    ]
