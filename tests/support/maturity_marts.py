"""Warehouses of a few rows for the reads of risk maturity, so that sums are by eye.

A table is written with bars, or as a list of rows; a column that is left out has its
usual value: the demonstration, Baseline, 2024/25 on CAF 4.0, share level programme.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from analytics.reading.scope import Scope
from tests.support.demo import EMPTY, MEMBERSHIPS
from tests.support.frames import table
from tests.support.reference import table as reference_table


Row = dict[str, object]
YEAR = Scope("demonstration", date(2024, 4, 1), date(2025, 3, 1))
YEARS = Scope("demonstration", date(2022, 4, 1), date(2025, 3, 1))

# The columns of the marts, as the pipeline gives them; a test compares.
COLUMNS = {
    "profiles": """
        collection profile profile_label sort_order caf_version objective_code
        objective principle_code principle outcome_code outcome lens required_level
        required thread""",
    "profile_outcomes": """
        collection profile gss_code gss_code_of_day period caf_version objective_code
        principle_code outcome_code lens level required best_level self_level
        review_level share_rank""",
    "profile_results": """
        collection profile gss_code gss_code_of_day period caf_version met below
        unknown listed held_down is_profile_met state is_complete share_rank""",
    "completeness": """
        collection gss_code gss_code_of_day caf_version state outcomes judged
        judged_in_part not_assessed not_sent judgements reviewed without_evidence
        evidence_told systems_listed systems_assessed missing_systems is_complete
        period share_rank""",
    "moves": """
        collection gss_code gss_code_of_day period caf_version version_before
        objective_code principle_code outcome_code level_before level share_rank""",
    "rebased": """
        collection profile gss_code period met_before listed_before dropped raised
        eased gained lost new unknown met_after listed_after assessed_before
        assessed_after share_rank""",
    "caf_stages": """
        collection gss_code stage stage_label sort_order entered_on blocker left_on
        share_rank""",
    "systems": """
        collection gss_code period system_id hosting system_kind system_owner
        is_internet_facing is_legacy is_out_of_support supplier_name share_rank""",
    "system_results": """
        collection profile gss_code gss_code_of_day period system_id met assessed
        hosting_type is_legacy share_rank""",
    "actions": """
        collection gss_code action_id caf_version objective_code principle_code
        outcome_code priority priority_order action_status status_order created_on
        due_on as_at is_open is_overdue estimated_cost_gbp actual_cost_gbp
        completed_on award_id has_award programme share_rank""",
    "gaps": """
        collection profile gss_code caf_version outcome_code objective_code
        principle_code level required is_answered period share_rank""",
}
TYPES = {
    "date": "period entered_on left_on created_on due_on as_at completed_on",
    "boolean": """
        is_profile_met is_complete is_internet_facing is_legacy is_out_of_support
        is_open is_overdue has_award""",
    "integer": """
        sort_order required level best_level self_level review_level share_rank
        level_before priority_order status_order is_answered""",
    "bigint": """
        listed outcomes systems_listed systems_assessed listed_before listed_after
        assessed""",
    "hugeint": """
        met below unknown held_down judged judged_in_part not_assessed not_sent
        judgements reviewed without_evidence evidence_told missing_systems met_before
        dropped raised eased gained lost new met_after assessed_before
        assessed_after""",
    "decimal(18,2)": "estimated_cost_gbp actual_cost_gbp",
}
TYPE_OF = {name: kind for kind, names in TYPES.items() for name in names.split()}
USUAL: Row = {
    "collection": "demonstration",
    "profile": "baseline",
    "profile_label": "Baseline",
    "period": "2024-04-01",
    "caf_version": "4.0",
    "version_before": "4.0",
    "outcome_code": "A1.a",
    "required": 3,
    "share_rank": 3,
    "lens": "AD",
    "state": "self_assessed",
    "stage": "plan",
    "entered_on": "2024-05-01",
    "created_on": "2024-05-01",
    "as_at": "2025-03-31",
    "priority": "High",
    "priority_order": 1,
    "action_status": "Not started",
    "is_open": True,
    "is_overdue": False,
    "has_award": False,
    "is_answered": 0,
    "is_complete": False,
    "is_legacy": False,
    "is_internet_facing": False,
    "system_id": "SYS-1",
    "hosting": "Cloud",
    "hosting_type": "cloud",
}
# Counts that are nought unless a test says otherwise.
NOUGHT = {
    "profile_results": "met below unknown held_down listed",
    "completeness": """
        judged judged_in_part not_assessed not_sent judgements reviewed
        without_evidence evidence_told systems_listed systems_assessed
        missing_systems""",
    "rebased": """
        met_before listed_before dropped raised eased gained lost new unknown met_after
        listed_after assessed_before assessed_after""",
}
AROUND = """
create table reference.caf_outcomes as from caf_outcomes;

create table reference.lists as from hosting_types;

create table reference.months as
select month::date as month
from range(date '2015-01-01', date '2031-01-01', interval 1 month) m(month);

create table reference.financial_years as
select make_date(y::int, 4, 1) as financial_year,
    y || '/' || lpad(((y + 1) % 100)::varchar, 2, '0') as financial_year_label
from range(2015, 2031) r(y);

create table reference.council_neighbours as
select gss_code, neighbour_gss_code,
    row_number() over (partition by gss_code) as neighbour_rank
from near;

create table marts.councils as
select gss_code, 'Council ' || gss_code as short_name, region,
    ascii(region) as region_order, council_group,
    upper(council_group) as council_group_label, tier, is_current
from places;
"""


def warehouse_of(
    path: Path,
    *,
    councils: str,
    neighbours: dict[str, Iterable[str]] | None = None,
    **tables: str | list[Row],
) -> str:
    """A warehouse of these marts, the others empty; its path as the reads take it.

    The profile is what the outcomes were judged by unless `profiles` is given.
    """
    pairs = [(a, b) for a, others in (neighbours or {}).items() for b in others]
    near = pd.DataFrame(pairs, columns=["gss_code", "neighbour_gss_code"], dtype=str)
    given = {name: rows(tables.get(name, [])) for name in COLUMNS}
    given["profiles"] = given["profiles"] or asked_for(given["profile_outcomes"])
    frames = {"near": near, "places": table(councils)} | reference()
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts; create schema reference")
        for name, frame in frames.items():
            connection.register(name, frame)
        connection.execute(AROUND)
        # How councils are grouped is the pipeline's own select, not a copy of it.
        connection.execute(f"create table marts.memberships as {MEMBERSHIPS}")
        for name, lines in given.items():
            create(connection, name, lines)
    return str(path)


@cache
def reference() -> dict[str, pd.DataFrame]:
    """Names of outcomes and kinds of hosting, as the dashboard comes with them."""
    hosting = pd.DataFrame(reference_table("lists/hosting_type"))
    return {
        "caf_outcomes": pd.DataFrame(reference_table("caf_outcomes")),
        "hosting_types": hosting.assign(list="hosting_type"),
    }


def create(connection: duckdb.DuckDBPyConnection, name: str, given: list[Row]) -> None:
    """One mart of these rows."""
    kinds = {one: TYPE_OF.get(one, "varchar") for one in COLUMNS[name].split()}
    columns = ", ".join(f'"{one}" {kind}' for one, kind in kinds.items())
    connection.execute(f"create table marts.{name} ({columns})")
    if given:
        usual = USUAL | dict.fromkeys(NOUGHT.get(name, "").split(), 0)
        full = [usual | implied(row) | row for row in given]
        texts = {one: [text(row.get(one)) for row in full] for one in kinds}
        # All at once: rows put in one by one would take most of a test's time.
        connection.register("given", pd.DataFrame(texts, dtype=object))
        connection.execute(f"insert into marts.{name} from given")


def text(value: object) -> str | None:
    """A cell as it would be written."""
    return None if value is None else str(value)


def implied(row: Row) -> Row:
    """What follows from a row's outcome, council and stage."""
    outcome = str(row.get("outcome_code", USUAL["outcome_code"]))
    return {
        "objective_code": outcome[0],
        "principle_code": outcome.split(".")[0],
        "gss_code_of_day": row.get("gss_code"),
        "stage_label": str(row.get("stage", USUAL["stage"])).capitalize(),
    }


def rows(given: str | list[Row]) -> list[Row]:
    """Rows of a table written with bars; an empty cell is unknown."""
    if not isinstance(given, str):
        return given
    header, *lines = [
        [cell.strip() for cell in line.split("|")] for line in given.strip().splitlines()
    ]
    return [dict(zip(header, (cell or None for cell in line), strict=True)) for line in lines]


def asked_for(outcomes: list[Row]) -> list[Row]:
    """The profile that these outcomes were judged by."""
    names = ("profile", "caf_version", "outcome_code", "required")
    listed = {tuple(str(row.get(name, USUAL[name])) for name in names) for row in outcomes}
    return [dict(zip(names, line, strict=True)) for line in sorted(listed)]


def many(codes: Iterable[str], **cells: object) -> list[Row]:
    """The same row for each of these councils."""
    return [{"gss_code": code, **cells} for code in codes]


def a_row_each(codes: Iterable[str], **cells: object) -> dict[str, list[Row]]:
    """A row of every mart for each of these councils, by mart."""
    codes = list(codes)
    return {
        "profile_outcomes": many(codes, **{"level": 3, "self_level": 3, "review_level": 2} | cells),
        "profile_results": many(codes, **{"met": 3, "below": 1} | cells),
        "completeness": many(codes, **cells),
        "moves": many(codes, **{"level_before": 1, "level": 2} | cells),
        "rebased": many(codes, **{"met_before": 1, "met_after": 1, "assessed_after": 2} | cells),
        "caf_stages": many(codes, **{"blocker": "Budget", "sort_order": 5} | cells),
        "systems": many(codes, **{"supplier_name": "Big"} | cells),
        "system_results": many(codes, **{"met": 1, "assessed": 2} | cells),
        "actions": many(codes, **cells),
        "gaps": many(codes, **cells),
    }


def numbered(region: str, number: int, first: int = 1) -> list[str]:
    """Codes of councils as `places` makes them: A1, A2 and so on."""
    return [f"{region}{n}" for n in range(first, first + number)]


def councils_of(*lines: str) -> str:
    """Councils as a table, from lines such as 'N1 | N | unitary'."""
    full = [f"{line} | unitary | true" for line in lines]
    return "\n".join([EMPTY["councils"], *full])
