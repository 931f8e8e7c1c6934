"""What a template's last sheet says: how to fill it in and send it, and whom to ask."""

from pipelines.datasets import Dataset
from pipelines.outgoing.closed_lists import used_by
from pipelines.outgoing.dictionary import BLANKS
from settings import settings


# NOTICE says so of the whole project; a workbook travels without it.
VERIS = (
    "action",
    "action_variety",
    "actor",
    "availability_effect",
    "incident_status",
    "reported_status",
)


def cover(dataset: Dataset, marking: str) -> list[str]:
    """Lines of the sheet; those that begin with # are headings."""
    return [
        f"Template for {dataset.title}",
        f"Marking: {marking}.",
        "# How to fill it in",
        *filling_in(dataset),
        "# How to send it",
        "Send this workbook, or save the first sheet as CSV (UTF-8) and send that.",
        *knowing_rows(dataset),
        "# Whom to ask",
        f"Ask {settings.contact}.",
        *sources(dataset),
    ]


def filling_in(dataset: Dataset) -> list[str]:
    """What each sheet is for."""
    lines = [
        f"Write one row for each record on the sheet {dataset.title}, under its "
        "header. Leave the header as it is.",
        "The line above the header says which columns are required. The others may "
        f"be left blank. {BLANKS}",
        "The sheet Columns says what each column means. The sheet Example shows one "
        "row, which is invented.",
    ]
    if used_by(dataset):
        lines.append(
            "Some columns take values from a list, which opens in the cell; the sheet "
            "Closed lists says what each value means."
        )
    return lines


def knowing_rows(dataset: Dataset) -> list[str]:
    """How a row is known again, and how it is corrected or taken back."""
    lines = [f"A row is known by its {' and '.join(dataset.key)}."]
    if not dataset.is_public:
        lines.append(
            "To correct a row, send it again with a record_version one higher. To take "
            "it back, do that and write true in is_withdrawn."
        )
    return lines


def sources(dataset: Dataset) -> list[str]:
    """Whose lists these are, where their licence asks for it."""
    names = [name for name in used_by(dataset) if name in VERIS]
    if not names:
        return []
    return [
        "# Sources",
        f"Closed lists that follow VERIS: {', '.join(names)}. From the VERIS community "
        "and Verizon, changed; these lists are licensed CC BY-SA 4.0 "
        "(creativecommons.org/licenses/by-sa/4.0/).",
    ]
