"""What changed after funding: by eye on a few councils, and the planted effect."""

import pytest

from analytics.reading import alongside
from analytics.reading.reader import Reader
from analytics.reading.viewer import LOCAL_ANALYST, Viewer
from analytics.words import alongside as said
from tests.support.demo import BY_HAND, PROGRAMME, by_hand, places


# F1 to F5 are first supported in 2022/23, G1 to G5 in 2023/24, the others never.
PLACES = places(F=5, G=5, N=5)
SUPPORT = "\n".join(
    ["gss_code | first_support_on"]
    + [f"F{n} | 2022-06-15" for n in range(1, 6)]
    + [f"G{n} | 2024-03-31" for n in range(1, 6)]
    + [f"N{n} | " for n in range(1, 6)]
)
YEARS = {
    "F": {2021: 10, 2022: 30, 2023: 50},
    "G": {2021: 20, 2022: 24, 2023: 40},
    "N": {2021: 20, 2022: 26, 2023: 28},
}


def values(percent: dict[str, dict[int, int]] = YEARS, rank: int = 3, **extra) -> str:
    """The same percentage in every council of a kind, but those named."""
    lines = ["gss_code | period | numerator | denominator | share_rank"]
    for kind, years in percent.items():
        for n in range(1, 6):
            code = f"{kind}{n}"
            lines += [
                f"{code} | {year}-04-01 | {extra.get(code, {}).get(year, value)} | 100 | {rank}"
                for year, value in years.items()
            ]
    return "\n".join(lines)


@pytest.fixture
def change(tmp_path):
    """A maker of the steps by year since support, from a warehouse of a few rows."""

    def made(viewer: Viewer = LOCAL_ANALYST, **tables: str) -> alongside.Change:
        tables = {"councils": PLACES, "support": SUPPORT, "values": values()} | tables
        path, about = by_hand(tmp_path / "made.duckdb", timing="state", **tables)
        return alongside.change_since_support(Reader(path, viewer, BY_HAND), about)

    return made


def steps(found: alongside.Change) -> dict[int, tuple]:
    """Change of the funded, of the others, and how many, by years since support."""
    rows = found.steps[["step", "change", "other_change", "councils", "other_councils"]]
    return {int(row[0]): tuple(row[1:]) for row in rows.round(6).to_numpy()}


def test_a_mean_change_is_that_of_both_cohorts_each_since_its_own_year_before(change):
    found = steps(change())
    # First year: F rose 20 (10 to 30) and G 16 (24 to 40), five councils each: 18.
    # Beside F stand G and N, up 4 and 6: 5. Beside G only N, up 2. Their mean is 3.5.
    assert found[0] == (18, 3.5, 10, 10)


def test_a_second_year_is_that_of_the_only_cohort_that_has_one(change):
    # F is 40 up on the year before support; beside it N is 8 up, G is funded by now.
    assert steps(change())[1] == (40, 8, 5, 5)


def test_everyone_stands_at_zero_in_the_year_before_support(change):
    assert steps(change())[-1][:2] == (0, 0)


def test_the_year_before_that_shows_whether_the_sides_already_differed(change):
    # G fell from its year before, 24, back to 20 in 2021/22: -4. N went 26 to 20: -6.
    # F cannot stand beside G before it either: it was supported by 2023/24.
    assert steps(change())[-2] == (-4, -6, 5, 5)


def test_sides_of_four_are_left_out(change):
    fewer = "\n".join(line for line in values().splitlines() if "F5" not in line)
    found = change(values=fewer)
    assert set(steps(found)) == {-2, -1, 0}
    assert steps(found)[0][2] == 9


def test_one_council_moves_the_mean_by_a_fifth_of_what_it_moved(change):
    found = steps(change(values=values(F1={2021: 10, 2022: 30, 2023: 100})))
    assert found[1][0] == 50  # four of 40 and one of 90


def test_the_lines_of_the_chart_are_both_sides_of_every_step(change):
    lines = change().lines
    assert set(lines["group_label"]) == {alongside.FUNDED, alongside.OTHERS}
    funded = lines[lines["group_label"] == alongside.FUNDED].set_index("quarter")["value"]
    assert funded[[-1, 0, 1]].round(6).tolist() == [0, 18, 40]


def test_the_sentence_tells_both_sides_and_where_each_began(change):
    words = said.alongside_sentence(change())
    assert words == (
        "1 year after first support, funded councils: up 40.0 percentage points "
        "(5 councils). Councils not funded by then, over the same time: up 8.0 "
        "percentage points. Funded councils started at 10.0%, the others at 20.0%."
    )


def test_with_too_few_councils_the_sentence_says_so_and_nothing_is_drawn(change):
    found = change(values=values({"F": YEARS["F"]}))
    assert found.lines.empty
    assert said.alongside_sentence(found) == "Too few councils on both sides to say what changed."


def test_rows_kept_to_the_council_are_left_out_for_another_council(change):
    assert change(Viewer("council", "N1"), values=values(rank=1)).lines.empty


def test_the_design_says_its_level_and_claims_no_effect():
    assert "level 2 of 5 on the Maryland scale" in said.DESIGN
    assert "not the effect of funding" in said.DESIGN


@pytest.fixture(scope="module")
def planted(demo) -> alongside.Change:
    about = demo.indicator("comparable_outcomes_achieved")
    return alongside.change_since_support(Reader(demo.path, LOCAL_ANALYST, demo.scope()), about)


def test_two_years_on_funded_councils_rose_more_as_the_demonstration_plants(planted):
    found = steps(planted)[alongside.YEARS_ON]
    assert found[0] - found[1] > 3, "percentage points, funded less others"
    assert said.alongside_sentence(planted).startswith(
        "2 years after first support, funded councils: up"
    )


def test_the_effect_was_not_there_before_support_and_grows_after_it(planted):
    gap = {step: row[0] - row[1] for step, row in steps(planted).items()}
    assert abs(gap[-2]) < gap[2] / 2
    assert gap[0] < gap[1] < gap[2]


def test_funded_councils_started_lower_for_support_went_to_those_in_need(planted):
    assert (planted.steps["before"] < planted.steps["other_before"]).all()


def test_every_side_of_every_step_has_five_councils_or_more(demo):
    for viewer in (LOCAL_ANALYST, PROGRAMME):
        for about in demo.indicators:
            found = alongside.change_since_support(Reader(demo.path, viewer, demo.scope()), about)
            assert (found.steps[["councils", "other_councils"]] >= 5).all(axis=None)
