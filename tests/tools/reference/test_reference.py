"""The reference tables and the public record say what is known to be true."""

import csv
from collections import Counter, defaultdict
from datetime import date
from itertools import combinations
from math import dist
from pathlib import Path

import pytest

from pipelines.errors import BuildError
from settings import ROOT
from tools.reference.compile import compile_reference
from tools.reference.tables import read


SHARED = ROOT.parent / "shared"
REFERENCE = ROOT / "data" / "reference"
PUBLIC = ROOT / "data" / "public"
LEVELS = ("Not achieved", "Partially achieved", "Achieved")


def table(name: str, folder: Path = REFERENCE) -> list[dict[str, str]]:
    """Rows of a committed table."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def current() -> list[dict[str, str]]:
    """The councils of today."""
    return [row for row in table("councils") if not row["ended_on"]]


def mapped() -> list[dict[str, str]]:
    """The councils that cover England once."""
    return [row for row in current() if row["tier"] != "upper"]


def test_there_are_317_principal_councils_and_48_abolished_ones() -> None:
    assert Counter(row["council_type"] for row in current()) == {
        "NMD": 164,
        "UA": 63,
        "MD": 36,
        "LBO": 32,
        "CTY": 21,
        "CC": 1,
    }
    assert len(table("councils")) == 317 + 48
    assert len({row["gss_code"] for row in table("councils")}) == 365


def test_population_covers_england_once() -> None:
    assert sum(int(row["population"]) for row in mapped()) == 56_550_138


def test_every_council_of_today_has_all_labels() -> None:
    for column in ("region", "deprivation_score", "deprivation_quintile", "rurality"):
        assert all(row[column] for row in current()), column
    assert {row["deprivation_quintile"] for row in current()} == set("12345")
    assert {row["region"] for row in table("councils")} == {
        row["region"] for row in table("regions")
    }


def test_districts_lie_in_the_region_of_their_county() -> None:
    region = {row["council_code"]: row["region"] for row in table("councils")}
    for row in table("councils"):
        if row["county_code"]:
            assert row["region"] == region[row["county_code"]], row["council_name"]


def test_councils_end_on_a_last_day_and_successors_start_the_day_after() -> None:
    councils = {row["gss_code"]: row for row in table("councils")}
    for row in table("council_successors"):
        ended = date.fromisoformat(councils[row["gss_code"]]["ended_on"])
        started = date.fromisoformat(row["changed_on"])
        assert (ended.month, ended.day) == (3, 31)
        assert (started - ended).days == 1
        assert councils[row["successor_gss_code"]]["started_on"] == row["changed_on"]


def test_only_cumbria_and_northamptonshire_were_split() -> None:
    split = {r["gss_code"] for r in table("council_successors") if r["is_split"] == "true"}
    assert split == {"E10000006", "E10000021"}


def test_no_alias_means_two_councils_on_one_day() -> None:
    aliases = defaultdict(list)
    for row in table("council_aliases"):
        aliases[row["alias"].casefold()].append(row)
    for rows in aliases.values():
        for one, other in combinations(rows, 2):
            first, second = sorted((one, other), key=lambda row: row["valid_from"])
            assert "" < first["valid_to"] < second["valid_from"], first["alias"]


@pytest.mark.parametrize(
    ("alias", "before", "after"),
    [
        ("Somerset", "E10000027", "E06000066"),
        ("North Yorkshire", "E10000023", "E06000065"),
        ("Buckinghamshire", "E10000002", "E06000060"),
        ("Dorset", "E10000009", "E06000059"),
    ],
)
def test_a_county_name_passes_to_the_unitary(alias: str, before: str, after: str) -> None:
    rows = [row for row in table("council_aliases") if row["alias"] == alias]
    assert {row["gss_code"] for row in rows if row["valid_to"]} == {before}
    assert {row["gss_code"] for row in rows if row["valid_from"]} == {after}


def test_old_codes_lead_to_the_codes_of_today() -> None:
    codes = {row["alias"]: row["gss_code"] for row in table("council_aliases")}
    assert codes["E08000016"] == codes["Barnsley"] == "E08000038"
    assert codes["E08000019"] == codes["SHF"] == "E08000039"
    assert codes["Colchester Borough Council"] == codes["Colchester City Council"]
    assert {row["gss_code"] for row in table("council_aliases")} == {
        row["gss_code"] for row in table("councils")
    }


def test_names_are_whole() -> None:
    for row in table("council_aliases"):
        assert row["alias"].isascii(), row["alias"]
        assert row["alias"].casefold() not in ("city of", "county of")


def test_every_council_of_today_has_ranked_neighbours() -> None:
    ranks = defaultdict(list)
    known = {row["gss_code"] for row in current()}
    for row in table("council_neighbours"):
        ranks[row["gss_code"]].append(int(row["neighbour_rank"]))
        assert row["neighbour_gss_code"] in known - {row["gss_code"]}
    assert set(ranks) == known
    assert all(found == list(range(1, len(found) + 1)) for found in ranks.values())
    assert min(map(len, ranks.values())) == 8


def test_every_mapped_council_has_one_hexagon() -> None:
    hexagons = table("hex_map")
    cells = {(row["hex_column"], row["hex_row"]) for row in hexagons}
    assert len(hexagons) == len(cells) == 296
    assert {r["gss_code"] for r in hexagons} == {r["gss_code"] for r in mapped()}


def walk(centres: list[tuple[float, float]]) -> int:
    """How many hexagons one reaches from the first by stepping to touching ones."""
    reached, waiting = set(), [centres[0]]
    while waiting:
        here = waiting.pop()
        reached.add(here)
        waiting += [c for c in centres if c not in reached and dist(here, c) < 1.01]
    return len(reached)


def test_each_region_is_one_block_of_hexagons() -> None:
    region = {row["gss_code"]: row["region"] for row in current()}
    blocks = defaultdict(list)
    for row in table("hex_map"):
        blocks[region[row["gss_code"]]].append((float(row["x"]), float(row["y"])))
    assert len(blocks) == 9
    for name, centres in blocks.items():
        assert walk(centres) == len(centres), name
    assert walk([centre for block in blocks.values() for centre in block]) == 296


def test_the_map_looks_like_england() -> None:
    region = {row["gss_code"]: row["region"] for row in current()}
    hexagons = table("hex_map")

    def middle(name: str, axis: str) -> float:
        found = [float(r[axis]) for r in hexagons if region[r["gss_code"]] == name]
        return sum(found) / len(found)

    assert middle("North East", "y") > middle("North West", "y")
    assert middle("North West", "x") < middle("Yorkshire and The Humber", "x")
    assert middle("South West", "x") == min(middle(name, "x") for name in region.values())
    assert middle("West Midlands", "x") < middle("East Midlands", "x")
    assert middle("London", "y") > middle("South East", "y")
    assert middle("London", "x") < middle("East of England", "x") + 1


def test_the_framework_has_39_and_41_outcomes() -> None:
    outcomes = table("caf_outcomes")
    assert Counter(row["caf_version"] for row in outcomes) == {"3.1": 39, "3.2": 39, "4.0": 41}
    assert {(row["objective_code"], row["lens"]) for row in outcomes} == {
        ("A", "AD"),
        ("B", "BC"),
        ("C", "BC"),
        ("D", "AD"),
    }
    without = Counter(r["caf_version"] for r in outcomes if r["has_partial"] == "false")
    assert without == {"3.1": 12, "3.2": 11, "4.0": 9}


@pytest.mark.parametrize(
    ("version", "profile", "counts"),
    [
        ("3.2", "baseline", (2, 27, 10)),
        ("3.2", "enhanced", (2, 13, 24)),
        ("4.0", "baseline", (0, 19, 22)),
        ("4.0", "enhanced", (0, 6, 35)),
    ],
)
def test_profiles_require_the_published_levels(
    version: str, profile: str, counts: tuple[int, int, int]
) -> None:
    found = Counter(
        row["required_level"]
        for row in table("caf_profiles")
        if (row["caf_version"], row["profile"]) == (version, profile)
    )
    assert tuple(found[level] for level in LEVELS) == counts


def test_a_council_at_baseline_of_3_2_meets_27_of_41_through_the_crosswalk() -> None:
    required = {
        (row["caf_version"], row["outcome_code"]): LEVELS.index(row["required_level"])
        for row in table("caf_profiles")
        if row["profile"] == "baseline"
    }
    met = [
        row["outcome_40"]
        for row in table("caf_crosswalk")
        if row["is_comparable"] == "true"
        and required["3.2", row["outcome_32"]] >= required["4.0", row["outcome_40"]]
    ]
    assert len(met) == 27


def test_statutory_is_said_only_of_known_duties() -> None:
    services = {row["service"]: row for row in table("services")}
    assert services["Council tax annual notification"]["is_statutory"] == "true"
    assert services["Municipal golf courses"]["is_statutory"] == ""
    assert {row["is_statutory"] for row in services.values()} == {"true", ""}


def test_round_four_of_the_local_digital_fund_adds_up() -> None:
    counted = [
        int(row["amount_gbp"])
        for row in table("reported_awards", PUBLIC)
        if row["round"] == "Round 4" and row["is_counted"] == "true"
    ]
    assert (len(counted), sum(counted)) == (6, 1_200_000)


def test_future_councils_counts_the_joint_award_once() -> None:
    rows = [
        row for row in table("reported_awards", PUBLIC) if row["programme"] == "future_councils"
    ]
    counted = [row for row in rows if row["is_counted"] == "true"]
    joint = [row["is_counted"] for row in rows if row["role"] == "joint"]
    assert (len(rows), len(counted)) == (9, 8)
    assert sum(int(row["amount_gbp"]) for row in counted) == 6_000_000
    assert sorted(joint) == ["false", "true"]


def test_partners_and_repeats_are_not_counted() -> None:
    rows = table("reported_awards", PUBLIC)
    left_out = {r["reported_award_id"] for r in rows if r["is_counted"] == "false"}
    assert left_out == {"A005", "A006", "A020", "A023", "A028"}
    assert all(row["partnership_id"] for row in rows if row["role"] == "joint")


def test_a_call_has_no_amount() -> None:
    calls = [r for r in table("programme_totals", PUBLIC) if "call" in r["round"]]
    assert [row["amount_gbp"] for row in calls] == [""]


def test_39_of_44_reported_incidents_name_an_english_council_of_the_day() -> None:
    councils = {row["gss_code"]: row for row in table("councils")}
    aliases = {row["alias"]: row["gss_code"] for row in table("council_aliases")}
    rows = table("reported_incidents", PUBLIC)
    found = [
        (row, councils[aliases.get(row["gss_code"], row["gss_code"])])
        for row in rows
        if aliases.get(row["gss_code"], row["gss_code"]) in councils
    ]
    assert (len(rows), len(found)) == (44, 39)
    for row, council in found:
        assert council["started_on"] <= row["detected_on"]
        assert row["detected_on"] <= (council["ended_on"] or "9999")


def test_statuses_of_reported_incidents() -> None:
    rows = table("reported_incidents", PUBLIC)
    status = {row["reported_incident_id"]: row["incident_status"] for row in rows}
    assert status["R005"] == "False positive"
    assert status["R034"] == "Suspected"
    assert status["R039"] == "Not cyber"
    assert status["R040"] == "Confirmed"


def test_everything_cited_has_a_source() -> None:
    sources = {row["source_id"] for row in table("record_sources", PUBLIC)}
    assert len(sources) == len(table("record_sources", PUBLIC)) == 90
    cited = {
        source
        for row in table("reported_incidents", PUBLIC)
        for source in row["source_ids"].split("|")
    }
    for name in ("reported_figures", "reported_awards", "programme_totals"):
        cited |= {row["source_id"] for row in table(name, PUBLIC)}
    assert cited <= sources


def test_conflicting_figures_stay_apart() -> None:
    figures = table("reported_figures", PUBLIC)
    costs = [r for r in figures if (r["reported_incident_id"], r["measure"]) == ("R002", "cost")]
    assert len(figures) == 82
    assert len(costs) == 4


@pytest.mark.parametrize(
    "name",
    [
        "reported_incidents",
        "reported_figures",
        "record_sources",
        "reported_awards",
        "programme_totals",
    ],
)
def test_the_public_record_keeps_its_contracts(name: str) -> None:
    contract = table(name, ROOT / "pipelines" / "contracts")
    rows = table(name, PUBLIC)
    assert list(rows[0]) == [column["column"] for column in contract]
    for column in contract:
        found = {row[column["column"]] for row in rows}
        if column["required"] == "yes":
            assert "" not in found, column["column"]
        if column["type"] == "text" and column["maximum"]:
            assert max(map(len, found)) <= int(column["maximum"]), column["column"]
        if column["allowed"]:
            lists = table(column["allowed"], REFERENCE / "lists")
            assert found - {""} <= {row["code"] for row in lists}, column["column"]


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"councils\.csv is missing"):
        read(tmp_path, "councils.csv")


def test_the_committed_tables_are_what_the_sources_give(tmp_path: Path) -> None:
    if not (SHARED / "domain").is_dir():
        pytest.skip(
            f"NOT CHECKED: the collected sources are absent ({SHARED}), so nothing "
            "shows that the committed reference tables are still what they give."
        )
    reference, public = tmp_path / "reference", tmp_path / "public"
    compile_reference(SHARED, reference, public)
    for folder, committed in ((reference, REFERENCE), (public, PUBLIC)):
        for made in sorted(folder.rglob("*.csv")):
            kept = committed / made.relative_to(folder)
            assert made.read_bytes() == kept.read_bytes(), kept.name
