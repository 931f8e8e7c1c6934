"""Indicators: whole headers, portable SQL, the same answer twice, residents once."""

import re

import duckdb
import pytest
import sqlglot

from analytics.reading.indicators import Indicator
from pipelines.datasets import dataset
from pipelines.errors import BuildError
from pipelines.load import SQL
from pipelines.measure import COLUMNS, derived_files, mart_files, read_header
from tests.support.warehouse import opened


FILES = sorted((SQL / "indicators").glob("*/*.sql"))
MADE = [*derived_files(), *mart_files()]
EACH = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
THEMES = {"risk_maturity", "service_disruption", "funding_impact"}
UNITS = {
    "percent",
    "per_council_year",
    "hours_per_council_month",
    "hours",
    "gbp",
    "gbp_per_resident",
    "gbp_per_council_year",
}
POLARITIES = {"higher_is_better", "lower_is_better", "none"}

# What one of DuckDB and Spark, or an older engine, does not read: ENGINE.md 3.
UNPORTABLE = [
    r"strftime",
    r"strptime",
    r"epoch\w*\s*\(",
    r"\blist_\w+",
    r"\blist\s*\(",
    r"unnest",
    r"generate_series",
    r"\brange\s*\(",
    r"\bsequence\s*\(",
    r"explode",
    r"qualify",
    r"filter\s*\(",
    r"group\s+by\s+all",
    r"order\s+by\s+all",
    r"::",
    r"[{}]",
    r"[\[\]]",
    r"\bexclude\b",
    r"\bdistinct\s+on\b",
    r"make_timestamp",
    r"try_cast",
    r"quantile",
    r"\bmedian\s*\(",
    r"percentile_approx",
    r"\barg_(min|max)",
    r"\bilike\b",
    r"\blambda\b",
    r"\basof\b",
    r"\bpivot\b",
    r"\bstruct_\w+",
    r"\bdate_diff\b",
    r"\bdatediff\b",
    r"\btimezone\s*\(",
    r"\$",
    # Spark wants a length of a varchar, and divides by 3600.0 to six places only.
    r"\bvarchar\b(?!\()",
    r"/\s*3600\.0",
]


def statement(path) -> str:
    """A file's SQL, in lower case, without comments and without quoted text."""
    text = path.read_text(encoding="utf-8").lower()
    text = re.sub(r"/\*.*?\*/|--[^\n]*", " ", text, flags=re.DOTALL)
    return re.sub(r"'[^']*'", "''", text)


def unportable(sql: str) -> list[str]:
    """Patterns of the list that a statement has."""
    return [pattern for pattern in UNPORTABLE if re.search(pattern, sql)]


def rows(path, warehouse, threads: int) -> list[dict]:
    """What a file selects, by name and in order, sums rounded."""
    with opened(warehouse.published) as connection:
        connection.execute(f"set threads = {threads}")
        connection.execute("set preserve_insertion_order = false")
        answer = connection.execute(path.read_text(encoding="utf-8"))
        names = [column[0] for column in answer.description]
        found = [map(rounded, row) for row in answer.fetchall()]
    return sorted((dict(zip(names, row, strict=True)) for row in found), key=repr)


def rounded(value: object) -> object:
    return round(value, 9) if isinstance(value, float) else value


def write(folder, text: str):
    """An indicator file of a theme of its own."""
    path = folder / "theme" / "new_one.sql"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


HEADER = FILES[0].read_text(encoding="utf-8").partition("*/")[0]


@EACH
def test_a_header_is_complete_and_speaks_in_known_words(path):
    header = read_header(path)
    assert header["theme"] in THEMES
    assert header["kind"] in COLUMNS
    assert header["timing"] in {"state", "flow"}
    assert header["grain"] in {"month", "year"}
    assert header["polarity"] in POLARITIES
    assert header["unit"] in UNITS
    assert header["objective"] in range(6)
    assert not dataset(header["dataset"]).is_public
    assert Indicator(**header).key == path.stem


@EACH
def test_a_header_reads_as_sentences(path):
    header = read_header(path)
    assert header["question"].endswith("?")
    assert header["definition"].endswith(".")
    assert header["caveat"].endswith(".")
    assert not header["title"].endswith(".")
    assert header["source"] and header["numerator"]
    assert bool(header["denominator"]) is (header["kind"] == "ratio")


@EACH
def test_only_a_distribution_has_a_percentile_and_it_is_measured_in_hours(path):
    header = read_header(path)
    has_one = "percentile =" in path.read_text(encoding="utf-8")
    assert has_one is (header["kind"] == "distribution")
    assert 0 < header["percentile"] < 1
    assert (header["unit"] == "hours") is has_one


def test_titles_and_places_are_given_once():
    headers = [read_header(path) for path in FILES]
    assert len({header["title"] for header in headers}) == len(headers)
    assert len({(h["theme"], h["order"]) for h in headers}) == len(headers)
    assert len({path.stem for path in FILES}) == len(FILES)


def test_every_objective_has_its_indicator():
    assert {read_header(path)["objective"] for path in FILES} == {0, 1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("select 1", "new_one.sql has no header"),
        (HEADER.replace("unit =", "units =") + "*/", r"missing \['unit'\], unknown"),
        ('/*\ntitle = "T"\n*/', r"missing \['dataset'"),
    ],
)
def test_a_header_that_is_not_whole_is_refused(tmp_path, text, says):
    with pytest.raises(BuildError, match=says):
        read_header(write(tmp_path, text))


def test_a_file_that_lacks_a_column_is_refused(tmp_path):
    from pipelines.measure import measure_one

    path = write(tmp_path, HEADER + "*/ select 'x' as gss_code, 1 as numerator")
    lacks = r"new_one.sql does not select \['collection', 'denominator', 'period'\]"
    with duckdb.connect() as connection, pytest.raises(BuildError, match=lacks):
        measure_one(connection, path)


@EACH
def test_an_indicator_selects_its_columns_and_reads_core_and_reference_only(path, made):
    header = read_header(path)
    with opened(made.warehouse.published) as connection:
        found = connection.execute(path.read_text(encoding="utf-8")).description
    names = {column[0] for column in found}
    extra = {"basis", "denominator_in_total", "profile"}
    needed = COLUMNS[header["kind"]]
    assert needed <= names <= needed | (extra if header["kind"] == "ratio" else set())
    read = set(re.findall(r"\b(?:from|join)\s+(\w+)\.", statement(path)))
    assert read and read <= {"core", "reference"}


@EACH
def test_an_indicator_gives_the_same_rows_twice_and_one_for_each_period(path, made):
    once = rows(path, made.warehouse, threads=1)
    assert once == rows(path, made.warehouse, threads=4)
    if read_header(path)["kind"] == "ratio":
        key = "collection", "gss_code", "period", "profile"
        places = [tuple(row.get(name) for name in key) for row in once]
        assert len(set(places)) == len(places)


@EACH
def test_an_indicator_is_read_by_duckdb_and_spark(path):
    assert unportable(statement(path)) == []


@pytest.mark.parametrize("path", MADE, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_table_made_of_core_is_read_by_duckdb_and_spark(path):
    assert unportable(statement(path)) == []


# Only the grammar: sqlglot reads most of what the list below forbids as Spark too.
@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
@pytest.mark.parametrize(
    "path", [*FILES, *MADE], ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_a_file_has_the_grammar_of_duckdb_and_of_spark(path, dialect):
    assert sqlglot.parse_one(path.read_text(encoding="utf-8"), dialect=dialect)


@pytest.mark.parametrize(
    "sql",
    [
        "select strftime(d, '')",
        "select epoch(d)",
        "select list_filter(a, b)",
        "from t, unnest(a)",
        "from generate_series(1, 2)",
        "select {'a': 1}",
        "select a[1]",
        "select '1 day'::interval",
        "qualify row_number() = 1",
        "count(*) filter (where a)",
        "group by all",
        "select * exclude (a)",
        "quantile_cont(a, 0.5)",
        "median(a)",
        "try_cast(a as int)",
        "cast(a as varchar)",
        "a / 3600.0",
    ],
)
def test_the_list_finds_what_is_not_portable(sql):
    assert unportable(sql)


def test_comments_and_quoted_text_are_not_searched(tmp_path):
    path = write(tmp_path, "/* epoch(x) */ select '{' as a -- unnest\nfrom core.t")
    assert statement(path).split() == ["select", "''", "as", "a", "from", "core.t"]


@pytest.mark.parametrize(
    ("indicator", "months"), [("cost_per_resident", 1), ("awarded_per_resident", 12)]
)
def test_a_rate_for_england_divides_by_residents_once(made, indicator, months):
    """Counties and districts all report: 75.7 million, of whom 56.5 million live."""
    (parts,) = made.warehouse.read(
        "select sum(numerator), sum(denominator), sum(denominator_in_total) "
        f"from marts.indicator_values where indicator = '{indicator}'"
    )
    spent, twice, once = parts
    assert twice == pytest.approx(75_741_006 * months / 12)
    assert once == pytest.approx(56_550_138 * months / 12)
    assert spent / once == pytest.approx(1)
