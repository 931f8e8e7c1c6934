"""Great Expectations on DuckDB, in our own process and database.

Great Expectations has no DuckDB engine of its own yet (upstream pull request 12084);
delete this module when it has. The connection is kept open as the library itself does
for SQLite: DuckDB drops unread results when a pooled connection is returned.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import duckdb_sqlalchemy
import sqlalchemy
from duckdb import DuckDBPyConnection


os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

import great_expectations as gx  # noqa: E402
from great_expectations.core.metric_function_types import MetricFunctionTypes  # noqa: E402
from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: E402
from great_expectations.datasource.fluent import SQLDatasource  # noqa: E402
from great_expectations.execution_engine import ExecutionEngine, SqlAlchemyExecutionEngine  # noqa: E402
from great_expectations.expectations import registry  # noqa: E402
from great_expectations.expectations.metrics.map_metric_provider import (  # noqa: E402
    ColumnMapMetricProvider,
    column_condition_partial,
)


# Named here because the data source has a field called `type`, which hides the builtin.
Engine = type[ExecutionEngine]
EngineType = type[SqlAlchemyExecutionEngine]


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """The SQL engine with one connection kept for the whole run."""

    @contextmanager
    def get_connection(self) -> Iterator[Any]:
        """The connection, opened once and never given back."""
        if not self._connection:
            self._connection = self.engine.connect()
        yield self._connection


class DuckDBMatchRegex(ColumnMapMetricProvider):
    """Regular expressions, which the SQL engine does not know for DuckDB."""

    condition_metric_name = "column_values.match_regex"
    condition_value_keys = ("regex",)

    @column_condition_partial(engine=DuckDBExecutionEngine)
    def _sqlalchemy(cls, column: Any, regex: str, **kwargs: Any) -> Any:  # noqa: N805
        return sqlalchemy.func.regexp_matches(column, regex)


class DuckDBDatasource(SQLDatasource):
    """Gives `context.data_sources.add_duckdb`."""

    type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment]
    execution_engine_override: ClassVar[Engine | None] = DuckDBExecutionEngine

    @property
    def execution_engine_type(self) -> EngineType:
        return DuckDBExecutionEngine


def no_values(*_: Any, **__: Any) -> list[Any]:
    """No example of an unexpected value: `locate` finds them all in one pass."""
    return []


def fetch_no_values() -> None:
    """Spare a pass over the table for each rule, which fetches values to show."""
    engine = DuckDBExecutionEngine.__name__
    for name, definition in registry._registered_metrics.items():
        if name.startswith("column_values.") and name.endswith(".unexpected_values"):
            definition["providers"].pop(engine, None)
            registry.register_metric(
                metric_name=name,
                metric_domain_keys=definition["metric_domain_keys"],
                metric_value_keys=definition["metric_value_keys"],
                execution_engine=DuckDBExecutionEngine,
                metric_class=ColumnMapMetricProvider,
                metric_provider=no_values,
                metric_fn_type=MetricFunctionTypes.VALUE,
            )


fetch_no_values()


@dataclass(frozen=True)
class Verdict:
    """What Great Expectations says of one rule on one table."""

    rule: str
    column: str
    description: str
    severity: str
    evaluated: int
    unexpected: int
    status: str


class Validator:
    """Validates committed tables of one open DuckDB connection."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self.context = gx.get_context(mode="ephemeral")
        self.context.variables.progress_bars = ProgressBarsConfig(globally=False)
        # A cursor, never the connection: a rollback here must not undo our own work.
        self.source = self.context.data_sources.add_duckdb(
            "warehouse",
            connection_string="duckdb:///:memory:",
            kwargs={"creator": lambda: duckdb_sqlalchemy.ConnectionWrapper(connection.cursor())},
        )

    def validate(self, schema: str, table: str, suite: Any) -> list[Verdict]:
        """One verdict per rule, in the suite's order; a rule that raised is ERROR."""
        asset = self.source.add_table_asset(
            f"{schema}.{table}", table_name=table, schema_name=schema
        )
        batch = asset.add_batch_definition_whole_table("all").get_batch()
        answer = batch.validate(suite, result_format="BASIC")
        by_rule = {r.expectation_config.meta["rule_id"]: r for r in answer.results}
        return [verdict(rule, by_rule) for rule in suite.expectations]

    def close(self) -> None:
        """Give the cursor back before the connection that it belongs to closes."""
        self.source.get_execution_engine().close()


def verdict(rule: Any, by_rule: dict[str, Any]) -> Verdict:
    """One rule's verdict; no answer, or an empty one, counts as an error."""
    name = rule.meta["rule_id"]
    result = by_rule[name].result if name in by_rule else {}
    count = result.get("unexpected_count")
    status = "ERROR" if count is None else "FAIL" if count else "PASS"
    return Verdict(
        name,
        rule.meta["column"],
        rule.description,
        rule.severity.value,
        result.get("element_count") or 0,
        count or 0,
        status,
    )
