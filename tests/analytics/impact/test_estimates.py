"""Estimated effects: published numbers, a slow twin, planted effects, and bad panels.

Published numbers are those of METHODS.md (the mpdta data of R's did). The check files
beside the repository are read where they are at hand, and are not copied here.
"""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from analytics.impact import (
    balance_table,
    confidence_rubric,
    design,
    inference,
    minimum_detectable_effect,
    naive_two_way,
    randomisation_test,
    sensitivity_table,
    staggered_effects,
    two_by_two,
)
from analytics.impact.inference import simple_effect
from analytics.impact.panel import ready
from benchmarks.impact import COLUMNS, simulated
from settings import ROOT
from tests.support.frames import table


CHECKS = ROOT.parent / "shared" / "domain" / "checks"
CONTROLS = ("not_yet_treated", "never_treated")
MPDTA = ("lemp", "countyreal", "year", "first.treat")
AVERAGES = ("simple", "dynamic", "group", "calendar")
near = pytest.approx
UNKNOWN = float("nan")


def by_hand(**changed: str) -> pd.DataFrame:
    """Two cohorts and two never treated, over four years, sums to do by eye."""
    values = {
        "A1": "1 2 9 14",
        "A2": "3 4 11 16",
        "B1": "5 6 8 12",
        "B2": "5 7 8 13",
        "N1": "2 3 4 5",
        "N2": "4 6 7 7",
    } | changed
    first = {"A": 2022, "B": 2023, "N": 0}
    return pd.DataFrame(
        [
            (name, 2020 + at, first[name[0]], float(value))
            for name, row in values.items()
            for at, value in enumerate(row.split())
        ],
        columns=["council", "year", "first_funded", "value"],
    )


# Published numbers --------------------------------------------------------------------


def check(name: str) -> pd.DataFrame:
    """A check file; says loudly when the folder is absent."""
    if not CHECKS.is_dir():
        pytest.skip(f"NOT CHECKED against published numbers: {CHECKS} is not there")
    return pd.read_csv(CHECKS / f"{name}.csv")


@pytest.fixture(scope="module")
def published():
    """Estimates on mpdta by control group."""
    panel = check("did_mpdta")
    return {c: staggered_effects(panel, *MPDTA, control=c) for c in CONTROLS}


@pytest.fixture(scope="module")
def alike():
    """Estimates on a panel with the size and mean of every cell of mpdta.

    Without covariates an estimate hangs on these alone (tests/data/README.md), so that
    published estimates are checked everywhere; their errors need the data itself.
    """
    cells = pd.read_csv(ROOT / "tests" / "data" / "did_cell_means.csv")
    rows = [
        (
            f"{cell.first_treated}-{n}",
            cell.year,
            cell.first_treated,
            cell.mean + spread(n, cell.units, cell.year),
        )
        for cell in cells.itertuples()
        for n in range(cell.units)
    ]
    panel = pd.DataFrame(rows, columns=["unit", "year", "first", "value"])
    given = ("value", "unit", "year", "first")
    return {c: staggered_effects(panel, *given, control=c) for c in CONTROLS} | {
        "naive": naive_two_way(panel, *given)
    }


def spread(number: int, units: int, year: int) -> float:
    """How far a unit lies from its cell's mean: pairs cancel, an odd one lies on it."""
    if number == units - 1 and units % 2:
        return 0.0
    return (-1) ** number * 0.01 * (1 + (number // 2 * 7 + year) % 5)


def test_estimates_from_published_cells_are_those_of_r_did(alike):
    never, not_yet = alike["never_treated"], alike["not_yet_treated"]
    assert never.simple.estimate == near(-0.03995, abs=5e-6)
    assert never.dynamic.estimate == near(-0.07724, abs=5e-6)
    assert not_yet.simple.estimate == near(-0.03976, abs=5e-6)
    leads = never.dynamic.table.set_index("event_time")["estimate"]
    told = {-3: 0.0305, -2: -0.0006, -1: -0.0245, 0: -0.0199, 1: -0.0510, 2: -0.1373, 3: -0.1008}
    assert {time: leads[time] for time in told} == near(told, abs=5e-5)
    assert alike["naive"].estimate == near(-0.0365, abs=5e-5)


def test_averages_are_those_of_r_did(published):
    never, not_yet = published["never_treated"], published["not_yet_treated"]
    assert never.simple.estimate == near(-0.03995, abs=5e-6)
    assert never.dynamic.estimate == near(-0.07724, abs=5e-6)
    assert not_yet.simple.estimate == near(-0.03976, abs=5e-6)
    leads = never.dynamic.table.set_index("event_time")["estimate"]
    assert leads.to_dict() == near(
        {-3: 0.0305, -2: -0.0006, -1: -0.0245, 0: -0.0199, 1: -0.0510, 2: -0.1373, 3: -0.1008},
        abs=5e-5,
    )
    assert never.pre_trend.p_value == near(0.168, abs=5e-4)
    assert never.pre_trend.degrees_of_freedom == 5


def test_the_two_way_estimate_is_the_published_one_and_another():
    found = naive_two_way(check("did_mpdta"), *MPDTA)
    assert found.estimate == near(-0.0365, abs=5e-5)
    assert found.clusters == 500


SCENARIOS = {"mpdta_nev_dr": "never_treated", "mpdta_nyt_dr": "not_yet_treated"}


def test_every_group_time_effect_and_its_error_is_that_of_r_did(published):
    listed = check("did_mpdta_att_gt")
    for scenario, control in SCENARIOS.items():
        theirs = listed[listed["scenario"] == scenario].set_index(["group", "t"])
        ours = published[control].group_time.set_index(["group", "period"])
        assert len(ours) == len(theirs) == 12
        assert ours["estimate"].to_numpy() == near(theirs["att"].to_numpy())
        assert ours["standard_error"].to_numpy() == near(theirs["se"].to_numpy())


def test_every_average_and_its_error_is_that_of_r_did(published):
    listed = check("did_mpdta_aggregates")
    for scenario, control in SCENARIOS.items():
        theirs = listed[listed["scenario"] == scenario]
        for name, rows in theirs.groupby("type"):
            overall = getattr(published[control], name)
            wanted = rows.iloc[0]
            assert overall.estimate == near(wanted["overall_att"])
            assert overall.standard_error == near(wanted["overall_se"])
        table = published[control].dynamic.table
        events = theirs[theirs["type"] == "dynamic"]
        assert table["estimate"].to_numpy() == near(events["att_egt"].to_numpy())
        assert table["standard_error"].to_numpy() == near(events["se_egt"].to_numpy())


def test_who_was_counted(published):
    found = published["never_treated"]
    assert (found.units, found.clusters, found.never_treated) == (500, 500, 309)
    assert found.cohorts == {2004: 20, 2006: 40, 2007: 131}
    assert set(found.group_time["control"]) == {309}
    assert found.notes == ()


# By hand, and a slow twin -------------------------------------------------------------


def test_effects_by_hand():
    found = staggered_effects(by_hand(), *COLUMNS)
    cells = found.group_time.set_index(["group", "period"])["estimate"]
    # A rises 7 from 2021 to 2022; B 2 and 1, N 1 and 1: 7 - 1.25.
    assert cells[2022, 2022] == near(7 - 1.25)
    # From 2021 to 2023 A rises 12; by then only N is untreated, up 2 and 1.
    assert cells[2022, 2023] == near(12 - 1.5)
    # B rises 4 and 5 from 2022 to 2023; N 1 and 0.
    assert cells[2023, 2023] == near(4.5 - 0.5)
    # The lead of A: up 1 and 1 from 2020; B 1 and 2, N 1 and 2.
    assert cells[2022, 2021] == near(1 - 1.5)
    assert found.simple.estimate == near((5.75 + 10.5 + 4) / 3)
    assert found.group.estimate == near(((5.75 + 10.5) / 2 + 4) / 2)
    assert found.calendar.estimate == near((5.75 + (10.5 + 4) / 2) / 2)
    assert found.dynamic.estimate == near(((5.75 + 4) / 2 + 10.5) / 2)


def twin(panel: pd.DataFrame, group: int, period: int, control: str) -> float:
    """One group-time effect in plain loops over rows."""
    values = {(row.council, row.year): row.value for row in panel.itertuples()}
    first = {row.council: row.first_funded for row in panel.itertuples()}
    base = (group if period >= group else period) - 1
    sides: dict[bool, list[float]] = {True: [], False: []}
    for council, when in first.items():
        change = values.get((council, period), UNKNOWN) - values.get((council, base), UNKNOWN)
        is_later = when > max(period, base) and control == "not_yet_treated"
        is_beside = when == 0 or (is_later and when != group)
        if change == change and (when == group or is_beside):
            sides[when == group].append(change)
    return sum(sides[True]) / len(sides[True]) - sum(sides[False]) / len(sides[False])


@pytest.mark.parametrize("control", CONTROLS)
@pytest.mark.parametrize("lost", [0.0, 0.1], ids=["whole", "with gaps"])
def test_group_time_effects_are_those_of_a_slow_twin(control, lost):
    panel = simulated(3, councils=80, cohorts={2019: 9, 2021: 15, 2024: 8}).panel
    panel = panel.sample(frac=1 - lost, random_state=1)
    found = staggered_effects(panel, *COLUMNS, control=control).group_time
    assert len(found) == 3 * 8
    for row in found.itertuples():
        wanted = twin(panel, int(row.group), int(row.period), control)
        assert row.estimate == near(wanted), (row.group, row.period)


@pytest.mark.parametrize("control", CONTROLS)
def test_the_quick_average_of_permutations_is_the_simple_one(control):
    panel = simulated(4, councils=60, cohorts={2020: 9, 2022: 15}).panel
    made = ready(panel.sample(frac=0.9, random_state=1), *COLUMNS)
    quick = simple_effect(made.wide(), made.first, made.periods, control)
    full = staggered_effects(panel.sample(frac=0.9, random_state=1), *COLUMNS, control=control)
    assert quick == near(full.simple.estimate)


def test_averages_and_errors_are_those_that_the_library_gives_where_it_does():
    from diff_diff import CallawaySantAnna

    panel = simulated(5, councils=90, cohorts={2019: 9, 2021: 15, 2023: 20}).panel
    fitted = CallawaySantAnna(control_group="not_yet_treated").fit(
        panel, "value", "council", "year", "first_funded"
    )
    ours = staggered_effects(panel, *COLUMNS)
    for name, theirs in (("simple", "simple"), ("group", "group")):
        frames = fitted.aggregate(theirs).to_dataframe()
        mine = getattr(ours, name)
        wanted = frames[["att", "se"]].to_numpy()
        if name == "simple":
            assert [[mine.estimate, mine.standard_error]] == near(wanted)
        else:
            assert mine.table[["estimate", "standard_error"]].to_numpy() == near(wanted)
    events = fitted.aggregate("event_study").to_dataframe()[["att", "se"]].to_numpy()
    assert ours.dynamic.table[["estimate", "standard_error"]].to_numpy() == near(events)


def test_the_error_of_the_calendar_average_is_that_of_a_bootstrap_of_councils():
    panel = simulated(6, councils=80, cohorts={2020: 15, 2022: 20}, noise=4).panel
    found = staggered_effects(panel, *COLUMNS, control="never_treated")
    random = np.random.default_rng(1)
    blocks = dict(tuple(panel.groupby("council")))
    drawn: dict[str, list[float]] = {"calendar": [], "group": []}
    for _ in range(50):
        names = random.choice([*blocks], len(blocks))
        again = pd.concat([blocks[name].assign(council=at) for at, name in enumerate(names)])
        redone = staggered_effects(again, *COLUMNS, control="never_treated")
        for name, values in drawn.items():
            values.append(getattr(redone, name).estimate)
    for name, values in drawn.items():
        assert getattr(found, name).standard_error == near(np.std(values), rel=0.3)


# Planted effects ----------------------------------------------------------------------

SMALL = {
    "councils": 60,
    "cohorts": {2020: 10, 2022: 12, 2023: 10},
    "years": tuple(range(2018, 2026)),
}
PANELS = 40


@pytest.fixture(scope="module")
def recovered():
    """Estimates beside the truth, over many made-up panels of sixty councils."""
    made = [simulated(700 + seed, **SMALL) for seed in range(PANELS)]
    return [(staggered_effects(one.panel, *COLUMNS), one) for one in made]


@pytest.mark.parametrize("average", AVERAGES)
def test_a_planted_effect_is_within_its_interval(recovered, average):
    pairs = [(getattr(found, average), made.truth[average]) for found, made in recovered]
    held = [effect.lower <= truth <= effect.upper for effect, truth in pairs]
    # Of 40 intervals of 95%, fewer than 33 hold the truth one time in 100,000.
    assert sum(held) >= 33
    errors = [effect.estimate - truth for effect, truth in pairs]
    spread = np.std(errors) / np.sqrt(PANELS)
    assert abs(np.mean(errors)) < 4 * spread
    assert all(effect.lower > 0 for effect, _ in pairs[:5])


def test_where_nothing_is_planted_little_is_found():
    found = [
        staggered_effects(simulated(900 + seed, **SMALL, effect=0, growth=0).panel, *COLUMNS)
        for seed in range(PANELS)
    ]
    wrong = [each.simple.p_value < 0.05 for each in found]
    assert [each.simple.lower > 0 or each.simple.upper < 0 for each in found] == wrong
    # At 5%, eight or more of 40 come about one time in 2,000.
    assert sum(wrong) < 8
    assert abs(np.mean([each.simple.estimate for each in found])) < 1


def test_the_two_way_estimate_is_too_low_where_effects_grow(recovered):
    made = [one for _, one in recovered[:10]]
    biases = [naive_two_way(one.panel, *COLUMNS).estimate - one.truth["simple"] for one in made]
    own = [found.simple.estimate - one.truth["simple"] for found, one in recovered[:10]]
    assert np.mean(biases) < -1 < np.mean(own)


def test_the_two_way_estimate_is_right_where_all_start_at_once_and_nothing_grows():
    one = simulated(11, **(SMALL | {"cohorts": {2022: 30}}), growth=0)
    naive = naive_two_way(one.panel, *COLUMNS)
    # Of one cohort the strength is 1.5: 1.5 x 4 points.
    assert one.truth["simple"] == near(6)
    assert naive.lower < 6 < naive.upper


def test_a_trend_before_funding_is_told():
    panel = simulated(12, **SMALL, noise=2).panel
    before = panel["first_funded"].where(panel["first_funded"] > 0) - panel["year"]
    drifting = panel.assign(value=panel["value"] - 3 * before.clip(lower=0).fillna(0))
    assert staggered_effects(panel, *COLUMNS).lead_trend.p_value > 0.01
    found = staggered_effects(drifting, *COLUMNS)
    assert found.lead_trend.p_value < 0.001
    assert found.pre_trend.p_value < 0.001
    leads = found.dynamic.table.query("event_time < 0")["estimate"]
    assert leads.mean() == near(3, abs=1)


def test_covariates_take_out_a_trend_that_follows_them():
    panel = simulated(13, councils=200, cohorts={2021: 50, 2023: 50}, noise=2).panel
    truth = simulated(13, councils=200, cohorts={2021: 50, 2023: 50}, noise=2).truth
    random = np.random.default_rng(1)
    need = pd.Series(
        {
            council: random.normal(1.0 * (rows["first_funded"].iloc[0] > 0))
            for council, rows in panel.groupby("council")
        }
    )
    panel["need"] = panel["council"].map(need)
    panel["value"] += 2 * panel["need"] * (panel["year"] - 2017)
    without = staggered_effects(panel, *COLUMNS).simple
    with_need = staggered_effects(panel, *COLUMNS, covariates=["need"]).simple
    assert without.lower > truth["simple"]
    assert with_need.lower < truth["simple"] < with_need.upper


def test_all_event_times_at_once_have_a_wider_band():
    table = staggered_effects(simulated(14).panel, *COLUMNS).dynamic.table
    assert (table["band_lower"] < table["lower"]).all()
    assert (table["band_upper"] > table["upper"]).all()


# What is left out, and few clusters ---------------------------------------------------


def test_never_is_nought_blank_or_infinity():
    panel = by_hand()
    wanted = staggered_effects(panel, *COLUMNS).simple
    for never in (np.nan, np.inf):
        other = panel.assign(first_funded=panel["first_funded"].replace(0, never))
        assert staggered_effects(other, *COLUMNS).simple.estimate == wanted.estimate
    blank = panel.assign(first_funded=panel["first_funded"].astype("Int64").replace(0, pd.NA))
    assert staggered_effects(blank, *COLUMNS).simple.lower == wanted.lower


def test_units_treated_throughout_are_dropped_and_said():
    panel = by_hand()
    early = panel[panel["council"] == "A1"].assign(council="E1", first_funded=2020)
    found = staggered_effects(pd.concat([panel, early]), *COLUMNS)
    assert found.simple.estimate == staggered_effects(panel, *COLUMNS).simple.estimate
    assert found.units == 6
    assert "in or before the first period (2020)" in found.notes[0]
    assert found.notes[0].endswith("without it: 1.")


def test_units_treated_after_the_end_are_compared_as_not_treated():
    panel = by_hand()
    later = panel.assign(first_funded=panel["first_funded"].replace(0, 2030))
    for control in CONTROLS:
        found = staggered_effects(later, *COLUMNS, control=control)
        same = staggered_effects(panel, *COLUMNS, control=control)
        assert found.simple.estimate == same.simple.estimate
        assert "count as not treated: 2." in found.notes[0]


def test_unknown_outcomes_leave_out_only_their_own_comparisons():
    panel = by_hand()
    panel.loc[panel["council"].eq("N2") & panel["year"].eq(2023), "value"] = np.nan
    found = staggered_effects(panel, *COLUMNS)
    cells = found.group_time.set_index(["group", "period"])
    assert cells.loc[(2022, 2022), "estimate"] == near(7 - 1.25)
    assert cells.loc[(2023, 2023), "estimate"] == near(4.5 - 1)
    assert cells.loc[(2023, 2023), "control"] == 1
    assert found.notes[0] == "Rows left out because a value is unknown: 1."
    assert found.notes[1].endswith("where both are known: 1.")
    shorter = staggered_effects(panel.dropna(), *COLUMNS)
    assert shorter.simple.estimate == found.simple.estimate


def test_the_order_of_rows_and_names_of_columns_do_not_matter():
    panel = by_hand().sample(frac=1, random_state=3)
    panel.columns = ["unit", "period", "outcome", "first"]
    found = staggered_effects(panel, "first", "unit", "period", "outcome")
    assert found.simple.estimate == near((5.75 + 10.5 + 4) / 3)


def test_without_never_treated_units_the_last_cohort_is_compared_with():
    panel = by_hand().query("first_funded > 0")
    found = staggered_effects(panel, *COLUMNS)
    assert found.never_treated == 0
    assert found.simple.estimate == near(7 - 1.5)
    assert any("nobody to compare with" in note for note in found.notes)


def test_few_clusters_give_no_p_value_by_formula():
    found = staggered_effects(by_hand(), *COLUMNS)
    assert np.isnan(found.simple.p_value)
    assert np.isnan(found.lead_trend.p_value)
    assert found.inference.is_few
    assert "6 clusters are fewer than 30" in found.inference.words
    assert any("Cohorts of fewer than 5 councils" in note for note in found.notes)
    assert inference(317, 167).gives_p_value
    assert not inference(317, 8).gives_p_value
    assert "8 treated clusters are fewer than 10" in inference(317, 8).words


def test_units_that_vary_together_are_one_cluster():
    panel = simulated(15, councils=120, cohorts={2021: 60}).panel
    twice = pd.concat([panel, panel.assign(council=panel["council"] + "b")])
    twice["site"] = twice["council"].str[:4]
    alone = staggered_effects(panel, *COLUMNS).simple
    doubled = staggered_effects(twice, *COLUMNS).simple
    found = staggered_effects(twice, *COLUMNS, cluster="site")
    assert found.clusters == 120
    assert found.simple.estimate == near(alone.estimate)
    assert doubled.standard_error == near(alone.standard_error / np.sqrt(2))
    correction = np.sqrt(120 / 119)
    assert found.simple.standard_error == near(alone.standard_error * correction)


def test_nothing_that_varies_gives_no_error_rather_than_certainty():
    panel = by_hand(
        **dict.fromkeys(["A1", "A2"], "1 1 4 4"),
        **dict.fromkeys(["B1", "B2", "N1", "N2"], "1 1 1 1"),
    )
    found = staggered_effects(panel[panel["council"].str[0] != "B"], *COLUMNS).simple
    assert found.estimate == near(3)
    assert np.isnan([found.standard_error, found.lower, found.upper]).all()


BROKEN = {
    "no column nowhere": lambda p: p.drop(columns="value").rename(columns={"a": "b"}),
    "has no rows": lambda p: p.iloc[:0],
    "council A1 has more than one row for year 2020": lambda p: pd.concat([p, p[:1]]),
    "first_funded changes within council A1": lambda p: p.assign(
        first_funded=[2023, *p["first_funded"][1:]]
    ),
    "value 'many' is not a number": lambda p: p.assign(value=["many", *p["value"][1:]]),
    "year '2020/21' is not a number": lambda p: p.assign(year="2020/21"),
    "year has dates": lambda p: p.assign(year=pd.Timestamp(2020, 1, 1)),
    "year is blank in 1 rows": lambda p: p.assign(year=[None, *p["year"][1:]]),
    "council is blank in 1 rows": lambda p: p.assign(council=[None, *p["council"][1:]]),
    "value is infinite": lambda p: p.assign(value=[np.inf, *p["value"][1:]]),
    "first_funded -1 is below 0": lambda p: p.assign(first_funded=-1),
    "no row has a known outcome": lambda p: p.assign(value=np.nan),
    "no unit is first treated after 2020 and by 2023": lambda p: p.assign(first_funded=0),
    "all units are first treated at once": lambda p: p.assign(first_funded=2022),
}


@pytest.mark.parametrize("words", BROKEN)
def test_a_bad_panel_is_refused_by_name(words):
    wanted = "no column value" if words.startswith("no column") else words
    for estimate in (staggered_effects, randomisation_test):
        with pytest.raises(ValueError, match=wanted):
            estimate(BROKEN[words](by_hand()), *COLUMNS)


def test_other_wrong_asks_are_refused_by_name():
    with pytest.raises(ValueError, match="control 'later' is not one of"):
        staggered_effects(by_hand(), *COLUMNS, control="later")
    treated = by_hand().query("first_funded > 0")
    with pytest.raises(ValueError, match="no unit is never treated"):
        staggered_effects(treated, *COLUMNS, control="never_treated")
    with pytest.raises(ValueError, match="no column size"):
        staggered_effects(by_hand(), *COLUMNS, covariates=["size"])
    with pytest.raises(ValueError, match="size 'big' is not a number"):
        staggered_effects(by_hand().assign(size="big"), *COLUMNS, covariates=["size"])
    with pytest.raises(ValueError, match="site changes within council A1"):
        staggered_effects(by_hand().assign(site=range(24)), *COLUMNS, cluster="site")
    with pytest.raises(ValueError, match="nobody to compare"):
        naive_two_way(by_hand().assign(first_funded=2022), *COLUMNS)


def test_an_estimate_without_some_councils_is_that_of_a_panel_without_them():
    panel = simulated(16, **SMALL).panel
    without = {"the first ten": [f"C{n:03}" for n in range(10)], "nobody": []}
    found = sensitivity_table(panel, *COLUMNS, without=without).set_index("without")
    whole = staggered_effects(panel, *COLUMNS)
    part = staggered_effects(panel[~panel["council"].isin(without["the first ten"])], *COLUMNS)
    assert found.index.tolist() == ["", "the first ten", "nobody"]
    assert found["estimate"].tolist() == near(
        [whole.simple.estimate, part.simple.estimate, whole.simple.estimate]
    )
    assert found["units"].tolist() == [60, 50, 60]
    assert found["treated"].tolist() == [32, 22, 32]
    dynamic = sensitivity_table(panel, *COLUMNS, without={}, average="dynamic")
    assert dynamic["lower"].item() == near(whole.dynamic.lower)


def test_leaving_out_all_that_were_treated_says_why_there_is_no_estimate():
    panel = by_hand()
    found = sensitivity_table(panel, *COLUMNS, without={"A and B": ["A1", "A2", "B1", "B2"]})
    assert np.isnan(found["estimate"].iloc[1])
    assert "no unit is first treated" in found["words"].iloc[1]
    with pytest.raises(ValueError, match="average 'mean' is not one of"):
        sensitivity_table(panel, *COLUMNS, without={}, average="mean")


# Two by two ---------------------------------------------------------------------------

PLAIN = """
council | year | treated | value
C | 0 | 0 | 1
C | 1 | 0 | 2
T | 0 | 1 | 3
T | 1 | 1 | 6
"""
TWO = ("value", "council", "year", "treated")


def test_two_by_two_by_hand():
    found = two_by_two(table(PLAIN), *TWO)
    assert found.estimate == 2
    # With one council a side nothing varies: no error, no interval, no p-value.
    assert np.isnan([found.standard_error, found.lower, found.p_value]).all()
    assert "No interval" in found.words
    marked_later = table(PLAIN.replace("T | 0 | 1", "T | 0 | 0"))
    assert two_by_two(marked_later, *TWO).estimate == 2


def test_the_error_of_two_by_two_is_that_of_a_difference_of_mean_changes():
    random = np.random.default_rng(2)
    first, change = random.normal(size=60), random.normal(size=60)
    treated = np.arange(60) < 25
    rows = [
        (at, year, treated[at], first[at] + year * (change[at] + 3 * treated[at]))
        for at in range(60)
        for year in (0, 1)
    ]
    panel = pd.DataFrame(rows, columns=["council", "year", "treated", "value"])
    found = two_by_two(panel, *TWO)
    sides = change[treated] + 3, change[~treated]
    assert found.estimate == near(sides[0].mean() - sides[1].mean())
    # Clusters of two rows: mean squares of the changes, with statsmodels' correction.
    plain = sum(side.var() / len(side) for side in sides)
    assert found.standard_error == near(np.sqrt(plain * 60 / 59 * 119 / 116))
    assert found.lower < found.estimate < found.upper
    assert 0 <= found.p_value < 0.001
    assert (found.clusters, found.treated) == (60, 25)
    few = two_by_two(panel[panel["council"].between(15, 34)], *TWO)
    assert np.isnan(few.p_value)
    assert few.lower < few.estimate < few.upper


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("C | 1", "C | 2"), "year has 3 periods; two are needed"),
        (("T | 1 | 1 | 6", "T | 1 | 2 | 6"), "treated is neither 0 nor 1"),
        (("T | 1 | 1 | 6", "T | 1 | 1 | "), "treated has a side without a known row"),
    ],
)
def test_a_bad_two_by_two_is_refused_by_name(change, words):
    with pytest.raises(ValueError, match=words):
        two_by_two(table(PLAIN.replace(*change)), *TWO)


# Chance, balance, design --------------------------------------------------------------


def test_what_could_have_been_detected():
    assert minimum_detectable_effect(1) == near(1.959964 + 0.841621, abs=1e-6)
    assert minimum_detectable_effect(2, 0.9, 0.9) == near(2 * 2.926405, abs=1e-5)
    assert np.isnan(minimum_detectable_effect(UNKNOWN))
    with pytest.raises(ValueError, match="is negative"):
        minimum_detectable_effect(-1)
    with pytest.raises(ValueError, match="power 1 is not between"):
        minimum_detectable_effect(1, power=1)


def test_an_effect_is_detected_as_often_as_its_size_says():
    options = SMALL | {"cohorts": {2022: 30}}
    found = [
        staggered_effects(simulated(50 + seed, **options, growth=0).panel, *COLUMNS)
        for seed in range(PANELS)
    ]
    # Noise so large that the effect of 6 is what 80% would find, on average.
    error = np.mean([each.simple.standard_error for each in found])
    scale = 6 / minimum_detectable_effect(error)
    z = [(each.simple.estimate - 6) / error + 6 / error / scale for each in found]
    assert 0.6 < np.mean(np.array(z) > 1.96) < 0.95


def test_shuffled_dates_find_what_is_there_and_little_that_is_not():
    options = SMALL | {"councils": 24, "cohorts": {2020: 4, 2022: 4}}
    there = randomisation_test(simulated(21, **options, noise=3).panel, *COLUMNS, permutations=199)
    assert there.p_value == 1 / 200
    assert "Of 199 random ways to deal out the same dates, 0 gave" in there.words
    chances = [
        randomisation_test(
            simulated(60 + seed, **options, effect=0, growth=0).panel, *COLUMNS, permutations=99
        ).p_value
        for seed in range(PANELS)
    ]
    assert sum(chance <= 0.05 for chance in chances) < 8
    assert 0.3 < np.mean(chances) < 0.7


def test_a_randomisation_test_can_be_repeated_and_kept_within_regions():
    panel = simulated(22, **SMALL, effect=1, growth=0).panel
    panel["region"] = panel["council"].str[-1]
    first, again, other = (
        randomisation_test(panel, *COLUMNS, permutations=99, seed=seed) for seed in (1, 1, 2)
    )
    assert first == again
    assert first.estimate == near(staggered_effects(panel, *COLUMNS).simple.estimate)
    assert first.p_value != other.p_value
    # Where each region has one date only, there is no other way to deal them out.
    fixed = panel.assign(region=panel["first_funded"].astype(str))
    one_way = randomisation_test(fixed, *COLUMNS, permutations=99, within="region")
    assert one_way.p_value == 1
    with pytest.raises(ValueError, match="permutations 0 is below 1"):
        randomisation_test(panel, *COLUMNS, permutations=0)


def test_balance_by_hand():
    panel = by_hand().assign(size=lambda rows: rows["council"].str[1].astype(float))
    panel.loc[panel["council"] == "N2", "size"] = np.nan
    keys = ("council", "year", "first_funded")
    found = balance_table(panel, ["value", "size"], *keys).set_index("covariate")
    value = found.loc["value"]
    # In 2020: treated 1, 3, 5, 5; the others 2 and 4.
    assert (value["treated_mean"], value["comparison_mean"]) == (3.5, 3)
    spread = np.sqrt((np.var([1, 3, 5, 5], ddof=1) + 2) / 2)
    assert value["standardised_difference"] == near(0.5 / spread)
    assert value["is_unbalanced"]
    assert (found.loc["size", "treated"], found.loc["size", "comparison"]) == (4, 1)
    later = balance_table(panel, ["value"], *keys, base=2021)
    assert later["treated_mean"].item() == near((2 + 4 + 6 + 7) / 4)
    with pytest.raises(ValueError, match="no column need"):
        balance_table(panel, ["need"], *keys)
    with pytest.raises(ValueError, match="one side has no unit in year 1999"):
        balance_table(panel, ["value"], *keys, base=1999)


def test_levels_of_design_have_the_words_that_figures_may_use():
    worded = [design(level).wording for level in range(1, 6)]
    assert worded == [
        "changed alongside",
        "changed alongside",
        "associated with",
        "estimated effect, if trends would have been parallel",
        "effect",
    ]
    assert design(4).label.startswith("Level 4 of 5 on the Maryland scale")
    with pytest.raises(ValueError, match="level 6 is not one of 1 to 5"):
        design(6)


@pytest.mark.parametrize(
    ("facts", "level", "because"),
    [
        ((317, 0.5, 0.01, 20), "high", "317 clusters: high."),
        ((45, 0.5, 0.01, 20), "medium", "45 clusters, fewer than 50: medium."),
        ((9, 0.5, 0.01, 20), "low", "9 clusters, fewer than 30: low."),
        ((317, 0.01, 0.01, 20), "low", "already moving apart: low."),
        ((317, None, 0.01, 20), "medium", "not tested: medium."),
        ((317, UNKNOWN, 0.01, 20), "medium", "not tested: medium."),
        ((317, 0.5, 0.3, 20), "low", "30% of councils drop out of the data: low."),
        ((317, 0.5, None, 20), "medium", "not known: medium."),
        ((317, 0.5, 0.01, 3), "low", "Smallest cohort of 3 councils, fewer than 5: low."),
        ((317, 0.5, 0.01, 20, 2), "low", "cannot tell funding from other causes: low."),
    ],
)
def test_confidence_is_the_worst_of_the_facts_and_says_why(facts, level, because):
    found = confidence_rubric(*facts)
    assert found.level == level
    assert any(reason.endswith(because) for reason in found.reasons)


def test_pages_do_not_wait_for_the_libraries_of_estimates():
    code = (
        "import sys, analytics.impact; "
        "print([m for m in ('diff_diff', 'statsmodels', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
