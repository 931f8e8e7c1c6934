"""What it is worth: twins of the reads, ranges, the scenario, its figures, its view."""

import csv
import io
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pandas as pd
import pytest

from analytics import impact
from analytics.funding.scenario import hangs_on, reads
from analytics.funding.scenario.arithmetic import UNCERTAIN, Assumed, flows, scenario, worth
from analytics.funding.scenario.boxes import SETTINGS
from analytics.funding.scenario.plane import plane
from analytics.funding.scenario.reads import Ranged
from analytics.funding.scenario.tornado import tornado
from analytics.reading import spending
from analytics.reading.reader import Reader
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError, Viewer
from analytics.ui import download, layout, store
from tests.support.pages import cells, failures, figures, infos, opened, said
from tests.support.rows import disruption, incident, returned
from tests.support.warehouse import Installation


near = pytest.approx
NAN = float("nan")
CODES = ("E06000001", "E06000003", "E09000012")

# The mart of hours and costs ----------------------------------------------------------


def invented(random: Random) -> tuple[list[dict], list[dict]]:
    """Incidents with and without a cost, and disruptions that overlap and continue."""
    incidents, disruptions = [], []
    for number in range(120):
        start = datetime(2022, 4, 2, tzinfo=UTC) + timedelta(hours=random.randrange(26000))
        code, reference = random.choice(CODES), f"INC-{number:04}"
        told = random.random() < 0.6
        incidents.append(
            incident(
                incident_ref=reference,
                gss_code=code,
                submitted_at="2026-01-01T00:00:00Z",
                detected_at=start.isoformat().replace("+00:00", "Z"),
                incident_status="Near miss" if number % 11 == 5 else "Confirmed",
                cost_response_gbp=f"{random.choice([0, 500, 12000])}" if told else "",
                cost_status="outturn" if told else "",
            )
        )
        for part in range(random.randrange(4)):
            begun = start + timedelta(hours=random.choice([0, 1, 3]))
            ended = begun + timedelta(minutes=random.choice([30, 90, 600]))
            continues = random.random() < 0.05
            disruptions.append(
                disruption(
                    disruption_id=f"DIS-{number:04}-{part}",
                    gss_code=code,
                    incident_ref=reference,
                    lgsl_id=random.choice([58, 69]),
                    started_at=begun.isoformat().replace("+00:00", "Z"),
                    restored_at="" if continues else ended.isoformat().replace("+00:00", "Z"),
                    is_planned=str(random.random() < 0.1).lower(),
                    cause_class="cyber",
                    submitted_at="2026-01-01T00:00:00Z",
                )
            )
    return incidents, disruptions


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def hours_of(rows: list[dict]) -> float | None:
    """Hours in which each service was down, by quarters; None while one lasts."""
    if any(not row["restored_at"] for row in rows):
        return None
    down = set()
    for row in rows:
        at, end = moment(row["started_at"]), moment(row["restored_at"])
        while at < end:
            down.add((row["lgsl_id"], at))
            at += timedelta(minutes=15)
    return len(down) / 4


def test_hours_and_costs_of_incidents_agree_with_a_count_of_quarter_hours(tmp_path):
    incidents, disruptions = invented(Random(3))
    warehouse = Installation(tmp_path)
    warehouse.put("incidents", incidents)
    warehouse.put("disruptions", disruptions)
    months = [f"{2022 + n // 12}-{n % 12 + 1:02}-01" for n in range(3, 39)]
    warehouse.put(
        "returns",
        [
            returned(
                gss_code=code, dataset="incidents", period_starts_on=month, received_on="2026-01-01"
            )
            for code in CODES
            for month in months
        ],
    )
    assert warehouse.build().quarantine == []
    expected: dict = defaultdict(lambda: [0, 0.0, 0.0])
    for row in incidents:
        own = [
            each
            for each in disruptions
            if each["is_planned"] == "false" and each["incident_ref"] == row["incident_ref"]
        ]
        hours = hours_of(own)
        is_in = row["incident_status"] == "Confirmed" and row["cost_response_gbp"]
        if not is_in or not hours:
            continue
        day = moment(row["detected_at"]) + timedelta(hours=1)
        year = day.year - (day.month < 4)
        sums = expected[row["gss_code"], year]
        sums[0] += 1
        sums[1] += float(row["cost_response_gbp"])
        sums[2] += hours
    found = {
        (code, year): [incidents, cost, hours]
        for code, year, incidents, cost, hours in warehouse.read(
            "select gss_code, year(period), incidents, cost_gbp, hours from marts.hour_costs"
        )
    }
    assert found.keys() == expected.keys() and len(found) == 9
    for key, sums in expected.items():
        assert found[key] == near(sums), key


# Reads --------------------------------------------------------------------------------


def test_spending_agrees_with_the_awards_and_the_payments_one_by_one(demo):
    awards = demo.rows("select * from core.awards where collection = 'demonstration'")
    payments = demo.rows("select * from core.award_payments where collection = 'demonstration'")
    programmes = dict(zip(awards["award_id"], awards["programme"], strict=True))
    expected: dict = defaultdict(lambda: [0.0, 0.0])
    for row in awards.to_dict("records"):
        year = row["awarded_on"].year - (row["awarded_on"].month < 4)
        if row["role"] == "lead":
            expected[row["programme"], year][0] += float(row["amount_awarded_gbp"])
    for row in payments.to_dict("records"):
        year = row["paid_on"].year - (row["paid_on"].month < 4)
        code = programmes.get(row["award_id"], "")
        expected[code, year][1] += float(row["amount_paid_gbp"])
    frame = spending.spending(Reader(demo.path, LOCAL_ANALYST, demo.scope()), way="programme")
    found = {
        (row["group_code"], row["period"].year): [row["awarded"], row["paid"]]
        for row in frame.to_dict("records")
    }
    assert len(found) > 10 and "" in {code for code, _ in found}
    for key, sums in found.items():
        assert sums == near(expected[key]), key
    assert sum(sum(sums) for sums in found.values()) == near(
        sum(sum(sums) for sums in expected.values())
    )
    for way in spending.WAYS:
        other = spending.spending(Reader(demo.path, LOCAL_ANALYST, demo.scope()), way=way)
        assert other[["awarded", "paid"]].sum().sum() == near(
            frame[["awarded", "paid"]].sum().sum()
        )
    with pytest.raises(ValueError, match="'colour' is not one of: programme"):
        spending.spending(Reader(demo.path, LOCAL_ANALYST, demo.scope()), way="colour")


def test_changes_agree_with_a_walk_from_council_to_council(demo):
    scope, code = demo.scope(), "cyber_support"
    panel = demo.rows(f"""select gss_code, year, value from marts.effect_panel
        where collection = 'demonstration' and outcome = 'profile_outcomes_met'
        and profile = '{scope.profile}'""")
    values = {(r.gss_code, r.year): r.value for r in panel.itertuples()}
    today = set(demo.rows("select gss_code from marts.councils where is_current")["gss_code"])
    began: dict = {}
    starts = demo.rows(f"""
        select gss_code, coalesce(first_support_on, starts_on, awarded_on) as day
        from core.awards where programme = '{code}'
    """)
    for row in starts.itertuples():
        year = row.day.year - (row.day.month < 4)
        began[row.gss_code] = min(year, began.get(row.gss_code, 9999))
    first: dict = {}
    supports = demo.rows("""
        select gss_code, first_support_on as day from core.awards
        where programme <> 'training' and first_support_on is not null
    """)
    for row in supports.itertuples():
        year = row.day.year - (row.day.month < 4)
        first[row.gss_code] = min(year, first.get(row.gss_code, 9999))
    gains: dict = defaultdict(list)
    for cohort in set(began.values()):
        for year in range(cohort, 2030):

            def change(council, base=cohort - 1, year=year):
                pair = values.get((council, base)), values.get((council, year))
                return None if None in pair else pair[1] - pair[0]

            own = [change(c) for c in today if began.get(c) == cohort]
            others = [change(c) for c in today if c not in began and first.get(c, 9999) > year]
            own = [each for each in own if each is not None]
            others = [each for each in others if each is not None]
            if own and len(others) >= 5:
                beside = sum(others) / len(others)
                gains[year - cohort] += [(each, beside) for each in own]
    frame = reads.changes(
        Reader(demo.path, LOCAL_ANALYST, scope),
        way="programme",
        outcome="profile_outcomes_met",
        least=1,
    )
    found = frame[frame["group_code"] == code].set_index("step")
    assert len(found) >= 3
    for step, row in found.iterrows():
        pairs = gains[step]
        assert row["councils"] == len(pairs) >= 5
        assert row["change"] == near(sum(own for own, _ in pairs) / len(pairs))
        assert row["other_change"] == near(sum(o for _, o in pairs) / len(pairs))


def test_a_described_change_has_the_range_of_its_years_or_is_not_known():
    steps = pd.DataFrame(
        {
            "step": [0, 1, 2],
            "councils": [10, 30, 10],
            "change": [99.0, 4.0, 9.0],
            "other_change": [0.0, 1.0, 2.0],
        }
    )
    assert reads.described(steps, rise_is_good=True) == near((3, 4, 7))
    assert reads.described(steps, rise_is_good=False) == near((-7, -4, -3))
    one = reads.described(steps[:2], rise_is_good=True)
    assert not one.is_known and all(pd.isna(part) for part in one)


def test_an_hour_costs_what_its_cheapest_and_dearest_years_say():
    years = pd.DataFrame(
        {"cost": [100.0, 900.0], "hours": [10.0, 10.0], "value": [10.0, 90.0], "note": ["", ""]}
    )
    assert reads.hour_range(years) == near((10, 50, 90))
    assert not reads.hour_range(years[:1]).is_known
    assert not reads.hour_range(years.assign(note=["", "[c]"])).is_known


@pytest.mark.parametrize(
    ("units", "cost"),
    [
        ((10, 20, 50), (20, 50, 100)),
        ((-10, 20, 50), (20, 50, float("inf"))),
        ((-10, -2, 50), (20, float("inf"), float("inf"))),
        ((-10, -5, -1), (NAN, NAN, NAN)),
        ((NAN, NAN, NAN), (NAN, NAN, NAN)),
    ],
)
def test_a_cost_per_unit_has_a_range_and_no_upper_limit_without_a_gain(units, cost):
    assert reads.per_unit(1000, Ranged(*units)) == near(cost, nan_ok=True)
    found = reads.per_unit(1000, Ranged(10, 20, 50))
    assert found.central == impact.cost_per_unit(1000, 20)


def test_money_of_which_a_year_is_withheld_is_not_known():
    frame = pd.DataFrame({"paid": [1.0, NAN], "note": ["", "[c]"]})
    assert pd.isna(spending.total(frame, "paid"))
    assert spending.total(frame[:1], "paid") == 1
    assert pd.isna(spending.total(frame[:0], "paid"))


def test_two_options_have_a_ratio_only_where_one_word_holds_throughout():
    a, b = Ranged(90, 100, 110), Ranged(190, 200, 210)
    found = reads.compared(1000, a, 3000, b)
    assert found.dominance == "dearer and better"
    assert found.possible == ("dearer and better",)
    assert found.ratio == near((2000 / 120, 20, 2000 / 80))
    assert found.ratio.central == impact.cost_effectiveness(1000, 100, 3000, 200).ratio
    wide = reads.compared(1000, a, 3000, Ranged(50, 200, 350))
    assert set(wide.possible) == {"dearer and better", "dominated"}
    assert not wide.ratio.is_known
    assert reads.compared(1000, a, 500, b)[:2] == ("dominates", ("dominates",))


# The scenario -------------------------------------------------------------------------


def twin(assumed: Assumed) -> tuple[float, float]:
    """Present values of costs and benefits, year by year with pencil and paper."""
    factor, hours = 1.0, assumed.hours * assumed.share / 100
    more = assumed.points / 100
    scale = 1 + assumed.uplift / 100
    spent, gained = assumed.cost * scale, 0.0
    for year in range(1, assumed.years + 1):
        factor /= 1 + more + (0.035 if year <= 30 else 0.03)
        spent += assumed.running * scale * factor
        gained += hours * assumed.hour_value * factor
        hours *= 1 - assumed.fade / 100
    return spent, gained


def drawn(random: Random) -> Assumed:
    return Assumed(
        cost=random.uniform(1, 1e7),
        running=random.uniform(0, 1e5),
        hours=random.uniform(-1e4, 1e4),
        hour_value=random.uniform(0, 900),
        years=random.randint(1, 60),
        share=random.uniform(0, 100),
        fade=random.uniform(0, 100),
        uplift=random.uniform(0, 200),
        points=random.uniform(-2, 10),
    )


def test_a_scenario_agrees_with_its_twin_in_plain_arithmetic():
    random = Random(5)
    for _ in range(200):
        assumed = drawn(random)
        spent, gained = twin(assumed)
        found = worth(assumed)
        assert (found.costs, found.benefits) == near((spent, gained))
        assert found.net == near(gained - spent)
        assert found.ratio == near(gained / spent)


def test_a_scenario_agrees_with_the_published_present_value():
    """METHODS.md: 100 now and 30 a year for five years are 35.4516."""
    assumed = Assumed(cost=100, hours=3, hour_value=10, years=5)
    assert worth(assumed).net == near(35.4516, abs=5e-5)
    spent, gained = flows(assumed)
    assert impact.net_present_value(gained - spent) == near(worth(assumed).net)
    assert worth(assumed).pays_back == 4
    assert worth(replace(assumed, years=3)).pays_back is None
    assert worth(replace(assumed, cost=0)).pays_back == 0


CENTRAL = Assumed(cost=1000, hours=10, hour_value=20, years=8, share=80, fade=10, uplift=41)
RANGES = {
    "hours": (-5.0, 30.0),
    "hour_value": (5.0, 60.0),
    "share": (50.0, 100.0),
    "fade": (0.0, 40.0),
    "uplift": (0.0, 41.0),
    "years": (4.0, 12.0),
    "points": (-2.0, 2.0),
}


# A running cost above what is left of a fading benefit makes more years worse.
@pytest.mark.parametrize("running", [0, 40])
def test_no_value_within_the_assumptions_lies_outside_of_the_range(running):
    central = replace(CENTRAL, running=running)
    made, random = scenario(central, RANGES), Random(8)
    nets, ratios = [], []
    for _ in range(500):
        tried = {name: random.uniform(*span) for name, span in RANGES.items()}
        found = worth(replace(central, **tried | {"years": round(tried["years"])}))
        nets.append(found.net)
        ratios.append(found.ratio)
    assert made.net.low <= min(nets) and max(nets) <= made.net.high
    assert made.ratio.low <= min(ratios) and max(ratios) <= made.ratio.high
    assert made.net.low < made.net.central == worth(central).net < made.net.high
    # Lost hours are worse where an hour is worth more, for longer and at a low rate.
    worst = replace(
        central, hours=-5, hour_value=60, share=100, fade=0, uplift=41, years=12, points=-2
    )
    assert made.net.low == near(worth(worst).net)


def test_one_assumption_at_a_time_stays_within_all_together():
    made = scenario(CENTRAL, RANGES)
    table = made.sensitivity
    assert set(table["assumption"]) == set(UNCERTAIN)
    assert table["swing"].is_monotonic_decreasing
    assert (table["result"] == made.net.central).all()
    for row in table.to_dict("records"):
        kind = int if row["assumption"] == "years" else float
        end = replace(CENTRAL, **{row["assumption"]: kind(row["low"])})
        assert row["at_low"] == worth(end).net
        assert made.net.low <= min(row["at_low"], row["at_high"])
        assert made.net.high >= max(row["at_low"], row["at_high"])


def test_years_and_rate_in_the_tornado_by_hand():
    """£300 now and £100 a year: 4 years at 3.5% are £367.31, so worth £67.31."""
    central = Assumed(cost=300, hours=10, hour_value=10, years=4)
    made = scenario(central, {"years": (2, 6), "points": (-2, 2)})
    rows = made.sensitivity.set_index("assumption")
    # 100 / 1.035 + 100 / 1.035**2 = 96.62 + 93.35; six years: 532.86.
    assert rows.loc["years", ["at_low", "at_high"]].tolist() == near([-110.03, 232.86], abs=0.01)
    # Four years at 1.5% are 385.44, at 5.5% 350.52.
    assert rows.loc["points", ["at_low", "at_high"]].tolist() == near([85.44, 50.52], abs=0.01)
    assert rows["result"].tolist() == near([67.31] * 2, abs=0.01)
    # All together: six years at 1.5% are 569.72, two at 5.5% 184.63.
    assert made.net == near((-115.37, 67.31, 269.72), abs=0.01)
    assert made.ratio == near((0.6154, 1.2244, 1.8991), abs=1e-4)
    table = hangs_on.tabled(made.sensitivity).set_index("Assumption")
    assert table.loc["Discount rate", ["Low", "Central", "High"]].tolist() == [
        "1.5%",
        "3.5%",
        "5.5%",
    ]
    assert table.loc["Years of benefits", "High"] == "6 years"
    sentence = hangs_on.over_time(made.sensitivity)
    assert "Discount rate: £85.44 at 1.5%, £50.52 at 5.5%." in sentence
    assert "Years of benefits: -£110 at 2 years, £233 at 6 years." in sentence


def test_the_best_rate_may_lie_between_its_ends_and_is_found():
    # Benefits soon, running costs after: neither the lowest nor the highest is best.
    central = Assumed(cost=100, hours=1, hour_value=400, years=40, fade=60, running=12)
    made = scenario(central, {"points": (-2, 10)})
    ends = [worth(replace(central, points=points)).net for points in (-2.0, 10.0)]
    between = [worth(replace(central, points=n / 50)).net for n in range(-100, 501)]
    assert max(between) > max(ends)
    assert made.net.high == near(max(between), rel=1e-3)
    assert made.net.low == near(min(ends))


def test_at_the_value_that_breaks_even_costs_and_benefits_are_equal():
    made = scenario(CENTRAL, RANGES)
    there = replace(CENTRAL, hour_value=made.break_even)
    assert worth(there).net == near(0, abs=1e-6)
    none = scenario(replace(CENTRAL, hours=-1), {"hours": (-2, 1)})
    assert pd.isna(none.break_even)


@pytest.mark.parametrize(
    ("changed", "ranges", "words"),
    [
        ({}, {}, "no assumption has a range"),
        ({}, {"hours": (10.0, 10.0)}, "no assumption has a range"),
        ({}, {"hours": (11.0, 30.0)}, "hours is not in order"),
        ({}, {"cost": (1.0, 3000.0)}, "cost is not one of hours"),
        ({"cost": NAN}, RANGES, "cost is below 0 or not known"),
        ({}, {"fade": (0.0, 140.0)}, "fade is not between 0 and 100"),
        ({"years": 0}, {"fade": (0.0, 40.0)}, "years are fewer than one"),
        ({}, {"years": (0.0, 9.0)}, "years are fewer than one"),
        ({}, {"points": (-3.0, 2.0)}, "rate -0.5 is below 0 percent"),
    ],
)
def test_a_scenario_without_a_range_or_that_cannot_be_is_refused(changed, ranges, words):
    with pytest.raises(ValueError, match=words):
        scenario(replace(CENTRAL, **changed), ranges)


# Figures ------------------------------------------------------------------------------


def test_a_tornado_has_a_bar_to_either_end_from_the_central_result():
    table = hangs_on.drawable(scenario(CENTRAL, RANGES).sensitivity)
    chart = tornado(table)
    for bar, end in zip(chart.data, ("at_low", "at_high"), strict=True):
        assert list(bar.base) == list(table["result"])
        ends = [base + length for base, length in zip(bar.base, bar.x, strict=True)]
        assert ends == near(list(table[end]))
    marks = chart.layout.xaxis.tickvals
    assert 2 <= len(marks) <= 5 and chart.layout.shapes[0].x0 == table["result"][0]
    low, high = chart.layout.xaxis.range
    assert low < min(table["at_low"].min(), table["at_high"].min(), 0)
    assert high > max(table["at_low"].max(), table["at_high"].max(), 0)
    with pytest.raises(ValueError, match="no rows"):
        tornado(table[:0])


def test_the_plane_shows_the_difference_and_both_ends():
    frame = pd.DataFrame([{"cost": -50.0, "effect": 2.0, "low": -1.0, "high": 5.0}])
    chart = plane(frame, effect_words="Outcomes", a="One", b="Two")
    assert list(chart.data[0].x) == [-1, 5]
    assert (chart.data[1].x[0], chart.data[1].y[0]) == (2, -50)
    words = " ".join(note.text for note in chart.layout.annotations)
    for corner in (
        "Dearer and worse",
        "Dearer and better",
        "Cheaper and worse",
        "Cheaper and better",
    ):
        assert corner in words


# The view -----------------------------------------------------------------------------


def page(**asked: str):
    return opened("funding_impact", view="What it is worth", **asked)


def test_the_view_gives_every_figure_its_range_its_design_and_its_words(shown):
    app = page()
    assert failures(app) == []
    text = said(app)
    assert [figure.key for figure in figures(app)] == ["plane", "tornado"]
    for metric in app.metric:
        assert " to " in metric.value or " or more" in metric.value, metric.value
    assert "on the Maryland scale" in text and "Scenario, not a result" in text
    assert "net present value -\u2060£" in text and ", centrally " in text
    assert "3.5% in years 1 to 30" in text and "16 December 2025" in text
    assert "Break-even" in text
    assert not {"nan", "None", "inf"} & set(cells(app))


def test_no_ratio_is_said_without_its_range(shown):
    def ratios(app):
        return [line for line in said(app).split("\n") if "benefit-cost ratio)" in line]

    [line] = ratios(page())
    assert " to " in line.split("benefits of")[1].split("pounds")[0]
    held = dict.fromkeys(
        (
            "worthhourslow",
            "worthhourscentral",
            "worthhourshigh",
            "worthvaluelow",
            "worthvaluecentral",
            "worthvaluehigh",
        ),
        "90",
    ) | {"worthyearslow": "10", "worthyearshigh": "10", "worthbelow": "0", "worthabove": "0"}
    app = page(worthkind="None: the money is spent, its cost is known", **held)
    assert failures(app) == []
    assert ratios(app) == [] and "no assumption has a range" in infos(app)
    assert [figure.key for figure in figures(app)] == ["plane"]
    disordered = page(worthhourslow="90", worthhourscentral="80", worthhourshigh="95")
    assert ratios(disordered) == [] and "in order" in infos(disordered)


def test_assumptions_of_the_address_are_those_of_the_answer_and_of_the_file(shown, monkeypatch):
    files = []

    def kept(label, data, facts, *, about=None, key):
        if key == "worth":
            files.append(download.csv(data, facts, about))

    monkeypatch.setattr(layout, "download_button", kept)
    asked = {
        "worthcost": "1000000",
        "worthyears": "7",
        "worthfade" + "low": "5",
        "worthfadecentral": "10",
        "worthfadehigh": "30",
        "worthhourslow": "100",
        "worthhourscentral": "2000",
        "worthhourshigh": "3000",
        "worthvaluelow": "50",
        "worthvaluecentral": "100",
        "worthvaluehigh": "300",
        "worthless": "50",
        "worthyearslow": "6",
        "worthyearshigh": "9",
        "worthbelow": "1",
    }
    app = page(**asked)
    assert failures(app) == []
    central = Assumed(cost=1e6, hours=2000, hour_value=100, years=7, fade=10, uplift=20.5)
    made = scenario(
        central,
        {
            "hours": (100, 3000),
            "hour_value": (50, 300),
            "fade": (5, 30),
            "uplift": (0, 41),
            "years": (6, 9),
            "points": (-1, 2),
        },
    )
    rows = list(csv.reader(io.StringIO(files[-1].decode("utf-8-sig"))))
    assert rows[0] == ["OFFICIAL"]
    lines = dict(row for row in rows if len(row) == 2)
    assert lines["What this is"].startswith("Scenario, not a result")
    for end in ("low", "central", "high"):
        net = lines[f"Scenario: Net present value (£), {end}"].lstrip("'")
        assert float(net) == near(getattr(made.net, end), abs=0.6)
        ratio = lines[f"Scenario: Benefit-cost ratio, {end}"].lstrip("'")
        assert float(ratio) == near(getattr(made.ratio, end), abs=6e-4)
    assert lines["Assumed: Effect that fades each year (%)"] == ("low 5, central 10, high 30")
    assert "not filled in" in lines["Assumed: Hours due to funding (%)"]
    assumed = [n for n, row in enumerate(rows) if row and row[0].startswith("Assumed")]
    answers = [n for n, row in enumerate(rows) if row and row[0].startswith("Scenario:")]
    assert lines["Assumed: Years of benefits"] == "low 6, central 7, high 9"
    assert "low 2.5%, central 3.5%, high 5.5% in years 1 to 30" in (lines["Assumed: Discount rate"])
    for row in made.sensitivity.to_dict("records"):
        found = [
            text.lstrip("'")
            for name, text in lines.items()
            if name.startswith("Alone at its low end")
            and name.endswith(SETTINGS[row["assumption"]])
        ]
        assert [float(text) for text in found] == near([row["at_low"]], abs=0.6)
    assert len(assumed) == 9 and max(assumed) < min(answers)


def test_what_the_data_do_not_tell_is_asked_for_and_never_made_up(shown):
    # Of one year there is neither a change nor a dearest and a cheapest year.
    app = page(**{"from": "2023/24", "to": "2023/24"})
    assert failures(app) == []
    for end in ("low", "central", "high"):
        assert app.number_input(f"worthvalue{end}").value is None
    assert "boxes are empty: Value of an hour avoided (£)" in infos(app)
    assert "benefit-cost ratio)" not in said(app)
    # Then what changed is only described, and says so.
    assert "a described change" in said(app) and "Level 2 of 5" in said(app)
    app.number_input("worthvaluecentral").set_value(90).run()
    assert "Value of an hour avoided" in infos(app), "two ends are missing still"
    app.number_input("worthvaluelow").set_value(80).run()
    app.number_input("worthvaluehigh").set_value(100).run()
    assert infos(app) == "" and "benefit-cost ratio)" in said(app)


def test_spending_withheld_is_not_said_to_be_missing(demo, shown, monkeypatch):
    viewer = Viewer("programme")
    monkeypatch.setattr(store, "viewer", lambda: viewer)
    known = spending.spending(Reader(demo.path, viewer, demo.scope()), way="programme")
    dated = reads.dated(Reader(demo.path, viewer, demo.scope()))
    is_gone = (known["note"] == "[c]") & known["group_code"].isin(dated)
    assert is_gone.any(), "nothing is withheld, and so nothing is tried"
    app = page()
    assert failures(app) == []
    assert "The spending counted is withheld" in said(app)
    assert "not in the data or withheld from you" in infos(app)
    app.number_input("worthcost").set_value(1000000).run()
    assert "Spending, in year 0" not in infos(app)


# Disclosure ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "read",
    [
        lambda reader: reads.hour_costs(reader),
        lambda reader: reads.supported(reader, way="support"),
        lambda reader: reads.changes(reader, way="programme", least=1, outcome="hours_disrupted"),
    ],
)
def test_what_money_was_worth_is_for_the_department(demo, read):
    assert len(read(Reader(demo.path, LOCAL_ANALYST, demo.scope())))
    with pytest.raises(NotAllowedError, match="department only"):
        read(Reader(demo.path, Viewer("council", CODES[0]), demo.scope()))


@pytest.mark.parametrize("way", spending.WAYS)
def test_a_council_is_told_no_money_of_fewer_than_five_councils(demo, way):
    viewer = Viewer("council", CODES[0])
    frame = spending.spending(Reader(demo.path, viewer, demo.scope()), way=way)
    ledger = demo.rows(
        "select * from marts.funding_ledger where collection = 'demonstration' "
        f"and (share_rank >= 2 or gss_code = '{CODES[0]}')"
    )
    held = ledger[(ledger["awarded_gbp"] > 0) | (ledger["paid_gbp"] > 0)]
    behind = held.groupby([held[way].astype(str), "financial_year"])["gss_code"].nunique()
    shown_rows = frame[frame["note"] == ""]
    assert len(shown_rows) and (frame["note"] == "[c]").any()
    for row in shown_rows.to_dict("records"):
        assert behind[row["group_code"], row["period"]] >= 5
    gone = frame[frame["note"] == "[c]"]
    assert gone[["awarded", "paid", *spending.COUNTS]].isna().all(axis=None)
    for narrowed in ({"regions": ("London",)}, {"councils": (CODES[0],)}):
        with pytest.raises(NotAllowedError):
            spending.spending(Reader(demo.path, viewer, demo.scope(**narrowed)), way=way)
