"""Who got what: twins, the rank correlation, disclosure, the scatter and the view."""

import math
from collections import defaultdict
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analytics.funding.reach import reads
from analytics.funding.reach.chart import need_scatter
from analytics.funding.reach.need import AWARD, MEASURES
from analytics.funding.reach.reads import FIFTHS, PARTS
from analytics.reading.disclosure import WITHHELD
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError, Viewer
from analytics.ui import store
from tests.support.demo import PROGRAMME
from tests.support.frames import table
from tests.support.pages import KINDS, NOTHING, cells, failures, figures, opened, said
from tests.support.rows import award, incident, returned
from tests.support.warehouse import Installation


# Twins --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def raw(demo) -> pd.DataFrame:
    """The awards of the demonstration, row by row, with the council's place."""
    return demo.rows("""
        select a.*, c.region, c.council_group, c.is_current as is_of_today
        from core.awards a join marts.councils c on c.gss_code = a.gss_code
        where a.collection = 'demonstration'
    """)


def today(demo) -> pd.DataFrame:
    return demo.rows("select * from marts.councils where is_current")


def part_of(rows: list[dict]) -> str:
    roles = {row["role"] for row in rows}
    return "lead" if "lead" in roles else "partner" if roles else "none"


def by_council(raw: pd.DataFrame) -> dict[str, list[dict]]:
    found = defaultdict(list)
    for row in raw.to_dict("records"):
        found[row["gss_code"]].append(row)
    return found


@pytest.mark.parametrize(("by", "column"), [("region", "region"), ("type", "council_group")])
def test_parts_of_councils_agree_with_their_twin(demo, raw, by, column):
    rows, expected = by_council(raw), defaultdict(int)
    for council in today(demo).to_dict("records"):
        expected[council[column], part_of(rows.get(council["gss_code"], []))] += 1
    found = reads.parts(Reader(demo.path, LOCAL_ANALYST, demo.scope()), by=by)
    counts = found.set_index(["group_code", "part"])["numerator"]
    assert counts[counts > 0].to_dict() == expected
    assert {part for _, part in expected} == set(PARTS)
    whole = found.groupby("group_code")["numerator"].sum()
    assert whole.to_dict() == today(demo).groupby(column).size().to_dict()


def year_of(day: date) -> date:
    return date(day.year - (day.month < 4), 4, 1)


def test_councils_by_region_and_year_agree_with_their_twin(demo, raw):
    expected = defaultdict(set)
    for row in raw[raw["is_of_today"]].to_dict("records"):
        expected[row["region"], year_of(row["awarded_on"])].add(row["gss_code"])
    found = reads.years(Reader(demo.path, LOCAL_ANALYST, demo.scope()), by="region")
    counts = {
        (row["group_code"], pd.Timestamp(row["period"]).date()): row["numerator"]
        for row in found.to_dict("records")
        if row["numerator"]
    }
    assert counts == {key: len(codes) for key, codes in expected.items()}


def test_first_support_is_that_of_the_earliest_award_that_is_no_training(demo, raw):
    days = raw[(raw["programme"] != "training") & raw["first_support_on"].notna()]
    firsts = days.groupby("gss_code")["first_support_on"].min()
    expected = firsts.map(lambda day: year_of(day.date())).value_counts()
    found = reads.years(
        Reader(demo.path, LOCAL_ANALYST, demo.scope()), by="england", kind="support"
    )
    counts = {
        pd.Timestamp(day).date(): number
        for day, number in zip(found["period"], found["numerator"], strict=True)
    }
    inside = {day: number for day, number in expected.items() if day in counts}
    assert {day: number for day, number in counts.items() if number} == inside
    assert sum(inside.values()) > 20


def test_a_wrong_kind_or_need_is_refused(demo):
    with pytest.raises(ValueError, match="'paid' is not one of"):
        reads.years(Reader(demo.path, LOCAL_ANALYST, demo.scope()), by="england", kind="paid")
    with pytest.raises(ValueError, match="'wealth' is not one of"):
        reads.need(Reader(demo.path, LOCAL_ANALYST, demo.scope()), need="wealth")


# Need ---------------------------------------------------------------------------------


def need_by_hand(demo, raw: pd.DataFrame, need: str, programme: str) -> pd.DataFrame:
    """Need and money of every council of today, council by council."""
    values = demo.rows("""
        select indicator, gss_code, period, numerator, denominator
        from marts.indicator_values where collection = 'demonstration'
            and indicator in ('comparable_outcomes_achieved', 'incidents_reported')
    """)
    first_award = year_of(min(raw["awarded_on"]))
    scores = demo.rows("select gss_code, deprivation_score from reference.councils")
    scores = scores.set_index("gss_code")["deprivation_score"]
    rows = []
    for council in today(demo).to_dict("records"):
        own = values[values["gss_code"] == council["gss_code"]]
        states = own[own["indicator"] == "comparable_outcomes_achieved"]
        start = states[states["period"] == states["period"].min()]
        told = own[own["indicator"] == "incidents_reported"]
        told = told[pd.to_datetime(told["period"]) < pd.Timestamp(first_award)]
        of = {"maturity": start, "incidents": told}.get(need, own)
        weight = of["denominator"].sum()
        ratio = of["numerator"].sum() / weight if weight else math.nan
        amount = 100 * ratio if need == "maturity" else ratio
        given = raw[raw["gss_code"] == council["gss_code"]]
        given = given[given["programme"] == programme] if programme else given
        rows.append(
            {
                "gss_code": council["gss_code"],
                "population": council["population"],
                "need": scores[council["gss_code"]] if need == "deprivation" else amount,
                "awarded_gbp": float(given["amount_awarded_gbp"].sum()),
            }
        )
    return pd.DataFrame(rows).set_index("gss_code").sort_index()


@pytest.mark.parametrize("programme", ["", "cyber_support"])
@pytest.mark.parametrize("need", ["maturity", "deprivation"])
def test_need_award_and_rank_correlation_agree_with_their_twin(demo, raw, need, programme):
    found = reads.need(
        Reader(demo.path, LOCAL_ANALYST, demo.scope()), need=need, programme=programme
    )
    expected = need_by_hand(demo, raw, need, programme)
    dots = found.dots.set_index("gss_code").sort_index()
    for column in ("need", "awarded_gbp"):
        pd.testing.assert_series_equal(dots[column].astype(float), expected[column].astype(float))
    known = expected.dropna(subset="need")
    each = known["awarded_gbp"] / known["population"]
    # Spearman's is Pearson's of the ranks.
    ranks = known["need"].rank()
    for rho, money in ((found.rho, each), (found.rho_pounds, known["awarded_gbp"])):
        assert rho == pytest.approx(ranks.corr(money.rank()))
    assert (found.known, found.expected) == (len(known), len(expected))


def test_incidents_before_are_those_of_years_before_any_award(tmp_path):
    """A year with one incident, a nil year, a year not reported on, and later ones."""
    one, nil, silent = "E06000001", "E06000002", "E06000003"
    warehouse = Installation(tmp_path)
    warehouse.put(
        "awards",
        [
            award(
                gss_code=one,
                awarded_on="2023-06-01",
                first_support_on="",
                amount_awarded_gbp="93836",
            )
        ],
    )
    warehouse.put(
        "incidents",
        [
            incident(incident_ref="INC-0001", gss_code=one, detected_at="2022-06-02T09:00:00Z"),
            incident(incident_ref="INC-0002", gss_code=one, detected_at="2023-07-02T09:00:00Z"),
            incident(incident_ref="INC-0003", gss_code=silent, detected_at="2023-07-02T09:00:00Z"),
        ],
    )
    months = [f"2022-{month:02}-01" for month in range(4, 13)]
    months += [f"2023-{month:02}-01" for month in range(1, 4)]
    warehouse.put(
        "returns",
        [
            *[
                returned(gss_code=code, dataset="incidents", period_starts_on=month)
                for code in (one, nil)
                for month in months
            ],
            *[
                returned(gss_code=code, dataset="incidents", period_starts_on="2023-07-01")
                for code in (one, silent)
            ],
        ],
    )
    warehouse.build()
    scope = Scope("department", date(2022, 4, 1), date(2024, 3, 1))
    found = reads.need(Reader(str(warehouse.published), LOCAL_ANALYST, scope), need="incidents")
    dots = found.dots.set_index("gss_code")
    assert dots["need"].dropna().to_dict() == {one: pytest.approx(1.0), nil: 0.0}
    assert found.known == 2
    assert dots.loc[one, "per_resident"] == pytest.approx(1.0, abs=0.1)
    assert math.isnan(found.rho)


def test_fifths_hold_every_known_council_once_and_in_order(demo):
    found = reads.need(Reader(demo.path, LOCAL_ANALYST, demo.scope()), need="deprivation")
    fifths = found.fifths
    assert fifths["fifth"].tolist() == list(range(1, FIFTHS + 1))
    assert fifths["councils"].sum() == found.known
    assert fifths["awarded_gbp"].sum() == pytest.approx(found.dots["awarded_gbp"].sum())
    assert fifths["need"].is_monotonic_increasing
    assert fifths["councils"].max() - fifths["councils"].min() <= 5


def test_money_of_the_demonstration_went_to_the_less_mature(demo):
    found = reads.need(
        Reader(demo.path, LOCAL_ANALYST, demo.scope()), need="maturity", programme="cyber_support"
    )
    assert found.rho < -0.1


def test_few_councils_or_all_alike_have_no_correlation():
    few = pd.DataFrame({"need": [1.0, 2.0, 3.0], "per_resident": [3.0, 2.0, 1.0]})
    assert math.isnan(reads.rank_correlation(few, "per_resident"))
    alike = pd.DataFrame({"need": [1.0] * 20, "per_resident": range(20)})
    assert math.isnan(reads.rank_correlation(alike, "per_resident"))
    down = pd.DataFrame({"need": range(20), "per_resident": range(20, 0, -1)})
    assert reads.rank_correlation(down, "per_resident") == pytest.approx(-1)


# Disclosure ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def council(demo) -> Viewer:
    """A council with awards that are not public."""
    [code] = demo.rows("""
        select gss_code from marts.funding_ledger where share_rank = 3 and awards > 0
        order by gss_code limit 1
    """)["gss_code"]
    return Viewer("council", code)


def test_councils_without_an_award_are_named_to_analysts_alone(demo, council):
    whole = reads.councils(Reader(demo.path, LOCAL_ANALYST, demo.scope()))
    assert len(whole) == len(today(demo))
    assert (whole["part"] == "none").any()
    for viewer in (PROGRAMME, council):
        found = reads.councils(Reader(demo.path, viewer, demo.scope()))
        assert len(found)
        assert (found["part"] != "none").all()


def test_a_council_sees_itself_and_what_is_public_by_name(demo, council):
    public = set(
        demo.rows("""
        select gss_code from marts.funding_ledger group by gss_code
        having min(share_rank) = 4
    """)["gss_code"]
    )
    found = reads.councils(Reader(demo.path, council, demo.scope()))
    assert set(found["gss_code"]) == public | {council.gss_code}
    dots = reads.need(Reader(demo.path, council, demo.scope()), need="deprivation").dots
    assert set(dots["gss_code"]) == public | {council.gss_code}
    # Maturity may be kept back where awards are public.
    dots = reads.need(Reader(demo.path, council, demo.scope()), need="maturity").dots
    assert set(dots["gss_code"]) <= public | {council.gss_code}


def test_a_council_cannot_take_two_sums_of_need_from_each_other(demo, council):
    whole = reads.need(Reader(demo.path, council, demo.scope()), need="deprivation")
    assert whole.is_whole
    for first, last in ((2022, 2023), (2023, 2024)):
        scope = demo.scope().within(date(first, 4, 1), date(last, 3, 1))
        some = reads.need(Reader(demo.path, council, scope), need="deprivation")
        pd.testing.assert_frame_equal(some.fifths, whole.fifths)
    for forged in (
        demo.scope(regions=("London",)),
        demo.scope(groups=("county",)),
        demo.scope(councils=("E09000012",)),
    ):
        with pytest.raises(NotAllowedError):
            reads.need(Reader(demo.path, council, forged), need="deprivation")
    with pytest.raises(NotAllowedError, match="all programmes"):
        reads.need(
            Reader(demo.path, council, demo.scope()), need="deprivation", programme="training"
        )


def test_a_council_that_keeps_to_itself_is_in_no_count_of_another(demo, council):
    private = demo.rows("""
        select c.region, count(*) as councils from marts.councils c
        where is_current and gss_code in (
            select gss_code from marts.funding_ledger where share_rank = 1)
        group by c.region
    """).set_index("region")["councils"]
    everyone = today(demo).groupby("region").size()
    found = reads.parts(Reader(demo.path, council, demo.scope()), by="region")
    counted = found.groupby("group_code")["denominator"].max()
    assert private.sum() > 0
    for region, councils in counted.dropna().items():
        assert councils == everyone[region] - private.get(region, 0)


def test_groups_of_fewer_than_five_are_withheld_from_a_council(demo, council):
    own = demo.rows(f"select region from marts.councils where gss_code = '{council.gss_code}'")[
        "region"
    ][0]
    forged = replace(demo.scope(regions=(own,)), groups=("county",))
    with pytest.raises(NotAllowedError):
        reads.parts(Reader(demo.path, council, forged), by="england")
    # Types within one region would meet regions within one type.
    narrow = reads.parts(Reader(demo.path, council, demo.scope(regions=(own,))), by="type")
    assert (narrow["note"] == WITHHELD).all()
    assert narrow["numerator"].isna().all()


# The scatter --------------------------------------------------------------------------

DOTS = table("""
    gss_code | council_name | need | award
    E1       | Ashby        | 10   | 10
    E2       | Barton       | 20   | 0.1
    E3       | Corby        | 30   | 0
    E4       | Derwent      |      | 1
    E5       | Eastham      |      | 0
""")


def drawn(selected: str | None = None):
    return need_scatter(DOTS, need=MEASURES["maturity"], award=AWARD, selected=selected)


def test_no_money_is_a_tick_below_and_never_a_dot():
    dots, ticks, _ = drawn().data
    assert list(dots.y) == [1.0, -1.0, 0.0]
    assert dots.marker.symbol == "circle"
    assert ticks.marker.symbol == "line-ns"
    assert set(ticks.y) == {ticks.y[0]}
    assert ticks.y[0] < min(dots.y)
    assert all("no money" in words for words in ticks.customdata)
    assert dots.marker.opacity < 0.6


def test_a_need_that_is_not_known_stands_apart():
    figure = drawn()
    dots, ticks, _ = figure.data
    assert list(dots.x[:2]) == [10, 20]
    assert dots.x[2] == ticks.x[1] > 30
    [line] = [shape for shape in figure.layout.shapes if shape.type == "line"]
    assert 30 < line.x0 < dots.x[2]
    assert any("not known" in note.text for note in figure.layout.annotations)
    whole = need_scatter(DOTS.dropna(subset="need"), need=MEASURES["maturity"], award=AWARD)
    assert not any("not known" in note.text for note in whole.layout.annotations)


def test_the_council_picked_out_is_named():
    figure = drawn("E2")
    assert list(figure.data[2].x) == [20]
    assert "<b>Barton</b>" in [note.text for note in figure.layout.annotations]


# The view -----------------------------------------------------------------------------

KEYS = ["reach-place", "reach-years", "reach-support", "need-scatter", "need-fifths"]


@pytest.mark.parametrize("need", ["Starting maturity", "Deprivation"])
def test_the_view_shows_whole_figures(shown, need):
    app = opened("funding_impact", view="Who got what", need=need)
    assert failures(app) == []
    found = figures(app)
    assert [each.key for each in found] == KEYS
    assert all(each.chart.alt.split(":")[0] in KINDS for each in found)
    assert not set(cells(app)) & NOTHING
    words = said(app)
    assert "who was chosen, not what the money did" in words
    assert "Rank correlation" in words
    assert "p-value" not in words


def test_a_need_that_nobody_told_says_so_and_draws_nothing(shown):
    """The fixture's first incidents are of the first year with awards."""
    app = opened("funding_impact", view="Who got what", need="Incidents before")
    assert failures(app) == []
    assert [each.key for each in figures(app)] == KEYS[:3]
    assert "Nothing matches these filters" in said(app)


def test_a_council_picked_out_has_its_awards_listed(shown):
    [name] = shown.rows("""
        select c.short_name from marts.councils c join core.awards a
            on a.gss_code = c.gss_code where a.role = 'partner' limit 1
    """)["short_name"]
    app = opened("funding_impact", view="Who got what", council=name)
    assert failures(app) == []
    assert any(f"Awards of {name}" in each.value for each in app.subheader)
    assert "At the lead" in set(cells(app))


def test_a_council_sees_the_view_without_the_names_of_others(shown, monkeypatch, council):
    monkeypatch.setattr(store, "viewer", lambda: council)
    others = shown.rows(f"""
        select short_name from marts.councils where gss_code <> '{council.gss_code}'
            and gss_code not in (select gss_code from marts.funding_ledger
                group by gss_code having min(share_rank) = 4)
    """)["short_name"]
    for asked in ({}, {"region": "South East"}, {"awards": "Training"}):
        app = opened("funding_impact", view="Who got what", **asked)
        assert failures(app) == []
        assert not set(others) & set(cells(app))
