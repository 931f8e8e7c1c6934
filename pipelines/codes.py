"""Codes: values of closed lists that are written a little otherwise than their code.

`malware` is also written Malware, and a workbook makes 4 of the CAF version 4.0. Where
a value can mean one code only it is that code; whatever else is not in the list is left
for the rules to set aside.
"""

from collections.abc import Mapping, Sequence

from duckdb import DuckDBPyConnection

from pipelines.datasets import Dataset
from pipelines.stage import among


def read_codes(
    connection: DuckDBPyConnection,
    dataset: Dataset,
    arrivals: list[int],
    lists: Mapping[str, Sequence[str]],
) -> None:
    """The codes of new rows' values in the columns that have a closed list."""
    table, where = f"history.{dataset.name}", among("arrival", arrivals)
    for column in dataset.columns:
        codes = lists[column.allowed] if column.allowed else ()
        if not codes or column.type != "text":
            continue
        name = f'"{column.column}"'
        odd = connection.execute(
            f"select distinct {name} from {table} where {where} "
            f"and not list_contains($codes, {name})",
            {"codes": list(codes)},
        ).fetchall()
        for (value,) in odd:
            code = code_of(value, codes)
            if code:
                connection.execute(
                    f"update {table} set {name} = $code where {where} and {name} = $value",
                    {"code": code, "value": value},
                )


def code_of(value: str, codes: Sequence[str]) -> str:
    """The one code that a value means apart from capitals, spaces and noughts."""
    found = {code for code in codes if folded(code) == folded(value)}
    return found.pop() if len(found) == 1 else ""


def folded(text: str) -> str:
    """A code without what says nothing: capitals, spaces, signs, a final nought."""
    plain = "_".join(text.lower().replace("_", " ").replace("-", " ").split())
    return plain.removesuffix(".0")
