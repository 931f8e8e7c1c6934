"""What a file really is, from its first bytes and not from its name.

A file that no reader takes is refused in one sentence that says what it is and what
to send in its place.
"""

import zipfile
from pathlib import Path

from pipelines.errors import FileRefusedError


HEAD = 4096
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
AS_CSV = "Save the table as CSV (UTF-8) or as an Excel workbook (.xlsx) and send that."
UNPACKED = "Send the file inside it, not compressed."
# First bytes, what they say, and what to do.
REFUSED = (
    (b"\x1f\x8b", "is compressed (gzip)", UNPACKED),
    (b"BZh", "is compressed (bzip2)", UNPACKED),
    (b"\xfd7zXZ\x00", "is compressed (xz)", UNPACKED),
    (b"\x28\xb5\x2f\xfd", "is compressed (zstd)", UNPACKED),
    (b"7z\xbc\xaf\x27\x1c", "is compressed (7-Zip)", UNPACKED),
    (b"Rar!\x1a\x07", "is compressed (RAR)", UNPACKED),
    (b"%PDF", "is a PDF", AS_CSV),
    (b"{\\rtf", "is a Word document (RTF)", AS_CSV),
    (b"PAR1", "is a Parquet file", AS_CSV),
    (b"SQLite format 3\x00", "is a SQLite database", AS_CSV),
    (b"\x00\x01\x00\x00Standard", "is an Access database", AS_CSV),
    (b"\x89PNG", "is a picture", AS_CSV),
    (b"\xff\xd8\xff", "is a picture", AS_CSV),
    (b"GIF8", "is a picture", AS_CSV),
    (b"MZ", "is a program", AS_CSV),
    (b"\x7fELF", "is a program", AS_CSV),
)
# First words of text that is no table, in lower case.
MARKUP = (b"<!doctype html", b"<html", b"<head", b"<style", b"<table", b"<?xml")
OLE = b"\xd0\xcf\x11\xe0"
# A password makes of any workbook an OLE file with an entry of this name.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def kind_of(path: Path) -> str:
    """`workbook`, `json` or `text`; anything else is refused with the reason."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise FileRefusedError("This file is empty. Send the file again.")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        refuse_other_archives(path)
        return "workbook"
    if head.startswith(OLE):
        refuse_old_workbook(path)
    for magic, what, then in REFUSED:
        if head.startswith(magic):
            raise FileRefusedError(f"This file {what}. {then}")
    return kind_of_text(head)


def kind_of_text(head: bytes) -> str:
    """`json` or `text`, by the first characters that are no space."""
    start = head.removeprefix(MARKS[0])
    if start.startswith(MARKS[1:]):
        start = start[2:].replace(b"\x00", b"")
    start = start.lstrip()
    if start.lower().startswith(MARKUP):
        raise FileRefusedError(
            "This file is a web page or XML, although it may open in Excel. Open it "
            "in Excel and save it as an Excel workbook (.xlsx) or as CSV (UTF-8)."
        )
    # "[OFFICIAL-SENSITIVE]" above a table is no JSON.
    inside = start[1:].lstrip()[:1]
    is_list = start.startswith(b"[") and inside in (b"{", b"[", b'"', b"]")
    return "json" if start.startswith(b"{") or is_list else "text"


def refuse_old_workbook(path: Path) -> None:
    """An OLE file is a workbook with a password, or one of Excel 97 to 2003."""
    if holds(path, ENCRYPTED):
        raise FileRefusedError(
            "This workbook is protected by a password. Take the password off in Excel "
            "(File, Info, Protect Workbook) and send it again."
        )
    raise FileRefusedError(
        "This file is an old Excel workbook (.xls) or another old Office file. Open it "
        "in Excel, save it as an Excel workbook (.xlsx) and send that."
    )


def holds(path: Path, wanted: bytes) -> bool:
    """Whether the bytes stand anywhere in the file, read in pieces."""
    before = b""
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            if wanted in before + piece:
                return True
            before = piece[-len(wanted) :]
    return False


def refuse_other_archives(path: Path) -> None:
    """A zip that is no .xlsx or .xlsm says what it is instead."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise FileRefusedError(
            "This workbook is damaged: part of it is missing or changed. Open it in "
            "Excel, save it again and send the new file."
        ) from error
    if "[content_types].xml" in names and "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        what = "a binary Excel workbook (.xlsb)"
    elif "content.xml" in names and "mimetype" in names:
        what = "an OpenDocument file (.ods)"
    elif "[content_types].xml" in names:
        what = "an Office document without a sheet"
    else:
        raise FileRefusedError(f"This file is a zip archive. {UNPACKED}")
    raise FileRefusedError(
        f"This file is {what}. Save it as an Excel workbook (.xlsx) and send that."
    )
