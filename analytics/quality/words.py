"""Words that the figures of data quality share: datasets, counts, titles."""

import pandas as pd

from analytics.quality import reads
from analytics.ui import store


def dataset_names() -> dict[str, str]:
    """Datasets as people call them."""
    return store.read(reads.datasets)


def dataset_name(name: str) -> str:
    """One dataset as people call it; those of the public record have no list."""
    return worded(name, dataset_names())


def counted(number: int, noun: str) -> str:
    """A number of things: 1 file, 1,204 files."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def titles(names: pd.Series) -> pd.Series:
    """Datasets of a column as people call them."""
    known = dataset_names()
    return names.map({name: worded(name, known) for name in names.unique()})


def worded(name: str, known: dict[str, str]) -> str:
    """A dataset by its name for people, or by its own where it has none."""
    return known.get(name, name.replace("_", " ").capitalize())


def lower(title: str) -> str:
    """A name inside a sentence; one that starts with initials keeps its capitals."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def day_words(days: pd.Series) -> list[str]:
    """Days as people write them; none is said in words."""
    # Thousands of rows share a few days.
    said = {day: f"{day:%-d %B %Y}" for day in days.dropna().unique()}
    return days.map(said).fillna("none").tolist()
