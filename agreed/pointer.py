"""The pointer that names the published warehouse, and how its bytes are checked."""

import zlib
from pathlib import Path


# A small JSON file beside the warehouses: file, size, checksum, previous and more.
POINTER = "CURRENT"
WAREHOUSES = "warehouse-*.duckdb"
CHUNK = 1 << 22


def checksum_of(path: Path) -> int:
    """The CRC-32 of a file's bytes: it tells of damage, not of malice."""
    checksum = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            checksum = zlib.crc32(chunk, checksum)
    return checksum
