"""How to mend what a rule found: one sentence that tells a clerk what to write.

Rules of one column follow from the contract; those wider than a column stand in
`mending.csv` (`*` for any dataset). A test holds every rule of every suite to one.
"""

import csv
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from pipelines.datasets import Column, Dataset
from pipelines.outgoing.closed_lists import Entry, read_lists
from pipelines.outgoing.councils import Councils
from pipelines.outgoing.dictionary import SHOWN, coded
from pipelines.outgoing.words import pattern_words, range_words, sentence


TABLE = Path(__file__).parent / "mending.csv"
# What the engine found out about a row stands behind the sentence, in these words.
HINTS = {"is_council_known": "Nearest: {}.", "is_council_certain": "Read as {}."}
WRITE = {
    "percent": "Write a percentage such as 45 or 45%.",
    "hours": "Write a time in hours such as 20.5 or 2h 30m.",
    "integer": "Write a whole number without words or units, such as {}.",
    "decimal": "Write a number with a full stop before the decimals, such as {}.",
    "money": "Write the pounds as 1250 or 1,250.50, without words.",
    "date": "Write the date as 2025-03-31 or 31/03/2025.",
    "timestamp": "Write the date and time as 2025-03-31T14:05:00Z, or as "
    "31/03/2025 14:05 for London time.",
    "boolean": "Write true or false.",
}


@lru_cache
def written_by_hand() -> dict[tuple[str, str], str]:
    """Sentences of `mending.csv`, by dataset and rule."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["dataset"], row["rule_id"]): row["how_to_mend"] for row in rows}


class Mender:
    """Knows the closed lists and councils that the sentences name."""

    def __init__(self, reference: Path) -> None:
        """Read lists and councils under the folder of reference tables."""
        self.lists = read_lists(reference)
        self.councils = Councils(reference)

    def how(self, kind: Dataset, rule: str, value: str = "", hint: str = "") -> str:
        """What to write instead of `value`, for a rule of that dataset.

        `hint` is what the engine adds to a fault: the councils with the nearest names,
        or the one that a name was read as. A rule without a sentence gives nothing.
        """
        by_hand = written_by_hand()
        found = by_hand.get((kind.name, rule)) or by_hand.get(("*", rule), "")
        if found:
            return " ".join(filter(None, [found, self.more(rule, value, hint)]))
        name, _, phrase = rule.partition(".")
        columns = {column.column: column for column in kind.columns}
        return self.of_column(columns[name], phrase, value) if name in columns else ""

    def more(self, rule: str, value: str, hint: str) -> str:
        """What is known of the council that the row names."""
        if rule == "is_council_of_the_day":
            return self.councils.lifetime(value)
        return HINTS[rule].format(hint) if hint and rule in HINTS else ""

    def of_column(self, column: Column, phrase: str, value: str) -> str:
        """The sentence for a rule that the contract states."""
        match phrase:
            case "readable":
                return WRITE[column.type].format(column.example or "12")
            case "required":
                return f"Fill in {column.column}. {column.definition}{example(column)}"
            case "allowed":
                return one_of(column, self.lists[column.allowed], value)
            case "pattern":
                shape = pattern_words(column.pattern)
                wanted = f"{shape}, such as" if shape else "it like"
                return f"Write {wanted} {column.example}."
            case "possible":
                return f"Write the date on which it happened, {range_words(column)}."
            case "between":
                return f"Write a number of {range_words(column)}."
            case "length":
                return f"Shorten the text to {range_words(column)}."
        return ""


def example(column: Column) -> str:
    """An example to follow, where the contract has one."""
    return f" For example: {sentence(column.example)}" if column.example else ""


def one_of(column: Column, values: tuple[Entry, ...], value: str) -> str:
    """The whole list where it is short, else the codes most like what was written."""
    if len(values) <= SHOWN:
        return f"Use one of: {'; '.join(map(coded, values))}."
    codes = {each.lower(): entry.code for entry in values for each in entry[:2]}
    near = [codes[each] for each in get_close_matches(value.lower(), codes, 5, 0.5)]
    nearest = f" Nearest: {'; '.join(dict.fromkeys(near))}." if near else ""
    return (
        f"Use one of the {len(values)} codes of the closed list {column.allowed}; "
        f"the template's sheet Closed lists has them.{nearest}"
    )
