"""The SQL of risk maturity agrees with its slow twins, table by table and row by row.

Twice: on rows made by hand (`tests/support/maturity_edges.py`) and on demonstration
data of four years. The twins read the CSV files. Only which rows were set aside, and in
which order files came, they have from the warehouse.

Where the two are known to differ, a test says so and is expected to fail.
"""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

import duckdb
import pytest

from analytics.maturity.movement import reads as movement_reads
from analytics.maturity.systems import reads
from analytics.reading import caf, warehouse
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST
from tests.support import maturity as twins
from tests.support import maturity_edges as edges
from tests.support.maturity_edges import Edge, edge, planned, review, sent
from tests.support.reference import COUNCILS, profile_of
from tests.support.rows import Row
from tests.support.warehouse import Installation


PROFILES = ("baseline", "enhanced", "example_local")
DATASETS = ("assessments", "critical_systems", "actions", "caf_profiles")
COUNTED = ("assured", "peer_reviewed", "self_assessed")
DRAFTS = ("draft", "cancelled")
# Councils that no other edge has rows for; the last three are one council and two that
# it took over.
UNLISTED, BLANK, SILENT = "E08000001", "E08000002", "E08000003"
LOW, NOTHING, BACK = "E08000004", "E08000005", "E08000006"
CRAVEN, HAMBLETON, NORTH_YORKSHIRE = "E07000163", "E07000164", "E06000065"
Ratios = dict[tuple[str, int], tuple[int, int]]


# Rows and warehouses ------------------------------------------------------------------


@dataclass(frozen=True)
class Compared:
    """A warehouse, and the rows of its files that it accepted, as text."""

    path: Path
    collection: str
    rows: dict[str, list[Row]]
    as_at: str

    @property
    def assessments(self) -> list[Row]:
        return self.rows["assessments"]

    def profile(self, name: str) -> twins.Profile:
        """One profile: of the reference table, or of the dataset."""
        return profile_of(name) or {
            (row["caf_version"], row["outcome_code"]): row["required_level"]
            for row in self.rows["caf_profiles"]
            if row["profile"] == name
        }

    def read(self, columns: str, table: str, profile: str = "", where: str = "true") -> list[tuple]:
        """Columns of the collection's rows, of one profile if it is named."""
        given = {"collection": self.collection}
        if profile:
            given["profile"] = profile
            where = f"profile = $profile and {where}"
        return (
            warehouse.connect(str(self.path))
            .cursor()
            .execute(
                f"select {columns} from {table} where collection = $collection and {where}", given
            )
            .fetchall()
        )

    def table(self, keys: str, values: str, table: str, *narrowed: str) -> dict:
        """These values by these keys; a key that is there twice fails."""
        width = len(keys.split(", "))
        found = self.read(f"{keys}, {values}", table, *narrowed)
        answer = {alone(row[:width]): alone(row[width:]) for row in found}
        assert len(answer) == len(found)
        return answer

    def indicator(self, key: str, profile: str = "") -> Ratios:
        """An indicator's two parts by council of today and year."""
        return self.table(
            "gss_code, year(period)",
            "numerator, denominator",
            "marts.indicator_values",
            "",
            f"indicator = '{key}' and profile = '{profile}'",
        )

    @cached_property
    def standing(self) -> dict[int, set[str]]:
        """By year: councils with counted rows that are still there and were not merged.

        Pages read councils of today; only of these is that the council of the day.
        """
        counted: dict[int, set[str]] = defaultdict(set)
        for code, year in twins.counted(self.assessments):
            counted[year].add(code)
        return {
            year: {
                code
                for code in codes
                if not COUNCILS[code]["ended_on"]
                and not any(twins.today(other) == code for other in codes - {code})
            }
            for year, codes in counted.items()
        }

    @cached_property
    def whole(self) -> dict[tuple[str, int], dict]:
        """The twin's answers on completeness."""
        return twins.completeness(self.assessments, self.rows["critical_systems"])

    @cached_property
    def by_council(self) -> list[tuple[list[Row], list[Row]]]:
        """Assessments and actions of one council of today after the other."""
        parts: dict[str, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
        for place, name in enumerate(("assessments", "actions")):
            for row in self.rows[name]:
                parts[twins.today(row["gss_code"])][place].append(row)
        return list(parts.values())

    def scope(self, year: int, profile: str = "baseline", **narrowed) -> Scope:
        """Every council in one financial year."""
        first, last = date(year, 4, 1), date(year + 1, 3, 1)
        return Scope(self.collection, first, last, profile=profile, **narrowed)

    def councils(self, year: int, profile: str, **narrowed) -> dict[str, dict]:
        """What pages read of each council of today in one year."""
        scope = self.scope(year, profile, **narrowed)
        frame = caf.councils(Reader(str(self.path), LOCAL_ANALYST, scope))
        return frame.set_index("gss_code").to_dict("index")


def alone(cells: tuple):
    """A tuple, or its only cell."""
    return cells if len(cells) > 1 else cells[0]


def built(folder: Path, cases: Iterable[Edge]) -> Compared:
    """These cases and the example's profile, in files that came on one day."""
    installation = Installation(folder)
    cases = [*cases, {"caf_profiles": edges.EXAMPLE_PROFILE}]
    rows = {name: [row for case in cases for row in case.get(name, [])] for name in DATASETS}
    for name, some in rows.items():
        if some:
            installation.put(name, some)
    days = {f"{name}/1.csv": f"{edges.AS_AT}T09:00:00+00:00" for name in rows if rows[name]}
    (installation.settings.raw / "received.json").write_text(json.dumps(days))
    report = installation.build()
    # The line of the example that names an outcome which is not in its version.
    assert [row["value"] for row in report.quarantine] == ["A4.b"]
    return Compared(installation.published, "department", rows, edges.AS_AT)


def sent_rows(cursor: duckdb.DuckDBPyConnection, files: Path, dataset: str) -> list[Row]:
    """Rows that were not set aside, of a dataset's files in the order they came in."""
    aside = set(
        cursor.execute(
            "select arrival, source_row from quality.quarantine where dataset = $1", [dataset]
        ).fetchall()
    )
    came = cursor.execute(
        "select arrival, source_file from quality.sources where dataset = $1 "
        "and collection = 'demonstration' order by arrival",
        [dataset],
    ).fetchall()
    found = []
    for arrival, name in came:
        with (files / dataset / Path(name).name).open(encoding="utf-8") as file:
            lines = enumerate(csv.DictReader(file), start=2)
            found += [row for line, row in lines if (arrival, line) not in aside]
    return found


def remembered(function: Callable) -> Callable:
    """The same answer for the same list, which is kept and which nobody changes."""
    answers: dict[int, tuple[object, object]] = {}

    def answer(rows):
        if id(rows) not in answers:
            answers[id(rows)] = rows, function(rows)
        return answers[id(rows)][1]

    return answer


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """Every rule reads all rows anew; of a hundred thousand, that is remembered."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("received", "counted", "levels_of", "moves", "review_pairs"):
            patch.setattr(twins, name, remembered(getattr(twins, name)))
        for name in ("today", "of_the_day"):
            patch.setattr(twins, name, cache(getattr(twins, name)))
        yield


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory) -> Compared:
    """Every edge, and two more: BACK goes from CAF 4.0 back to 3.2, and the reviewer of
    BLANK assesses nothing.
    """
    back = [*sent(BACK, 2023, "4.0", {"A2.b": 1, "A2.c": 1}), *sent(BACK, 2024, "3.2", {"A2.b": 3})]
    blank = sent(BLANK, 2024, "3.2", {"A1.a": 3}, **review(0))
    cases = [edges.everything(), edge(back), edge(blank)]
    return built(tmp_path_factory.mktemp("edges"), cases)


@pytest.fixture(scope="module")
def invented(demo) -> Compared:
    """The demonstration: its warehouse, and its files without what was set aside."""
    files = demo.folder.parent / "files"
    cursor = warehouse.connect(demo.path).cursor()
    rows = {name: sent_rows(cursor, files, name) for name in DATASETS}
    days = json.loads((files / "received.json").read_text(encoding="utf-8"))
    as_at = max(day[:10] for name, day in days.items() if name.startswith("actions/"))
    return Compared(Path(demo.path), "demonstration", rows, as_at)


@pytest.fixture(scope="module", params=["by_hand", "invented"])
def data(request) -> Compared:
    """One of the two."""
    return request.getfixturevalue(request.param)


each_profile = pytest.mark.parametrize("profile", PROFILES)


def added(judged: Iterable[tuple[str, int, bool]]) -> Ratios:
    """How many are so, and how many there are, by council of today and year."""
    answer: Ratios = {}
    for code, year, is_so in judged:
        before = answer.get((twins.today(code), year), (0, 0))
        answer[twins.today(code), year] = before[0] + is_so, before[1] + 1
    return answer


def of_year(places: dict, year: int, codes: Iterable[str]) -> dict:
    """Of answers by council and year those of one year, by council."""
    return {code: places[code, year] for code in codes if (code, year) in places}


def test_the_demonstration_has_rows_for_every_rule(invented):
    for name, rows in invented.rows.items():
        assert invented.read("count(*)", f"accepted.{name}") == [(len(rows),)]
    assert len(invented.assessments) > 100_000
    assert {row["caf_version"] for row in invented.assessments} == {"3.2", "4.0"}
    assert len(invented.profile("example_local")) > 70
    states = {state for (state,) in invented.read("state", "core.completeness")}
    assert states >= {*COUNTED, "draft"}


@each_profile
def test_what_a_profile_asks_for(data, profile):
    wanted = data.profile(profile)
    expected = {
        (version, code): level
        for version in ("3.1", "3.2", "4.0")
        for code, level in twins.listed(wanted, version).items()
    }
    assert len(expected) > 10
    assert expected == data.table(
        "caf_version, outcome_code", "required", "marts.profiles", profile
    )


def test_levels_of_councils(data):
    expected = {
        (*place, outcome): level
        for place, levels in twins.levels_of(data.assessments).items()
        for outcome, level in levels.items()
    }
    assert expected == data.table(
        "gss_code_of_day, year(financial_year), caf_version, outcome_code",
        "level",
        "core.council_outcomes",
    )


def test_the_council_of_today(data):
    found = dict(data.read("distinct gss_code_of_day, gss_code", "core.completeness"))
    assert found == {code: twins.today(code) for code, _ in data.whole}


# Profile ------------------------------------------------------------------------------


@each_profile
@pytest.mark.parametrize(("table", "year"), [("core", "financial_year"), ("marts", "period")])
def test_profile_results(data, profile, table, year):
    expected = twins.profile_results(data.assessments, data.profile(profile))
    assert expected == data.table(
        f"gss_code_of_day, year({year}), caf_version",
        "met, below, unknown, is_profile_met",
        f"{table}.profile_results",
        profile,
    )


@each_profile
def test_profile_outcomes(data, profile):
    expected = {}
    for place, levels in twins.levels_of(data.assessments).items():
        needed = twins.listed(data.profile(profile), place[2])
        for code in needed.keys() & levels.keys():
            meets = twins.is_met(levels[code], needed[code])
            expected[*place, code] = levels[code], needed[code], meets
    assert expected == data.table(
        "gss_code_of_day, year(period), caf_version, outcome_code",
        "level, required, level >= required",
        "marts.profile_outcomes",
        profile,
    )


@each_profile
def test_profile_outcomes_met(data, profile):
    expected = twins.outcomes_met(data.assessments, data.profile(profile))
    some = {place: parts for place, parts in expected.items() if parts[1]}
    assert some == data.indicator("profile_outcomes_met", profile)


@each_profile
def test_councils_meeting_the_profile(data, profile):
    results = twins.profile_results(data.assessments, data.profile(profile))
    expected = added(
        (code, year, meets)
        for (code, year, _), (_, _, _, meets) in results.items()
        if meets is not None
    )
    assert expected == data.indicator("councils_meeting_profile", profile)


# Systems ------------------------------------------------------------------------------


@each_profile
def test_shares_of_systems(data, profile):
    expected = twins.system_results(data.assessments, data.profile(profile))
    assert expected == data.table(
        "gss_code_of_day, year(period), system_id", "met, assessed", "marts.system_results", profile
    )


@each_profile
def test_outcomes_held_down(data, profile):
    expected = twins.held_down(data.assessments, data.profile(profile))
    found = data.table(
        "gss_code_of_day, year(period)", "held_down", "marts.profile_results", profile
    )
    # Where no system has a share, nothing is held down.
    assert dict.fromkeys(found, 0) | expected == found
    assert any(found.values())


@each_profile
def test_weakest_share_and_spread(data, profile):
    wanted = data.profile(profile)
    weakest = {
        place: 100 * share
        for place, (_, share) in twins.weakest_system(data.assessments, wanted).items()
    }
    spread = twins.spread(data.assessments, wanted)
    for year, codes in data.standing.items():
        found = data.councils(year, profile)
        for name, expected in (("weakest", weakest), ("spread", spread)):
            shown = {code: found[code][name] for code in codes if code in found}
            known = {code: value for code, value in shown.items() if value >= 0}
            assert known == pytest.approx(of_year(expected, year, codes))
    assert len(weakest) > len(spread) > 5


@each_profile
def test_the_weakest_system_comes_first(data, profile):
    """Of a few, equal systems before others: pages read one council at a time."""
    shares = twins.shares(data.assessments, data.profile(profile))
    weakest = twins.weakest_system(data.assessments, data.profile(profile))
    places = sorted(
        (place for place in shares if place[0] in data.standing[place[1]]),
        key=lambda place: (shares[place][0][0] != shares[place][-1][0], place),
    )
    assert len(places) > 5
    for code, year in places[:20]:
        frame = reads.own_systems(
            Reader(str(data.path), LOCAL_ANALYST, data.scope(year, profile)), code
        )
        assert frame["system_id"][0] == weakest[code, year][0]


# Self-assessed and assured ------------------------------------------------------------


def test_own_and_reviewed_levels(data):
    expected = twins.review_pairs(data.assessments)
    assert len(expected) > 5
    assert expected == data.table(
        "gss_code_of_day, year(financial_year), caf_version, outcome_code",
        "self_level, review_level",
        "core.council_outcomes",
        "",
        "(self_level is not null or review_level is not null)",
    )


@each_profile
def test_self_to_assured(data, profile):
    """Differences by size, and what either judgement meets of what is listed."""
    wanted = data.profile(profile)
    expected = {
        place: (own, reviewed)
        for place, (own, reviewed) in twins.review_pairs(data.assessments).items()
        if place[3] in twins.listed(wanted, place[2])
    }
    both = "self_level is not null and review_level is not null"
    found = data.table(
        "gss_code_of_day, year(period), caf_version, outcome_code",
        "self_level, review_level",
        "marts.profile_outcomes",
        profile,
        both,
    )
    assert found == expected
    told = twins.self_to_assured(data.assessments, wanted)
    met = "count(case when {} >= required then 1 end)"
    parts = ", ".join(met.format(name) for name in ("self_level", "review_level"))
    assert data.read(f"count(*), {parts}", "marts.profile_outcomes", profile, both) == [
        (told["listed"], told["met_by_self"], told["met_by_review"])
    ]


def test_differences_by_size(data):
    told = twins.self_to_assured(data.assessments, {})
    sizes = Counter(
        size for (size,) in data.read("self_level - review_level", "core.council_outcomes")
    )
    assert {size: sizes[size] for size in (2, 1, 0, -1, -2)} == {
        2: told["above_by_2"],
        1: told["above_by_1"],
        0: told["same"],
        -1: told["below_by_1"],
        -2: told["below_by_2"],
    }


def test_outcomes_rated_higher(data):
    pairs = twins.review_pairs(data.assessments)
    expected = added(
        (code, year, own > reviewed) for (code, year, _, _), (own, reviewed) in pairs.items()
    )
    assert expected == data.indicator("outcomes_rated_higher")


# Versions -----------------------------------------------------------------------------


@pytest.mark.parametrize(("table", "year"), [("core", "financial_year"), ("marts", "period")])
def test_moves(data, table, year):
    columns = (
        f"gss_code_of_day, year({year}), caf_version, version_before, outcome_code, "
        "level_before, level"
    )
    rows = data.read(columns, f"{table}.moves")
    found = {}
    for code, when, version, before, outcome, *levels in rows:
        thread = twins.THREADS.get((version, outcome), "no thread")
        found[code, when, outcome if version == before else thread] = tuple(levels)
    assert found == twins.moves(data.assessments)
    assert len(rows) == len(found) > 20


def directions(data: Compared) -> dict[tuple[str, int], str]:
    """The twin's directions, of councils with any outcome known in both years."""
    known = {
        place[:2] for place, levels in twins.moves(data.assessments).items() if None not in levels
    }
    found = twins.council_direction(data.assessments)
    return {place: found[place] for place in known}


def test_council_direction(data):
    """Of each council, and how many there are in England."""
    expected = directions(data)
    for year, codes in data.standing.items():
        found = data.councils(year, "baseline")
        mine = of_year(expected, year, codes)
        assert mine == {
            code: direction(found[code]["improved"], found[code]["slipped"]) for code in mine
        }
    told = Counter((year, word) for (_, year), word in expected.items())
    assert told == directions_in_england(data)
    assert {word for _, word in told} == {"improving", "slipping", "level"}


def direction(improved: int, slipped: int) -> str:
    if improved == slipped:
        return "level"
    return "improving" if improved > slipped else "slipping"


def directions_in_england(data: Compared) -> Counter[tuple[int, str]]:
    """Councils by year and direction, as pages read them."""
    found = Counter()
    for year in data.standing:
        frame = movement_reads.moves(Reader(str(data.path), LOCAL_ANALYST, data.scope(year)))
        for row in frame.to_dict("records"):
            for word in ("improving", "slipping", "level"):
                found[year, word] += row[f"councils_{word}"]
    return +found


def worse(data: Compared, profile: str, **narrowed) -> set[tuple[str, int]]:
    """Councils of today and years that pages call worse and getting worse."""
    return {
        (code, year)
        for year in data.standing
        for code, row in data.councils(year, profile, **narrowed).items()
        if row["is_worse_and_worsening"]
    }


@each_profile
def test_worse_and_getting_worse(data, profile):
    expected = twins.worse_and_worsening(data.assessments, data.profile(profile))
    assert {(twins.today(code), year) for code, year in expected} == worse(data, profile)
    assert expected or (data.collection, profile) == ("department", "enhanced")


def test_worse_and_getting_worse_among_a_choice_of_councils(invented):
    """Whoever is chosen, the median is that of all."""
    expected = twins.worse_and_worsening(invented.assessments, invented.profile("baseline"))
    chosen = tuple(sorted({code for code, _ in expected}))
    assert worse(invented, "baseline", councils=chosen) == expected


REBASED = ("before", "dropped", "raised", "eased", "gained", "lost", "new", "unknown", "after")
STEPS = "met_before, dropped, raised, eased, gained, lost, new, unknown, met_after"


def rebased(data: Compared, profile: str) -> dict[tuple[str, int], tuple[int, ...]]:
    """The twin's steps, in the order of the tables."""
    found = twins.rebased(data.assessments, data.profile(profile))
    return {place: tuple(steps[name] for name in REBASED) for place, steps in found.items()}


@each_profile
def test_rebased_steps(data, profile):
    found = data.table("gss_code_of_day, year(financial_year)", STEPS, "core.rebased", profile)
    assert found == rebased(data, profile)
    assert len(found) >= 3
    for before, dropped, raised, eased, gained, lost, new, unknown, after in found.values():
        steps = eased + gained + new + unknown - dropped - raised - lost
        assert before + steps == after


@each_profile
def test_rebased_beside_what_is_listed_and_assessed(data, profile):
    results = twins.profile_results(data.assessments, data.profile(profile))
    expected = []
    for (code, year), steps in rebased(data, profile).items():
        met, below, unknown, _ = results[code, year - 1, "3.2"]
        sides = met + below + unknown, met + below
        met, below, unknown, _ = results[code, year, "4.0"]
        sides += met + below + unknown, met + below
        expected.append((twins.today(code), year, *steps, *sides))
    found = data.read(
        f"gss_code, year(period), {STEPS}, listed_before, assessed_before, "
        "listed_after, assessed_after",
        "marts.rebased",
        profile,
    )
    assert sorted(found) == sorted(expected)


@each_profile
def test_comparable_outcomes_met(data, profile):
    """Of every year by the level that the profile asks for in 4.0."""
    needed = twins.listed(data.profile(profile), "4.0")
    judged = []
    for (code, year, version), levels in twins.levels_of(data.assessments).items():
        for outcome, level in levels.items():
            thread = twins.THREADS.get((version, outcome))
            meets = twins.is_met(level, needed.get(thread))
            judged += [] if meets is None else [(code, year, meets)]
    assert added(judged) == data.indicator("comparable_outcomes_met", profile)


# Actions ------------------------------------------------------------------------------


def gaps(data: Compared, profile: str) -> dict[tuple[str, str, str], bool]:
    """The twin's gaps, council after council: going through the actions of all others
    for every gap would take long, and theirs answer nothing.
    """
    answer = {}
    for assessments, actions in data.by_council:
        answer |= twins.gaps(assessments, actions, data.profile(profile))
    return answer


@each_profile
@pytest.mark.parametrize("table", ["core", "marts"])
def test_gaps_answered(data, profile, table):
    found = data.table(
        "gss_code, caf_version, outcome_code", "is_answered", f"{table}.gaps", profile
    )
    assert found == gaps(data, profile)
    assert set(found.values()) == {0, 1}


@each_profile
def test_gaps_answered_in_the_latest_year(data, profile):
    """Only those of councils whose latest year is the latest of all."""
    latest: dict[str, int] = {}
    for code, year in twins.counted(data.assessments):
        latest[twins.today(code)] = max(year, latest.get(twins.today(code), year))
    last = max(latest.values())
    expected = added(
        (code, last, is_answered)
        for (code, _, _), is_answered in gaps(data, profile).items()
        if latest[code] == last
    )
    assert min(latest.values()) < last
    assert expected == data.indicator("gaps_answered", profile)


def test_open_and_overdue_actions(data):
    late = twins.overdue(data.rows["actions"], data.as_at)
    expected = {
        (twins.today(row["gss_code"]), row["action_id"]): (
            row["action_status"] in twins.OPEN,
            (twins.of_the_day(row["gss_code"]), row["action_id"]) in late,
            date.fromisoformat(data.as_at),
        )
        for row in twins.standing(data.rows["actions"], "action_id")
    }
    assert len(late) > 1
    assert expected == data.table(
        "gss_code, action_id", "is_open, is_overdue, as_at", "marts.actions"
    )


# Completeness -------------------------------------------------------------------------


SYSTEMS = ("state", "systems_listed", "systems_assessed", "missing_systems", "is_complete")
OUTCOMES = ("judged", "judged_in_part", "not_assessed", "not_sent")


def told(data: Compared, names: Iterable[str], *states: str) -> dict:
    """What the twin says of years in these states, in the order of `names`."""
    return {
        place: tuple(one[name] for name in names)
        for place, one in data.whole.items()
        if one["state"] in states
    }


@pytest.mark.parametrize(("table", "year"), [("core", "financial_year"), ("marts", "period")])
def test_completeness(data, table, year):
    keys, table = f"gss_code_of_day, year({year})", f"{table}.completeness"
    expected = told(data, SYSTEMS, *COUNTED, *DRAFTS)
    assert expected == data.table(keys, ", ".join(SYSTEMS), table)
    assert told(data, OUTCOMES, *COUNTED) == data.table(
        keys, ", ".join(OUTCOMES), table, "", f"state in {COUNTED}"
    )
    assert {found[-1] for found in expected.values()} == {True, False}


@pytest.mark.parametrize(
    ("key", "name", "wanted"),
    [("assessments_complete", "is_complete", True), ("assessments_assured", "state", "assured")],
)
def test_share_of_assessments(data, key, name, wanted):
    expected = added(
        (code, year, found == (wanted,))
        for (code, year), found in told(data, [name], *COUNTED).items()
    )
    assert expected == data.indicator(key)


# Where they once differed -------------------------------------------------------------


def mine(found: dict, *codes: str) -> dict:
    """Of answers by council and more, those of these councils."""
    return {place: answer for place, answer in found.items() if place[0] in codes}


@pytest.fixture(scope="module")
def disputed(tmp_path_factory) -> Compared:
    """Councils on which SQL and twins once differed, apart from all others.

    UNLISTED sends only what the example does not list. SILENT has a gap in 3.2, then a
    year on 3.1, of which no profile speaks. Of two councils that are one today, one
    slips and one improves in 2021/22; in 2022/23 each has a gap of another version's
    A2.b. LOW slips in 2019/20 to one of two, when those two meet all and NOTHING meets
    nothing.
    """
    agreed = planned(CRAVEN, 1, "3.2", "A2.b", "in_progress", created_on="2022-09-01")
    return built(
        tmp_path_factory.mktemp("disputed"),
        [
            edge(
                [
                    *sent(UNLISTED, 2023, "3.2", {"A1.b": 3}),
                    *sent(UNLISTED, 2024, "4.0", {"A1.b": 3}),
                    *sent(SILENT, 2023, "3.2", {"A1.a": 1}),
                    *sent(SILENT, 2024, "3.1", {"A1.a": 3}),
                    *sent(LOW, 2018, "3.2", {"A1.a": 3, "A2.a": 3}),
                    *sent(LOW, 2019, "3.2", {"A1.a": 1, "A2.a": 3}),
                    *sent(NOTHING, 2019, "3.2", {"A1.a": 1}),
                    *sent(CRAVEN, 2019, "3.2", {"A1.a": 3}),
                    *sent(HAMBLETON, 2019, "3.2", {"A1.a": 3}),
                    *sent(CRAVEN, 2020, "3.2", {"A1.a": 1, "A2.a": 1}),
                    *sent(HAMBLETON, 2020, "3.2", {"A1.a": 3}),
                    *sent(CRAVEN, 2021, "3.2", {"A1.a": 3, "A2.a": 3}),
                    *sent(HAMBLETON, 2021, "3.2", {"A1.a": 1}),
                    *sent(CRAVEN, 2022, "3.2", {"A2.b": 1}),
                    *sent(HAMBLETON, 2022, "4.0", {"A2.b": 1}),
                ],
                actions=[agreed],
            )
        ],
    )


def test_a_year_with_nothing_that_is_listed(disputed):
    expected = twins.profile_results(disputed.assessments, edges.EXAMPLE)
    found = disputed.table(
        "gss_code_of_day, year(period), caf_version",
        "met, below, unknown, is_profile_met",
        "marts.profile_results",
        "example_local",
    )
    assert mine(expected, UNLISTED) == mine(found, UNLISTED)


def test_a_change_of_version_with_nothing_that_is_listed(disputed):
    found = disputed.table(
        "gss_code_of_day, year(financial_year)", STEPS, "core.rebased", "example_local"
    )
    assert rebased(disputed, "example_local") == found


@each_profile
def test_gaps_before_a_year_of_which_the_profile_says_nothing(disputed, profile):
    found = disputed.table(
        "gss_code, caf_version, outcome_code", "is_answered", "marts.gaps", profile
    )
    assert mine(gaps(disputed, profile), SILENT) == mine(found, SILENT)


@each_profile
def test_gaps_of_two_versions_in_one_council_of_today(disputed, profile):
    found = disputed.table(
        "gss_code, caf_version, outcome_code", "is_answered", "marts.gaps", profile
    )
    assert mine(gaps(disputed, profile), NORTH_YORKSHIRE) == mine(found, NORTH_YORKSHIRE)


def test_directions_of_councils_that_are_one_today(disputed):
    expected = Counter((year, word) for (_, year), word in directions(disputed).items())
    assert directions_in_england(disputed) == expected


def test_the_median_of_councils_of_the_day(disputed):
    expected = twins.worse_and_worsening(disputed.assessments, edges.EXAMPLE)
    assert mine(dict.fromkeys(expected), LOW) == mine(
        dict.fromkeys(worse(disputed, "example_local")), LOW
    )


def test_the_direction_of_a_council_of_which_nothing_is_known(by_hand):
    assert directions(by_hand) == twins.council_direction(by_hand.assessments)


def test_outcomes_of_drafts(by_hand):
    found = by_hand.table(
        "gss_code_of_day, year(period)",
        ", ".join(OUTCOMES),
        "marts.completeness",
        "",
        f"state in {DRAFTS}",
    )
    assert told(by_hand, OUTCOMES, *DRAFTS) == found
