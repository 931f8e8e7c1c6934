"""A stand-in for Great Expectations, for tests whose subject is not the rules.

It counts the rows that `locate` finds, so rows are set aside as ever and a build is
shorter by a third. What it cannot show is that Great Expectations counts the same:
tests/expectations keep the real one, and hold this one against it.
"""

from typing import Any

from duckdb import DuckDBPyConnection

from expectations.engine import Verdict
from expectations.locate import identifier, locate


class CountingValidator:
    """Gives the verdicts that `expectations.engine.Validator` would."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self.connection = connection.cursor()

    def validate(self, schema: str, table: str, suite: Any) -> list[Verdict]:
        """One verdict per rule, in the suite's order."""
        rules = suite.expectations
        found = dict(
            self.connection.execute(
                f"select rule_id, count(*) from ({locate(schema, table, rules)}) group by 1"
            ).fetchall()
        )
        counts = ", ".join(f"count(*) filter (where {asked(rule)})" for rule in rules)
        rows = self.connection.execute(f"select {counts} from {schema}.{table}").fetchall()[0]
        return [
            verdict(rule, evaluated, found.get(rule.meta["rule_id"], 0))
            for rule, evaluated in zip(rules, rows, strict=True)
        ]

    def close(self) -> None:
        """Give the cursor back."""
        self.connection.close()


def asked(rule: Any) -> str:
    """SQL for the rows that a rule is asked of."""
    where = rule.row_condition
    return "true" if where is None else f"{identifier(where.column.name)} is null"


def verdict(rule: Any, evaluated: int, unexpected: int) -> Verdict:
    """One rule's verdict from its counts."""
    return Verdict(
        rule.meta["rule_id"],
        rule.meta["column"],
        rule.description,
        rule.severity.value,
        evaluated,
        unexpected,
        "FAIL" if unexpected else "PASS",
    )
