"""What a change reaches: the tables that a SQL file names tell what it is made from.

A file's path is its table, and it names the tables that it reads in full; so a build
that added rows of one dataset remakes only what is made from them.
"""

import re


NAMED = re.compile(r"\b(accepted|core|marts|reference)\.([a-z_]+)")


class Changes:
    """Tables that are not as they were; everything, where it begins so."""

    def __init__(self, tables: set[str], *, is_everything: bool = False) -> None:
        self.tables = set(tables)
        self.is_everything = is_everything

    def reach(self, select: str) -> bool:
        """Whether a select reads a table that changed."""
        named = {".".join(found) for found in NAMED.findall(select)}
        return self.is_everything or bool(named & self.tables)

    def add(self, table: str) -> None:
        """One more table that is not as it was."""
        self.tables.add(table)
