"""Estimated effect, and before and after: the planted effect, sums by eye, disclosure.

The demonstration warehouse (tests/support/demo.py: four years, seed 7) has an effect on
maturity planted, none on counts of incidents and none before support.
"""

import functools
import json
import shutil
import statistics
import time
from collections import defaultdict
from datetime import date

import duckdb
import numpy as np
import pandas as pd
import pytest

from analytics import impact
from analytics.funding.effect import design, reads
from analytics.funding.effect.before_after import before_after
from analytics.funding.effect.event_study import event_study
from analytics.funding.effect.forest import forest
from analytics.reading import effect, effect_checks, effect_panel
from analytics.reading.effect_panel import OUTCOMES
from analytics.reading.reader import Reader
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError, Viewer
from analytics.ui import store
from demonstration.period import quarter_index
from settings import settings
from tests.support.demo import PROGRAMME
from tests.support.frames import OUTCOMES as ABOUT
from tests.support.frames import table
from tests.support.pages import (
    KINDS,
    NOTHING,
    RAW,
    SLOWEST,
    cells,
    charts,
    failures,
    figures,
    opened,
    said,
)


CONTROL = "not_yet_treated"
near = pytest.approx


def council_of(demo, share_rank: int = 3) -> Viewer:
    """A council first supported in 2023/24, known then and before, of a share level."""
    found = demo.rows(f"""
        select p.gss_code from marts.effect_panel p
        join marts.support s using (collection, gss_code)
        where p.collection = 'demonstration' and p.share_rank = {share_rank}
            and s.share_rank = {share_rank} and p.outcome = 'hours_disrupted'
            and p.behind >= 6 and p.year in (2022, 2023)
            and s.first_support_on between date '2023-04-01' and date '2024-03-31'
        group by p.gss_code having count(*) = 2
        order by p.gss_code limit 1
    """)
    return Viewer("council", found["gss_code"].iloc[0])


@pytest.fixture(scope="module")
def estimates(demo):
    """A keeper of estimates by outcome, control and viewer."""

    @functools.cache
    def made(key: str, control: str = CONTROL, viewer: Viewer = LOCAL_ANALYST):
        return effect.estimate(Reader(demo.path, viewer, demo.scope()), key, control)

    return made


# The planted effect -------------------------------------------------------------------


@pytest.fixture(scope="module")
def planted(demo) -> float:
    """The effect on profile outcomes met that the generator planted, in points.

    By quarters since support as PLANTED.json tells it, over the assessments of funded
    councils that an estimate can use, weighted as its overall effect is.
    """
    record = json.loads((demo.folder.parent / "files" / "PLANTED.json").read_text())
    by_quarter = record["maturity"]["by_quarters_since_support"]
    rows = demo.rows("""
        select a.gss_code, s.first_support_on, max(a.completed_on) as completed_on,
            year(s.first_support_on) - (month(s.first_support_on) < 4)::int as first,
            a.financial_year
        from core.assessments a
        join marts.support s using (collection, gss_code)
        where a.collection = 'demonstration' and s.first_support_on is not null
        group by all
    """)
    cells = defaultdict(list)
    since = 1 + rows["financial_year"].min().year
    for row in rows.itertuples():
        year = row.financial_year.year
        if row.first < since or year < row.first:
            continue
        quarters = quarter_index(row.completed_on) - quarter_index(row.first_support_on)
        cells[row.first, year].append(by_quarter[str(quarters)]["effect"])
    sizes = {first: rows.loc[rows["first"] == first, "gss_code"].nunique() for first, _ in cells}
    means = [(sizes[first], statistics.mean(all_of)) for (first, _), all_of in cells.items()]
    total = sum(size for size, _ in means)
    return 100 * sum(size * mean for size, mean in means) / total


@pytest.mark.parametrize("control", effect_panel.CONTROLS)
def test_the_planted_effect_lies_within_the_interval(estimates, planted, control):
    found = estimates("profile_outcomes_met", control).effects.simple
    assert 2 < planted < 12
    assert found.lower < planted < found.upper
    assert found.lower > 0


def test_what_nothing_was_planted_on_shows_nothing(estimates):
    found = estimates("hours_disrupted").checks
    for nothing in (found.incidents, found.behind):
        assert nothing.lower < 0 < nothing.upper
        assert not effect.is_away(nothing)


def test_nothing_is_found_before_support(estimates):
    for key in OUTCOMES:
        found = estimates(key)
        leads = found.by_event[found.by_event["is_lead"]]
        assert len(leads)
        assert (leads["band_lower"] < 0).all() and (leads["band_upper"] > 0).all()


def test_starting_values_left_out_make_the_effect_on_a_share_too_large(estimates, planted):
    found = estimates("profile_outcomes_met").checks
    ways = found.sensitivity.set_index("label")["estimate"]
    plain, made = ways["Starting values not allowed for"], ways["As estimated"]
    assert abs(made - planted) < abs(plain - planted)
    assert plain > made
    # What could be expected from where they started alone points the same way.
    assert found.mean.gap < 0 < found.mean.expected


# The panel ----------------------------------------------------------------------------


def test_the_panel_agrees_with_its_slow_twin(made):
    times = {"hours_disrupted": 12, "profile_outcomes_met": 100}
    sums, events = defaultdict(lambda: [0.0, 0.0]), defaultdict(list)
    for row in made.warehouse.dicts("select * from marts.indicator_values"):
        if row["indicator"] in times:
            sums[key_of(row, row["indicator"], row["profile"])][0] += row["numerator"]
            sums[key_of(row, row["indicator"], row["profile"])][1] += row["denominator"]
    for row in made.warehouse.dicts("select * from marts.indicator_events"):
        if row["indicator"] == "median_hours_to_restore":
            events[key_of(row, "hours_to_restore", "")].append(row["value"])
    twin = {key: times[key[1]] * top / under for key, (top, under) in sums.items()}
    twin |= {key: statistics.median(hours) for key, hours in events.items()}
    found = {
        (row["collection"], row["outcome"], row["profile"], row["gss_code"], row["year"]): row[
            "value"
        ]
        for row in made.warehouse.dicts("select * from marts.effect_panel")
        if row["outcome"] in (*times, "hours_to_restore")
    }
    assert len(found) > 50
    assert found == near(twin)


def key_of(row: dict, outcome: str, profile: str) -> tuple:
    """Outcome, council and financial year of a row by month."""
    year = row["period"].year - (row["period"].month < 4)
    return row["collection"], outcome, profile, row["gss_code"], year


def test_a_joint_site_is_counted_once_and_its_amount_stands_for_both(demo):
    rows = demo.rows("""
        select gss_code, site, site_gbp from marts.effect_support
        where collection = 'demonstration' and programme = 'future_councils'
    """)
    joint = rows[rows.duplicated("site", keep=False)]
    assert len(joint) == 2
    assert joint["site_gbp"].nunique() == 1
    assert joint["site_gbp"].notna().all()
    known = reads.programmes(Reader(demo.path, LOCAL_ANALYST, demo.scope()))
    pilots = known.set_index("programme").loc["future_councils"]
    assert (pilots["sites"], pilots["councils"]) == (
        rows["site"].nunique(),
        rows["gss_code"].nunique(),
    )
    assert pilots["councils"] == pilots["sites"] + 1


def test_councils_of_one_site_are_one_cluster(estimates):
    found = estimates("hours_disrupted").effects
    assert found.clusters < found.units


# By hand ------------------------------------------------------------------------------

FACTS = """
gss_code | first_year | start | population | tier | region | site | site_gbp
F1 | 2023 | 10 | 100 | lower | A | S1 | 50
F2 | 2023 | 30 | 100 | lower | A | S2 | 90
F3 | 2023 | 50 | 100 | upper | B | S3 | 10
N1 | 0 | 12 | 100 | lower | A | |
N2 | 0 | 90 | 100 | lower | B | |
N3 | 0 | 56 | 100 | lower | B | |
"""


def by_hand(years: dict[str, str]) -> pd.DataFrame:
    """A panel of FACTS with values of 2021, 2022 and so on; a dot for unknown."""
    facts = table(FACTS).assign(deprivation_score=20.0).set_index("gss_code")
    rows = [
        {"gss_code": code, "year": 2021 + at, "value": float(value), **facts.loc[code]}
        for code, text in years.items()
        for at, value in enumerate(text.split())
        if value != "."
    ]
    return pd.DataFrame(rows)


def test_matched_councils_are_alike_and_of_one_tier():
    rows = by_hand(dict.fromkeys(table(FACTS)["gss_code"], "1 2"))
    pairs, codes = effect_checks.matched(rows)
    # F1 and N1 start alike, so N1 is taken when F2 looks. F3 and N3 start alike too,
    # and are of different tiers.
    assert (pairs, codes) == (1, ["F1", "N1"])


def test_regression_to_the_mean_is_what_those_never_funded_did():
    rows = by_hand({"F1": "10 0", "N1": "12 20", "N2": "90 90", "N3": "50 55"})
    assert effect_checks.regression_to_the_mean(rows) is None, "three are too few"
    moves = ((10, 8), (20, 6), (30, 4), (40, 2), (50, 0))
    parts = [
        by_hand({"N1": f"{start} {start + move}"}).assign(gss_code=f"M{start}")
        for start, move in moves
    ]
    many = pd.concat([*parts, by_hand({"F1": "10 40"})])
    many["start"] = many.groupby("gss_code")["value"].transform("first")
    found = effect_checks.regression_to_the_mean(many)
    # A fall of 0.2 for each point at the start; funded councils start 20 lower.
    assert (found.councils, found.slope, found.gap) == near((5, -0.2, -20))
    assert found.expected == near(4)
    assert found.correlation == near(-1)


def test_attrition_counts_those_known_at_the_start_and_not_at_the_end():
    rows = by_hand({"F1": "1 2 3", "F2": "1 2 .", "F3": ". 1 1", "N1": "1 1 1", "N2": "1 . ."})
    councils = table(FACTS)
    values = rows[["gss_code", "year", "value"]].assign(
        outcome="hours_to_restore", behind=9, value_rank=3
    )
    found = effect_checks.attrition(
        effect_panel.Panel(councils, values), OUTCOMES["hours_to_restore"]
    )
    assert (found.funded, found.others) == (0.5, 0.5)
    assert found.worst == 0.5
    last = found.table[found.table["year"] == 2023].set_index("side")
    # N3 has no value at all.
    assert last["unknown"].to_dict() == {"Funded": 1, "Not funded": 2}


def test_the_largest_awards_are_left_out_site_by_site():
    rows = by_hand(dict.fromkeys(table(FACTS)["gss_code"], "1 2"))
    gone = effect_checks.left_out(rows)
    assert gone["Without the largest awards, 1 councils"] == ["F2"]
    assert gone["Without A"] == ["F1", "F2", "N1"]


def test_a_cohort_of_four_is_left_out_whole():
    names = [f"F{n}" for n in range(4)] + [f"G{n}" for n in range(5)] + ["N1"]
    first = {"F": 2022, "G": 2023, "N": 0}
    rows = pd.DataFrame(
        [(name, year, 1.0, first[name[0]]) for name in names for year in (2021, 2022)],
        columns=["gss_code", "year", "value", "first_year"],
    )
    kept = effect_panel.without_small_cohorts(rows, CONTROL)
    assert set(kept["first_year"]) == {2023}
    assert effect_panel.without_small_cohorts(rows, "never_treated").empty


def test_a_cohort_of_which_four_are_known_both_times_is_left_out_too():
    # Each year knows five of the six, and both years only four.
    names = [f"F{n}" for n in range(6)]
    rows = pd.DataFrame(
        [
            (name, year, 1.0, 2022)
            for year, gone in ((2021, "F0"), (2022, "F1"))
            for name in names
            if name != gone
        ],
        columns=["gss_code", "year", "value", "first_year"],
    )
    assert effect_panel.without_small_cohorts(rows, CONTROL).empty


def test_quantiles_of_equal_weights_are_the_usual_ones():
    values = np.array([3.0, 1.0, 8.0, 4.0, 9.0])
    for share in (0, 0.25, 0.5, 0.9, 1):
        found = reads.quantile(values, np.full(5, 2.0), share)
        assert found == near(np.quantile(values, share))
    assert reads.quantile(values, np.array([0, 0, 5.0, 0, 0]), 0.5) == near(8)


def test_before_and_after_by_hand():
    rows = by_hand({"F1": "10 11 20", "F2": "30 33 50", "N1": "5 6 7", "N2": "1 . 2"})
    rows["supported_year"] = rows["first_year"]
    rows["council_name"] = rows["gss_code"]
    rows = rows.assign(value_rank=3, share_rank=2)
    moved = reads.changes(rows, [2023], 0)
    # 2022 is the year before support, 2023 the year of it; N2 is not known in 2022.
    found = moved.set_index("gss_code")
    assert found["change"].to_dict() == {"F1": 9, "F2": 17, "N1": 1}
    assert found["rank"].unique().tolist() == [2]
    middle = reads.sides(moved).set_index("side")
    assert middle.loc["Funded", "change_middle"] == near(13)
    assert middle.loc["Not funded by then", ["before_low", "after_high"]].tolist() == [6, 7]
    assert reads.changes(rows, [2023], 3)["gss_code"].empty, "no such year"
    assert reads.without_small(moved).empty


def test_a_council_funded_by_the_later_year_is_no_comparison():
    rows = by_hand({"F1": "1 1 1", "N1": "1 1 1", "N2": "1 1 1"})
    rows = rows.assign(
        supported_year=rows["gss_code"].map({"F1": 2023, "N1": 2023, "N2": 2024}),
        council_name="",
        value_rank=3,
        share_rank=3,
    )
    moved = reads.changes(rows, [2023], 0).set_index("gss_code")
    # N1 was supported by another programme in 2023; N2 only later.
    assert moved["side"].to_dict() == {"F1": "Funded", "N2": "Not funded by then"}


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda p, s: effect.estimate(Reader(p, LOCAL_ANALYST, s), "made", CONTROL), "'made'"),
        (lambda p, s: effect.estimate(Reader(p, LOCAL_ANALYST, s), "hours_disrupted", "x"), "'x'"),
        (lambda p, s: reads.before_after(Reader(p, LOCAL_ANALYST, s), "made"), "'made'"),
        (
            lambda p, s: reads.before_after(
                Reader(p, LOCAL_ANALYST, s), "hours_disrupted", years_on=-1
            ),
            "-1 is below 0",
        ),
    ],
)
def test_names_not_known_are_refused(demo, call, words):
    with pytest.raises(ValueError, match=words):
        call(demo.path, demo.scope())


def test_years_in_which_nobody_is_first_funded_say_so(demo):
    scope = demo.scope().within(date(2025, 4, 1), date(2026, 3, 1))
    found = effect.estimate(Reader(demo.path, LOCAL_ANALYST, scope), "hours_disrupted", CONTROL)
    assert isinstance(found, effect.NoEstimate)
    assert found.words.startswith("No estimate: ")


# Disclosure ---------------------------------------------------------------------------


def test_a_council_is_told_of_at_least_five_councils_on_either_side(demo, estimates):
    viewer = council_of(demo)
    for key in OUTCOMES:
        found = estimates(key, CONTROL, viewer)
        assert found.by_event[["treated", "control"]].min(axis=None) >= 5
        assert found.effects.group_time[["treated", "control"]].min(axis=None) >= 5
        assert min(found.effects.cohorts.values()) >= 5
        assert found.checks.balance[["treated", "comparison"]].min(axis=None) >= 5


@pytest.fixture
def few(demo, tmp_path) -> str:
    """The demonstration warehouse with four councils left of the last cohort."""
    path = tmp_path / "few.duckdb"
    shutil.copy(demo.path, path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("""
            delete from marts.effect_panel where gss_code in (
                select gss_code from marts.support
                where first_support_on >= date '2024-04-01'
                    and collection = 'demonstration'
                order by share_rank desc, gss_code offset 4
            )
        """)
    return str(path)


def test_a_small_cohort_is_left_out_for_a_council_and_not_for_the_department(demo, few):
    viewer, scope = council_of(demo), demo.scope()
    whole = effect.estimate(Reader(few, LOCAL_ANALYST, scope), "hours_disrupted", CONTROL)
    assert whole.effects.cohorts[2024] == 4
    told = effect.estimate(Reader(few, viewer, scope), "hours_disrupted", CONTROL)
    assert 2024 not in told.effects.cohorts
    assert effect_panel.FEW in told.notes
    assert "fewer than five" in " ".join(told.notes)
    for asked, cohorts in ((LOCAL_ANALYST, [2024]), (viewer, [])):
        found = reads.before_after(
            Reader(few, asked, scope), "hours_disrupted", cohort=2024, years_on=0
        )
        assert found.cohorts.get("first_year", pd.Series()).tolist() == cohorts
    assert found.sides.empty


def test_what_a_council_is_told_hangs_on_no_council_of_a_small_cohort(demo, few):
    viewer, scope = council_of(demo), demo.scope()
    before = effect.estimate(Reader(few, viewer, scope), "hours_disrupted", CONTROL).effects.simple
    middle = reads.before_after(Reader(few, viewer, scope), "hours_disrupted", years_on=0).sides
    changed = few.replace("few.", "changed.")
    shutil.copy(few, changed)
    with duckdb.connect(changed) as connection:
        connection.execute("""
            update marts.effect_panel set value = value + 1000 where gss_code in (
                select gss_code from marts.support
                where first_support_on >= date '2024-04-01'
            )
        """)
    assert effect.estimate(
        Reader(changed, viewer, scope), "hours_disrupted", CONTROL
    ).effects.simple.estimate == near(before.estimate)
    after = reads.before_after(Reader(changed, viewer, scope), "hours_disrupted", years_on=0).sides
    funded = middle["side"] == "Funded"
    pd.testing.assert_frame_equal(after[funded], middle[funded])


@pytest.mark.parametrize(
    "narrowed", [{"regions": ("London",)}, {"groups": ("county",)}, {"councils": ("own",)}]
)
def test_a_council_may_not_ask_for_a_part_of_england(demo, narrowed):
    viewer = council_of(demo)
    scope = demo.scope(
        **{
            name: tuple(viewer.gss_code if code == "own" else code for code in codes)
            for name, codes in narrowed.items()
        }
    )
    with pytest.raises(NotAllowedError, match="all of England"):
        effect.estimate(Reader(demo.path, viewer, scope), "hours_disrupted", CONTROL)
    with pytest.raises(NotAllowedError, match="your own region or type"):
        effect.estimate(Reader(demo.path, viewer, scope), "hours_disrupted", CONTROL)


def places_of(demo, viewer: Viewer) -> tuple[str, str]:
    """Region and type (its code) of a viewer's council."""
    [[region, group]] = (
        demo.rows(
            f"select region, council_group from marts.councils "
            f"where is_current and gss_code = '{viewer.gss_code}'"
        )
        .to_numpy()
        .tolist()
    )
    return region, group


def test_a_council_sees_before_and_after_of_its_own_region_or_type_alone(demo):
    viewer = council_of(demo)
    region, group = places_of(demo, viewer)
    asked = ("comparable_outcomes_achieved",)
    for own in ({"regions": (region,)}, {"groups": (group,)}):
        scope = demo.scope(**own)
        found = reads.before_after(Reader(demo.path, viewer, scope), *asked, years_on=1)
        whole = reads.before_after(Reader(demo.path, LOCAL_ANALYST, scope), *asked, years_on=1)
        assert set(found.lines["gss_code"]) <= {viewer.gss_code}
        assert (found.cohorts[["councils", "others"]] >= 5).all(axis=None)
        assert len(found.cohorts) <= len(whole.cohorts)
    others = [{"regions": (other,)} for other in ("London", "North East") if other != region]
    others += [{"groups": (other,)} for other in ("county", "london") if other != group]
    others += [{"councils": (viewer.gss_code,)}, {"regions": (region,), "groups": (group,)}]
    assert len(others) >= 4
    for narrowed in others:
        with pytest.raises(NotAllowedError, match="own type|not a combination"):
            reads.before_after(Reader(demo.path, viewer, demo.scope(**narrowed)), *asked)


def test_its_own_region_is_drawn_without_means_and_another_says_what_to_do(demo, monkeypatch):
    viewer = council_of(demo)
    region, _ = places_of(demo, viewer)
    monkeypatch.setattr(store, "viewer", lambda: viewer)
    monkeypatch.setattr(settings, "warehouse", demo.folder)
    view = {"view": "Before and after", "after": "1 year on"}
    own = opened("funding_impact", region=region, **view)
    assert failures(own) == [] and "You may not see this" not in said(own)
    assert not [f for f in figures(own) if f.key.startswith("change-")]
    other = next(name for name in ("London", "North East") if name != region)
    refused = opened("funding_impact", region=other, **view)
    assert failures(refused) == [] and figures(refused) == []
    assert f"its own region ({region})" in said(refused)
    [button] = [b for b in refused.button if b.label == "Show all of England"]
    assert figures(button.click().run())


def test_lines_are_of_councils_that_may_be_named(demo):
    lines = {
        viewer.role: reads.before_after(
            Reader(demo.path, viewer, demo.scope()), "hours_disrupted", years_on=0
        ).lines.set_index("gss_code")
        for viewer in (LOCAL_ANALYST, PROGRAMME, council_of(demo))
    }
    own = council_of(demo).gss_code
    assert set(lines["council"].index) == {own}
    private = demo.rows("""
        select distinct gss_code from marts.effect_panel
        where collection = 'demonstration' and share_rank < 3
    """)["gss_code"]
    assert set(lines["analyst"].index) & set(private)
    assert lines["programme"].index.isin(private).sum() == 0


def test_rows_kept_to_their_council_move_nothing_that_another_is_told(demo, tmp_path):
    viewer, scope = council_of(demo), demo.scope()
    changed = tmp_path / "changed.duckdb"
    shutil.copy(demo.path, changed)
    with duckdb.connect(str(changed)) as connection:
        connection.execute("update marts.effect_panel set value = 9999 where share_rank = 1")
    one = effect.estimate(Reader(demo.path, viewer, scope), "hours_disrupted", CONTROL)
    other = effect.estimate(Reader(str(changed), viewer, scope), "hours_disrupted", CONTROL)
    assert one.effects.simple.estimate == other.effects.simple.estimate
    told = effect.estimate(Reader(str(changed), LOCAL_ANALYST, scope), "hours_disrupted", CONTROL)
    whole = effect.estimate(Reader(demo.path, LOCAL_ANALYST, scope), "hours_disrupted", CONTROL)
    assert told.effects.simple.estimate != whole.effects.simple.estimate


def test_a_way_that_leaves_out_few_councils_is_withheld_from_a_council():
    names = [*(f"F{n}" for n in range(8)), *(f"N{n}" for n in range(8))]
    rows = pd.DataFrame({"gss_code": names, "first_year": [2022] * 8 + [0] * 8, "population": 100})
    assert effect_checks.is_few(rows, names[:3])
    assert effect_checks.is_few(rows, names[:9])
    assert not effect_checks.is_few(rows, names[:5])


# Confidence and words -----------------------------------------------------------------


def test_confidence_is_lowered_by_a_way_that_points_the_other_way(estimates):
    found = estimates("profile_outcomes_met")
    arguments = (found.effects, found.checks.attrition, None, None)
    ways = found.checks.sensitivity
    plain = effect.confidence(*arguments, ways, ())
    turned = ways.assign(estimate=ways["estimate"].where(ways.index != 1, -1.0))
    other = effect.confidence(*arguments, turned, ())
    assert other.level == "low"
    assert other.reasons[:-1] == plain.reasons
    assert "1 point the other way" in other.reasons[-1]


@pytest.mark.parametrize("level", range(1, 6))
def test_every_level_of_design_has_its_words_on_the_label(level):
    words = design.label(level)
    assert f"Level {level} of 5 on the Maryland scale" in words
    assert f'"{impact.design(level).wording}"' in words
    assert impact.design(level).wording in design.short(level)


# Charts -------------------------------------------------------------------------------

STUDY = """
event_time | estimate | lower | upper | treated | is_lead
-2 | 0.5 | -1 | 2 | 10 | True
0 | 3 | 1 | 5 | 20 | False
1 | 6 | | | 9 | False
"""


def test_the_event_study_marks_leads_apart_and_draws_nought():
    figure = event_study(table(STUDY), indicator=ABOUT)
    leads, after = figure.data
    assert leads.name == "Before support" and after.name == "After support"
    assert leads.marker.symbol != after.marker.symbol
    assert leads.marker.color != after.marker.color
    assert list(after.y) == [3, 6]
    assert list(after.error_y.array)[0] == 2
    assert list(after.error_y.arrayminus)[0] == 2
    assert "no interval" in after.customdata[1]
    nought = next(shape for shape in figure.layout.shapes if shape.y0 == shape.y1 == 0)
    assert nought.line.dash is None
    assert list(figure.layout.xaxis.ticktext) == ["\N{MINUS SIGN}2", "0", "+1"]
    low, high = figure.layout.yaxis.range
    assert low <= -1 and high >= 5


WAYS = """
label | kind | estimate | lower | upper | words
As estimated | way | 3 | 1 | 5 |
Without a <b>region</b> | way | | | | Withheld: few
Usual | naive | 2 | 1 | 3 |
"""


def test_the_forest_says_what_is_withheld_and_sets_the_usual_estimate_apart():
    figure = forest(table(WAYS), indicator=ABOUT)
    first, gone, usual = figure.data
    assert first.error_x.array[0] == 2
    assert usual.marker.color not in (first.marker.color, gone.marker.color)
    assert [note.text for note in figure.layout.annotations] == ["+3.0", "[c]", "+2.0"]
    assert "&lt;b&gt;" in figure.layout.yaxis.ticktext[1]
    assert [shape.x0 for shape in figure.layout.shapes] == [0, 3]


LINES = """
gss_code | council_name | before | after
A | Aa | 10 | 20
B | Bb | 12 | 900
C | Cc | 30 | 25
"""
SIDES = pd.DataFrame(
    [
        {
            "side": side,
            **{
                f"{end}_{word}": value + at
                for end, at in (("before", 0), ("after", 5))
                for word, value in (("low", low), ("middle", low + 5), ("high", low + 10))
            },
        }
        for side, low in (("Funded", 10), ("Not funded by then", 20))
    ]
)


def test_before_and_after_draws_the_band_the_middles_and_the_council_picked_out():
    figure = before_after(
        table(LINES),
        SIDES,
        indicator=ABOUT,
        label_before="Before",
        label_after="After",
        selected="C",
    )
    drawn = {trace.name: trace for trace in figure.data}
    assert list(drawn["Not funded by then, middle half"].y) == [20, 25, 35, 30]
    assert list(drawn["Funded"].y) == [15, 20]
    assert drawn["Cc"].line.width > drawn["Aa"].line.width
    assert figure.data[-1].name == "Cc"
    names = " ".join(str(note.text) for note in figure.layout.annotations)
    assert "Bb" in names and "<b>Cc</b>" in names


def test_of_many_lines_a_few_may_leave_the_figure_and_it_says_so():
    many = pd.DataFrame(
        {"gss_code": [f"X{n}" for n in range(40)], "before": 10.0, "after": [20.0] * 39 + [5000.0]}
    ).assign(council_name=lambda rows: rows["gss_code"])
    figure = before_after(many, SIDES, indicator=ABOUT, label_before="Before", label_after="After")
    assert figure.layout.yaxis.range[1] < 100
    texts = [str(note.text) for note in figure.layout.annotations]
    assert "1 line leaves the figure at its top." in texts
    assert not any("X1" in text for text in texts), "names only where lines are few"


# The views ----------------------------------------------------------------------------

EFFECT, CHANGED = "Estimated effect", "Before and after"


@pytest.mark.parametrize("view", [EFFECT, CHANGED])
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_view_opens_for_every_outcome(shown, view, outcome):
    app = opened("funding_impact", view=view, outcome=OUTCOMES[outcome].title, council="Hackney")
    assert failures(app) == []
    assert charts(app)
    words = said(app)
    assert not RAW.search(words), RAW.findall(words)
    for cell in cells(app):
        assert cell not in NOTHING
        assert not RAW.search(cell), cell
    for chart in charts(app):
        assert chart.alt.partition(": ")[0] in KINDS
        assert "nan" not in chart.alt.lower().split()
    for figure in figures(app):
        assert "of 5 on the Maryland scale" in figure.sentence


def test_the_estimate_is_worded_as_its_design_allows(shown):
    words = said(opened("funding_impact", view=EFFECT))
    assert "estimated effect, if trends would have been parallel" in words.lower()
    assert "Level 4 of 5 on the Maryland scale" in words
    assert "Confidence: " in words
    for threat in (
        "Trends before support",
        "Regression to the mean",
        "Councils that drop out",
        "Reporting that rises",
    ):
        assert f"**{threat}" in words
    assert "only to explain the difference" in words


def test_before_and_after_claims_no_effect(shown):
    words = said(opened("funding_impact", view=CHANGED)).lower()
    assert "changed alongside" in words
    assert "estimated effect" not in words
    assert "95%" not in words


def test_future_councils_are_counted_from_the_data_and_given_no_p_value(shown):
    app = opened(
        "funding_impact", view=CHANGED, programme="Future Councils", after="The year of support"
    )
    assert failures(app) == []
    words = said(app)
    assert "8 sites, 9 councils, descriptive." in words
    assert "p =" not in words and "95%" not in words
    assert len(charts(app)) == 1


def test_a_council_picked_out_that_has_no_line_is_told_so(shown):
    first = shown.rows("""
        select short_name from marts.councils c join marts.support s using (gss_code)
        where s.collection = 'demonstration' and c.is_current
            and s.first_support_on is null order by 1 limit 1
    """)["short_name"].iloc[0]
    words = said(opened("funding_impact", view=CHANGED, council=first))
    assert f"{first} has no line here" in words


def test_no_estimate_says_why(shown):
    for region in ("London", "North East"):
        app = opened("funding_impact", view=EFFECT, region=region)
        assert failures(app) == []
    app = opened("funding_impact", view=EFFECT, **{"from": "2025/26", "to": "2025/26"})
    assert failures(app) == []
    assert "No estimate: " in said(app)
    assert charts(app) == []


def test_the_estimate_is_made_once_for_a_warehouse(shown, monkeypatch):
    calls, real = [], effect.estimate

    @functools.wraps(real)
    def counted(*given):
        calls.append(given)
        return real(*given)

    monkeypatch.setattr(effect, "estimate", counted)
    store._read.clear()
    app = opened("funding_impact", view=EFFECT)
    app.run()
    assert len(calls) == 1
    began = time.perf_counter()
    app.run()
    assert time.perf_counter() - began < SLOWEST


def test_a_council_sees_no_line_but_its_own(shown, monkeypatch):
    viewer = council_of(shown)
    monkeypatch.setattr(store, "viewer", lambda: viewer)
    app = opened(
        "funding_impact",
        view=CHANGED,
        outcome="Hours disrupted a year",
        after="The year of support",
    )
    assert failures(app) == []
    names = shown.rows("select gss_code, short_name from marts.councils where is_current")
    own = names.set_index("gss_code")["short_name"].pop(viewer.gss_code)
    figure = figures(app)[0]
    drawn = {trace["name"] for trace in json.loads(figure.chart.spec)["data"]}
    assert own in drawn
    others = set(names["short_name"]) - {own}
    assert not drawn & others
    told = set(figure.tables[0].iloc[:, 0])
    assert not told & others
    for view in (EFFECT, CHANGED):
        app = opened("funding_impact", view=view, region="London")
        assert failures(app) == []
        assert charts(app) == []
