"""A recipe laid out as a table: cells in the file's order, and what each row is."""

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from tests.support.dirt.facts import BLANKS, columns
from tests.support.dirt.forms import fancy, plain, with_comma
from tests.support.dirt.grammar import Recipe, RowRecipe
from tests.support.dirt.meant import Meant, meant
from tests.support.dirt.slips import Slip, slip


# Columns that a file may lack without breaking a rule of its rows.
DROPPABLE = {
    "action_variety",
    "rsit_type",
    "shared_event_id",
    "supplier_name",
    "system_ids",
    "data_subjects_affected",
    "is_ransom_demanded",
    "price_basis",
    "handling",
    "share_level",
    "transactions_lost",
    "residents_affected",
    "mtpd_hours",
    "evidence_ref_count",
    "is_carried_forward",
    "profile",
    "partnership_id",
    "first_support_on",
    "record_version",
    "is_withdrawn",
    "cost_lost_income_gbp",
}
# The column that a correction changes.
CORRECTED: dict[str, tuple[str, tuple]] = {
    "incidents": ("data_subjects_affected", (1, 2, 3000)),
    "disruptions": ("residents_affected", (1, 2, 3000)),
    "award_payments": ("amount_paid_gbp", (Decimal(1), Decimal(2), Decimal(3000))),
    "assessments": ("evidence_ref_count", (1, 2, 3000)),
    "awards": ("objective", (1, 2, 3)),
}
OTHERS = ("Officer's notes 1", "", "Zone B", "", "Ref. of the telephone call")


@dataclass
class Row:
    """Cells as they will be written. `values` is what they mean, `rules` what they
    break; with `fate` "reject" they are no row, with "no row" they set themselves
    aside by rules that the grammar does not foretell."""

    cells: list[str]
    fate: str = "row"
    values: Meant = field(default_factory=dict)
    rules: dict[str, str | None] = field(default_factory=dict)
    is_cell_open: bool = False
    typed: Meant = field(default_factory=dict)


@dataclass
class Sheet:
    """One file's columns, empty where a cell of the header belongs to none."""

    name: str
    recipe: Recipe
    columns: list[str]
    header: list[str]
    rows: list[Row] = field(default_factory=list)

    @property
    def least(self) -> int:
        """Cells up to the last that has a name."""
        return max(n for n, cell in enumerate(self.header, 1) if cell.strip())


def lay_out(name: str, recipe: Recipe, number: int, earlier: list[Meant]) -> Sheet:
    """The table of one file; its rows join those that came `earlier`."""
    rng = Random(recipe.seed)
    present = [
        column
        for column in columns(name)
        if not (recipe.left_out and column in DROPPABLE and rng.random() < 0.5)
    ]
    places = present + [f"?{other}" for other in OTHERS[: recipe.extra]]
    if recipe.is_shuffled:
        rng.shuffle(places)
    header = [written_name(place, recipe.header, rng) for place in places]
    known = ["" if place.startswith("?") else place for place in places]
    sheet = Sheet(name, recipe, known, header)
    for n, row in enumerate(recipe.rows):
        sheet.rows.append(make_row(sheet, row, f"F{number}-R{n}", earlier))
    return sheet


def written_name(place: str, how: str, rng: Random) -> str:
    """A column's name as this header writes it."""
    if place.startswith("?"):
        return place[1:]
    if how == "near":
        forms = [place.replace("_", "-"), place.replace("_gbp", " (£)").title()]
        forms += ["GSS Code", "LA code"] if place == "gss_code" else []
        return rng.choice(forms)
    return {
        "spaced": place.replace("_", " ").capitalize(),
        "shouted": place.upper(),
        "padded": f" {place} ",
    }.get(how, place)


def make_row(sheet: Sheet, row: RowRecipe, number: str, earlier: list[Meant]) -> Row:
    """One row of the kind that its recipe names."""
    rng = Random(f"{row.seed} {sheet.recipe.seed}")
    if row.kind == "blank":
        return Row([], "blank")
    if row.kind == "subtotal":
        return Row(["Sub-total", *[""] * (len(sheet.header) - 2), "12"], "no row")
    values = meant(sheet.name, number, rng)
    if row.kind in ("again", "changed", "newer", "older", "withdrawn") and earlier:
        values = dict(earlier[-1 - row.of % len(earlier)])
        values = revise(sheet.name, values, row.kind, rng)
    for column in columns(sheet.name):
        value = values[column]
        if column not in sheet.columns:
            values[column] = BLANKS.get(column)
        elif isinstance(value, str) and not fits(value, sheet.recipe):
            values[column] = "Café £1"
    earlier.append(dict(values))
    spoil = Slip({}, {})
    if row.kind == "slip":
        spoil = one_that_fits(sheet, values, rng)
    made = written(sheet, row, values, spoil, rng)
    return misshapen(sheet, row.kind, made, rng)


def revise(name: str, values: Meant, kind: str, rng: Random) -> Meant:
    """A row that was there before, sent again with something changed or not."""
    version = values["record_version"]
    assert isinstance(version, int)
    if kind in ("changed", "newer", "older"):
        column, some = CORRECTED[name]
        values[column] = rng.choice(some)
    if kind == "withdrawn":
        values["is_withdrawn"] = True
    if kind in ("newer", "withdrawn"):
        values["record_version"] = version + 1
    if kind == "older":
        values["record_version"] = max(1, version - 1)
    return values


def fits(text: str, recipe: Recipe) -> bool:
    """Whether the file can hold the text."""
    if recipe.is_workbook:
        return True
    try:
        text.encode("cp1252" if recipe.encoding == "cp1252" else "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def one_that_fits(sheet: Sheet, values: Meant, rng: Random) -> Slip:
    """A slip that can be written in the file's encoding; none, if that is hard."""
    present = [column for column in sheet.columns if column]
    comma = sheet.recipe.has_comma
    for _ in range(9):
        found = slip(sheet.name, values, present, comma, rng)
        if all(fits(text, sheet.recipe) for text in found.cells.values()):
            return found
    return Slip({}, {})


def written(sheet: Sheet, row: RowRecipe, values: Meant, spoil: Slip, rng: Random) -> Row:
    """The row's cells, each in one of its forms."""
    is_fancy = row.kind == "fancy" or (row.seed > 0 and rng.random() < 0.3)
    cells = []
    for column in sheet.columns:
        if not column:
            note = rng.choice(("", "see Ann", "x")) if row.seed else ""
            cells.append(note)
        elif column in spoil.cells:
            cells.append(spoil.cells[column])
        else:
            kind = columns(sheet.name)[column]["type"]
            cells.append(cell(sheet, column, kind, values[column], is_fancy, rng))
    typed = {c: values[c] for c in sheet.columns if c and c not in spoil.cells}
    if is_fancy:
        typed = {column: v for column, v in typed.items() if rng.random() < 0.5}
    told = {**values, **spoil.values}
    return Row(cells, "row", told, dict(spoil.rules), typed=typed)


def cell(sheet: Sheet, column: str, kind: str, value: object, is_fancy: bool, rng: Random) -> str:
    """One cell in a form that the file can hold."""
    if is_fancy and column in BLANKS and value == BLANKS[column] and rng.random() < 0.5:
        return ""
    text = fancy(kind, value, rng) if is_fancy else plain(kind, value)
    if not fits(text, sheet.recipe):
        text = plain(kind, value)
    return with_comma(kind, text) if sheet.recipe.has_comma else text


def misshapen(sheet: Sheet, kind: str, row: Row, rng: Random) -> Row:
    """The row, with cells too many or too few where its recipe says so."""
    if sheet.recipe.is_workbook:
        return row
    if kind == "hollow":
        row.cells += ["", " "]
    if kind == "long":
        row.cells.append("one too many")
        row.fate = "reject"
    if kind == "short":
        row.cells = row.cells[: rng.randrange(1, sheet.least)]
        row.fate = "reject" if any(map(str.strip, row.cells)) else "blank"
    if kind == "unclosed":
        row.cells = [cell.replace("\n", " ") for cell in row.cells]
        row.cells[rng.randrange(len(row.cells))] = '"Acme Ltd'
        row.fate, row.is_cell_open = "reject", True
    return row
