"""The SQL of risk maturity agrees with its slow twins, table by table and row by row.

Twice: on rows made by hand (`tests/support/maturity_edges.py`, and a few more here) and
on demonstration data of four years. The twins read the CSV files. Only which rows were
set aside, and in which order files came, they have from the warehouse.
"""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pytest

from analytics import maturity as reads
from analytics import warehouse
from analytics.scope import Scope
from analytics.viewer import LOCAL_ANALYST
from tests.support import maturity as twins
from tests.support import maturity_edges as edges
from tests.support.maturity_edges import planned, review, sent
from tests.support.reference import COUNCILS, profile_of
from tests.support.rows import Row
from tests.support.warehouse import Installation


PROFILES = ("baseline", "enhanced", "example_local")
DATASETS = ("assessments", "critical_systems", "actions", "caf_profiles")
RECEIVED = f"{edges.AS_AT}T09:00:00+00:00"
COUNTED = ("assured", "peer_reviewed", "self_assessed")
# Councils that no other edge has rows for.
UNLISTED, BLANK, SILENT = "E08000001", "E08000002", "E08000003"
LOW, NONE, BACK = "E08000004", "E08000005", "E08000006"
CRAVEN, HAMBLETON, NORTH_YORKSHIRE = "E07000163", "E07000164", "E06000065"


def more_edges() -> list[edges.Edge]:
    """Cases that the SQL was read for and that the other edges do not reach.

    UNLISTED sends nothing that the example lists, in 3.2 and then in 4.0. The reviewer
    of BLANK assesses nothing. SILENT has a gap of 3.2 and then a year on 3.1, of which
    no profile speaks. Of one council of today, two are below on A2.b, which is another
    outcome in 4.0. LOW slips in 2019/20 to half of what counts, when NONE meets nothing
    and two councils that are one today meet all. BACK goes from 4.0 back to 3.2.
    """
    return [
        edges.edge([*sent(UNLISTED, 2023, "3.2", {"A1.b": 3}),
                    *sent(UNLISTED, 2024, "4.0", {"A1.b": 3})]),
        edges.edge(sent(BLANK, 2024, "3.2", {"A1.a": 3}, **review(0))),
        edges.edge([*sent(SILENT, 2023, "3.2", {"A1.a": 1}),
                    *sent(SILENT, 2024, "3.1", {"A1.a": 3})]),
        edges.edge([*sent(CRAVEN, 2022, "3.2", {"A1.a": 3, "A2.b": 1}),
                    *sent(HAMBLETON, 2022, "4.0", {"A1.a": 3, "A2.b": 1})],
                   actions=[planned(CRAVEN, 1, "3.2", "A2.b", "in_progress",
                                    created_on="2022-09-01")]),
        edges.edge([*sent(LOW, 2018, "3.2", {"A1.a": 3, "A2.a": 3}),
                    *sent(LOW, 2019, "3.2", {"A1.a": 1, "A2.a": 3}),
                    *sent(NONE, 2019, "3.2", {"A1.a": 1}),
                    *sent(CRAVEN, 2019, "3.2", {"A1.a": 3}),
                    *sent(HAMBLETON, 2019, "3.2", {"A1.a": 3})]),
        edges.edge([*sent(BACK, 2023, "4.0", {"A2.b": 1, "A2.c": 1}),
                    *sent(BACK, 2024, "3.2", {"A2.b": 3})]),
    ]  # fmt: skip


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

    def read(self, select: str, profile: str = "") -> list[tuple]:
        """Rows of a select that has `$collection`, and `$profile` where one is given."""
        given = {"collection": self.collection} | ({"profile": profile} if profile else {})
        cursor = warehouse.connect(str(self.path)).cursor()
        return cursor.execute(select, given).fetchall()

    def table(self, keys: str, values: str, rest: str, profile: str = "") -> dict:
        """A table as a dictionary: these values by these keys, both as tuples.

        `rest` is the table's name and any condition; one key or value stands alone.
        Fails where a key is there twice.
        """
        width = len(keys.split(", "))
        where = "profile = $profile and" if profile else ""
        name, _, condition = rest.partition(" where ")
        found = self.read(
            f"select {keys}, {values} from {name} where {where} "
            f"collection = $collection and {condition or 'true'}",
            profile,
        )
        answer = {alone(row[:width]): alone(row[width:]) for row in found}
        assert len(answer) == len(found)
        return answer

    def indicator(self, key: str, profile: str = "") -> dict:
        """An indicator's two parts by council of today and year."""
        return self.table(
            "gss_code, year(period)", "numerator, denominator",
            f"marts.indicator_values where indicator = '{key}' "
            f"and profile = '{profile}'",
        )  # fmt: skip

    def scope(self, year: int, profile: str = "baseline") -> Scope:
        """Every council in one financial year."""
        first, last = date(year, 4, 1), date(year + 1, 3, 1)
        return Scope(self.collection, first, last, profile=profile)

    def councils(self, year: int, profile: str) -> dict[str, dict]:
        """What pages read of each council of today in one year."""
        scope = self.scope(year, profile)
        frame = reads.councils(str(self.path), LOCAL_ANALYST, scope)
        return frame.set_index("gss_code").to_dict("index")


def alone(cells: tuple):
    """A tuple, or its only cell."""
    return cells if len(cells) > 1 else cells[0]


def made_by_hand(folder: Path) -> Compared:
    """The edges and the example's profile, in files received on one day."""
    installation = Installation(folder)
    rows = edges.everything()
    for extra in more_edges():
        for name, some in extra.items():
            rows[name] += some
    rows["caf_profiles"] = edges.EXAMPLE_PROFILE
    for name, some in rows.items():
        installation.put(name, some)
    days = {f"{name}/1.csv": RECEIVED for name in rows}
    (installation.settings.raw / "received.json").write_text(json.dumps(days))
    report = installation.build()
    # A line of the example names an outcome that is not in its version.
    assert [row["value"] for row in report.quarantine] == ["A4.b"]
    return Compared(installation.published, "department", rows, edges.AS_AT)


def demonstration(path: Path, files: Path) -> Compared:
    """Rows of the demonstration's files that were not set aside, as they were sent."""
    connection = warehouse.connect(str(path)).cursor()
    rows = {name: sent_rows(connection, files, name) for name in DATASETS}
    for name, some in rows.items():
        found = connection.execute(
            f"select count(*) from accepted.{name} where collection = $1",
            ["demonstration"],
        ).fetchone()
        assert found == (len(some),), name
    days = json.loads((files / "received.json").read_text(encoding="utf-8"))
    as_at = max(day[:10] for name, day in days.items() if name.startswith("actions/"))
    return Compared(path, "demonstration", rows, as_at)


def sent_rows(
    connection: duckdb.DuckDBPyConnection, files: Path, dataset: str
) -> list[Row]:
    """Rows of a dataset's files in the order in which the files came."""
    aside = set(connection.execute(
        "select arrival, source_row from quality.quarantine where dataset = $1",
        [dataset],
    ).fetchall())  # fmt: skip
    came = connection.execute(
        "select arrival, source_file from quality.sources where dataset = $1 "
        "and collection = 'demonstration' order by arrival",
        [dataset],
    ).fetchall()
    found = []
    for arrival, name in came:
        text = (files / dataset / Path(name).name).read_text(encoding="utf-8")
        lines = enumerate(csv.DictReader(text.splitlines()), start=2)
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
    """Every rule reads all rows anew: with a hundred thousand, that is remembered."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("received", "counted", "levels_of", "moves", "review_pairs"):
            patch.setattr(twins, name, remembered(getattr(twins, name)))
        for name in ("today", "of_the_day"):
            patch.setattr(twins, name, cache(getattr(twins, name)))
        yield


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory) -> Compared:
    return made_by_hand(tmp_path_factory.mktemp("edges"))


@pytest.fixture(scope="module")
def invented(demo) -> Compared:
    return demonstration(Path(demo.path), demo.folder.parent / "files")


@pytest.fixture(scope="module", params=["by_hand", "invented"])
def data(request) -> Compared:
    """One of the two."""
    return request.getfixturevalue(request.param)


each_profile = pytest.mark.parametrize("profile", PROFILES)


# Rows ---------------------------------------------------------------------------------


def test_the_demonstration_has_rows_for_every_rule(invented):
    assert len(invented.assessments) > 100_000
    assert {row["caf_version"] for row in invented.assessments} == {"3.2", "4.0"}
    assert {row["profile"] for row in invented.rows["caf_profiles"]} == {"example_local"}
    states = invented.table("state", "count(*)", "core.completeness where true group by 1")
    assert states.keys() >= {"assured", "peer_reviewed", "self_assessed", "draft"}


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
    levels = twins.levels_of(data.assessments)
    expected = {
        (code, year, version, outcome): level
        for (code, year, version), some in levels.items()
        for outcome, level in some.items()
    }
    assert expected == data.table(
        "gss_code_of_day, year(financial_year), caf_version, outcome_code", "level",
        "core.council_outcomes",
    )  # fmt: skip


def test_the_council_of_today(data):
    found = data.table(
        "gss_code_of_day", "gss_code",
        "(select distinct gss_code_of_day, gss_code, collection from core.completeness)",
    )  # fmt: skip
    assert found
    assert found == {code: twins.today(code) for code in found}


# Profile ------------------------------------------------------------------------------


RESULTS = (
    "gss_code_of_day, year({period}), caf_version",
    "met, below, unknown, is_profile_met",
)


@each_profile
@pytest.mark.parametrize(
    ("table", "period"),
    [("core.profile_results", "financial_year"), ("marts.profile_results", "period")],
)
def test_profile_results(data, profile, table, period):
    expected = twins.profile_results(data.assessments, data.profile(profile))
    keys, values = RESULTS
    assert expected == data.table(keys.format(period=period), values, table, profile)


@each_profile
def test_profile_outcomes(data, profile):
    wanted = data.profile(profile)
    expected = {}
    for (code, year, version), levels in twins.levels_of(data.assessments).items():
        for outcome, needed in twins.listed(wanted, version).items():
            if outcome in levels:
                level = levels[outcome]
                meets = twins.is_met(level, needed)
                expected[code, year, version, outcome] = level, needed, meets
    assert expected == data.table(
        "gss_code_of_day, year(period), caf_version, outcome_code",
        "level, required, level >= required", "marts.profile_outcomes", profile,
    )  # fmt: skip


@each_profile
def test_profile_outcomes_met_and_councils_meeting_it(data, profile):
    wanted = data.profile(profile)
    met = twins.outcomes_met(data.assessments, wanted)
    some = {place: parts for place, parts in met.items() if parts[1]}
    assert some == data.indicator("profile_outcomes_met", profile)
    meeting: dict[tuple[str, int], list[int]] = {}
    results = twins.profile_results(data.assessments, wanted)
    for (code, year, _), (_, _, _, meets) in results.items():
        if meets is not None:
            parts = meeting.setdefault((twins.today(code), year), [0, 0])
            parts[0] += meets
            parts[1] += 1
    expected = {place: tuple(parts) for place, parts in meeting.items()}
    assert expected == data.indicator("councils_meeting_profile", profile)


# Systems ------------------------------------------------------------------------------


@each_profile
def test_shares_of_systems(data, profile):
    expected = twins.system_results(data.assessments, data.profile(profile))
    assert expected == data.table(
        "gss_code_of_day, year(period), system_id", "met, assessed",
        "marts.system_results", profile,
    )  # fmt: skip


@each_profile
def test_outcomes_held_down(data, profile):
    expected = twins.held_down(data.assessments, data.profile(profile))
    found = data.table(
        "gss_code_of_day, year(period)", "held_down", "marts.profile_results", profile
    )
    assert expected == {place: found.get(place) for place in expected}
    # Where no system has a share, nothing is held down either.
    assert {number for place, number in found.items() if place not in expected} <= {0}


def standing(data: Compared) -> dict[int, set[str]]:
    """By year: councils with counted rows that are still there and took nobody over.

    Pages read councils of today; only these are one with the council of the day.
    """
    answer: dict[int, set[str]] = defaultdict(set)
    for code, year in twins.counted(data.assessments):
        answer[year].add(code)
    return {
        year: {
            code
            for code in codes
            if not COUNCILS[code]["ended_on"]
            and not any(twins.today(other) == code for other in codes - {code})
        }
        for year, codes in answer.items()
    }


def of_year(places: dict, year: int) -> dict:
    """Answers by council and year: those of one year by council."""
    return {code: found for (code, when), found in places.items() if when == year}


@each_profile
def test_weakest_share_and_spread_as_pages_read_them(data, profile):
    wanted = data.profile(profile)
    weakest = twins.weakest_system(data.assessments, wanted)
    spread = twins.spread(data.assessments, wanted)
    compared = 0
    for year, codes in standing(data).items():
        found = data.councils(year, profile)
        shown = {name: {code: found[code][name] for code in codes
                        if code in found and found[code][name] == found[code][name]}
                 for name in ("weakest", "spread")}  # fmt: skip
        lowest = {code: 100 * s for code, (_, s) in of_year(weakest, year).items()}
        for name, expected in (("weakest", lowest), ("spread", of_year(spread, year))):
            mine = {code: value for code, value in expected.items() if code in codes}
            assert shown[name] == pytest.approx(mine)
            compared += len(mine)
    assert compared > 10


@each_profile
def test_the_weakest_system_comes_first(data, profile):
    """Of a few councils, one after another: pages read one at a time."""
    weakest = twins.weakest_system(data.assessments, data.profile(profile))
    for year, codes in standing(data).items():
        expected = {
            code: system
            for code, (system, _) in of_year(weakest, year).items()
            if code in codes
        }
        for code in sorted(expected)[:8]:
            frame = reads.own_systems(
                str(data.path), LOCAL_ANALYST, data.scope(year, profile), code
            )
            assert frame["system_id"][0] == expected[code]


# Self-assessed and assured ------------------------------------------------------------


def test_own_and_reviewed_levels(data):
    expected = twins.review_pairs(data.assessments)
    assert len(expected) > 5
    assert expected == data.table(
        "gss_code_of_day, year(financial_year), caf_version, outcome_code",
        "self_level, review_level",
        "core.council_outcomes where self_level is not null or review_level is not null",
    )  # fmt: skip


@each_profile
def test_own_and_reviewed_levels_of_what_is_listed(data, profile):
    wanted = data.profile(profile)
    expected = {
        (*place, ): pair
        for place, pair in twins.review_pairs(data.assessments).items()
        if place[3] in twins.listed(wanted, place[2])
    }  # fmt: skip
    found = data.table(
        "gss_code_of_day, year(period), caf_version, outcome_code",
        "self_level, review_level",
        "marts.profile_outcomes where self_level is not null", profile,
    )  # fmt: skip
    assert expected == found
    told = twins.self_to_assured(data.assessments, wanted)
    ((met_by_self, met_by_review, listed),) = data.read(
        "select count(*) filter (where self_level >= required), "
        "count(*) filter (where review_level >= required), count(*) "
        "from marts.profile_outcomes where collection = $collection "
        "and profile = $profile and self_level + review_level is not null",
        profile,
    )
    assert (met_by_self, met_by_review, listed) == (
        told["met_by_self"], told["met_by_review"], told["listed"],
    )  # fmt: skip


def test_outcomes_rated_higher(data):
    expected: dict[tuple[str, int], list[int]] = {}
    for (code, year, _, _), (own, reviewed) in twins.review_pairs(
        data.assessments
    ).items():
        parts = expected.setdefault((twins.today(code), year), [0, 0])
        parts[0] += own > reviewed
        parts[1] += 1
    assert {place: tuple(parts) for place, parts in expected.items()} == (
        data.indicator("outcomes_rated_higher")
    )


# Versions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "period"), [("core.moves", "financial_year"), ("marts.moves", "period")]
)
def test_moves(data, table, period):
    found = {
        (code, year, outcome if version == before else twins.THREADS[version, outcome]): (
            then, now)
        for code, year, version, before, outcome, then, now in data.read(
            f"select gss_code_of_day, year({period}), caf_version, version_before, "
            f"outcome_code, level_before, level from {table} "
            "where collection = $collection"
        )
    }  # fmt: skip
    assert twins.moves(data.assessments) == found
    ((rows,),) = data.read(
        f"select count(*) from {table} where collection = $collection"
    )
    assert rows == len(found) > 20


def test_council_direction(data):
    """Of councils that are still there, as pages read them."""
    expected = twins.council_direction(data.assessments)
    compared = 0
    for year, codes in standing(data).items():
        found = data.councils(year, "baseline")
        shown = {
            code: direction(found[code]["improved"], found[code]["slipped"])
            for code in codes
            if code in found and found[code]["followed"] > 0
        }
        mine = {c: word for c, word in of_year(expected, year).items() if c in codes}
        assert shown == mine
        compared += len(mine)
    assert compared > 5


def direction(improved: int, slipped: int) -> str:
    if improved == slipped:
        return "level"
    return "improving" if improved > slipped else "slipping"


@each_profile
def test_worse_and_getting_worse(data, profile):
    expected = twins.worse_and_worsening(data.assessments, data.profile(profile))
    found = {
        (code, year)
        for year in standing(data)
        for code, row in data.councils(year, profile).items()
        if row["is_worse_and_worsening"]
    }
    assert {(twins.today(code), year) for code, year in expected} == found
    assert found or profile != "example_local"


REBASED = ("before", "dropped", "raised", "eased", "gained", "lost", "new", "unknown",
           "after")  # fmt: skip


@each_profile
def test_rebased_steps(data, profile):
    expected = {
        place: tuple(steps[name] for name in REBASED)
        for place, steps in twins.rebased(data.assessments, data.profile(profile)).items()
    }
    assert expected
    found = data.table(
        "gss_code_of_day, year(financial_year)",
        "met_before, dropped, raised, eased, gained, lost, new, unknown, met_after",
        "core.rebased", profile,
    )  # fmt: skip
    assert found == expected
    for before, dropped, raised, eased, gained, lost, new, unknown, after in (
        found.values()
    ):
        steps = -dropped - raised + eased + gained - lost + new + unknown
        assert before + steps == after


@each_profile
def test_rebased_as_pages_read_it(data, profile):
    """Of councils of today, with what is listed and assessed on either side."""
    wanted = data.profile(profile)
    results = twins.profile_results(data.assessments, wanted)
    expected = []
    for (code, year), steps in twins.rebased(data.assessments, wanted).items():
        met, below, unknown, _ = results[code, year - 1, "3.2"]
        now, not_now, unknown_now, _ = results[code, year, "4.0"]
        expected.append((
            twins.today(code), year, *(steps[name] for name in REBASED),
            met + below + unknown, met + below,
            now + not_now + unknown_now, now + not_now,
        ))  # fmt: skip
    found = data.read(
        "select gss_code, year(period), met_before, dropped, raised, eased, gained, "
        "lost, new, unknown, met_after, listed_before, assessed_before, listed_after, "
        "assessed_after from marts.rebased "
        "where collection = $collection and profile = $profile",
        profile,
    )
    assert sorted(found) == sorted(expected)


@each_profile
def test_comparable_outcomes_met(data, profile):
    """Every year by the level that the profile asks for in 4.0."""
    needed = twins.listed(data.profile(profile), "4.0")
    expected: dict[tuple[str, int], list[int]] = {}
    for (code, year, version), levels in twins.levels_of(data.assessments).items():
        for outcome, level in levels.items():
            thread = twins.THREADS.get((version, outcome))
            if level is not None and thread in needed:
                parts = expected.setdefault((twins.today(code), year), [0, 0])
                parts[0] += level >= needed[thread]
                parts[1] += 1
    assert {place: tuple(parts) for place, parts in expected.items()} == (
        data.indicator("comparable_outcomes_met", profile)
    )


# Actions ------------------------------------------------------------------------------


def by_council(data: Compared) -> list[tuple[list[Row], list[Row]]]:
    """Assessments and actions of one council of today after another.

    A gap is answered by the same council alone, so nothing is lost by it but the time
    to look through the actions of all others.
    """
    parts: dict[str, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for place, name in enumerate(("assessments", "actions")):
        for row in data.rows[name]:
            parts[twins.today(row["gss_code"])][place].append(row)
    return list(parts.values())


@pytest.fixture(scope="module")
def parts_of(request) -> Callable[[Compared], list]:
    """Rows by council, told apart once."""
    found: dict[str, list] = {}

    def answer(data: Compared) -> list:
        return found.setdefault(data.collection, by_council(data))

    return answer


def all_gaps(parts: list, profile: twins.Profile) -> dict[tuple[str, str, str], bool]:
    answer = {}
    for assessments, actions in parts:
        answer |= twins.gaps(assessments, actions, profile)
    return answer


@each_profile
@pytest.mark.parametrize("table", ["core.gaps", "marts.gaps"])
def test_gaps_answered(data, profile, table, parts_of):
    expected = all_gaps(parts_of(data), data.profile(profile))
    assert len(expected) > 5
    found = data.table(
        "gss_code, caf_version, outcome_code", "is_answered", table, profile
    )
    assert found == expected


@each_profile
def test_gaps_answered_of_the_latest_year(data, profile, parts_of):
    """Only councils whose latest year is the collection's."""
    latest: dict[str, int] = {}
    for code, year in sorted(twins.counted(data.assessments), key=lambda place: place[1]):
        latest[twins.today(code)] = year
    expected: dict[tuple[str, int], list[int]] = {}
    for (code, _, _), is_answered in all_gaps(
        parts_of(data), data.profile(profile)
    ).items():
        if latest[code] == max(latest.values()):
            parts = expected.setdefault((code, latest[code]), [0, 0])
            parts[0] += is_answered
            parts[1] += 1
    assert {place: tuple(parts) for place, parts in expected.items()} == (
        data.indicator("gaps_answered", profile)
    )


def test_overdue_actions(data):
    expected = twins.overdue(data.rows["actions"], data.as_at)
    found = data.read(
        "select gss_code, action_id from marts.actions "
        "where collection = $collection and is_overdue"
    )
    assert sorted((twins.today(code), name) for code, name in expected) == sorted(found)
    assert len(found) > 1
    ((first, last),) = data.read(
        "select min(as_at)::text, max(as_at)::text from marts.actions "
        "where collection = $collection"
    )
    assert first == last == data.as_at


def test_open_actions(data):
    expected = {
        (twins.today(row["gss_code"]), row["action_id"]): row["action_status"] in twins.OPEN
        for row in twins.standing(data.rows["actions"], "action_id")
    }
    assert expected == data.table("gss_code, action_id", "is_open", "marts.actions")


# Completeness -------------------------------------------------------------------------


SYSTEMS = "state", "systems_listed", "systems_assessed", "missing_systems", "is_complete"
OUTCOMES = "judged", "judged_in_part", "not_assessed", "not_sent"


def whole(data: Compared) -> dict[tuple[str, int], dict]:
    return twins.completeness(data.assessments, data.rows["critical_systems"])


def told(found: dict, names: tuple[str, ...], *states: str) -> dict:
    """These columns of the years in these states."""
    return {
        place: tuple(one[name] for name in names)
        for place, one in found.items()
        if one["state"] in states
    }


@pytest.mark.parametrize(
    ("table", "period"),
    [("core.completeness", "financial_year"), ("marts.completeness", "period")],
)
def test_completeness(data, table, period):
    expected = whole(data)
    keys = f"gss_code_of_day, year({period})"
    assert told(expected, SYSTEMS, *COUNTED, "draft", "cancelled") == data.table(
        keys, ", ".join(SYSTEMS), table
    )
    assert told(expected, OUTCOMES, *COUNTED) == data.table(
        keys, ", ".join(OUTCOMES), f"{table} where state in {COUNTED}"
    )


def test_outcomes_of_a_draft(by_hand):
    drafts = "draft", "cancelled"
    assert told(whole(by_hand), OUTCOMES, *drafts) == by_hand.table(
        "gss_code_of_day, year(financial_year)", ", ".join(OUTCOMES),
        f"core.completeness where state in {drafts}",
    )  # fmt: skip


@pytest.mark.parametrize("key", ["assessments_complete", "assessments_assured"])
def test_share_of_assessments(data, key):
    expected: dict[tuple[str, int], list[int]] = {}
    for (code, year), one in whole(data).items():
        if one["state"] in COUNTED:
            parts = expected.setdefault((twins.today(code), year), [0, 0])
            is_whole = one["is_complete"] is True
            parts[0] += is_whole if "complete" in key else one["state"] == "assured"
            parts[1] += 1
    assert {place: tuple(parts) for place, parts in expected.items()} == (
        data.indicator(key)
    )
