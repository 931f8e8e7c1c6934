"""Report: what one build or check did, as plain rows."""

from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from pipelines.rows import rows


FACTS = (Path(__file__).parent / "sql" / "facts.sql").read_text(encoding="utf-8")
MOST = 100_000


@dataclass(frozen=True)
class Report:
    """What one build or check did: rows by file, rules, and what was published.

    `files` are those read in this run; `published` is empty where nothing changed.
    """

    files: list[dict]
    rules: list[dict]
    quarantine: list[dict]
    notes: list[dict]
    published: str = ""
    facts: tuple[dict, ...] = ()
    messages: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 clean, 10 some rows quarantined, 20 a file refused."""
        if any(file["status"] == "refused" for file in self.files):
            return 20
        return 10 if any(file["quarantined"] for file in self.files) else 0

    def total(self, name: str) -> int:
        """Sum of one count over all files."""
        return sum(file[name] for file in self.files)


def report_of(connection: DuckDBPyConnection) -> Report:
    """Counts and faults of the files that were read, as plain rows."""
    mine = "arrival in (from work.arrivals)"
    is_measured = bool(
        rows(connection, "select 1 from duckdb_tables() where schema_name = 'marts' limit 1")
    )
    return Report(
        rows(connection, f"select * from quality.files where {mine} order by arrival"),
        rows(connection, "select * from quality.rules where unexpected > 0"),
        rows(
            connection,
            f"select * from quality.quarantine where {mine} "
            f"order by arrival, source_row, rule_id limit {MOST}",
        ),
        rows(
            connection,
            f"select * from quality.notes where {mine} "
            f"order by arrival, source_row, rule_id limit {MOST}",
        ),
        facts=tuple(rows(connection, FACTS)) if is_measured else (),
    )
