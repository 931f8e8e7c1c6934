"""Check: validate staging with Great Expectations and find every row that fails.

Reads `staging.<dataset>`. Writes `quality.rules` (one row per dataset and rule) and
`quality.faults` (one row per failing row and rule). Refuses to go on when a rule
raised, or when the rows found are not as many as Great Expectations counted.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

from duckdb import DuckDBPyConnection

from expectations.engine import Validator, Verdict
from expectations.locate import locate
from expectations.suites import suite
from pipelines.datasets import ALL, Dataset
from pipelines.errors import BuildError


def check(
    connection: DuckDBPyConnection,
    lists: Mapping[str, Sequence[str]],
    datasets: tuple[Dataset, ...] = ALL,
) -> None:
    """Every dataset that has rows, rule by rule."""
    create_tables(connection)
    with closing(Validator(connection)) as validator:
        for dataset in datasets:
            rules = suite(dataset, lists)
            if has_rows(connection, f"staging.{dataset.name}"):
                check_table(connection, validator, "staging", dataset.name, rules)


def check_table(
    connection: DuckDBPyConnection,
    validator: Validator,
    schema: str,
    name: str,
    rules: Any,
) -> None:
    """One table against its suite: verdicts recorded, failing rows found."""
    verdicts = validator.validate(schema, name, rules)
    record(connection, name, verdicts)
    select = locate(schema, name, rules.expectations)
    find_faults(connection, name, select, verdicts)


def create_tables(connection: DuckDBPyConnection) -> None:
    """Empty tables for verdicts and faults."""
    connection.execute(
        "create table quality.rules (dataset varchar, rule_id varchar, "
        "column_name varchar, description varchar, severity varchar, "
        "evaluated bigint, unexpected bigint, status varchar)"
    )
    connection.execute(
        "create table quality.faults (dataset varchar, collection varchar, "
        "source_file varchar, source_row bigint, rule_id varchar, value varchar)"
    )


def has_rows(connection: DuckDBPyConnection, table: str) -> bool:
    """Zero rows would pass every rule, so they are not checked at all."""
    return connection.execute(f"select 1 from {table} limit 1").fetchone() is not None


def record(
    connection: DuckDBPyConnection, dataset: str, verdicts: list[Verdict]
) -> None:
    """Verdicts into `quality.rules`; one that raised stops the build."""
    raised = [v.rule for v in verdicts if v.status == "ERROR"]
    if raised:
        raise BuildError(
            f"Great Expectations could not run these rules of {dataset}: "
            f"{', '.join(raised)}. Nothing was published."
        )
    rows = [
        (dataset, v.rule, v.column.removesuffix("__unread"), v.description,
         v.severity, v.evaluated, v.unexpected, v.status)
        for v in verdicts
    ]  # fmt: skip
    connection.executemany(
        "insert into quality.rules values ($1, $2, $3, $4, $5, $6, $7, $8)", rows
    )


def find_faults(
    connection: DuckDBPyConnection,
    dataset: str,
    select: str,
    verdicts: list[Verdict],
) -> None:
    """Failing rows into `quality.faults`, as many as were counted or not at all."""
    connection.execute(
        f"insert into quality.faults select $dataset, * from ({select})",
        {"dataset": dataset},
    )
    found = dict(
        connection.execute(
            "select rule_id, count(*) from quality.faults "
            "where dataset = $1 group by 1",
            [dataset],
        ).fetchall()
    )
    for verdict in verdicts:
        if verdict.unexpected != found.get(verdict.rule, 0):
            raise BuildError(
                f"Rule {verdict.rule} of {dataset}: Great Expectations counted "
                f"{verdict.unexpected} rows and {found.get(verdict.rule, 0)} were "
                "found. Nothing was published."
            )
