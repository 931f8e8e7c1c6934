"""Objectives: money by objective against its rows, movements by eye, the view."""

from collections import defaultdict

import pandas as pd
import pytest

from analytics.charts.marks import SIGN, named
from analytics.overview import objectives, reads
from analytics.overview.chart import spend_beside
from analytics.reading import marts, prices
from analytics.reading.reader import Reader
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError, Viewer
from analytics.ui import store
from tests.support.frames import table
from tests.support.pages import captions, cells, failures, figures, opened, plain, said


near = pytest.approx
NAN = float("nan")
BASE = "2023/24"


def money(demo, viewer: Viewer = LOCAL_ANALYST, **narrowed) -> pd.DataFrame:
    scope = demo.scope(**narrowed)
    return reads.money(Reader(demo.path, viewer, scope), base_year=BASE)


# Money --------------------------------------------------------------------------------


def test_money_of_each_objective_is_that_of_its_awards(demo):
    awards = demo.rows("select * from core.awards where collection = 'demonstration'")
    paid = demo.rows("select * from core.award_payments where collection = 'demonstration'")
    named = dict(zip(awards["award_id"], awards["objective"], strict=True))
    expected: dict = defaultdict(lambda: [0.0, 0.0])
    for row in awards[awards["role"] == "lead"].itertuples():
        expected[str(row.objective)][0] += float(row.amount_awarded_gbp)
    for row in paid.itertuples():
        expected[str(named.get(row.award_id, 0))][1] += float(row.amount_paid_gbp)
    frame = money(demo)
    assert set(expected) == set("012345")
    for code, sums in expected.items():
        found = reads.spent(frame, code)
        assert [found.awarded, found.paid] == near(sums)
    assert expected["0"][0] == 0 and expected["0"][1] > 0


def test_real_terms_are_of_the_years_with_a_deflator_and_no_others(demo):
    frame, published = money(demo), prices.deflators(demo.path, LOCAL_ANALYST)
    is_out = frame["period_label"].isin(published.index)
    assert is_out.any() and not is_out.all()
    assert frame.loc[~is_out, ["awarded_real", "paid_real"]].isna().all(axis=None)
    priced = frame[is_out]
    scale = published[BASE] / priced["period_label"].map(published)
    assert priced["paid_real"].to_list() == near((priced["paid"] * scale).to_list())
    found = reads.spent(frame, "1")
    own = priced["group_code"] == "1"
    assert found.paid_real == near((priced["paid"] * scale)[own].sum())
    assert found.priced.endswith(BASE) and BASE not in found.unpriced
    assert found.unpriced


def test_a_year_of_the_ledger_without_an_objective_is_nought_for_it(demo):
    frame = money(demo)
    assert len(frame) == 6 * frame["period"].nunique()
    none = frame[(frame["group_code"] == "0") & (frame["payments"] == 0)]
    assert len(none) and (none[["awarded", "paid"]] == 0).all(axis=None)


def test_money_of_which_a_year_is_withheld_has_no_sum():
    frame = pd.DataFrame(
        {
            "group_code": ["1", "1"],
            "period": [1, 2],
            "period_label": ["2022/23", "2023/24"],
            "awarded": [5.0, NAN],
            "paid": [4.0, NAN],
            "awarded_real": [5.0, NAN],
            "paid_real": [4.0, NAN],
            "note": ["", "[c]"],
            "is_priced": [True, True],
        }
    )
    found = reads.spent(frame, "1")
    assert all(pd.isna(amount) for amount in found[:4])
    assert (found.note, found.note_real) == ("[c]", "[c]")
    first = reads.spent(frame[:1], "1")
    assert first[:4] == (5, 4, 5, 4) and (first.note, first.note_real) == ("", "")
    # The year withheld has no deflator: real terms of the other are known.
    found = reads.spent(frame.assign(is_priced=[True, False]), "1")
    assert (found.note, found.note_real, found.paid_real) == ("[c]", "", 4)
    assert (found.priced, found.unpriced) == ("2022/23", "2023/24")
    # Not known and withheld are two things.
    lost = frame.assign(note=["", ""])
    assert reads.spent(lost, "1").note == "[x]"


# Movements ----------------------------------------------------------------------------


def series(*rows: tuple[float, str]) -> pd.DataFrame:
    """Values by year from 2021/22, each with its basis."""
    return pd.DataFrame(
        [
            {
                "period": pd.Timestamp(2021 + n, 4, 1),
                "value": value,
                "basis": basis,
                "period_label": f"{2021 + n}/{22 + n}",
                "councils": 5 + n,
                "expected": 9,
                "note": "" if value == value else "[x]",
            }
            for n, (value, basis) in enumerate(rows)
        ]
    )


@pytest.mark.parametrize(
    ("key", "rows", "direction", "years"),
    [
        ("profile_outcomes_met", [(5, ""), (6, "")], "better", ("2021/22", "2022/23")),
        ("profile_outcomes_met", [(60, ""), (50, "")], "worse", ("2021/22", "2022/23")),
        ("hours_disrupted", [(6, ""), (NAN, ""), (5, "")], "better", ("2021/22", "2023/24")),
        ("hours_disrupted", [(5, ""), (6, "")], "worse", ("2021/22", "2022/23")),
        ("incidents_reported", [(5, ""), (6, "")], "higher", ("2021/22", "2022/23")),
        ("incidents_reported", [(6, ""), (5, "")], "lower", ("2021/22", "2022/23")),
        ("hours_disrupted", [(5, ""), (5.0001, "")], "same", ("2021/22", "2022/23")),
        ("hours_disrupted", [(NAN, ""), (5, "")], "unknown", ("2022/23", "2022/23")),
        # The latest framework that two years share, not the one year of the next.
        (
            "profile_outcomes_met",
            [(50, "CAF 3.2"), (60, "CAF 3.2"), (40, "CAF 4.0")],
            "better",
            ("2021/22", "2022/23"),
        ),
        (
            "profile_outcomes_met",
            [(50, "CAF 3.2"), (60, "CAF 3.2"), (45, "CAF 4.0"), (40, "CAF 4.0")],
            "worse",
            ("2023/24", "2024/25"),
        ),
    ],
)
def test_a_direction_is_by_polarity_between_years_on_one_basis(demo, key, rows, direction, years):
    found = reads.movement(series(*rows), demo.indicator(key))
    assert found.direction == direction and (found.since, found.until) == years
    assert found.direction in reads.DIRECTIONS
    last = next(row for n, row in enumerate(rows) if f"{2021 + n}/{22 + n}" == years[1])
    assert found.after == last[0]


def test_years_on_another_basis_are_named(demo):
    about = demo.indicator("profile_outcomes_met")
    rows = series((50, "CAF 3.2"), (60, "CAF 3.2"), (40, "CAF 4.0"))
    found = reads.movement(rows, about)
    assert found.warning == "not comparable with 2023/24 on CAF 4.0"
    assert (found.before, found.after, found.councils) == (50, 60, 6)
    assert reads.movement(rows[:2], about).warning == ""


def test_a_measure_that_nobody_knows_has_no_movement(demo):
    about = demo.indicator("profile_outcomes_met")
    found = reads.movement(series((NAN, ""), (NAN, "")), about)
    assert found.direction == "unknown" and pd.isna(found.after)
    assert (found.councils, found.expected) == (0, 9)


def test_money_stands_beside_the_measure_of_the_same_year_and_gaps_stay_gaps():
    rows = pd.DataFrame(
        {
            "period_label": ["2022/23", "2023/24"],
            "awarded": [5.0, 6.0],
            "paid": [4.0, NAN],
            "note": ["", "[c]"],
        }
    )
    found = reads.beside(rows, series((50, "CAF 3.2"), (NAN, "")))
    assert found["period_label"].tolist() == ["2021/22", "2022/23", "2023/24"]
    assert found["awarded"].tolist() == near([NAN, 5, 6], nan_ok=True)
    assert found["value"].tolist() == near([50, NAN, NAN], nan_ok=True)
    assert found["note"].tolist() == ["", "[x]", "[x]"]
    assert found["money_note"].tolist() == ["[x]", "", "[c]"]
    shown = objectives.tabled(found)
    assert shown["Paid (£, cash)"].iloc[1:].tolist() == [4, "[c]"]
    assert pd.isna(shown["Paid (£, cash)"].iloc[0])


def test_a_year_in_which_something_happened_has_a_sign_and_its_words(demo):
    frame = table("""
        period_label | awarded | paid | value | basis
        2022/23      | 5       | 4    | 60    | CAF 3.2
        2023/24      | 0       | 2    | 40    | CAF 3.2
    """)
    events = table("""
        happened_on | title                   | period_label
        2023-04-03  | Fund becomes continuous | 2023/24
    """)
    about = demo.indicator("profile_outcomes_met")
    chart = spend_beside(frame, indicator=about, events=events)
    assert [SIGN in name for name in chart.layout.xaxis.ticktext] == [False, True]
    assert "Fund becomes continuous (April 2023)" in named(chart)
    assert named(spend_beside(frame, indicator=about)) == ""


def test_the_figure_breaks_its_line_where_the_framework_changes(demo):
    frame = table("""
        period_label | awarded | paid | value | basis
        2021/22      |         |      | 50    | CAF 3.2
        2022/23      | 5       | 4    | 60    | CAF 3.2
        2023/24      | 0       | 2    | 40    | CAF 4.0
    """)
    chart = spend_beside(frame, indicator=demo.indicator("profile_outcomes_met"))
    bars, lines = chart.data[:2], chart.data[2:]
    assert [bar.name for bar in bars] == ["Awarded", "Paid"]
    assert list(bars[0].y) == near([NAN, 5, 0], nan_ok=True)
    assert [list(line.x) for line in lines] == [[0, 1], [2]]
    assert all(line.yaxis == "y2" for line in lines)
    with pytest.raises(ValueError, match="no rows"):
        spend_beside(frame[:0], indicator=demo.indicator("profile_outcomes_met"))


# The view -----------------------------------------------------------------------------


def test_the_view_shows_all_five_with_money_direction_and_coverage(shown):
    app = opened("funding_impact", view="Objectives")
    assert failures(app) == []
    drawn, text = figures(app), said(app)
    named = [i for i in shown.indicators if i.objective]
    assert [f.key for f in drawn] == [
        f"objective-{i.key}" for i in sorted(named, key=lambda i: i.objective)
    ]
    assert {i.objective for i in named} == {1, 2, 3, 4, 5}
    for figure, about in zip(drawn, sorted(named, key=lambda i: i.objective), strict=True):
        found = reads.movement(
            marts.series(Reader(shown.path, LOCAL_ANALYST, shown.scope()), about, bucket="year"),
            about,
        )
        assert "changed alongside" in figure.sentence
        assert "does not show that the money brought it about" in figure.sentence
        judged = {"better": "for the better", "worse": "for the worse", "same": "not at all"}[
            found.direction
        ]
        assert judged in figure.sentence
        assert found.since in figure.sentence and found.until in figure.sentence
        assert "of 317 councils" in figure.caption
        for word in ("effect", "because", "led to", "thanks to", "due to"):
            assert word not in figure.sentence
    assert "without an objective named" in text and "no GDP deflator" in text
    assert "Level 1 of 5 on the Maryland scale" in text
    [overview] = [t.value for t in app.table if "Direction" in t.value.columns]
    assert len(overview) == 6 and overview["Objective"].iloc[-1].startswith("None named")
    assert set(overview["Direction"]) <= {*reads.DIRECTIONS.values()}
    assert not {"nan", "NaN"} & set(cells(app))
    assert any("317 councils in scope" in caption for caption in captions(app))


# Disclosure ---------------------------------------------------------------------------


def test_a_council_sees_objectives_of_england_and_no_small_cell(demo):
    viewer = Viewer("council", "E06000001")
    found, whole = money(demo, viewer), money(demo)
    hidden = found["note"] == "[c]"
    assert hidden.any() and not hidden.all()
    assert found.loc[hidden, ["awarded", "paid", "councils"]].isna().all(axis=None)
    open_cells = found[~hidden & (found["councils"] > 0)]
    assert (open_cells["councils"] >= 5).all()
    assert len(found) == len(whole)
    # In a year with something withheld it is two objectives at least, or many councils.
    for _, rows in found[hidden].groupby("period"):
        assert len(rows) > 1
    for narrowed in ({"regions": ("London",)}, {"groups": ("county",)}):
        with pytest.raises(NotAllowedError, match="all of England"):
            money(demo, viewer, **narrowed)


@pytest.mark.parametrize("role", ["programme", "council"])
def test_what_is_withheld_is_never_said_to_be_not_available(demo, shown, monkeypatch, role):
    viewer = Viewer(role, "E09000012" if role == "council" else "")
    frame = money(demo, viewer)
    gone = set(frame.loc[frame["note"] == "[c]", "group_code"])
    assert gone, "nothing is withheld, and so nothing is tried"
    monkeypatch.setattr(store, "viewer", lambda: viewer)
    app = opened("funding_impact", view="Objectives")
    assert failures(app) == []
    whole = app.table[0].value
    assert len([name for name in whole.columns if "£" in name]) == 4
    for _, row in whole.iterrows():
        code = row["Objective"][0] if row["Objective"][0].isdigit() else "0"
        told = [plain(row[name]) for name in whole.columns if "cash" in name]
        assert told == ["[c]", "[c]"] if code in gone else "[c]" not in told
        assert "[x]" not in told
    assert "not known was paid" not in said(app)
    hidden = frame[frame["note"] == "[c]"].groupby("group_code")["period"].count()
    for code, years in hidden.drop("0", errors="ignore").items():
        tables = [f.tables[0] for f in figures(app) if f.title.startswith(f"Objective {code},")]
        assert tables
        for each in tables:
            assert each["Paid (£, cash)"].map(plain).eq("[c]").sum() == years
