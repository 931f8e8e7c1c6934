"""Check: validate the rows being loaded with Great Expectations, find those that fail.

Reads `staging.<dataset>`. Writes `quality.verdicts` (one row per run, dataset and rule)
and `quality.faults` (one row per failing row and rule). Refuses to go on when a rule
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
    """The rows being loaded of every dataset that has some, rule by rule."""
    some = [d for d in datasets if has_rows(connection, f"staging.{d.name}")]
    if not some:
        return
    with closing(Validator(connection)) as validator:
        for dataset in some:
            rules = suite(dataset, lists)
            check_table(connection, validator, "staging", dataset.name, rules)


def check_table(
    connection: DuckDBPyConnection, validator: Validator, schema: str, name: str, rules: Any
) -> None:
    """One table against its suite: verdicts recorded, failing rows found."""
    verdicts = validator.validate(schema, name, rules)
    record(connection, schema, name, verdicts)
    select = locate(schema, name, rules.expectations)
    find_faults(connection, schema, name, select, verdicts)


def has_rows(connection: DuckDBPyConnection, table: str) -> bool:
    """Zero rows would pass every rule, so they are not checked at all."""
    return connection.execute(f"select 1 from {table} limit 1").fetchone() is not None


def record(
    connection: DuckDBPyConnection, schema: str, dataset: str, verdicts: list[Verdict]
) -> None:
    """Verdicts into `quality.verdicts`; one that raised stops the build."""
    raised = [v.rule for v in verdicts if v.status == "ERROR"]
    if raised:
        raise BuildError(
            f"Great Expectations could not run these rules of {dataset}: "
            f"{', '.join(raised)}. Nothing was published."
        )
    rows = [
        (
            schema,
            dataset,
            v.rule,
            v.column.removesuffix("__unread"),
            v.description,
            v.severity,
            v.evaluated,
            v.unexpected,
        )
        for v in verdicts
    ]
    connection.executemany(
        "insert into quality.verdicts values ($1, $2, $3, $4, $5, $6, $7, $8)", rows
    )


def find_faults(
    connection: DuckDBPyConnection, schema: str, dataset: str, select: str, verdicts: list[Verdict]
) -> None:
    """Failing rows into `quality.faults`, as many as were counted or not at all."""
    connection.execute(f"create or replace table work.found as {select}")
    counted = connection.execute("select rule_id, count(*) from work.found group by 1").fetchall()
    found = dict(counted)
    for verdict in verdicts:
        if verdict.unexpected != found.get(verdict.rule, 0):
            raise BuildError(
                f"Rule {verdict.rule} of {dataset}: Great Expectations counted "
                f"{verdict.unexpected} rows and {found.get(verdict.rule, 0)} were "
                "found. Nothing was published."
            )
    connection.execute(
        "insert into quality.faults select $schema, $dataset, * from work.found",
        {"schema": schema, "dataset": dataset},
    )
