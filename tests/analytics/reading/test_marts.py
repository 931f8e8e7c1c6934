"""The reads: sums that can be done by eye, on warehouses of a few rows."""

from dataclasses import replace
from datetime import date

import duckdb
import pandas as pd
import pytest

from analytics.reading import lookups, marts, warehouse
from analytics.reading.reader import Reader
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError
from tests.support.demo import BY_HAND, by_hand, places


TWO_REGIONS = places(N=2, S=1)


@pytest.fixture
def made(tmp_path):
    """A maker of warehouses in this test's folder."""
    return lambda **tables: by_hand(tmp_path / "made.duckdb", **tables)


def series(path, about, scope=BY_HAND, **options) -> pd.DataFrame:
    return marts.series(Reader(path, LOCAL_ANALYST, scope), about, **options)


def groups(path, about, by="england", scope=BY_HAND) -> pd.DataFrame:
    return marts.groups(Reader(path, LOCAL_ANALYST, scope), about, by=by).set_index("group_code")


def councils(path, about, scope=BY_HAND) -> pd.DataFrame:
    frame = marts.councils(Reader(path, LOCAL_ANALYST, scope), about)
    return frame.set_index("gss_code")


def test_a_ratio_is_summed_before_it_is_divided(made):
    found = groups(
        *made(
            councils=TWO_REGIONS,
            values="""
        gss_code | period     | numerator | denominator | share_rank
        N1       | 2024-04-01 | 1         | 10          | 3
        N2       | 2024-04-01 | 29        | 30          | 3
    """,
        )
    ).loc["England"]
    # 30 of 40; the average of 10% and 97% would be 53%.
    assert (found["value"], found["numerator"], found["denominator"]) == (75, 30, 40)


def test_coverage_counts_councils_that_reported_among_those_there_are(made):
    found = groups(
        *made(
            councils=places(N=3, S=2),
            values="""
        gss_code | period     | numerator | denominator | share_rank
        N1       | 2024-04-01 | 1         | 10          | 3
        N2       | 2024-04-01 | 2         | 10          | 3
        S1       | 2024-04-01 | 3         | 10          | 3
    """,
        ),
        by="region",
    )
    assert found[["councils", "expected"]].to_numpy().tolist() == [[2, 3], [1, 2]]


def test_a_council_that_is_no_more_counts_in_the_sum_and_not_in_coverage(made):
    old = "\nN9 | N | unitary | unitary | false"
    found = groups(
        *made(
            councils=TWO_REGIONS + old,
            values="""
        gss_code | period     | numerator | denominator | share_rank
        N1       | 2024-04-01 | 1         | 10          | 3
        N9       | 2024-04-01 | 9         | 10          | 3
    """,
        )
    ).loc["England"]
    assert (found["value"], found["councils"], found["expected"]) == (50, 1, 3)


def test_a_region_with_no_row_is_unknown_and_never_zero(made):
    found = groups(
        *made(
            councils=TWO_REGIONS,
            values="""
        gss_code | period     | numerator | denominator | share_rank
        N1       | 2024-04-01 | 1         | 10          | 3
    """,
        ),
        by="region",
    ).loc["S"]
    assert found[["value", "numerator", "denominator"]].isna().all()
    assert (found["note"], found["councils"], found["expected"]) == ("[x]", 0, 1)


def test_a_council_with_no_row_is_unknown_and_one_that_reported_nothing_is_zero(made):
    found = councils(
        *made(
            councils=TWO_REGIONS,
            values="""
        gss_code | period     | numerator | denominator | share_rank
        N1       | 2024-04-01 | 0         | 10          | 3
    """,
        )
    )
    assert (found["value"]["N1"], found["note"]["N1"]) == (0, "")
    assert pd.isna(found["value"]["N2"])
    assert found["note"]["N2"] == "[x]"


def test_nothing_to_divide_by_is_unknown(made):
    built = made(
        councils=TWO_REGIONS,
        values="""
        gss_code | period     | numerator | denominator | share_rank
        N1       | 2024-04-01 | 0         | 0           | 3
    """,
    )
    assert pd.isna(groups(*built)["value"]["England"])
    assert pd.isna(councils(*built)["value"]["N1"])


TWO_YEARS = """
    gss_code | period     | numerator | denominator | share_rank
    N1       | 2023-04-01 | 1         | 10          | 3
    N1       | 2024-04-01 | 5         | 10          | 3
    N2       | 2023-04-01 | 9         | 10          | 3
"""


def test_a_state_takes_the_latest_year_and_a_council_without_it_is_unknown(made):
    built = made(councils=TWO_REGIONS, values=TWO_YEARS, timing="state")
    assert groups(*built)["value"]["England"] == 50
    found = councils(*built)
    assert found["value"]["N1"] == 50
    assert pd.isna(found["value"]["N2"])


def test_a_flow_adds_up_the_whole_range(made):
    built = made(councils=TWO_REGIONS, values=TWO_YEARS, timing="flow")
    assert groups(*built)["value"]["England"] == 50  # 15 of 30
    assert councils(*built)["value"][["N1", "N2"]].tolist() == [30, 90]


def test_rows_outside_the_months_chosen_are_left_out(made):
    path, about = made(councils=TWO_REGIONS, values=TWO_YEARS)
    only = BY_HAND.within(date(2023, 4, 1), date(2024, 3, 1))
    assert groups(path, about, scope=only)["value"]["England"] == 50  # 10 of 20
    assert councils(path, about, only)["value"]["N1"] == 10


def test_a_rate_of_a_region_leaves_out_county_population(made):
    built = made(
        unit="gbp_per_resident",
        councils="""
        gss_code | region | council_group | tier    | is_current
        N1       | N      | county        | upper   | true
        N2       | N      | district      | lower   | true
        N3       | N      | district      | lower   | true
    """,
        values="""
        gss_code | period   | numerator | denominator | denominator_in_total |share_rank
        N1     | 2024-04-01 | 600       | 300         | 0                    | 3
        N2     | 2024-04-01 | 100       | 100         | 100                  | 3
        N3     | 2024-04-01 | 200       | 200         | 200                  | 3
    """,
    )
    # 900 pounds for 300 residents, who live in a district and in its county.
    assert groups(*built, by="region")["value"]["N"] == 3
    by_type = groups(*built, by="type")["value"]
    assert (by_type["county"], by_type["district"]) == (2, 1)
    assert councils(*built)["value"]["N1"] == 2


def test_a_percentile_is_taken_over_events_and_not_over_councils(made):
    built = made(
        kind="distribution",
        unit="hours",
        councils=TWO_REGIONS,
        events="""
        gss_code | period     | value | share_rank
        N1       | 2024-04-01 | 1     | 3
        N1       | 2024-05-01 | 2     | 3
        N1       | 2024-06-01 | 3     | 3
        N2       | 2024-04-01 | 90    | 3
        N2       | 2024-05-01 | 100   | 3
    """,
        returned="""
        gss_code | month
        N1       | 2024-04-01
        N2       | 2024-04-01
        S1       | 2024-04-01
    """,
    )
    found = groups(*built).loc["England"]
    # Of 1, 2, 3, 90, 100 the middle is 3; between medians 2 and 95 it would be 48.5.
    assert (found["value"], found["numerator"]) == (3, 5)
    assert (found["councils"], found["expected"]) == (3, 3)
    assert councils(*built)["value"][["N1", "N2"]].tolist() == [2, 95]


def test_the_ninetieth_centile_of_eleven_events_is_the_tenth(made):
    rows = "\n".join(f"N1 | 2024-04-01 | {n} | 3" for n in range(0, 110, 10))
    events = f"gss_code | period | value | share_rank\n{rows}"
    built = made(
        kind="distribution", unit="hours", percentile=0.9, events=events, councils=TWO_REGIONS
    )
    assert groups(*built)["value"]["England"] == 90
    assert councils(*built)["value"]["N1"] == 90


def test_a_month_without_events_has_no_percentile(made):
    built = made(
        kind="distribution",
        unit="hours",
        councils=TWO_REGIONS,
        returned="gss_code | month\nN1 | 2024-04-01",
    )
    assert pd.isna(groups(*built)["value"]["England"])
    assert series(*built).empty


QUARTERS = """
    gss_code | period     | numerator | denominator | share_rank
    N1       | 2024-03-01 | 10        | 10          | 3
    N1       | 2024-04-01 | 1         | 10          | 3
    N1       | 2024-06-01 | 3         | 10          | 3
    N1       | 2024-07-01 | 8         | 10          | 3
"""


@pytest.mark.parametrize(
    ("bucket", "labels", "values"),
    [
        ("month", ["Mar 2024", "Apr 2024", "Jun 2024", "Jul 2024"], [100, 10, 30, 80]),
        ("quarter", ["Q4 2023/24", "Q1 2024/25", "Q2 2024/25"], [100, 20, 80]),
        ("year", ["2023/24", "2024/25"], [100, 40]),
    ],
)
def test_months_fall_into_quarters_and_years_that_begin_in_april(made, bucket, labels, values):
    built = made(grain="month", councils=TWO_REGIONS, values=QUARTERS)
    found = series(*built, bucket=bucket)
    assert found["period_label"].tolist() == labels
    assert found["value"].round(6).tolist() == values


@pytest.mark.parametrize(
    ("day", "bucket", "label"),
    [
        (date(2025, 3, 31), "month", "Mar 2025"),
        (date(2025, 1, 1), "quarter", "Q4 2024/25"),
        (date(2025, 4, 1), "quarter", "Q1 2025/26"),
        (date(2024, 12, 1), "quarter", "Q3 2024/25"),
        (date(2025, 3, 1), "year", "2024/25"),
        (date(1999, 4, 1), "year", "1999/00"),
    ],
)
def test_a_period_is_named_by_its_financial_year(day, bucket, label):
    assert marts.period_label(day, bucket) == label


def test_a_series_begins_where_the_framework_did_and_says_which_one(made):
    found = series(
        *made(
            councils=TWO_REGIONS,
            values="""
        gss_code | period     | numerator | denominator | share_rank | basis
        N1       | 2023-04-01 | 1         | 2           | 3          | CAF 3.2
        N1       | 2024-04-01 | 1         | 2           | 3          | CAF 4.0
    """,
        )
    )
    assert found["basis"].tolist() == ["CAF 3.2", "CAF 4.0"]


def test_a_benchmark_is_one_row_for_a_measure_and_council(made):
    path, _ = made(
        councils=TWO_REGIONS,
        values="""
        gss_code | period     | numerator | denominator | share_rank
        N1       | 2024-04-01 | 1         | 10          | 3
        N2       | 2024-04-01 | 2         | 10          | 3
        S1       | 2024-04-01 | 3         | 10          | 3
    """,
    )
    found = marts.benchmark(Reader(path, LOCAL_ANALYST, BY_HAND), "N1", ["N2"])
    rows = found[["gss_code", "value", "is_own"]].to_numpy().tolist()
    assert rows == [["N2", 20, False], ["N1", 10, True]]


def test_demonstration_regions_add_up_to_england(demo):
    about, scope = demo.indicator("hours_disrupted"), demo.scope()
    parts = groups(demo.path, about, by="region", scope=scope)
    whole = groups(demo.path, about, scope=scope).loc["England"]
    assert len(parts) == 9
    for column in ("numerator", "denominator", "councils", "expected"):
        assert parts[column].sum() == pytest.approx(whole[column])
    assert whole["expected"] == 317


def test_regions_come_in_their_usual_order_and_types_by_name(demo):
    about, scope = demo.indicator("hours_disrupted"), demo.scope()
    regions = lookups.regions(demo.path, LOCAL_ANALYST)
    for _ in range(5):
        assert groups(demo.path, about, by="region", scope=scope).index.tolist() == (regions)
    names = groups(demo.path, about, by="type", scope=scope)["group_label"].tolist()
    assert names == sorted(names)


def test_demonstration_rates_divide_by_the_residents_of_england_counted_once(demo):
    about, scope = demo.indicator("awarded_per_resident"), demo.scope()
    whole = groups(demo.path, about, scope=scope).loc["England"]
    years = demo.rows("select count(distinct month) / 12 from core.funding_months")
    # METHODS and decision 6: 56.5 million, not 75.7.
    residents = whole["denominator"] / years.iloc[0, 0] / 1e6
    assert residents == pytest.approx(56.5, abs=0.2)


def test_every_indicator_has_demonstration_values_for_councils_and_england(demo):
    without = [
        about.key
        for about in demo.indicators
        if groups(demo.path, about, scope=demo.scope())["value"].isna().all()
        or councils(demo.path, about, demo.scope())["value"].isna().all()
    ]
    assert without == []


def test_a_measure_of_the_profile_is_judged_by_the_profile_of_the_scope(demo):
    about = demo.indicator("profile_outcomes_met")
    assert about.key in lookups.profiled(demo.path, LOCAL_ANALYST)
    higher = replace(demo.scope(), profile="enhanced")
    by_default = groups(demo.path, about, scope=demo.scope()).loc["England"]
    by_higher = groups(demo.path, about, scope=higher).loc["England"]
    # The same judgements, and more is asked of them: fewer are met.
    assert by_higher["denominator"] == by_default["denominator"]
    assert by_higher["numerator"] < by_default["numerator"]
    none = replace(demo.scope(), profile="nobody's")
    assert groups(demo.path, about, scope=none)["value"].isna().all()


def test_another_measure_is_the_same_by_any_profile(demo):
    about = demo.indicator("hours_disrupted")
    higher = replace(demo.scope(), profile="enhanced")
    pd.testing.assert_frame_equal(
        groups(demo.path, about, scope=higher), groups(demo.path, about, scope=demo.scope())
    )


def test_peers_are_the_neighbours_of_one_council_and_nobody_else(demo):
    about = demo.indicator("hours_disrupted")
    near = lookups.neighbours(demo.path, LOCAL_ANALYST, "E06000001")["gss_code"]
    peers = replace(demo.scope(councils=tuple(near)), peers_of="E06000001")
    found = councils(demo.path, about, peers)
    assert set(found.index) == set(near)
    whole = groups(demo.path, about, scope=peers).loc["England"]
    assert whole["numerator"] == pytest.approx(found["numerator"].sum())
    with pytest.raises(NotAllowedError, match="ONS neighbours of one council"):
        groups(demo.path, about, scope=replace(peers, councils=tuple(near[1:])))


def test_a_warehouse_without_the_tables_of_today_is_named_as_an_older_one(tmp_path):
    path = tmp_path / "old.duckdb"
    duckdb.connect(str(path)).close()
    with pytest.raises(warehouse.NoWarehouseError, match="python -m pipelines build"):
        lookups.collections(str(path), LOCAL_ANALYST)


def test_a_file_that_is_no_warehouse_gives_the_next_command(tmp_path):
    path = tmp_path / "broken.duckdb"
    path.write_text("not a database")
    with pytest.raises(warehouse.NoWarehouseError, match="python -m pipelines build"):
        lookups.collections(str(path), LOCAL_ANALYST)


def test_a_folder_without_a_pointer_gives_the_next_command(tmp_path):
    with pytest.raises(warehouse.NoWarehouseError, match="python -m pipelines build"):
        warehouse.current(tmp_path)


def test_a_pointer_to_a_file_that_is_gone_gives_the_next_command(tmp_path):
    pointer = '{"file": "gone.duckdb", "size": 1, "checksum": 1}'
    (tmp_path / "CURRENT").write_text(pointer)
    with pytest.raises(warehouse.NoWarehouseError, match=r"gone\.duckdb is gone"):
        warehouse.current(tmp_path)


def test_a_read_cannot_change_the_warehouse(demo):
    with pytest.raises(duckdb.Error):
        warehouse.connect(demo.path).cursor().execute("delete from marts.councils")


def test_a_read_cannot_reach_files_outside_the_warehouse(demo):
    with pytest.raises(duckdb.Error):
        demo.rows("select * from read_text('/etc/hostname')")


def test_a_year_without_a_return_is_a_gap_in_the_series_and_not_left_out(demo):
    about = demo.indicator("profile_outcomes_met")
    everyone = marts.series(Reader(demo.path, LOCAL_ANALYST, demo.scope()), about, by="council")
    counts = everyone.groupby("group_code")["period"].nunique()
    assert counts.nunique() == 1
    unknown = everyone[everyone["value"].isna()]
    assert len(unknown) > 0
    assert (unknown["note"] == "[x]").all()
    assert (unknown["councils"] == 0).all()
