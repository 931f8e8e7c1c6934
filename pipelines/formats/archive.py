"""A workbook is a zip of XML: is it safe to open?

Sizes are judged by what the archive declares; reading one of its parts never gives more
than that. Nothing is unpacked before all of this has been looked at.
"""

import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from pipelines.errors import FileRefusedError


MOST_PARTS = 10_000
MOST_BYTES = 400_000_000
MOST_RATIO = 200
BIG_PART = 10_000_000
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml"
AS_CSV = "Save the sheet as CSV (UTF-8) and send that."
DAMAGED = (
    "This workbook is damaged: part of it is missing or changed. Open it in Excel, "
    "save it again and send the new file."
)


def refuse_unsafe(path: Path) -> None:
    """Refuse a workbook that is damaged, locked, too large or made to do harm."""
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_bombs(archive.infolist())
            refuse_entities(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise FileRefusedError(DAMAGED) from error


def refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    """Too many parts, too many bytes, or too many for their packed size."""
    if len(parts) > MOST_PARTS:
        raise FileRefusedError(f"This workbook has more than {MOST_PARTS:,} parts. {AS_CSV}")
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefusedError(
            "This workbook is protected by a password. Take the password off and send it again."
        )
    total = sum(part.file_size for part in parts)
    if total > MOST_BYTES:
        raise FileRefusedError(
            f"This workbook unpacks to {total / 1e6:,.0f} MB; the most is "
            f"{MOST_BYTES / 1e6:,.0f} MB. {AS_CSV}"
        )
    for part in parts:
        is_dense = part.file_size > MOST_RATIO * max(part.compress_size, 1)
        if part.file_size > BIG_PART and is_dense:
            raise FileRefusedError(
                f"This workbook unpacks to more than {MOST_RATIO} times its size, as "
                f"no real one does. {AS_CSV}"
            )


def refuse_entities(archive: zipfile.ZipFile) -> None:
    """A document type may define entities that grow without end; Excel writes none.

    Nor is the strict dialect read: openpyxl would find no rows in it.
    """
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels")):
            with archive.open(part) as source:
                beginning = source.read(1 << 16)
            if has_document_type(beginning):
                raise FileRefusedError(
                    f"This workbook holds XML that Excel does not write. {AS_CSV}"
                )
            if STRICT in beginning:
                raise FileRefusedError(
                    "This workbook is of the kind 'Strict Open XML Spreadsheet'. Save "
                    "it as 'Excel Workbook (.xlsx)' and send that."
                )


def has_document_type(beginning: bytes) -> bool:
    """Whether a document type is declared before the first element.

    XML whose beginning says neither is taken for one that does.
    """
    found: list[bool] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: found.append(True)
    parser.StartElementHandler = lambda *_: found.append(False)
    try:
        parser.Parse(beginning, False)
    except expat.ExpatError:
        found.append(True)
    return found[0] if found else bool(beginning)
