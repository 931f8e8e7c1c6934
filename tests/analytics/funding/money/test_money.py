"""The money: a twin of the ledger, sums to the envelope, disclosure and the view."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from random import Random

import pandas as pd
import pytest

from analytics.funding.money import reads, sums
from analytics.funding.money.chart import SHADES, waterfall
from analytics.funding.money.choices import SPLITS
from analytics.reading import awards as ledger
from analytics.reading import prices
from analytics.reading.disclosure import WITHHELD
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError, Viewer
from analytics.ui import store
from tests.support import twins
from tests.support.demo import PROGRAMME
from tests.support.frames import table
from tests.support.pages import KINDS, NOTHING, cells, failures, figures, opened, said
from tests.support.rows import award, payment, row
from tests.support.warehouse import Installation


SCOPE = Scope("department", date(2022, 4, 1), date(2025, 3, 1))
COUNTY, CAMBRIDGE, FENLAND = "E10000003", "E07000008", "E07000010"
CODES = (COUNTY, CAMBRIDGE, FENLAND, "E06000001", "E08000016")
PROGRAMMES = ("cyber_support", "local_digital_fund", "training")
ENTRY = ("gss_code", "financial_year", "programme", "objective", "funding_model")

# Twin ---------------------------------------------------------------------------------


def one_award(random: Random, number: int) -> list[dict]:
    """An award, joint for every fourth, without an amount for every ninth."""
    lead, partner = random.sample(CODES, 2)
    day = date(2022, 4, 1) + timedelta(days=random.randrange(1090))
    is_round = random.random() < 0.5
    facts = {
        "award_id": f"AWD-{number:04}",
        "awarded_on": day,
        "programme": random.choice(PROGRAMMES),
        "objective": random.randint(1, 5),
        "funding_model": "round" if is_round else "continuous",
        "round_no": "5" if is_round else "",
        "share_level": "programme",
        "partnership_id": f"PSH-{number:04}" if number % 4 == 0 else "",
    }
    amount = "" if number % 9 == 0 else f"{random.randrange(1000, 90000)}.50"
    rows = [award(gss_code=lead, amount_awarded_gbp=amount, **facts)]
    if number % 4 == 0:
        rows.append(award(gss_code=partner, role="partner", **facts))
    return rows


@pytest.fixture(scope="module")
def funded(tmp_path_factory):
    """140 seeded awards with payments, some after the year, one of no award on file."""
    random = Random(5)
    warehouse = Installation(tmp_path_factory.mktemp("ledger"))
    awards = [each for number in range(140) for each in one_award(random, number)]
    paid = [
        payment(
            payment_id=f"PAY-{number:04}",
            award_id=each["award_id"],
            gss_code=each["gss_code"],
            amount_paid_gbp=random.randrange(500, 9000),
            paid_on=date.fromisoformat(each["awarded_on"]) + timedelta(days=random.randrange(400)),
        )
        for number, each in enumerate(awards)
        if each["role"] == "lead"
    ]
    paid.append(
        payment(
            payment_id="PAY-9999",
            award_id="AWD-GONE",
            gss_code=FENLAND,
            amount_paid_gbp="77",
            paid_on="2024-05-01",
        )
    )
    budgets = [
        row(
            "programme_budgets",
            programme=programme,
            financial_year=year,
            objective=objective,
            envelope_gbp=250_000,
        )
        for programme in PROGRAMMES
        for year in ("2022/23", "2023/24", "2024/25")
        for objective in (1, 3)
    ]
    warehouse.put("awards", awards)
    warehouse.put("award_payments", paid)
    warehouse.put("programme_budgets", budgets)
    warehouse.build()
    return warehouse, awards, paid, budgets


def year_of(day: str) -> date:
    found = date.fromisoformat(day)
    return date(found.year - (found.month < 4), 4, 1)


def twin(awards: list[dict], paid: list[dict]) -> dict:
    """Awarded, awards, untold, joined, paid and payments of each entry, row by row."""
    found = defaultdict(lambda: [0.0, 0, 0, 0, 0.0, 0])
    facts = {}
    for each in awards:
        kind = (each["programme"], int(each["objective"]), each["funding_model"])
        facts[each["award_id"]] = kind
        code = twins.today(each["gss_code"])
        entry = found[code, year_of(each["awarded_on"]), *kind]
        if each["role"] == "lead":
            entry[0] += float(each["amount_awarded_gbp"] or 0)
            entry[1] += 1
            entry[2] += not each["amount_awarded_gbp"]
        else:
            entry[3] += 1
    for each in paid:
        kind = facts.get(each["award_id"], ("", 0, ""))
        code = twins.today(each["gss_code"])
        entry = found[code, year_of(each["paid_on"]), *kind]
        entry[4] += float(each["amount_paid_gbp"])
        entry[5] += 1
    return found


def test_the_ledger_agrees_with_its_twin(funded):
    warehouse, awards, paid, _ = funded
    expected = twin(awards, paid)
    found = {
        tuple(each[:5]): list(each[5:])
        for each in warehouse.read(
            f"select {', '.join(ENTRY)}, awarded_gbp, awards, untold, joined, "
            "paid_gbp, payments from marts.funding_ledger"
        )
    }
    assert found.keys() == expected.keys()
    assert len(found) > 100
    for key, amounts in expected.items():
        assert found[key] == pytest.approx(amounts), key


def test_a_joint_award_counts_once_and_at_its_lead(funded):
    warehouse, awards, _, _ = funded
    [(counted, joined)] = warehouse.read(
        "select sum(awards), sum(joined) from marts.funding_ledger"
    )
    assert counted == len({each["award_id"] for each in awards})
    assert joined == sum(each["role"] == "partner" for each in awards) > 20


def test_an_unknown_amount_is_told_and_adds_nothing(funded):
    warehouse, awards, _, _ = funded
    found = reads.entries(Reader(str(warehouse.published), LOCAL_ANALYST, SCOPE))
    unknown = sum(each["role"] == "lead" and not each["amount_awarded_gbp"] for each in awards)
    assert found["untold"].sum() == unknown > 10


# To the envelope ----------------------------------------------------------------------

FILTERS = {
    "all": {},
    "London": {"regions": ("London",)},
    "counties": {"groups": ("county",)},
    "both": {"regions": ("East of England", "London"), "groups": ("district",)},
}


def split_of(reader: Reader, split: str) -> pd.DataFrame:
    """The ledger by any split, as the page has it."""
    if split in ("region", "type"):
        found = sums.by_place(reads.places(reader, by=split), reads.councils(reader, by=split))
        return found.assign(label=found["group_label"])
    found = sums.by_part(
        reads.entries(reader), reads.envelopes(reader), split, reads.places(reader, by="england")
    )
    return found.assign(label=found["part"])


@pytest.mark.parametrize("years", [(2021, 2026), (2023, 2024), (2024, 2024)])
@pytest.mark.parametrize("narrowed", FILTERS)
@pytest.mark.parametrize("split", SPLITS)
def test_the_steps_add_up_to_the_envelope_for_any_filter(demo, split, narrowed, years):
    scope = demo.scope(**FILTERS[narrowed])
    scope = scope.within(date(years[0], 4, 1), date(years[1] + 1, 3, 1))
    wide = reads.places(Reader(demo.path, LOCAL_ANALYST, reads.whole(scope)), by="england")
    totals = reads.places(Reader(demo.path, LOCAL_ANALYST, scope), by="england")
    elsewhere = sums.total(wide, "awarded") - sums.total(totals, "awarded")
    first, last = years
    [(envelope, awarded)] = demo.rows(f"""
        select (select sum(envelope_gbp) from core.programme_budgets
                where substr(financial_year, 1, 4)::int between {first} and {last}),
            (select sum(amount_awarded_gbp) from core.awards
             where awarded_on >= '{first}-04-01' and awarded_on < '{last + 1}-04-01')
    """).itertuples(index=False)
    parts = split_of(Reader(demo.path, LOCAL_ANALYST, scope), split)
    steps = sums.steps(float(envelope), parts, elsewhere if FILTERS[narrowed] else None)
    spent = steps.loc[steps["kind"].isin(["award", "elsewhere"]), "value"].sum()
    rest = steps.iloc[-1]
    assert spent == pytest.approx(float(awarded))
    assert rest["kind"] == "left"
    assert spent + rest["value"] == pytest.approx(float(envelope))
    # Each step begins where the one before it ended.
    joints = zip(steps["end"][:-2], steps["start"][1:-1], strict=True)
    assert all(end == pytest.approx(start) for end, start in joints)


def test_awards_beyond_the_envelope_are_called_over_committed():
    parts = pd.DataFrame({"label": ["A", "B"], "awarded_gbp": [70.0, 50.0]})
    steps = sums.steps(100.0, parts)
    assert steps.iloc[-1][["label", "kind", "value", "end"]].tolist() == [
        "Over-committed",
        "over",
        20.0,
        -20.0,
    ]
    assert sums.steps(120.0, parts).iloc[-1]["kind"] == "left"


def test_parts_have_their_own_envelopes(funded):
    warehouse, awards, paid, budgets = funded
    found = split_of(Reader(str(warehouse.published), LOCAL_ANALYST, SCOPE), "objective")
    found = found.set_index("part")
    set_aside = defaultdict(float)
    for each in budgets:
        set_aside[each["objective"]] += float(each["envelope_gbp"])
    assert found["envelope_gbp"].dropna().to_dict() == set_aside
    expected = defaultdict(float)
    for (_, _, _, objective, _), amounts in twin(awards, paid).items():
        expected[str(objective) if objective else ""] += amounts[0]
    assert found["awarded_gbp"].to_dict() == pytest.approx(expected)


def test_residents_of_a_county_and_its_districts_count_once(funded):
    warehouse, _, _, _ = funded
    path = str(warehouse.published)
    people = {code: int(twins.COUNCILS[code]["population"]) for code in CODES[:3]}
    county, districts = people[COUNTY], people[CAMBRIDGE] + people[FENLAND]
    for codes, expected in (((COUNTY,), county), ((COUNTY, CAMBRIDGE, FENLAND), districts)):
        scope = replace(SCOPE, councils=codes)
        found = reads.councils(Reader(path, LOCAL_ANALYST, scope), by="england")
        assert found["residents"].tolist() == [expected]


# Prices -------------------------------------------------------------------------------


def test_real_terms_are_the_deflators_and_stop_where_they_do(demo):
    calendar = demo.rows("select * from reference.gdp_deflator").set_index("calendar_year")[
        "deflator"
    ]
    found = reads.factors(demo.path, LOCAL_ANALYST, "2022/23")
    one, other = (0.75 * calendar[year] + 0.25 * calendar[year + 1] for year in (2022, 2023))
    assert found["2022/23"] == 1.0
    assert found["2023/24"] == pytest.approx(one / other)
    last = int(calendar.index.max())
    assert max(found) == f"{last - 1}/{last % 100}"
    assert reads.factors(demo.path, LOCAL_ANALYST, "") == {}


def test_a_year_without_a_deflator_is_left_out_and_named(demo):
    factors = reads.factors(demo.path, LOCAL_ANALYST, "2022/23")
    totals = reads.places(Reader(demo.path, LOCAL_ANALYST, demo.scope()), by="england")
    envelopes = reads.envelopes(Reader(demo.path, LOCAL_ANALYST, demo.scope()))
    gone = sums.unpriced((totals, envelopes), factors)
    assert gone and not set(gone) & set(factors)
    real = sums.priced(totals, "amount_gbp", factors)
    assert set(real["period_label"]) == set(totals["period_label"]) - set(gone)
    cash = totals.set_index(["period_label", "measure"])["amount_gbp"]
    for _, each in real.iterrows():
        key = (each["period_label"], each["measure"])
        assert each["amount_gbp"] == pytest.approx(cash[key] * factors[key[0]])
    assert sums.unpriced((totals, envelopes), {}) == []


def test_the_deflator_is_that_of_costs(demo):
    assert set(reads.factors(demo.path, LOCAL_ANALYST, "2022/23")) == set(
        prices.deflators(demo.path, LOCAL_ANALYST).index
    )


# Disclosure ---------------------------------------------------------------------------


def council_of(demo) -> Viewer:
    """A council with awards that are not public."""
    [code] = demo.rows("""
        select gss_code from marts.funding_ledger where share_rank = 3 and awards > 0
        order by gss_code limit 1
    """)["gss_code"]
    return Viewer("council", code)


def behind(demo, viewer: Viewer) -> pd.DataFrame:
    """Money of each council in each cell that counts for a viewer, long by measure."""
    raw = demo.rows(f"""
        select gss_code, financial_year as period, programme, objective, funding_model,
            awarded_gbp, paid_gbp, awards, payments
        from marts.funding_ledger where collection = 'demonstration'
            and (share_rank >= {viewer.counted_from} or gss_code = '{viewer.gss_code}')
    """)
    parts = [
        raw[raw[items] > 0].assign(measure=name, amount=raw[f"{name}_gbp"])
        for name, items in (("awarded", "awards"), ("paid", "payments"))
    ]
    return pd.concat(parts, ignore_index=True)


CELL = ["period", "measure", "programme", "objective", "funding_model"]


def groups(frame: pd.DataFrame) -> dict:
    frame = frame.assign(period=pd.to_datetime(frame["period"]))
    return dict(list(frame.groupby(CELL)))


def test_a_council_sees_cells_of_five_and_their_sum_hides_the_others(demo):
    viewer = council_of(demo)
    found = reads.entries(Reader(demo.path, viewer, demo.scope()))
    of = groups(behind(demo, viewer))
    hidden = found["note"] == WITHHELD
    assert 0 < hidden.sum() < len(found) / 2
    for key, rows in groups(found[~hidden]).items():
        each = of[key].groupby("gss_code")["amount"].sum()
        own = set(each.index) == {viewer.gss_code}
        assert own or (len(each) >= 5 and each.max() <= each.sum() / 2), key
        assert rows["amount_gbp"].sum() == pytest.approx(each.sum())
    # The total of a year gives away what is hidden in it, taken together.
    for _, rows in found[hidden].groupby(["period", "measure"]):
        councils = {code for key in groups(rows) for code in of[key]["gss_code"]}
        assert len(rows) >= 2
        assert len(councils) >= 5
    assert found.loc[hidden, ["amount_gbp", "items", "councils"]].isna().all(axis=None)


@pytest.mark.parametrize("viewer", ["council", "programme"])
def test_other_years_of_choice_show_no_cell_that_is_hidden(demo, viewer):
    who = PROGRAMME if viewer == "programme" else council_of(demo)
    whole = reads.entries(Reader(demo.path, who, demo.scope()))
    hidden = set(whole.loc[whole["note"] == WITHHELD, CELL].itertuples(index=False))
    assert hidden
    for first, last in combinations(range(2021, 2027), 2):
        scope = demo.scope().within(date(first, 4, 1), date(last, 3, 1))
        some = reads.entries(Reader(demo.path, who, scope))
        gone = set(some.loc[some["note"] == WITHHELD, CELL].itertuples(index=False))
        inside = {key for key in hidden if date(first, 4, 1) <= key[0].date() < date(last, 4, 1)}
        assert gone == inside


def test_what_is_withheld_is_one_row_that_keeps_the_sum(demo):
    viewer = council_of(demo)
    totals = reads.places(Reader(demo.path, viewer, demo.scope()), by="england")
    for split in ("programme", "objective", "model"):
        found = split_of(Reader(demo.path, viewer, demo.scope()), split).set_index("part")
        named = found.drop(index=sums.TOGETHER)
        assert named["awarded_gbp"].isna().any()
        whole = sums.total(totals, "awarded")
        assert found["awarded_gbp"].sum() == pytest.approx(whole)


def test_a_council_gets_no_parts_of_a_region_and_no_combination(demo):
    viewer = council_of(demo)
    narrow = demo.scope(regions=("South East",))
    found = reads.entries(Reader(demo.path, viewer, narrow))
    assert set(found["programme"]) == {sums.ALL}
    by_region = reads.places(Reader(demo.path, viewer, demo.scope()), by="region")
    same = by_region[by_region["group_code"] == "South East"]
    pd.testing.assert_series_equal(found["amount_gbp"], same["amount_gbp"], check_index=False)
    for forged in (
        demo.scope(regions=("South East",), groups=("district",)),
        demo.scope(councils=("E09000012",)),
    ):
        for read in (reads.entries, ledger.awards):
            with pytest.raises(NotAllowedError):
                read(Reader(demo.path, viewer, forged))


def test_the_programme_team_chooses_no_councils(demo):
    chosen = demo.scope(councils=("E09000012", "E09000013"))
    with pytest.raises(NotAllowedError, match="analysts only"):
        reads.entries(Reader(demo.path, PROGRAMME, chosen))


def test_only_awards_that_may_be_named_are_listed(demo):
    viewer = council_of(demo)
    raw = demo.rows("""
        select a.award_id, a.gss_code, min(s.share_rank) over (partition by a.gss_code)
            as share_rank
        from core.awards a join core.share_levels s
            on s.gss_code = a.gss_code and s.collection = a.collection
            and s.dataset in ('awards', 'award_payments')
    """)
    for who, least in ((LOCAL_ANALYST, 1), (PROGRAMME, 3), (viewer, 4)):
        found = ledger.awards(Reader(demo.path, who, demo.scope()))
        seen = raw[(raw["share_rank"] >= least) | (raw["gss_code"] == who.gss_code)]
        assert set(zip(found["award_id"], found["gss_code"], strict=True)) == set(
            zip(seen["award_id"], seen["gss_code"], strict=True)
        )
        assert len(found)
    assert len(ledger.awards(Reader(demo.path, viewer, demo.scope()))) < len(raw) / 10


# Totals that name no council ----------------------------------------------------------


def test_totals_that_name_no_council_are_in_no_councils_ledger(public_record):
    totals = public_record.read("select sum(amount_gbp) from core.programme_totals")
    assert totals[0][0] > 20_000_000
    for mart in ("funding_ledger", "funding_awards", "funding_envelopes"):
        assert public_record.read(f"select count(*) from marts.{mart}") == [(0,)]


# The chart ----------------------------------------------------------------------------

STEPS = table("""
    label          | kind      | value | start | end
    Envelope       | whole     | 100   | 0     | 100
    Cyber Support  | award     | 70    | 100   | 30
    Training       | award     | 50    | 30    | -20
    Over-committed | over      | 20    | 0     | -20
""")


def test_a_waterfall_draws_each_step_from_where_the_last_one_ended():
    figure = waterfall(STEPS)
    [bars] = figure.data
    spans = list(zip(bars.base, bars.x, strict=True))
    assert spans == [(0, 100), (30, 70), (-20, 50), (-20, 20)]
    assert list(bars.marker.color) == [SHADES[kind] for kind in STEPS["kind"]]
    assert figure.layout.xaxis.range[0] == -20
    assert [note.text for note in figure.layout.annotations] == [
        "£100",
        "£70.00",
        "£50.00",
        "£20.00",
    ]


def test_a_waterfall_refuses_a_step_of_no_known_kind():
    with pytest.raises(ValueError, match="'gift' is not one of"):
        waterfall(STEPS.assign(kind="gift"))


# The view -----------------------------------------------------------------------------


@pytest.mark.parametrize("split", SPLITS.values())
def test_every_split_shows_whole_figures(shown, split):
    app = opened("funding_impact", split=split)
    assert failures(app) == []
    found = figures(app)
    assert [each.key for each in found] == [
        "money-reconciled",
        "money-running",
        "money-places",
        "money-models",
    ]
    assert all(each.chart.alt.split(":")[0] in KINDS for each in found)
    assert not set(cells(app)) & NOTHING
    assert "No award" not in said(app)
    assert found[0].tables[0].iloc[-1, 0] == "Unallocated"


def test_real_terms_name_the_deflator_and_the_years_left_out(shown):
    app = opened("funding_impact", prices="Real terms", base="2022/23")
    assert failures(app) == []
    words = said(app)
    assert "Amounts are in 2022/23 prices by the GDP deflator" in words
    assert "2024/25" in words and "left out, envelope and all" in words
    assert "HM Treasury" in figures(app)[0].caption
    assert "2022/23 to 2023/24" in figures(app)[0].title


def test_a_region_keeps_the_envelope_of_england_and_names_the_rest(shown):
    app = opened("funding_impact", region="London", council="Hackney")
    steps = figures(app)[0].tables[0]
    assert "Awarded to other councils" in steps["Step"].tolist()
    labels = [card.label for card in app.metric]
    assert {"Envelope, England", "Awarded, London", "Awarded, Hackney"} <= set(labels)


def test_the_switch_to_continuous_funding_is_marked(shown):
    [models] = [each for each in figures(opened("funding_impact")) if each.key == "money-models"]
    assert "Local Digital Fund goes continuous, in 2023/24" in models.sentence
    assert "Fund becomes continuous (3 April 2023)" in models.sentence


def test_a_council_sees_the_view_without_a_word_of_others(shown, monkeypatch):
    viewer = council_of(shown)
    monkeypatch.setattr(store, "viewer", lambda: viewer)
    for asked in ({}, {"split": "Region"}, {"region": "South East"}):
        app = opened("funding_impact", **asked)
        assert failures(app) == []
        others = shown.rows(f"""
            select short_name from marts.councils where gss_code <> '{viewer.gss_code}'
                and gss_code not in (select gss_code from marts.funding_ledger
                    where share_rank = 4)
        """)["short_name"]
        assert not set(others) & set(cells(app))
    assert any("not shared with you" in card.label for card in opened("funding_impact").metric)
