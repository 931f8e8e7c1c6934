"""Slow twins of the risk-maturity rules, written from the sentences of
`docs/maturity.md` in plain Python.

Rows are dictionaries of CSV cells in the order in which they came. A year is named by
the calendar year in which it starts; levels are 1 to 3, or None where unknown.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from statistics import median

from tests.support.reference import codes_by_version, comparable
from tests.support.rows import Row
from tests.support.twins import (
    SCORE,
    Assessed,
    Ratio,
    council_levels,
    latest_of_each_part,
    of_the_day,
    today,
)


Profile = Mapping[tuple[str, str], str]
Year = tuple[str, int]
Result = tuple[int, int, int, bool | None]
SystemYear = tuple[str, int, str]
CODES = codes_by_version()
PAIRS = comparable()
THREADS = {("3.2", old): new for old, new in PAIRS} | {("4.0", new): new for _, new in PAIRS}
OPEN = ("not_started", "in_progress")
COUNTED = ("submitted", "completed")


# Counted rows -------------------------------------------------------------------------


def histories(rows: Iterable[Row], *columns: str) -> list[list[Row]]:
    """The versions of each row, the latest at the end; no number means the first."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        key = (of_the_day(row["gss_code"]), *(row[column] for column in columns))
        found.setdefault(key, []).append(row)
    return [
        sorted(history, key=lambda row: int(row["record_version"] or 1))
        for history in found.values()
    ]


def is_withdrawn(row: Row) -> bool:
    return row["is_withdrawn"] == "true"


def standing(rows: Iterable[Row], *columns: str) -> list[Row]:
    """Latest versions, without those that were taken back."""
    latest = [history[-1] for history in histories(rows, *columns)]
    return [row for row in latest if not is_withdrawn(row)]


def with_what_came_before(history: Sequence[Row]) -> Row:
    """The latest version; a review sent apart adds to the judgement before it, and an
    assessment that says nothing of a review keeps the one before. A withdrawal takes
    back all that came before it.
    """
    *before, latest = history
    answer = dict(latest)
    own, review = {}, {}
    for row in before:
        own = row if row["self_status"] else own
        review = row if row["review_type"] else review
        if is_withdrawn(row):
            own, review = {}, {}
    if own and not latest["self_status"]:
        answer["self_status"] = own["self_status"]
        answer["completed_on"] = latest["completed_on"] or own["completed_on"]
    if review and not latest["review_type"]:
        answer["review_type"] = review["review_type"]
        answer["review_status"] = review["review_status"]
    return answer


def received(assessments: Iterable[Row]) -> list[Row]:
    """Every row of assessments that stands, whatever the state of its assessment."""
    columns = "assessment_id", "system_id", "outcome_code"
    merged = [with_what_came_before(h) for h in histories(assessments, *columns)]
    return [row for row in merged if not is_withdrawn(row)]


def year_of(row: Row) -> Year:
    return of_the_day(row["gss_code"]), int(row["assessment_period"][:4])


def counted(assessments: Iterable[Row]) -> dict[Year, tuple[str, list[Row]]]:
    """By council of the day and year: the version that counts, and its rows."""
    by_year: dict[Year, list[Row]] = defaultdict(list)
    for row in received(assessments):
        if row["status"] in COUNTED:
            by_year[year_of(row)].append(row)
    answer = {}
    for year, rows in by_year.items():
        version = max(row["caf_version"] for row in rows)
        of_version = [row for row in rows if row["caf_version"] == version]
        answer[year] = version, latest_of_each_part(of_version)
    return answer


def levels_of(assessments: Iterable[Row]) -> Assessed:
    """By council of the day, year and version: the level of each outcome sent."""
    return council_levels(received(assessments))


def level(row: Row) -> int | None:
    """The reviewer's judgement where there is one, else the council's own."""
    return SCORE.get(row["review_status"] or row["self_status"])


def is_of_systems(outcome: str) -> bool:
    """Objectives B and C are judged for each critical system."""
    return outcome[0] in "BC"


# Profile ------------------------------------------------------------------------------


def listed(profile: Profile, version: str) -> dict[str, int]:
    """The required level of each outcome of the version that the profile lists."""
    return {
        code: SCORE[word]
        for (of_version, code), word in profile.items()
        if of_version == version and code in CODES[version]
    }


def is_met(found: int | None, needed: int | None) -> bool | None:
    """Whether a level is as required; unknown where either is."""
    return None if found is None or needed is None else found >= needed


def profile_results(
    assessments: Iterable[Row], profile: Profile
) -> dict[tuple[str, int, str], Result]:
    """Outcomes met, below and unknown (not sent ones too), and whether it is met."""
    answer: dict[tuple[str, int, str], Result] = {}
    for place, levels in levels_of(assessments).items():
        needed = listed(profile, place[2])
        judged = Counter(is_met(levels.get(code), needed[code]) for code in needed)
        met, below, unknown = judged[True], judged[False], judged[None]
        meets = False if below else None if unknown else True
        if needed:
            answer[place] = met, below, unknown, meets
    return answer


def outcomes_met(assessments: Iterable[Row], profile: Profile) -> dict[tuple[str, int], Ratio]:
    """Outcomes met and outcomes met or below, by council of today and year."""
    answer: dict[tuple[str, int], Ratio] = {}
    results = profile_results(assessments, profile)
    for (code, year, _), (met, below, _, _) in results.items():
        before = answer.get((today(code), year), (0, 0))
        answer[today(code), year] = before[0] + met, before[1] + met + below
    return answer


# Systems ------------------------------------------------------------------------------


def system_results(assessments: Iterable[Row], profile: Profile) -> dict[SystemYear, Ratio]:
    """Outcomes met and assessed of each system; a system with none has no share."""
    answer: dict[SystemYear, Ratio] = {}
    for (code, year), (version, rows) in counted(assessments).items():
        needed = listed(profile, version)
        for row in rows:
            meets = is_met(level(row), needed.get(row["outcome_code"]))
            if row["system_id"] and meets is not None:
                met, assessed = answer.get((code, year, row["system_id"]), (0, 0))
                answer[code, year, row["system_id"]] = met + meets, assessed + 1
    return answer


def shares(assessments: Iterable[Row], profile: Profile) -> dict[Year, list[tuple[Fraction, str]]]:
    """The share of each system, lowest first and then by reference."""
    answer: dict[Year, list[tuple[Fraction, str]]] = defaultdict(list)
    results = system_results(assessments, profile)
    for (code, year, system), (met, assessed) in results.items():
        answer[code, year].append((Fraction(met, assessed), system))
    return {year: sorted(some) for year, some in answer.items()}


def weakest_system(assessments: Iterable[Row], profile: Profile) -> dict[Year, tuple[str, float]]:
    """The system with the lowest share, and that share, 0 to 1."""
    return {
        year: (some[0][1], float(some[0][0])) for year, some in shares(assessments, profile).items()
    }


def spread(assessments: Iterable[Row], profile: Profile) -> dict[Year, float]:
    """Percentage points from the weakest to the strongest, of two systems or more."""
    return {
        year: float(100 * (some[-1][0] - some[0][0]))
        for year, some in shares(assessments, profile).items()
        if len(some) > 1
    }


def held_down(assessments: Iterable[Row], profile: Profile) -> dict[Year, int]:
    """Outcomes that one system meets and another is below on, where any has a share."""
    answer = {}
    with_systems = shares(assessments, profile)
    for year, (version, rows) in counted(assessments).items():
        if year in with_systems:
            needed = listed(profile, version)
            found: dict[str, set[bool | None]] = defaultdict(set)
            for row in rows:
                if row["system_id"]:
                    meets = is_met(level(row), needed.get(row["outcome_code"]))
                    found[row["outcome_code"]].add(meets)
            answer[year] = sum({True, False} <= some for some in found.values())
    return answer


# Self-assessed and assured ------------------------------------------------------------


def review_pairs(assessments: Iterable[Row]) -> dict[tuple[str, int, str, str], tuple[int, int]]:
    """Lowest own and lowest reviewed level, of judgements that have both."""
    pairs: dict[tuple[str, int, str, str], list[tuple[int, int]]] = defaultdict(list)
    for (code, year), (version, rows) in counted(assessments).items():
        for row in rows:
            own = SCORE.get(row["self_status"])
            review = SCORE.get(row["review_status"])
            if own is not None and review is not None:
                pairs[code, year, version, row["outcome_code"]].append((own, review))
    return {
        place: (min(own for own, _ in some), min(review for _, review in some))
        for place, some in pairs.items()
    }


def self_to_assured(assessments: Iterable[Row], profile: Profile) -> dict[str, int]:
    """Pairs by their difference, and of those listed how many each judgement meets."""
    found = review_pairs(assessments)
    differences = Counter(own - review for own, review in found.values())
    needed = {place: listed(profile, place[2]).get(place[3]) for place in found}
    return {
        "pairs": len(found),
        "above_by_2": differences[2],
        "above_by_1": differences[1],
        "same": differences[0],
        "below_by_1": differences[-1],
        "below_by_2": differences[-2],
        "listed": sum(level is not None for level in needed.values()),
        "met_by_self": sum(is_met(own, needed[p]) is True for p, (own, _) in found.items()),
        "met_by_review": sum(is_met(review, needed[p]) is True for p, (_, review) in found.items()),
    }


# Versions -----------------------------------------------------------------------------


def same_outcome(before: str, after: str) -> list[tuple[str, str, str]]:
    """Of two versions: the code before, the code after, and what both are called."""
    if before == after:
        return [(code, code, code) for code in CODES[after]]
    threads_before = {t: code for (v, code), t in THREADS.items() if v == before}
    threads_after = {t: code for (v, code), t in THREADS.items() if v == after}
    return [
        (threads_before[thread], threads_after[thread], thread)
        for thread in threads_before.keys() & threads_after.keys()
    ]


def moves(assessments: Iterable[Row]) -> dict[tuple[str, int, str], tuple[int | None, int | None]]:
    """Levels before and after, by council of the day, the year after, and the code
    within one version or the thread between 3.2 and 4.0.
    """
    by_year = {
        (code, year): (version, levels)
        for (code, year, version), levels in levels_of(assessments).items()
    }
    answer = {}
    for (code, year), (version, after) in by_year.items():
        if (code, year - 1) in by_year:
            version_before, before = by_year[code, year - 1]
            for old, new, name in same_outcome(version_before, version):
                if old in before and new in after:
                    answer[code, year, name] = before[old], after[new]
    return answer


def council_direction(assessments: Iterable[Row]) -> dict[Year, str]:
    """Improving, slipping or level, of councils of the day with a move known."""
    balance: dict[Year, int] = {}
    for (code, year, _), (before, after) in moves(assessments).items():
        if before is None or after is None:
            continue
        step = (after > before) - (after < before)
        balance[code, year] = balance.get((code, year), 0) + step
    return {
        place: "improving" if net > 0 else "slipping" if net < 0 else "level"
        for place, net in balance.items()
    }


def worse_and_worsening(assessments: Sequence[Row], profile: Profile) -> set[Year]:
    """Slipping councils under the median of those on the same version that year."""
    met: dict[tuple[int, str], dict[str, Fraction]] = defaultdict(dict)
    results = profile_results(assessments, profile)
    for (code, year, version), (good, below, _, _) in results.items():
        if good + below:
            met[year, version][code] = Fraction(good, good + below)
    direction = council_direction(assessments)
    return {
        (code, year)
        for (year, _), of_councils in met.items()
        for code, share in of_councils.items()
        if direction.get((code, year)) == "slipping" and share < median(of_councils.values())
    }


def rebased(assessments: Iterable[Row], profile: Profile) -> dict[Year, dict[str, int]]:
    """From outcomes of 3.2 met to outcomes of 4.0 met in the year after, step by step;
    of councils of the day, by the year after, where the profile lists both versions.
    """
    found = levels_of(assessments)
    old, new = listed(profile, "3.2"), listed(profile, "4.0")
    answer = {}
    for code, year, version in found:
        if old and new and version == "4.0" and (code, year - 1, "3.2") in found:
            before, after = found[code, year - 1, "3.2"], found[code, year, version]
            steps = steps_between(before, after, old, new)
            reached = (
                steps["before"]
                - steps["dropped"]
                - steps["raised"]
                + steps["eased"]
                + steps["gained"]
                - steps["lost"]
                + steps["new"]
                + steps["unknown"]
            )
            assert reached == steps["after"], (code, year, steps)
            answer[code, year] = steps
    return answer


def steps_between(
    before: Mapping[str, int | None],
    after: Mapping[str, int | None],
    old: Mapping[str, int],
    new: Mapping[str, int],
) -> dict[str, int]:
    """Each step of one council, from levels and required levels of both versions."""
    met_before = {c for c in old if is_met(before.get(c), old[c])}
    met_after = {c for c in new if is_met(after.get(c), new[c])}
    names = "raised", "eased", "gained", "lost", "unknown"
    steps = dict.fromkeys(names, 0)
    for was, now in PAIRS:
        met_then = is_met(before.get(was), old.get(was))
        then_by_new = is_met(before.get(was), new.get(now))
        met_now = is_met(after.get(now), new.get(now))
        if met_then is None or met_now is None:
            steps["unknown"] += (now in met_after) - (was in met_before)
            continue
        steps["raised"] += met_then and not then_by_new
        steps["eased"] += not met_then and bool(then_by_new)
        steps["gained"] += met_now and not then_by_new
        steps["lost"] += not met_now and bool(then_by_new)
    return steps | {
        "before": len(met_before),
        "dropped": len(met_before - {was for was, _ in PAIRS}),
        "new": len(met_after - {now for _, now in PAIRS}),
        "after": len(met_after),
    }


# Actions ------------------------------------------------------------------------------


def gaps(
    assessments: Iterable[Row], actions: Iterable[Row], profile: Profile
) -> dict[tuple[str, str, str], bool]:
    """Outcomes below in a council of today's latest year; whether an action answers."""
    found = levels_of(assessments)
    newest: dict[str, int] = {}
    for code, year, _ in found:
        newest[today(code)] = max(year, newest.get(today(code), year))
    plans = standing(actions, "action_id")
    answer = {}
    for (code, year, version), levels in found.items():
        for outcome, needed in listed(profile, version).items():
            below = is_met(levels.get(outcome), needed) is False
            if below and year == newest[today(code)]:
                answer[today(code), version, outcome] = any(
                    today(action["gss_code"]) == today(code)
                    and is_about(action, version, outcome)
                    and is_answer(action, year)
                    for action in plans
                )
    return answer


def is_about(action: Row, version: str, outcome: str) -> bool:
    """Whether it is the same outcome: the same version and code, or one thread."""
    named = action["caf_version"], action["outcome_code"]
    if named == (version, outcome):
        return True
    thread = THREADS.get(named)
    return thread is not None and thread == THREADS.get((version, outcome))


def is_answer(action: Row, year: int) -> bool:
    """Whether it is open, or was agreed from the first day of the year on and done."""
    if action["action_status"] == "done":
        return action["created_on"] >= f"{year}-04-01"
    return action["action_status"] in OPEN


def overdue(actions: Iterable[Row], as_at: str) -> set[tuple[str, str]]:
    """Council of the day and reference of open actions that were due before the day,
    which is written as in files, 2025-06-30.
    """
    return {
        (of_the_day(row["gss_code"]), row["action_id"])
        for row in standing(actions, "action_id")
        if row["action_status"] in OPEN and row["due_on"] and row["due_on"] < as_at
    }


# Completeness -------------------------------------------------------------------------


def completeness(
    assessments: Sequence[Row], systems: Iterable[Row], codes: Mapping[str, Sequence[str]] = CODES
) -> dict[Year, dict[str, str | int | bool]]:
    """State, outcomes by how far they are judged, and systems, by council of the day
    and year; only counted rows judge. `codes` are the outcomes of each version.
    """
    any_rows: dict[Year, list[Row]] = defaultdict(list)
    for row in received(assessments):
        any_rows[year_of(row)].append(row)
    good = counted(assessments)
    known = standing(systems, "system_id")
    answer = {}
    for year, some in any_rows.items():
        version, rows = good.get(year, (max(r["caf_version"] for r in some), []))
        judged = Counter(how_judged(rows, code) for code in codes[version])
        assessed = {r["system_id"] for r in rows if r["system_id"] and level(r)}
        wanted = listed_by(known, year)
        answer[year] = {
            "state": state(rows, some),
            "judged": judged["judged"],
            "judged_in_part": judged["judged_in_part"],
            "not_assessed": judged["not_assessed"],
            "not_sent": judged["not_sent"],
            "systems_listed": len(wanted),
            "systems_assessed": len(assessed),
            "missing_systems": len(wanted - assessed),
            "is_complete": judged["judged"] == len(codes[version])
            and len(assessed) >= 3
            and wanted <= assessed,
        }
    return answer


def state(rows: Iterable[Row], some: Iterable[Row]) -> str:
    """How far the council got, of its counted rows and of all of them; a reviewer's
    Not assessed is no level.
    """
    reviews = {row["review_type"] for row in rows if SCORE.get(row["review_status"])}
    if reviews:
        return "assured" if "independent" in reviews else "peer_reviewed"
    if rows:
        return "self_assessed"
    return "draft" if any(row["status"] == "draft" for row in some) else "cancelled"


def how_judged(rows: Iterable[Row], outcome: str) -> str:
    """How far one outcome is judged; a system that sent rows owes one of each."""
    sent = [row for row in rows if row["outcome_code"] == outcome]
    have = {row["system_id"] for row in sent if level(row)}
    owing = {""}
    if is_of_systems(outcome):
        owing = {row["system_id"] for row in rows if row["system_id"]}
    if have:
        return "judged" if have == owing else "judged_in_part"
    return "not_assessed" if sent else "not_sent"


def listed_by(systems: Iterable[Row], year: Year) -> set[str]:
    """Critical systems of the council, first listed by the last day of the year."""
    code, starts = year
    return {
        row["system_id"]
        for row in systems
        if of_the_day(row["gss_code"]) == code and row["first_listed_on"] <= f"{starts + 1}-03-31"
    }
