"""The rule that keeps one council's results from others: attempts to break it.

Share levels from most private: own_only 1, peers_anonymised 2, programme 3, public 4.
Where an attempt succeeds the test is marked as failing and names the leak.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

import duckdb
import numpy as np
import pandas as pd
import pytest

from analytics.maturity.actions import reads as actions_reads
from analytics.maturity.movement import reads as movement_reads
from analytics.maturity.outcomes import reads as maturity
from analytics.maturity.standing import reads as standing_reads
from analytics.maturity.systems import reads as improvement
from analytics.maturity.trust import reads as trust_reads
from analytics.reading import caf, lookups, marts
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError, Viewer
from settings import ROOT
from tests.support.demo import PROGRAMME, places
from tests.support.maturity_marts import (
    COLUMNS,
    YEAR,
    YEARS,
    a_row_each,
    councils_of,
    many,
    numbered,
    warehouse_of,
)


OWN = "A1"
COUNCIL = Viewer("council", OWN)
# What a row may say although it is withheld: which cell it is, and who could be in it.
TOLD = {
    "group_code",
    "group_label",
    "group_order",
    "code_order",
    "sort_order",
    "period",
    "period_label",
    "caf_version",
    "version_before",
    "code",
    "name",
    "principle_code",
    "principle",
    "part",
    "level",
    "level_before",
    "required",
    "note",
    "councils",
    "expected",
    "as_at",
}
Read = Callable[..., pd.DataFrame]

# Reads that take a way of grouping; those that give England (or what is chosen) alone,
# which a council may not narrow; and those that it has of itself alone.
BY: dict[str, Read] = {
    "outcomes": maturity.outcomes,
    "principles": lambda reader, **how: maturity.outcomes(reader, unit="principle", **how),
    "states": caf.states,
    "reviews": lambda reader, **how: trust_reads.reviews(reader, unit="principle", **how),
    "all reviews": lambda reader, **how: trust_reads.reviews(reader, unit="all", **how),
    "moves": movement_reads.moves,
    "moves of outcomes": lambda reader, **how: movement_reads.moves(reader, unit="outcome", **how),
    "rebased": trust_reads.rebased,
    "systems": lambda reader, **how: improvement.systems(reader, attribute="hosting", **how),
}
WHOLE: dict[str, Read] = {
    "stages": standing_reads.stages,
    "blockers": standing_reads.blockers,
    "shares": lambda reader: improvement.system_shares(reader, attribute="hosting"),
    "suppliers": improvement.suppliers,
    "actions": actions_reads.actions,
    "actions by principle": lambda reader: actions_reads.actions(reader, unit="principle"),
    "gaps": lambda reader: caf.gaps(reader, unit="principle"),
    "all gaps": lambda reader: caf.gaps(reader, unit="all"),
}
BY_OUTCOME: dict[str, Read] = {
    "actions by outcome": lambda reader: actions_reads.actions(reader, unit="outcome"),
    "gaps by outcome": caf.gaps,
    "reviews by outcome": trust_reads.reviews,
}
GROUPS = BY | WHOLE
ALL = GROUPS | BY_OUTCOME


@pytest.fixture
def made(tmp_path):
    """A maker of warehouses in this test's folder."""
    return lambda **tables: warehouse_of(tmp_path / "made.duckdb", **tables)


@pytest.fixture(scope="module")
def sized(tmp_path_factory):
    """A maker of warehouses with a row of every mart for councils A1, A2 …, B1 and so
    on, each made once."""
    folder, kept = tmp_path_factory.mktemp("sized"), {}

    def make(level: int = 2, **sizes: int) -> str:
        key = f"{level}-{sizes}"
        if key not in kept:
            codes = [one for region in sizes for one in numbered(region, sizes[region])]
            kept[key] = warehouse_of(
                folder / f"{len(kept)}.duckdb",
                councils=places(**sizes),
                **a_row_each(codes, share_rank=level),
            )
        return kept[key]

    return make


def hidden(frame: pd.DataFrame) -> set[str]:
    """Groups withheld, of which nothing that was counted may be left."""
    withheld = frame[frame["note"] == "[c]"]
    counted = withheld[[name for name in frame if name not in TOLD]]
    assert counted.isna().all(axis=None), counted.dropna(axis=1, how="all")
    return set(withheld["group_code"])


def is_shown(frame: pd.DataFrame) -> bool:
    """Whether any count of a group can be read."""
    return bool((frame["note"] != "[c]").any() and frame["numerator"].notna().any())


def ask(read: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """What a read gives; nothing where it refuses."""
    try:
        return read()
    except NotAllowedError:
        return pd.DataFrame({"group_code": [], "numerator": [], "note": []})


def of(scope: Scope, **narrowed: tuple[str, ...]) -> Scope:
    """The scope narrowed to regions, groups or councils."""
    return replace(scope, **narrowed)


def leak(what: str) -> pytest.MarkDecorator:
    """A test that fails because of a leak; once it is closed this has to go."""
    return pytest.mark.xfail(strict=True, raises=AssertionError, reason=f"Leak: {what}")


def leaking(what: str, reads: Iterable[str], leaks: Iterable[str]) -> list:
    """Reads to test, those that leak marked."""
    return [pytest.param(name, marks=[leak(what)] if name in leaks else []) for name in reads]


# Small groups -------------------------------------------------------------------------


@pytest.mark.parametrize("name", GROUPS)
def test_five_councils_are_shown_and_four_are_withheld(sized, name):
    shown = GROUPS[name](Reader(sized(A=5), Viewer("council", "Z1"), YEAR))
    assert len(shown)
    assert hidden(shown) == set()
    assert shown["numerator"].notna().all()
    found = GROUPS[name](Reader(sized(A=4), Viewer("council", "Z1"), YEAR))
    assert hidden(found) == set(found["group_code"])
    # That there is a stage, a supplier or a gap would tell that some council has it.
    assert found.empty == (name in WHOLE)


@pytest.mark.parametrize("name", BY)
def test_the_next_smallest_region_goes_with_one_that_is_withheld(sized, name):
    path = sized(A=9, B=5, C=2)
    assert hidden(BY[name](Reader(path, COUNCIL, YEAR), by="region")) == {"B", "C"}
    assert hidden(BY[name](Reader(path, LOCAL_ANALYST, YEAR), by="region")) == set()


@pytest.mark.parametrize("name", ALL)
def test_the_programme_team_sees_no_four_councils_that_keep_to_themselves(sized, name):
    found = ALL[name](Reader(sized(level=2, A=4), PROGRAMME, YEAR))
    assert hidden(found) == set(found["group_code"])
    # A supplier at four councils is named to nobody, and so has no row.
    assert found.empty == (name == "suppliers")


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> str:
    """Five councils that share, and A6 that keeps to itself."""
    rows = a_row_each(numbered("A", 5), share_rank=2)
    own = a_row_each(["A6"], share_rank=1)
    return warehouse_of(
        tmp_path_factory.mktemp("kept") / "made.duckdb",
        councils=places(A=6),
        **{mart: rows[mart] + own[mart] for mart in rows},
    )


@pytest.mark.parametrize("name", GROUPS)
def test_rows_kept_to_the_council_count_for_no_other_council(sized, kept, name):
    found, without = (
        GROUPS[name](Reader(path, COUNCIL, YEAR)).drop(columns="expected", errors="ignore")
        for path in (kept, sized(A=5))
    )
    pd.testing.assert_frame_equal(found, without)
    own = GROUPS[name](Reader(kept, Viewer("council", "A6"), YEAR))
    assert (own["councils"].dropna() == 6).all()


@pytest.mark.parametrize("name", ALL)
def test_a_council_sees_itself_alone(sized, name):
    found = ALL[name](Reader(sized(level=1, A=3), COUNCIL, of(YEAR, councils=(OWN,))))
    assert hidden(found) == set()
    assert (found["councils"] == 1).all()
    assert len(found) or name == "suppliers"


@pytest.mark.parametrize("name", BY)
def test_by_council_a_council_has_its_own_line_and_no_other(sized, name):
    path = sized(level=3, A=9)
    for scope in (YEAR, of(YEAR, regions=("A",)), of(YEAR, groups=("unitary",))):
        found = BY[name](Reader(path, COUNCIL, scope), by="council")
        assert set(found["group_code"]) == {OWN}


@pytest.fixture(scope="module")
def four_levels(tmp_path_factory) -> str:
    """A1 keeps to itself, A2 is counted, A3 is for the programme and A4 is public."""
    return warehouse_of(
        tmp_path_factory.mktemp("levels") / "made.duckdb",
        councils=places(A=4),
        **full_rows({"A1": 1, "A2": 2, "A3": 3, "A4": 4}),
    )


@pytest.mark.parametrize("name", BY)
def test_by_council_the_programme_team_reads_values_of_its_level(four_levels, name):
    found = BY[name](Reader(four_levels, PROGRAMME, YEAR), by="council")
    assert hidden(found) == {"A1", "A2"}
    assert set(found["group_code"]) == {"A1", "A2", "A3", "A4"}


@pytest.mark.parametrize(
    ("name", "mart", "cells"),
    [
        ("outcomes", "profile_outcomes", {"level": None}),
        ("moves", "moves", {"level": None, "level_before": 2}),
    ],
)
def test_that_nothing_is_known_of_a_council_is_its_own_too(made, name, mart, cells):
    rows = many(numbered("A", 6), share_rank=1, **cells)
    path = made(councils=places(A=6), **{mart: rows})
    found = BY[name](Reader(path, PROGRAMME, YEAR), by="council")
    assert hidden(found) == set(numbered("A", 6))


# What is withheld says nothing --------------------------------------------------------


TWO = ["C1", "C2"]
OTHERWISE: dict[str, dict] = {
    "profile_outcomes": {"level": 1, "self_level": 1, "review_level": 3},
    "profile_results": {"met": 9, "is_profile_met": True},
    "completeness": {"is_complete": True, "missing_systems": 4},
    "moves": {"level_before": 3, "level": 1},
    "rebased": {"lost": 7, "met_after": 0},
    "systems": {"hosting": "Hybrid", "supplier_name": "Tiny", "is_legacy": True},
    "system_results": {"hosting_type": "hybrid", "met": 0, "assessed": 9},
    "caf_stages": {"stage": "assure", "blocker": "Skills"},
    "actions": {"outcome_code": "B2.a", "action_status": "Done", "is_open": False},
    "gaps": {"outcome_code": "B2.a", "is_answered": 1},
}


@pytest.fixture(scope="module")
def told_otherwise(tmp_path_factory) -> str:
    """Nine councils of A as ever, and two of C of which everything is another."""
    rows = a_row_each(numbered("A", 9), share_rank=2)
    for mart, cells in OTHERWISE.items():
        usual = a_row_each(TWO, share_rank=2)[mart]
        rows[mart] += [row | cells for row in usual]
    path = tmp_path_factory.mktemp("otherwise") / "made.duckdb"
    return warehouse_of(path, councils=places(A=9, C=2), **rows)


@pytest.mark.parametrize(
    "name",
    leaking(
        "the rows that there are tell a part, although their numbers are withheld", BY, ["systems"]
    ),
)
def test_a_group_that_is_withheld_reads_the_same_whatever_it_holds(sized, told_otherwise, name):
    two = of(YEAR, regions=("C",))
    one, other = (
        BY[name](Reader(path, COUNCIL, two)) for path in (sized(A=9, C=2), told_otherwise)
    )
    pd.testing.assert_frame_equal(one, other)


# Nine councils have one thing, five another and two a third.
FEW = (numbered("A", 9), numbered("B", 5), ["C1", "C2"])


def three_of(column: str, *values: str) -> list[dict]:
    """Rows of the nine, the five and the two councils, each with its value."""
    return [
        row
        for codes, value in zip(FEW, values, strict=True)
        for row in many(codes, share_rank=2, **{column: value})
    ]


SPREAD = {
    "stages": ("caf_stages", "stage", ("prepare", "assure", "plan")),
    "blockers": ("caf_stages", "blocker", ("Skills", "Budget", "Time")),
    "shares": ("system_results", "hosting_type", ("cloud", "hybrid", "on_premises")),
    "suppliers": ("systems", "supplier_name", ("Big", "Middling", "Tiny")),
    "actions by principle": ("actions", "outcome_code", ("A1.a", "B2.a", "C1.a")),
    "gaps": ("gaps", "outcome_code", ("A1.a", "B2.a", "C1.a")),
}


@pytest.mark.parametrize("name", SPREAD)
def test_what_few_councils_have_and_the_next_smallest_have_no_row(made, name):
    mart, column, values = SPREAD[name]
    rows = three_of(column, *values)
    if name == "shares":
        rows = [row | {"met": 1, "assessed": 2} for row in rows]
    path = made(councils=places(A=9, B=5, C=2), **{mart: rows})
    found = WHOLE[name](Reader(path, COUNCIL, YEAR))
    assert found["councils"].unique().tolist() == [9]
    assert found["note"].unique().tolist() == [""]
    assert found["group_code"].nunique() == 1
    # Whoever sees everything has a row of two councils, but no supplier is named by it.
    everything = WHOLE[name](Reader(path, LOCAL_ANALYST, YEAR))
    assert everything["group_code"].nunique() == (2 if name == "suppliers" else 3)


# A choice that leaves few -------------------------------------------------------------


@pytest.mark.parametrize("name", BY)
def test_a_region_withheld_among_regions_is_withheld_when_chosen_alone(sized, name):
    path = sized(A=9, B=5, C=2)
    for region, way in (("B", "england"), ("B", "region"), ("B", "type"), ("C", "england")):
        found = BY[name](Reader(path, COUNCIL, of(YEAR, regions=(region,))), by=way)
        assert hidden(found) == set(found["group_code"])


@pytest.mark.parametrize("name", ALL)
def test_a_council_narrows_what_overlaps_to_no_region_or_type(by_type, name):
    """England less the regions or types shown would be the two that are not."""
    scopes = [of(YEAR, regions=("A",))]
    scopes += [of(YEAR, groups=(kind,)) for kind in ("district", "unitary", "county")]
    for scope in scopes:
        # The two counties' supplier is named to nobody.
        seen = name != "suppliers" or scope.groups != ("county",)
        assert is_shown(ALL[name](Reader(by_type, LOCAL_ANALYST, scope))) == seen
        if name not in BY:
            with pytest.raises(NotAllowedError, match=r"Clear the|by principle"):
                ALL[name](Reader(by_type, COUNCIL, scope))
    if name not in BY_OUTCOME:
        assert is_shown(ALL[name](Reader(by_type, COUNCIL, YEAR)))


@pytest.fixture(scope="module")
def by_type(tmp_path_factory) -> str:
    """Nine districts, five unitary councils and two counties."""
    lines = [f"{code} | A | district" for code in numbered("A", 9)]
    lines += [f"{code} | A | unitary" for code in numbered("B", 5)]
    lines += [f"{code} | A | county" for code in numbered("C", 2)]
    codes = [line.split(" | ")[0] for line in lines]
    path = tmp_path_factory.mktemp("types") / "made.duckdb"
    return warehouse_of(path, councils=councils_of(*lines), **a_row_each(codes, share_rank=2))


@pytest.mark.parametrize("name", BY)
def test_a_type_withheld_among_types_is_withheld_when_chosen_alone(by_type, name):
    among = BY[name](Reader(by_type, COUNCIL, YEAR), by="type")
    assert hidden(among) == {"unitary", "county"}
    for kind in ("unitary", "county"):
        found = BY[name](Reader(by_type, COUNCIL, of(YEAR, groups=(kind,))))
        assert hidden(found) == {"England"}


CLOSELY = [
    {"regions": ("A",), "groups": ("unitary",)},
    {"regions": ("A", "B")},
    {"groups": ("unitary", "county")},
    {"councils": ("A2",)},
    {"councils": ("A2", OWN)},
    {"councils": ("A2",), "regions": ("A",)},
    {"peers_of": "A2"},
    {"peers_of": OWN},
    {"peers_of": OWN, "councils": ("A2",)},
]


@pytest.mark.parametrize("name", [*GROUPS, "councils", "beside"])
def test_a_council_may_not_choose_councils_closely(crowd, name):
    others = {
        "councils": caf.councils,
        "beside": lambda reader: maturity.principles_beside_peers(reader, OWN, tuple(NEAR)),
    }
    read = (GROUPS | others)[name]
    for narrowed in CLOSELY:
        with pytest.raises(NotAllowedError):
            read(Reader(crowd, COUNCIL, of(YEAR, **narrowed)))
    assert len(read(Reader(crowd, COUNCIL, YEAR)))


NEAR = ["A2", "B1", "B2", "B3", "B4"]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory) -> str:
    """Nine councils of A and of B; A1 and A2 have five neighbours each."""
    path = tmp_path_factory.mktemp("crowd") / "made.duckdb"
    codes = numbered("A", 9) + numbered("B", 9)
    return warehouse_of(
        path,
        councils=places(A=9, B=9),
        neighbours={OWN: NEAR, "A2": ["A1", "A3", "A4", "B1", "B2"]},
        **a_row_each(codes, share_rank=2),
    )


@pytest.mark.parametrize("name", BY)
def test_a_part_that_a_small_region_has_not_does_not_give_it_away(sized, name):
    """Every cell that any region has is judged with the same regions withheld."""
    path = sized(A=9, B=5, C=2)
    frame = BY[name](Reader(path, COUNCIL, YEAR), by="region")
    told = frame.groupby("group_code")["note"].agg(set)
    assert told.map(len).eq(1).all()


@leak("B goes only where C has systems too: elsewhere its total shows, and C's with it")
def test_systems_of_two_councils_do_not_follow_from_another_kind(made):
    # C has none on premises; so B is shown there, with the total of all its systems.
    rows = many(numbered("A", 9) + numbered("B", 5) + numbered("C", 2), share_rank=2) + many(
        numbered("A", 3) + numbered("B", 3), share_rank=2, hosting="On premises"
    )
    path = made(councils=places(A=9, B=5, C=2), systems=rows)
    england = BY["systems"](Reader(path, COUNCIL, YEAR))
    regions = BY["systems"](Reader(path, COUNCIL, YEAR), by="region")
    totals = regions.dropna(subset="denominator").groupby("group_code")["denominator"]
    assert england["denominator"].iloc[0] - totals.max().sum() != 2


# Peers --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GROUPS)
def test_a_council_may_look_among_its_own_neighbours(crowd, name):
    scope = replace(YEAR, councils=tuple(NEAR), peers_of=OWN)
    found = GROUPS[name](Reader(crowd, COUNCIL, scope))
    assert is_shown(found)
    assert (found["councils"] == 5).all()
    for way in ("region", "type"):
        if name in BY:
            across = BY[name](Reader(crowd, COUNCIL, scope), by=way)
            assert hidden(across) == set(across["group_code"])


def peers_of(made, near: list[str], councils: str, rows: dict[str, list], **named):
    """A warehouse in which A1 has these neighbours, and the scope of them."""
    path = made(councils=councils, neighbours={OWN: near}, **rows)
    return path, replace(YEAR, councils=tuple(near), peers_of=OWN)


def test_neighbours_that_are_nearly_all_of_the_region_are_refused(made):
    near = numbered("A", 6, first=2)
    rows = a_row_each(numbered("A", 8) + numbered("B", 8), share_rank=2)
    # All of A but A8: the region less the neighbours and oneself is A8.
    path, scope = peers_of(made, near, places(A=8, B=8), rows)
    for read in GROUPS.values():
        with pytest.raises(NotAllowedError, match="nearly all"):
            read(Reader(path, COUNCIL, scope))
        assert is_shown(read(Reader(path, LOCAL_ANALYST, scope)))


def test_neighbours_that_are_nearly_all_of_the_type_are_refused(made):
    lines = [f"A{n} | {'AB'[n % 2]} | county" for n in range(1, 9)]
    lines += [f"C{n} | {'AB'[n % 2]} | unitary" for n in range(1, 20)]
    codes = [line.split(" | ")[0] for line in lines]
    rows = a_row_each(codes, share_rank=2)
    path, scope = peers_of(made, numbered("A", 6, first=2), councils_of(*lines), rows)
    with pytest.raises(NotAllowedError, match="nearly all"):
        maturity.outcomes(Reader(path, COUNCIL, scope))


@leak("councils left are counted whether or not they have a figure that counts")
def test_neighbours_that_are_nearly_all_with_a_figure_are_refused(made):
    # Five are left besides the neighbours, and four of them keep to themselves.
    near = numbered("A", 6, first=2)
    rows = a_row_each(numbered("A", 8), share_rank=2)
    kept = a_row_each(numbered("A", 4, first=9), share_rank=1)
    rows = {mart: rows[mart] + kept[mart] for mart in rows}
    path, scope = peers_of(made, near, places(A=12, B=1), rows)
    region = maturity.outcomes(Reader(path, COUNCIL, of(YEAR, regions=("A",))))
    among = ask(lambda: maturity.outcomes(Reader(path, COUNCIL, scope)))
    # The region is A1 to A8 and the neighbours A2 to A7: what is left is A8.
    assert not (is_shown(region) and is_shown(among))


@leak("neighbours are not compared with the councils of England that have a figure")
def test_neighbours_that_are_nearly_all_of_england_are_refused(made):
    # Few have been assessed, as in a pilot: those of England less peers are one.
    near = [*numbered("A", 3, first=2), *numbered("B", 3)]
    rows = a_row_each([OWN, *near, "B4"], share_rank=2)
    path, scope = peers_of(made, near, places(A=20, B=20), rows)
    england = maturity.outcomes(Reader(path, COUNCIL, YEAR))
    among = ask(lambda: maturity.outcomes(Reader(path, COUNCIL, scope)))
    assert not (is_shown(england) and is_shown(among)), "England less peers is B4"


@leak("neighbours are compared with one's own region and type, and with no other")
def test_neighbours_that_are_nearly_all_of_another_region_are_refused(made):
    near = numbered("B", 6)
    rows = a_row_each(numbered("A", 9) + numbered("B", 7), share_rank=2)
    path, scope = peers_of(made, near, places(A=9, B=7), rows)
    region = maturity.outcomes(Reader(path, COUNCIL, of(YEAR, regions=("B",))))
    among = ask(lambda: maturity.outcomes(Reader(path, COUNCIL, scope)))
    assert not (is_shown(region) and is_shown(among)), "region B less peers is B7"


@leak("neighbours that hold a whole region and one council more are allowed")
def test_neighbours_that_are_a_region_and_one_more_are_refused(made):
    near = [*numbered("B", 6), "A2"]
    rows = a_row_each(numbered("A", 9) + numbered("B", 6), share_rank=2)
    path, scope = peers_of(made, near, places(A=9, B=6), rows)
    region = maturity.outcomes(Reader(path, COUNCIL, of(YEAR, regions=("B",))))
    among = ask(lambda: maturity.outcomes(Reader(path, COUNCIL, scope)))
    assert not (is_shown(region) and is_shown(among)), "peers less region B is A2"


# Differences of two units -------------------------------------------------------------


@pytest.mark.parametrize("name", BY_OUTCOME)
def test_by_outcome_a_council_has_its_own_reviews_gaps_and_actions_alone(crowd, name):
    """A principle less its outcomes shown would be the outcome withheld."""
    read = BY_OUTCOME[name]
    among = replace(YEAR, councils=tuple(NEAR), peers_of=OWN)
    for scope in (YEAR, YEARS, among, of(YEAR, councils=(OWN, "A2"))):
        with pytest.raises(NotAllowedError, match="by principle"):
            read(Reader(crowd, COUNCIL, scope))
    with pytest.raises(NotAllowedError):
        read(Reader(crowd, COUNCIL, of(YEAR, councils=("A2",))))
    own = read(Reader(crowd, COUNCIL, of(YEAR, councils=(OWN,))))
    assert own["denominator"].tolist() == [1]
    assert read(Reader(crowd, PROGRAMME, YEAR))["denominator"].tolist() == [18]


@pytest.mark.parametrize(("read", "mart"), [(caf.gaps, "gaps"), (actions_reads.actions, "actions")])
def test_two_small_groups_of_the_same_councils_take_a_third_with_them(made, read, mart):
    three = numbered("A", 3, first=2)
    rows = [
        *many(three, share_rank=2),
        *many(three, outcome_code="B1.a", share_rank=2),
        *many(numbered("A", 6, first=3), outcome_code="C1.a", share_rank=2),
    ]
    path = made(councils=places(A=9), **{mart: rows})
    # All less C1 would be what three councils have.
    assert read(Reader(path, COUNCIL, YEAR), unit="all")["denominator"].tolist() == [12]
    assert read(Reader(path, COUNCIL, YEAR), unit="principle").empty
    assert len(read(Reader(path, LOCAL_ANALYST, YEAR), unit="principle")) == 3


@pytest.mark.parametrize("unit", ["all", "principle"])
def test_by_principle_or_in_all_four_councils_stay_withheld(sized, unit):
    path = sized(A=4)
    viewer = Viewer("council", "Z1")
    for read in (trust_reads.reviews, movement_reads.moves):
        found = read(Reader(path, viewer, YEAR), unit=unit)
        assert len(found)
        assert hidden(found) == set(found["group_code"])
    for read in (caf.gaps, actions_reads.actions):
        assert read(Reader(path, viewer, YEAR), unit=unit).empty
        assert len(read(Reader(path, LOCAL_ANALYST, YEAR), unit=unit)) == 1


# Differences of two versions, years and profiles --------------------------------------


@leak("all reviews less those on 4.0 are those of the one council on 3.2")
def test_all_reviews_less_those_on_one_version_are_not_one_council(made):
    level = {"level": 3, "self_level": 3, "share_rank": 2}
    rows = many(numbered("A", 6, first=2), review_level=3, **level) + many(
        ["A8"], caf_version="3.2", review_level=1, **level
    )
    path = made(councils=places(A=9), profile_outcomes=rows)
    whole = trust_reads.reviews(Reader(path, COUNCIL, YEAR), unit="all")["numerator"].sum()
    versions = trust_reads.reviews(Reader(path, COUNCIL, YEAR), unit="principle")
    assert set(versions["note"]) == {"", "[c]"}
    # One outcome is flattered, and it is A8's.
    assert whole - versions["numerator"].sum() != 1


@leak("outcomes met in all less those of 4.0 are those of the one council on 3.2")
def test_states_less_outcomes_of_one_version_are_not_one_council(made):
    sixth = numbered("A", 6, first=2)
    both = [*sixth, "A8"]
    path = made(
        councils=places(A=9),
        completeness=many(both, share_rank=2),
        profile_results=many(both, met=1, below=0, share_rank=2),
        profile_outcomes=many(sixth, level=3, share_rank=2)
        + many(["A8"], caf_version="3.2", level=3, share_rank=2),
    )
    whole = caf.states(Reader(path, COUNCIL, YEAR))["met"].sum()
    shown = maturity.outcomes(Reader(path, COUNCIL, YEAR))["numerator"].sum()
    assert whole - shown != 1, "what is left is A8's result"


@leak("outcomes met in all less those of councils that came from 3.2 are the rest's")
def test_states_less_what_was_rebased_is_not_one_council(made):
    moved = numbered("A", 6, first=2)
    both = [*moved, "A8"]
    path = made(
        councils=places(A=9),
        completeness=many(both, share_rank=2),
        profile_results=many(both, met=10, below=1, share_rank=2),
        rebased=many(moved, met_after=10, assessed_after=11, share_rank=2),
    )
    whole = caf.states(Reader(path, COUNCIL, YEAR))["met"].sum()
    rebased = trust_reads.rebased(Reader(path, COUNCIL, YEAR))["met_after"].sum()
    assert whole - rebased != 10, "what is left is A8's result"


REVIEWED = {"level": 3, "self_level": 3, "review_level": 2}


def two_years(made, mart: str, **cells: object) -> str:
    """Rows of six councils now, and of two others the year before."""
    now = many(numbered("A", 6, first=2), share_rank=2, **cells)
    before = many(["A8", "A9"], share_rank=2, period="2023-04-01", created_on="2023-06-01", **cells)
    return made(councils=places(A=9), **{mart: now + before})


@pytest.mark.parametrize("name", ["reviews", "all reviews"])
def test_reviews_are_of_the_last_year_that_a_council_chooses(made, name):
    """Two years less one would be the two councils of the other."""
    path = two_years(made, "profile_outcomes", **REVIEWED)
    for scope in (YEARS, YEAR):
        assert GROUPS[name](Reader(path, COUNCIL, scope))["denominator"].tolist() == [6]
    assert GROUPS[name](Reader(path, LOCAL_ANALYST, YEARS))["denominator"].tolist() == [8]


@pytest.mark.parametrize(
    ("name", "mart"),
    [
        ("gaps", "gaps"),
        ("all gaps", "gaps"),
        ("actions", "actions"),
        ("actions by principle", "actions"),
    ],
)
def test_gaps_and_actions_are_of_all_years_whatever_a_council_chooses(made, name, mart):
    path = two_years(made, mart)
    for scope in (YEARS, YEAR, YEAR.within(date(2015, 4, 1), date(2016, 3, 1))):
        found = GROUPS[name](Reader(path, COUNCIL, scope))
        assert found["denominator"].tolist() == [8]
    assert GROUPS[name](Reader(path, LOCAL_ANALYST, YEAR))["denominator"].tolist() == [6]
    # Of itself alone a council chooses the years.
    own = Viewer("council", "A8")
    for scope, rows in ((YEARS, 1), (YEAR, 0)):
        assert len(GROUPS[name](Reader(path, own, of(scope, councils=("A8",))))) == rows


SERIES = ("outcomes", "states", "moves", "rebased")


@pytest.mark.parametrize("name", SERIES)
def test_every_year_of_a_range_is_judged_by_itself(made, name):
    now = a_row_each(numbered("A", 6, first=2), share_rank=2)
    before = a_row_each(["A8", "A9"], share_rank=2, period="2023-04-01")
    rows = {mart: now[mart] + before[mart] for mart in now}
    found = BY[name](Reader(made(councils=places(A=9), **rows), COUNCIL, YEARS))
    assert found["note"].tolist() == ["[c]", ""]
    assert hidden(found) == {"England"}


def test_two_profiles_count_the_same_councils(made):
    # Another profile asks for more outcomes of the same councils; nobody drops out.
    codes = numbered("A", 6)
    rows = many(codes, level=2, required=2, share_rank=2) + [
        row
        for outcome, required in (("A1.a", 3), ("A1.b", 3))
        for row in many(
            codes, profile="other", outcome_code=outcome, level=2, required=required, share_rank=2
        )
    ]
    path = made(councils=places(A=6), profile_outcomes=rows)
    one = maturity.outcomes(Reader(path, COUNCIL, YEAR), unit="principle")
    two = maturity.outcomes(Reader(path, COUNCIL, replace(YEAR, profile="other")), unit="principle")
    assert one["numerator"].tolist() == [6]
    assert two["numerator"].tolist() == [0]
    assert (one["councils"] == 6).all()
    assert (two["councils"] == 6).all()


@leak("a profile that lists one version alone leaves out the one council on the other")
def test_two_profiles_of_different_versions_do_not_tell_one_council(made):
    level = {"level": 3, "self_level": 3, "share_rank": 2}
    usual = [
        *many(numbered("A", 6, first=2), review_level=3, **level),
        *many(["A8"], caf_version="3.2", review_level=1, **level),
    ]
    narrow = many(numbered("A", 6, first=2), profile="own", review_level=3, **level)
    path = made(councils=places(A=9), profile_outcomes=usual + narrow)
    both = [
        trust_reads.reviews(Reader(path, COUNCIL, replace(YEAR, profile=name)), unit="all")
        for name in ("baseline", "own")
    ]
    assert both[0]["numerator"].sum() - both[1]["numerator"].sum() != 1


# One council behind a figure of many --------------------------------------------------


def test_a_share_of_one_known_level_among_five_is_withheld(made):
    rows = many(numbered("A", 4, first=3), level=None, share_rank=2)
    rows += many(["A2"], level=3, share_rank=2)
    path = made(councils=places(A=9), profile_outcomes=rows)
    found = maturity.outcomes(Reader(path, COUNCIL, YEAR))
    assert found["value"].isna().all(), "the share is A2's level"


def test_a_move_of_one_council_among_five_is_withheld(made):
    rows = many(numbered("A", 4, first=3), level=None, level_before=2, share_rank=2)
    rows += many(["A2"], level=3, level_before=1, share_rank=2)
    found = movement_reads.moves(Reader(made(councils=places(A=9), moves=rows), COUNCIL, YEAR))
    assert found["improved"].isna().all(), "what moved is A2's"


def test_what_one_council_meets_among_drafts_is_withheld(made):
    path = made(
        councils=places(A=9),
        completeness=many(numbered("A", 4, first=3), state="draft", share_rank=2)
        + many(["A2"], share_rank=2),
        profile_results=many(["A2"], met=12, below=29, share_rank=2),
    )
    found = caf.states(Reader(path, COUNCIL, YEAR))
    assert found["met"].isna().all(), "12 of 41 is A2's result"


@pytest.mark.parametrize(
    ("cells", "figure"),
    [({"is_complete": True}, "met_complete"), ({"state": "assured"}, "met_assured")],
)
def test_what_the_only_one_of_its_kind_meets_is_withheld(made, cells, figure):
    codes = numbered("A", 6, first=2)
    path = made(
        councils=places(A=9),
        completeness=many(codes[1:], share_rank=2) + many(codes[:1], share_rank=2, **cells),
        profile_results=many(codes, met=12, below=29, share_rank=2),
    )
    found = caf.states(Reader(path, COUNCIL, YEAR))
    assert found[figure].isna().all(), "12 is A2's result"


MONEY = ["estimated_gbp", "open_gbp", "planned_gbp", "spent_gbp"]
COST = {"estimated_cost_gbp": 2, "actual_cost_gbp": 3, "share_rank": 2}


@pytest.mark.parametrize("unit", ["all", "priority", "quarter", "principle", "programme"])
def test_a_council_sees_money_of_itself_alone(made, unit):
    """Few councils may have told the cost of an action that many have."""
    path = made(
        councils=places(A=9, B=9),
        neighbours={OWN: NEAR},
        actions=many(numbered("A", 9) + numbered("B", 9), **COST),
    )
    among = replace(YEAR, councils=tuple(NEAR), peers_of=OWN)
    for scope, number in ((YEAR, 18), (among, 5)):
        found = actions_reads.actions(Reader(path, COUNCIL, scope), unit=unit)
        assert found["numerator"].tolist() == [number]
        assert found[MONEY].isna().all(axis=None)
        told = actions_reads.actions(Reader(path, LOCAL_ANALYST, scope), unit=unit)
        assert told["spent_gbp"].tolist() == [3 * number]
    own = of(YEAR, councils=(OWN,))
    found = actions_reads.actions(Reader(path, COUNCIL, own), unit=unit)
    assert found[MONEY].to_numpy().tolist() == [[2, 2, 2, 3]]


@pytest.mark.parametrize(
    ("others", "cost"),
    [
        ({"share_rank": 2}, COST),
        (COST, COST | {"actual_cost_gbp": 1_000_000}),
        (COST, COST | {"estimated_cost_gbp": 1_000_000}),
    ],
    ids=["the only cost", "most that was spent", "most that was estimated"],
)
def test_a_council_with_more_than_half_of_the_money_withholds_it(made, others, cost):
    rows = many(numbered("A", 5, first=3), **others) + many(["A2"], **cost)
    path = made(councils=places(A=9), actions=rows)
    assert actions_reads.actions(Reader(path, COUNCIL, YEAR)).empty
    found = actions_reads.actions(Reader(path, PROGRAMME, YEAR))
    assert hidden(found) == {"all"}
    assert len(actions_reads.actions(Reader(path, LOCAL_ANALYST, YEAR))) == 1


def twenty(code: str, **cells: object) -> list[dict]:
    """Twenty rows of one council, of one principle."""
    return [row for _ in range(20) for row in many([code], share_rank=2, **cells)]


@pytest.mark.parametrize(
    ("mart", "name"),
    [
        ("gaps", "all gaps"),
        ("actions", "actions"),
        ("systems", "systems"),
        ("systems", "suppliers"),
    ],
)
def test_a_council_with_more_than_half_of_the_rows_withholds_them(made, mart, name):
    cells = {"supplier_name": "Big"} if mart == "systems" else {}
    rows = many(numbered("A", 5, first=3), share_rank=2, **cells)
    path = made(councils=places(A=9), **{mart: rows + twenty("A2", **cells)})
    # 20 of 25 are A2's.
    found = GROUPS[name](Reader(path, COUNCIL, YEAR))
    assert hidden(found) == set(found["group_code"])
    assert found.empty == (name in WHOLE)
    assert is_shown(GROUPS[name](Reader(path, LOCAL_ANALYST, YEAR)))


# Councils one by one ------------------------------------------------------------------

PLAIN = [
    "gss_code",
    "council_name",
    "region",
    "council_type",
    "council_group",
    "numerator",
    "denominator",
    "value",
    "note",
]


def full_rows(levels: dict[str, int]) -> dict[str, list]:
    """Results, systems and moves of councils, each of its own share level."""
    rows: dict[str, list] = {}
    for place, (code, level) in enumerate(levels.items(), start=1):
        made = a_row_each([code], share_rank=level)
        made["profile_results"][0] |= {"met": place, "below": 40 - place}
        for mart, lines in made.items():
            rows[mart] = rows.get(mart, []) + lines
    return rows


@pytest.mark.parametrize("viewer", [COUNCIL, PROGRAMME], ids=["council", "programme"])
def test_a_council_without_a_name_keeps_its_value_and_nothing_else(made, viewer):
    levels = dict.fromkeys(numbered("A", 8), 2)
    path = made(councils=places(A=8), **full_rows(levels))
    found = caf.councils(Reader(path, viewer, YEAR))
    unnamed = found[found["gss_code"] == ""]
    assert len(unnamed) == (7 if viewer is COUNCIL else 8)
    assert unnamed["value"].notna().all()
    rest = unnamed.drop(columns="value")
    assert rest.replace("", None).isna().all(axis=None)
    assert set(found) > set(PLAIN)


def test_councils_that_keep_to_themselves_are_not_listed_to_another_council(made):
    levels = dict.fromkeys(numbered("A", 7), 2) | {"A7": 1}
    path = made(councils=places(A=9), **full_rows(levels))
    found = caf.councils(Reader(path, COUNCIL, YEAR))
    # Five others, and oneself; nor are A8 and A9, of whom nothing is known.
    assert len(found) == 6
    assert 100 * 7 / 40 not in found["value"].tolist()


def test_fewer_than_five_others_are_not_listed(made):
    path = made(councils=places(A=5), **full_rows(dict.fromkeys(numbered("A", 5), 2)))
    assert caf.councils(Reader(path, COUNCIL, YEAR))["gss_code"].tolist() == [OWN]


def test_a_private_list_of_systems_takes_the_name_off_open_results(made):
    rows = full_rows(dict.fromkeys(numbered("A", 8), 4))
    rows["system_results"] = many(numbered("A", 8), met=1, assessed=4, share_rank=2)
    found = caf.councils(Reader(made(councils=places(A=8), **rows), COUNCIL, YEAR))
    assert sorted(found["gss_code"]) == ["", "", "", "", "", "", "", OWN]
    assert found.loc[found["gss_code"] == "", "weakest"].isna().all()


def test_the_few_that_keep_to_themselves_are_not_listed_to_the_programme_team(made):
    levels = dict.fromkeys(numbered("A", 8), 3) | {"A8": 2}
    path = made(councils=places(A=8), **full_rows(levels))
    found = caf.councils(Reader(path, PROGRAMME, YEAR))
    assert sorted(found["gss_code"]) == numbered("A", 7)
    alone = caf.councils(Reader(path, PROGRAMME, of(YEAR, councils=("A8",))))
    assert alone.empty


def test_a_list_of_some_councils_has_those_that_may_be_named_and_oneself(made):
    """Two lists would meet, value by value: A8 is the only county of A."""
    lines = [f"A{n} | A | unitary" for n in range(1, 8)] + ["A8 | A | county"]
    lines += [f"B{n} | B | county" for n in range(1, 8)]
    codes = [line.split(" | ")[0] for line in lines]
    levels = dict.fromkeys(codes, 2) | {"A2": 4, "B1": 4, "A3": 3, "B2": 1}
    near = ["A2", "A3", "A4", "B1", "B2"]
    path = made(councils=councils_of(*lines), neighbours={OWN: near}, **full_rows(levels))
    lists = {
        "A and oneself": (of(YEAR, regions=("A",)), [OWN, "A2"]),
        "B": (of(YEAR, regions=("B",)), ["B1"]),
        "unitary": (of(YEAR, groups=("unitary",)), [OWN, "A2"]),
        "county": (of(YEAR, groups=("county",)), ["B1"]),
        "peers": (replace(YEAR, councils=tuple(near), peers_of=OWN), ["A2", "B1"]),
    }
    found = {
        name: sorted(caf.councils(Reader(path, COUNCIL, scope))["gss_code"])
        for name, (scope, _) in lists.items()
    }
    assert found == {name: codes for name, (_, codes) in lists.items()}
    # Of all, those without a name are there too, but for B2 that keeps to itself.
    everyone = caf.councils(Reader(path, COUNCIL, YEAR))["gss_code"].tolist()
    assert sorted(everyone) == [""] * 11 + [OWN, "A2", "B1"]


@pytest.mark.parametrize("read", [improvement.own_systems, actions_reads.own_actions])
def test_what_one_council_has_is_for_itself_and_those_it_lets_see(four_levels, read):
    path = four_levels
    seen = {code: len(read(Reader(path, PROGRAMME, YEAR), code)) for code in numbered("A", 4)}
    assert seen == {OWN: 0, "A2": 0, "A3": 1, "A4": 1}
    assert len(read(Reader(path, COUNCIL, YEAR), OWN)) == 1
    for other in ("A2", "A3", "A4", "", "a1", "Z9"):
        with pytest.raises(NotAllowedError, match="your own council"):
            read(Reader(path, COUNCIL, YEAR), other)


# Beside peers -------------------------------------------------------------------------


def beside(path: str, viewer: Viewer, gss_code: str, peers: Iterable[str]):
    return maturity.principles_beside_peers(Reader(path, viewer, YEAR), gss_code, tuple(peers))


@pytest.mark.parametrize(
    ("gss_code", "peers"),
    [
        ("A2", ["A1", "A3", "A4", "B1", "B2"]),
        (OWN, ["A1", "A3", "A4", "B1", "B2"]),
        (OWN, ["A2"]),
        (OWN, []),
        (OWN, NEAR[:-1]),
        (OWN, [*NEAR, "B5"]),
        (OWN, numbered("B", 9)),
    ],
    ids=repr,
)
def test_a_council_is_set_beside_its_own_peers_and_no_others(crowd, gss_code, peers):
    with pytest.raises(NotAllowedError):
        beside(crowd, COUNCIL, gss_code, peers)


def test_peers_have_values_and_no_codes(crowd):
    found = beside(crowd, COUNCIL, OWN, NEAR)
    assert found["gss_code"].tolist() == ["", "", "", "", "", OWN]
    assert set(found) == {"indicator", "gss_code", "value", "is_own"}


def test_fewer_than_five_peers_with_a_figure_are_not_told(made):
    near = numbered("A", 6, first=2)
    rows = many([OWN, "A2"], level=3, share_rank=2)
    rows += many(numbered("A", 5, first=3), level=1, share_rank=1)
    path = made(councils=places(A=20), neighbours={OWN: near}, profile_outcomes=rows)
    found = beside(path, COUNCIL, OWN, near)
    assert found["is_own"].all()


def test_the_programme_team_cannot_read_one_council_as_the_only_peer(made):
    rows = many([OWN], level=3, share_rank=3) + many(["A2"], level=1, share_rank=1)
    path = made(councils=places(A=9), profile_outcomes=rows)
    assert beside(path, PROGRAMME, OWN, ["A2"])["is_own"].all()


def test_the_programme_team_cannot_set_one_that_keeps_to_itself_beside_others(made):
    rows = many([OWN], level=3, share_rank=1)
    rows += many(numbered("A", 6, first=2), level=3, share_rank=3)
    path = made(councils=places(A=9), profile_outcomes=rows)
    found = beside(path, PROGRAMME, OWN, numbered("A", 6, first=2))
    assert OWN not in found["gss_code"].tolist()


# Share levels of what a row is made of ------------------------------------------------


def mart(name: str, **tables: pd.DataFrame) -> pd.DataFrame:
    """The pipeline's select of one mart over these tables."""
    select = (ROOT / "pipelines" / "sql" / "marts" / f"{name}.sql").read_text()
    with duckdb.connect() as connection:
        connection.execute("create schema core; create schema reference")
        connection.execute("create schema accepted")
        for place, frame in tables.items():
            connection.register("given", frame)
            where = place.replace("__", ".")
            connection.execute(f"create table {where} as from given")
        return connection.execute(select).df()


def levels(**told: int) -> pd.DataFrame:
    """Share levels of N1, by dataset."""
    return pd.DataFrame(
        [("demonstration", "N1", dataset, rank) for dataset, rank in told.items()],
        columns=["collection", "gss_code", "dataset", "share_rank"],
    )


ONE = {"collection": ["demonstration"], "gss_code": ["N1"], "gss_code_of_day": ["N1"]}


def one_row(name: str) -> pd.DataFrame:
    """One row of N1 in the table that a mart is made from, each cell unknown."""
    names = set(COLUMNS[name].split()) - {"share_rank", "period"}
    year = {"financial_year": [pd.Timestamp("2024-04-01")]}
    return pd.DataFrame({one: [None] for one in sorted(names)} | year | ONE)


@pytest.mark.parametrize(
    ("told", "rank"),
    [
        ({"assessments": 4, "actions": 1}, 1),
        ({"assessments": 2, "actions": 4}, 2),
        ({"assessments": 3}, 3),
        ({"actions": 4}, 1),
        ({}, 1),
    ],
)
def test_a_gap_is_as_private_as_its_assessment_or_its_action(told, rank):
    told_of = levels(**told)
    found = mart("gaps", core__gaps=one_row("gaps"), core__share_levels=told_of)
    assert found["share_rank"].tolist() == [rank]


@pytest.mark.parametrize(
    ("told", "rank"),
    [
        ({"assessments": 4, "critical_systems": 1}, 1),
        ({"assessments": 2, "critical_systems": 4}, 2),
        ({"critical_systems": 4}, 1),
    ],
)
def test_a_system_is_as_private_as_its_assessment_or_its_list(told, rank):
    results = one_row("system_results").drop(columns=["hosting_type", "is_legacy"])
    listed = pd.DataFrame(
        ONE | {"system_id": ["SYS-1"], "hosting_type": ["cloud"], "is_legacy": [True]}
    )
    found = mart(
        "system_results",
        core__system_results=results,
        core__critical_systems=listed,
        core__share_levels=levels(**told),
    )
    assert found["share_rank"].tolist() == [rank]


def test_completeness_is_as_private_as_the_list_of_systems():
    told = levels(assessments=4, critical_systems=1)
    found = mart(
        "completeness", core__completeness=one_row("completeness"), core__share_levels=told
    )
    assert found["share_rank"].tolist() == [1]


def test_an_action_is_as_private_as_the_award_that_pays_for_it():
    action = {
        "action_id": ["ACT-1"],
        "caf_version": ["4.0"],
        "outcome_code": ["A1.a"],
        "priority": ["high"],
        "action_status": ["done"],
        "award_id": ["AW-1"],
        "created_on": [pd.Timestamp("2024-05-01")],
        "due_on": [pd.Timestamp("2024-06-01")],
        "completed_on": [pd.Timestamp("2024-06-01")],
        "estimated_cost_gbp": [1.0],
        "actual_cost_gbp": [1.0],
    }
    found = mart(
        "actions",
        core__actions=pd.DataFrame(ONE | action),
        core__awards=pd.DataFrame(ONE | {"award_id": ["AW-1"], "programme": ["recovery"]}),
        core__share_levels=levels(actions=4, awards=1),
        accepted__received=pd.DataFrame(
            {
                "collection": ["demonstration"],
                "dataset": ["actions"],
                "last_received_on": [pd.Timestamp("2025-01-01")],
            }
        ),
        reference__caf_outcomes=pd.DataFrame(
            {
                "caf_version": ["4.0"],
                "outcome_code": ["A1.a"],
                "objective_code": ["A"],
                "principle_code": ["A1"],
            }
        ),
        reference__lists=pd.DataFrame(
            {"list": ["programme"], "code": ["recovery"], "label": ["Recovery"], "sort_order": [1]}
        ),
    )
    assert found["programme"].tolist() == ["Recovery"]
    assert found["share_rank"].tolist() == [1]


# The demonstration --------------------------------------------------------------------


def viewer_of(demo, kind: str, region: str) -> Viewer:
    """A council of that type and region that is not public itself."""
    found = demo.rows(f"""
        select c.gss_code from marts.councils c
        join core.share_levels s on s.gss_code = c.gss_code
            and s.collection = 'demonstration' and s.dataset = 'assessments'
        where s.share_rank = 3 and c.is_current and c.council_group = '{kind}'
            and c.region = '{region}' and c.gss_code in (
                select gss_code from marts.profile_outcomes
                where period = '{last_year(demo).since}')
        order by c.gss_code limit 1
    """)
    return Viewer("council", found["gss_code"].iloc[0])


def peers(demo, viewer: Viewer) -> Scope:
    """The last year among the neighbours of a council."""
    near = lookups.neighbours(demo.path, LOCAL_ANALYST, viewer.gss_code)["gss_code"]
    scope = of(last_year(demo), councils=tuple(near))
    return replace(scope, peers_of=viewer.gss_code)


def last_year(demo) -> Scope:
    """The last year of the demonstration with assessments."""
    years = caf.assessed_years(Reader(demo.path, LOCAL_ANALYST, demo.scope()))
    return caf.latest(demo.scope(), years)


def views(demo, viewer: Viewer) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Reads of England, of a region and, for a council, of its peers."""
    year = last_year(demo)
    scopes = {"all": year, "region": of(year, regions=("North East",))}
    ways = {"all": ("region", "council"), "region": ("england", "type")}
    if viewer.role == "council":
        scopes["peers"], ways["peers"] = peers(demo, viewer), ("england", "region")
    left_out = {"all reviews", "all gaps", "principles"}
    reads = {name: read for name, read in GROUPS.items() if name not in left_out}
    refused = {"region"} if viewer.role == "council" else set()
    return (
        (name, scope, read(Reader(demo.path, viewer, scopes[scope]), **how))
        for name, read in reads.items()
        for scope in (scopes if name in BY else scopes.keys() - refused)
        for how in ([{"by": way} for way in ways[scope]] if name in BY else [{}])
    )


def private_names(demo, viewer: Viewer) -> set[str]:
    """Codes and names of councils that this viewer may not know in figures."""
    known = demo.rows(f"""
        select c.gss_code, c.short_name, c.council_name from marts.councils c
        join core.share_levels s on s.gss_code = c.gss_code
        where s.collection = 'demonstration' and c.gss_code <> '{viewer.gss_code}'
        group by all
        having max(s.share_rank) < {viewer.named_from}
    """)
    return set(known.to_numpy().ravel())


def words(frame: pd.DataFrame) -> set[str]:
    """Everything that the cells of a frame say."""
    return set(frame.astype(str).to_numpy().ravel())


def test_no_view_names_a_council_or_leaves_a_count_that_is_withheld(demo):
    viewer = viewer_of(demo, "unitary", "North East")
    names = private_names(demo, viewer)
    assert len(names) > 600
    seen = list(views(demo, viewer))
    for name, scope, frame in seen:
        assert not names & words(frame), (name, scope)
        hidden(frame)
    withheld = {name for name, _, frame in seen if (frame["note"] == "[c]").any()}
    assert withheld == set(BY) - {"all reviews", "principles"}


def test_the_programme_team_reads_no_value_beside_a_name_that_is_private(demo):
    names = private_names(demo, PROGRAMME)
    assert len(names) > 100
    for name, scope, frame in views(demo, PROGRAMME):
        hidden(frame)
        known = frame[frame["note"] != "[c]"]
        assert not names & words(known), (name, scope)


@pytest.mark.parametrize("role", ["council", "programme"])
def test_no_list_of_councils_names_one_that_is_private(demo, role):
    viewer = PROGRAMME if role == "programme" else viewer_of(demo, "unitary", "North East")
    names = private_names(demo, viewer)
    year = last_year(demo)
    scopes = [year, of(year, regions=("North East",)), of(year, groups=("county",))]
    if role == "council":
        scopes.append(peers(demo, viewer))
    for scope in scopes:
        found = caf.councils(Reader(demo.path, viewer, scope))
        known = found[found["value"].notna()]
        assert not names & words(known if role == "programme" else found)
        unnamed = found[found["gss_code"] == ""].drop(columns=["value", "note"])
        assert unnamed.replace("", None).isna().all(axis=None)
        assert found["value"].dropna().is_monotonic_increasing


def test_peers_of_a_council_have_no_names_in_the_demonstration(demo):
    viewer = viewer_of(demo, "unitary", "North East")
    near = peers(demo, viewer).councils
    found = maturity.principles_beside_peers(
        Reader(demo.path, viewer, last_year(demo)), viewer.gss_code, near
    )
    assert not private_names(demo, viewer) & words(found)
    others = found[~found["is_own"]]
    assert len(others) > 100
    assert others["value"].notna().all()


def test_a_draft_of_another_council_is_nowhere(demo):
    viewer = viewer_of(demo, "unitary", "North East")
    year = last_year(demo)
    drafts = demo.rows(f"""
        select gss_code from marts.completeness
        where state in ('draft', 'cancelled') and period = '{year.since}'
            and gss_code <> '{viewer.gss_code}'
    """)["gss_code"]
    assert len(drafts)
    by_council = caf.states(Reader(demo.path, viewer, year), by="council")
    assert not set(drafts) & words(by_council)
    listed = caf.councils(Reader(demo.path, viewer, year))
    assert not set(drafts) & words(listed)
    # Nor does a draft's level count for anything.
    rows = demo.rows("""
        select count(*) as n from marts.profile_outcomes o join marts.completeness c
            on c.gss_code_of_day = o.gss_code_of_day and c.period = o.period
        where c.state in ('draft', 'cancelled')
    """)
    assert rows["n"].tolist() == [0]


def test_peers_of_another_council_and_forged_lists_are_refused(demo):
    viewer = viewer_of(demo, "unitary", "North East")
    own = peers(demo, viewer)
    other = Viewer("council", own.councils[0])
    forged = [
        peers(demo, other),
        replace(peers(demo, other), peers_of=viewer.gss_code),
        replace(own, councils=own.councils[1:]),
        replace(own, councils=(own.councils[0],)),
        replace(own, councils=(*own.councils, other.gss_code, "E06000001")),
        replace(own, peers_of=""),
        replace(own, regions=("North East",)),
    ]
    for read in GROUPS.values():
        for scope in forged:
            with pytest.raises(NotAllowedError):
                read(Reader(demo.path, viewer, scope))
        assert len(read(Reader(demo.path, LOCAL_ANALYST, forged[0])))


WHO = [("unitary", "North East"), ("county", "East Midlands")]


@pytest.mark.parametrize(("kind", "region"), WHO)
def test_no_few_councils_follow_from_all_that_a_council_may_ask(demo, kind, region):
    """Sums of what is shown of an outcome are solved for every small set of councils.

    Councils that are in the same of the groups shown cannot be told apart; each such
    set of fewer than five must not be a combination of the groups.
    """
    viewer = viewer_of(demo, kind, region)
    members = groups_shown(demo, viewer)
    assert len(members) > 10
    shown = members.drop(columns=viewer.gss_code).T.astype(int)
    alike = shown.groupby(list(shown)).size()
    sets = pd.DataFrame(alike.index.tolist()).to_numpy(dtype=float).T
    for place in np.flatnonzero(alike.to_numpy() < 5):
        wanted = np.eye(len(alike))[place]
        answer = np.linalg.lstsq(sets.T, wanted, rcond=None)[0]
        assert np.abs(sets.T @ answer - wanted).max() > 1e-6, alike.index[place]


def groups_shown(demo, viewer: Viewer) -> pd.DataFrame:
    """Groups whose outcomes a council can read, as rows of who contributes to them."""
    year, near = last_year(demo), peers(demo, viewer)
    everyone = demo.rows(f"""
        select distinct o.gss_code, c.region, c.council_group
        from marts.profile_outcomes o join marts.councils c on c.gss_code = o.gss_code
        where o.profile = 'baseline' and o.period = '{year.since}'
            and (o.share_rank >= 2 or o.gss_code = '{viewer.gss_code}')
    """).set_index("gss_code")
    chosen = {("all", ""): (year, everyone["region"].notna())}
    for region in everyone["region"].unique():
        mine = everyone["region"] == region
        chosen["region", region] = (of(year, regions=(region,)), mine)
    for kind in everyone["council_group"].unique():
        mine = everyone["council_group"] == kind
        chosen["type", kind] = (of(year, groups=(kind,)), mine)
    chosen["peers", ""] = (near, everyone.index.to_series().isin(near.councils))
    found = {
        key: mine
        for key, (scope, mine) in chosen.items()
        if is_shown(ask(lambda s=scope: principles_of(demo, viewer, s)))
    }
    return pd.DataFrame(found).T


def principles_of(demo, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    return maturity.outcomes(Reader(demo.path, viewer, scope), unit="objective")


def test_regions_and_types_chosen_alone_say_what_they_say_among_all(demo):
    viewer, year = viewer_of(demo, "unitary", "North East"), last_year(demo)
    among = maturity.outcomes(Reader(demo.path, viewer, year), by="region", unit="objective")
    alone = of(year, regions=("North East",))
    found = maturity.outcomes(Reader(demo.path, viewer, alone), unit="objective")
    told = among[among["group_code"] == "North East"]
    assert found["value"].tolist() == told["value"].tolist()


def test_peers_of_a_scope_do_not_reach_the_indicators_of_another(demo):
    viewer = viewer_of(demo, "unitary", "North East")
    about = demo.indicator("profile_outcomes_met")
    other = peers(demo, Viewer("council", peers(demo, viewer).councils[0]))
    for read in (marts.series, marts.councils):
        with pytest.raises(NotAllowedError):
            read(Reader(demo.path, viewer, other), about)
