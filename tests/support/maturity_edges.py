"""Hand-made rows on the edges of the risk-maturity rules, each on councils of its own.

Levels are written 3 Achieved, 2 Partially achieved, 1 Not achieved, 0 Not assessed.
Few outcomes are sent, so that sums can be done by eye with `EXAMPLE_PROFILE`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from tests.support.invented import at_levels
from tests.support.reference import CROSSWALK, baseline, outcomes
from tests.support.rows import Row, action, assessment, system


Edge = dict[str, list[Row]]
Levels = Mapping[str, int]
WORDS = {3: "Achieved", 2: "Partially achieved", 1: "Not achieved", 0: "Not assessed"}
# The files of the edges are as received on this day; no row is dated after it.
AS_AT = "2025-06-30"
ALLERDALE, COPELAND, CUMBERLAND = "E07000026", "E07000029", "E06000063"
MENDIP, SOUTH_SOMERSET, SOMERSET = "E07000187", "E07000189", "E06000066"
CUMBRIA, BARNSLEY, BARNSLEY_NOW = "E10000006", "E08000016", "E08000038"

# What the example asks for. A4.b is no outcome of 3.2, and C2.a and the 4.0 A2.b have
# no comparable outcome; A2.a is raised, B4.a eased, and B5.a listed in 4.0 alone.
EXAMPLE: dict[tuple[str, str], str] = {
    (version, outcome): WORDS[needed]
    for version, levels in {
        "3.2": {"A1.a": 3, "A2.a": 2, "A2.b": 3, "A4.b": 3, "B2.a": 2, "B4.a": 3, "C2.a": 3},
        "4.0": {"A1.a": 3, "A2.a": 3, "A2.b": 2, "A2.c": 3, "B2.a": 2, "B4.a": 2, "B5.a": 2},
    }.items()
    for outcome, needed in levels.items()
}
EXAMPLE_PROFILE: list[Row] = [
    {
        "profile": "example_local",
        "profile_label": "Example local profile",
        "caf_version": version,
        "outcome_code": outcome,
        "required_level": level,
        "source": "Made up for tests",
    }
    for (version, outcome), level in EXAMPLE.items()
]


# Making rows --------------------------------------------------------------------------


def sent(
    code: str,
    year: int,
    version: str,
    council: Levels | None = None,
    systems: Mapping[str, Levels] | None = None,
    **changes: str,
) -> list[Row]:
    """One completed assessment: levels of the council (A, D) and of systems (B, C)."""
    parts = {"": council or {}, **(systems or {})}
    return [
        judged(code, year, version, name, outcome, level, **changes)
        for name, levels in parts.items()
        for outcome, level in levels.items()
    ]


def judged(
    code: str, year: int, version: str, name: str, outcome: str, level: int | None, **changes: str
) -> Row:
    """One row by the council itself; no level leaves its own judgement blank."""
    cells = {
        "assessment_id": f"CAF-{code}-{year}",
        "gss_code": code,
        "caf_version": version,
        "assessment_period": f"{year}/{year - 1999}",
        "lens": "BC" if name else "AD",
        "system_id": name,
        "outcome_code": outcome,
        "self_status": "" if level is None else WORDS[level],
        "review_type": "self_assessment",
        "completed_on": f"{year}-12-01",
    }
    return assessment(**(cells | changes))


def review(level: int, kind: str = "independent") -> dict[str, str]:
    """The cells of a reviewer's judgement."""
    return {"review_type": kind, "review_status": WORDS[level], "reviewed_on": "2025-03-01"}


def listed(code: str, **first_listed: str) -> list[Row]:
    """Critical systems: `SYS_1="2024-01-01"` lists SYS-1 from that day."""
    return [
        system(gss_code=code, system_id=name.replace("_", "-"), first_listed_on=day)
        for name, day in first_listed.items()
    ]


def planned(code: str, number: int, version: str, outcome: str, status: str, **changes: str) -> Row:
    """One improvement action, agreed on 1 July 2024 unless that is changed."""
    cells = {
        "action_id": f"ACT-{code}-{number}",
        "gss_code": code,
        "caf_version": version,
        "outcome_code": outcome,
        "action_status": status,
        "created_on": "2024-07-01",
        "due_on": "2025-09-30",
        "completed_on": "2024-12-15" if status == "done" else "",
    }
    return action(**(cells | changes))


def edge(
    assessments: Iterable[Row] = (),
    critical_systems: Iterable[Row] = (),
    actions: Iterable[Row] = (),
) -> Edge:
    """The rows of one case, by dataset."""
    return {
        "assessments": list(assessments),
        "critical_systems": list(critical_systems),
        "actions": list(actions),
    }


def whole(version: str, names: Iterable[str]) -> tuple[Levels, dict[str, Levels]]:
    """Every outcome achieved, for the council and for these systems."""
    council = {o["outcome_code"]: 3 for o in outcomes(version) if o["lens"] == "AD"}
    each = {o["outcome_code"]: 3 for o in outcomes(version) if o["lens"] == "BC"}
    return council, dict.fromkeys(names, each)


# Assessments --------------------------------------------------------------------------


def no_systems(code: str = "E09000001") -> Edge:
    """A and D only, and no critical system listed."""
    return edge(sent(code, 2024, "3.2", {"A1.a": 3, "A2.a": 2, "A2.b": 3, "D1.a": 2}))


def draft_only(code: str = "E09000002") -> Edge:
    """Everything judged, in a draft."""
    rows = sent(
        code, 2024, "3.2", {"A1.a": 3}, {"SYS-1": {"B2.a": 2}}, status="draft", completed_on=""
    )
    return edge(rows, listed(code, SYS_1="2024-01-01"))


def draft_and_cancelled(code: str = "E09000003") -> Edge:
    """One assessment given up, and another begun."""
    return edge(
        [
            *sent(code, 2024, "3.2", {"A1.a": 3}, status="cancelled"),
            *sent(
                code,
                2024,
                "3.2",
                {"A1.a": 1},
                status="draft",
                completed_on="",
                assessment_id=f"CAF-{code}-AGAIN",
            ),
        ]
    )


def cancelled_only(code: str = "E09000004") -> Edge:
    return edge(sent(code, 2024, "3.2", {"A1.a": 3}, status="cancelled"))


def withdrawn_only(code: str = "E09000005") -> Edge:
    """An assessment taken back whole: as if there never was one."""
    rows = sent(code, 2024, "3.2", {"A1.a": 3})
    back = sent(code, 2024, "3.2", {"A1.a": 3}, record_version="2", is_withdrawn="true")
    return edge([*rows, *back])


def draft_beside_submitted(code: str = "E09000006") -> Edge:
    """A submitted assessment counts, whatever a later draft says."""
    return edge(
        [
            *sent(code, 2024, "3.2", {"A1.a": 3}, status="submitted"),
            *sent(
                code,
                2024,
                "4.0",
                {"A1.a": 1},
                status="draft",
                assessment_id=f"CAF-{code}-AGAIN",
                completed_on="2025-02-01",
            ),
        ]
    )


def two_in_one_year(code: str = "E09000007") -> Edge:
    """The second assesses the council and one of two systems again; it leaves out A2.a,
    which so is not sent, and SYS-2, which keeps its first.
    """
    first = {"SYS-1": {"B2.a": 1}, "SYS-2": {"B2.a": 3}}
    return edge(
        [
            *sent(
                code,
                2024,
                "3.2",
                {"A1.a": 1},
                {"SYS-1": {"B2.a": 3}},
                assessment_id=f"CAF-{code}-A",
                completed_on="2025-01-10",
            ),
            *sent(
                code,
                2024,
                "3.2",
                {"A1.a": 3, "A2.a": 3},
                first,
                assessment_id=f"CAF-{code}-B",
                completed_on="2024-06-01",
            ),
        ]
    )


def two_versions_in_one_year(code: str = "E09000008") -> Edge:
    """4.0 counts although 3.2 was completed after it; its system is not counted."""
    return edge(
        [
            *sent(
                code, 2024, "3.2", {"A1.a": 3}, {"SYS-1": {"B2.a": 3}}, completed_on="2025-02-01"
            ),
            *sent(code, 2024, "4.0", {"A1.a": 1}, assessment_id=f"CAF-{code}-40"),
        ]
    )


def carried_forward(code: str = "E09000009") -> Edge:
    """Outcomes carried forward count like any other."""
    levels = {"A1.a": 3, "A2.a": 1}
    return edge(
        [
            *sent(code, 2023, "3.2", levels),
            *sent(code, 2024, "3.2", levels, is_carried_forward="true"),
        ]
    )


def not_assessed_and_not_sent(code: str = "E09000010") -> Edge:
    """A1.a not assessed, and all but A2.a of what the example lists not sent."""
    return edge(sent(code, 2024, "3.2", {"A1.a": 0, "A2.a": 2}))


def corrected(code: str = "E09000011") -> Edge:
    """Later versions of rows; the file has them in no order.

    A1.a falls from 3 to 1. A2.a is taken back; A2.b too, then sent again as 3. A4.a is
    corrected to 2 and keeps its review, 1. D1.a has its review apart, 2. D2.a says it
    has no review after all: 1. D1.b goes back to draft. A3.a was taken back before its
    review was sent apart: reviewed 1, and no judgement of the council's own.
    """

    def version(number: object, outcome: str, level: int | None, **changes: str) -> Row:
        return judged(code, 2024, "3.2", "", outcome, level, record_version=str(number), **changes)

    apart = {"status": "completed", "completed_on": ""}
    back = {"is_withdrawn": "true"}
    return edge(
        [
            version(2, "A1.a", 1),
            version("", "A1.a", 3),
            version(1, "A2.a", 2),
            version(2, "A2.a", 2, **back),
            version(1, "A2.b", 1),
            version(2, "A2.b", 1, **back),
            version(3, "A2.b", 3),
            version(1, "A4.a", 3, **review(1)),
            version(2, "A4.a", 2, review_type=""),
            version(1, "D1.a", 3, review_type=""),
            version(2, "D1.a", None, **apart, **review(2)),
            version(1, "D2.a", 1, **review(3)),
            version(2, "D2.a", 1),
            version(1, "D1.b", 3),
            version(2, "D1.b", 3, status="draft"),
            version(1, "A3.a", 3),
            version(2, "A3.a", 3, **back),
            version(3, "A3.a", None, **apart, **review(1)),
        ]
    )


# Systems and completeness -------------------------------------------------------------


def weak_systems(code: str = "E09000013") -> Edge:
    """SYS-1 and SYS-2 meet one of two, SYS-3 two of two; SYS-4 is not assessed and
    SYS-5 only on what the example does not list. B2.a and B4.a are held down.
    """
    return edge(
        sent(
            code,
            2024,
            "3.2",
            {"A1.a": 3},
            {
                "SYS-3": {"B2.a": 2, "B4.a": 3, "C2.a": 0},
                "SYS-2": {"B2.a": 1, "B4.a": 3},
                "SYS-1": {"B2.a": 2, "B4.a": 2},
                "SYS-4": {"B2.a": 0},
                "SYS-5": {"B1.a": 1},
            },
        )
    )


def one_system(code: str = "E09000014") -> Edge:
    """A weakest system, and no spread."""
    return edge(sent(code, 2024, "3.2", systems={"SYS-1": {"B2.a": 1}}))


def complete(code: str = "E09000015") -> Edge:
    """Every outcome of 4.0, three systems, and each listed."""
    names = "SYS-1", "SYS-2", "SYS-3"
    days = {"SYS_1": "2024-01-01", "SYS_2": "2024-01-01", "SYS_3": "2024-01-01"}
    return edge(sent(code, 2024, "4.0", *whole("4.0", names)), listed(code, **days))


def two_systems(code: str = "E09000016") -> Edge:
    """As complete, but of fewer than three systems."""
    rows = sent(code, 2024, "4.0", *whole("4.0", ["SYS-1", "SYS-2"]))
    return edge(rows, listed(code, SYS_1="2024-01-01", SYS_2="2024-01-01"))


def listed_and_not_assessed(code: str = "E09000017") -> Edge:
    """SYS-4, listed on the last day of the year, is missing. SYS-5, listed the day
    after, is not, nor SYS-6, which was taken back; SYS-3 is assessed and not listed.
    """
    names = "SYS-1", "SYS-2", "SYS-3"
    days = {
        "SYS_1": "2024-01-01",
        "SYS_2": "2024-01-01",
        "SYS_4": "2025-03-31",
        "SYS_5": "2025-04-01",
        "SYS_6": "2024-01-01",
    }
    back = system(
        gss_code=code,
        system_id="SYS-6",
        first_listed_on="2024-01-01",
        record_version="2",
        is_withdrawn="true",
    )
    rows = sent(code, 2024, "3.2", *whole("3.2", names))
    return edge(rows, [*listed(code, **days), back])


def judged_in_part(code: str = "E09000018") -> Edge:
    """B2.a not assessed and B4.a not sent for SYS-2, B1.a not assessed for either."""
    rows = sent(
        code,
        2024,
        "3.2",
        {"A1.a": 3, "D1.a": 0},
        {
            "SYS-1": {"B1.a": 0, "B1.b": 3, "B2.a": 2, "B4.a": 3},
            "SYS-2": {"B1.a": 0, "B1.b": 1, "B2.a": 0},
        },
    )
    return edge(rows, listed(code, SYS_1="2024-01-01", SYS_2="2024-01-01"))


def system_without_levels(code: str = "E09000019") -> Edge:
    """A system that is listed and sent, with no outcome assessed: missing."""
    rows = sent(code, 2024, "3.2", systems={"SYS-1": {"B2.a": 3}, "SYS-2": {"B2.a": 0}})
    return edge(rows, listed(code, SYS_1="2024-01-01", SYS_2="2024-01-01"))


# Reviews ------------------------------------------------------------------------------


def reviewed_in_part(code: str = "E09000020") -> Edge:
    """SYS-2 has no review. Pairs: A1.a 3 and 1; B2.a 3 and 2; B4.a 2 and 2, from two
    systems that differ; D1.a 1 and 2, its review sent apart. A2.a and A2.b have no
    level on one side.
    """

    def row(name: str, outcome: str, level: int | None, **changes: str) -> Row:
        return judged(code, 2024, "3.2", name, outcome, level, **changes)

    return edge(
        [
            row("", "A1.a", 3, **review(1)),
            row("", "A2.a", 0, **review(2)),
            row("", "A2.b", 3, **review(0)),
            row("", "D1.a", 1, review_type=""),
            row("", "D1.a", None, record_version="2", completed_on="", **review(2)),
            row("SYS-1", "B2.a", 3, **review(2)),
            row("SYS-2", "B2.a", 1),
            row("SYS-1", "B4.a", 3, **review(2)),
            row("SYS-3", "B4.a", 2, **review(3)),
        ]
    )


def peer_reviewed(code: str = "E09000021") -> Edge:
    """Another council's people reviewed it: 3 and 3, then 3 and 1."""
    return edge(
        [
            judged(code, 2024, "3.2", "", "A1.a", 3, **review(3, "peer_review")),
            judged(code, 2024, "3.2", "", "A2.a", 3, **review(1, "peer_review")),
        ]
    )


def reviewed_by_both(code: str = "E09000030") -> Edge:
    """A peer review of the council and an independent one of its system: assured."""
    return edge(
        [
            judged(code, 2024, "3.2", "", "A1.a", 3, **review(3, "peer_review")),
            judged(code, 2024, "3.2", "SYS-1", "B2.a", 3, **review(1)),
        ]
    )


# Years and versions -------------------------------------------------------------------


def at_baseline(code: str = "E09000022") -> Edge:
    """Exactly at Baseline 3.2, then at the same levels through the crosswalk on 4.0."""
    levels = baseline("3.2")
    same = {
        row["outcome_40"]: levels[row["outcome_32"]]
        for row in CROSSWALK
        if row["outcome_32"] and row["outcome_40"]
    }
    return edge([*at_levels(code, 2023, "3.2", levels), *at_levels(code, 2024, "4.0", same)])


def rebased_every_way(code: str = "E09000023") -> Edge:
    """With the example, before 4: dropped C2.a, raised A2.a, eased B4.a, gained A2.a
    and B2.a, lost A1.a, new A2.b, and B5.a listed in 4.0 alone. After 6.
    """
    return edge(
        [
            *sent(
                code,
                2023,
                "3.2",
                {"A1.a": 3, "A2.a": 2, "A2.b": 3},
                {"SYS-1": {"B2.a": 1, "B4.a": 2, "B5.a": 2, "C2.a": 3}},
            ),
            *sent(
                code,
                2024,
                "4.0",
                {"A1.a": 1, "A2.a": 3, "A2.b": 2, "A2.c": 3},
                {"SYS-1": {"B2.a": 2, "B4.a": 2, "B5.a": 2, "C2.a": 3}},
            ),
        ]
    )


def rebased_to_unknown(code: str = "E09000024") -> Edge:
    """Two met in 3.2: in 4.0 one is not assessed, the other not sent."""
    return edge(
        [
            *sent(code, 2023, "3.2", {"A1.a": 3, "A2.a": 2}),
            *sent(code, 2024, "4.0", {"A1.a": 0, "A2.c": 3}),
        ]
    )


def without_threads(code: str = "E09000025") -> Edge:
    """3.1, of which the example says nothing, then 3.2: no outcome is followed."""
    return edge([*sent(code, 2022, "3.1", {"A1.a": 1}), *sent(code, 2023, "3.2", {"A1.a": 3})])


def a_year_apart(code: str = "E09000026") -> Edge:
    """Nothing was sent for the year between: no move."""
    return edge([*sent(code, 2022, "3.2", {"A1.a": 3}), *sent(code, 2024, "3.2", {"A1.a": 1})])


def slipping(low: str = "E09000027", high: str = "E09000028", still: str = "E09000029") -> Edge:
    """Two councils slip in 2021/22, when no other edge has rows: the first has half of
    its outcomes met, the second all, which is the median.
    """
    return edge(
        [
            *sent(low, 2020, "3.2", {"A1.a": 3, "A2.a": 3}),
            *sent(low, 2021, "3.2", {"A1.a": 1, "A2.a": 3}),
            *sent(high, 2020, "3.2", {"A1.a": 3, "A2.a": 3}),
            *sent(high, 2021, "3.2", {"A1.a": 3, "A2.a": 2}),
            *sent(still, 2021, "3.2", {"A1.a": 3, "A2.a": 3}),
        ]
    )


# Councils -----------------------------------------------------------------------------


def merged() -> Edge:
    """Two councils, then the one that took them over, with an action of before."""
    return edge(
        [
            *sent(ALLERDALE, 2022, "3.2", {"A1.a": 1, "A2.a": 2}),
            *sent(COPELAND, 2022, "3.2", {"A1.a": 3, "A2.a": 1}),
            *sent(CUMBERLAND, 2023, "3.2", {"A1.a": 3, "A2.a": 1}),
        ],
        listed(ALLERDALE, SYS_1="2022-05-01"),
        [planned(ALLERDALE, 1, "3.2", "A2.a", "in_progress", created_on="2023-03-01")],
    )


def merged_and_silent_since() -> Edge:
    """The latest year of today's council is one of the councils before it."""
    return edge(
        [
            *sent(MENDIP, 2022, "3.2", {"A1.a": 1, "A2.a": 3}),
            *sent(SOUTH_SOMERSET, 2022, "3.2", {"A1.a": 3, "A2.a": 1}),
        ]
    )


def split() -> Edge:
    """A county shared out between two: it stands for itself."""
    return edge(sent(CUMBRIA, 2022, "3.2", {"A1.a": 1, "A2.a": 3}))


def old_code() -> Edge:
    """Two codes of one council, which moved from 1 to 3."""
    return edge(
        [
            *sent(BARNSLEY, 2022, "3.2", {"A1.a": 1}),
            *sent(BARNSLEY_NOW, 2023, "3.2", {"A1.a": 3, "A2.a": 1}),
        ],
        listed(BARNSLEY, SYS_1="2022-05-01"),
        [planned(BARNSLEY, 1, "3.2", "A2.a", "not_started", created_on="2022-09-01")],
    )


# Actions ------------------------------------------------------------------------------


def gaps_and_actions(code: str = "E06000001") -> Edge:
    """Seven gaps in 4.0. Answered: B2.a (done, agreed on the year's first day), A2.c
    (open, under its code in 3.2) and B4.a (open, agreed long before). Not: A1.a
    (stopped), A2.a (done, agreed the day before the year), A2.b (3.2 means another
    outcome by it), B5.a (stopped in its second version; another was taken back).
    """
    levels = {"A1.a": 1, "A2.a": 1, "A2.b": 1, "A2.c": 1}
    systems = {"SYS-1": {"B2.a": 1, "B4.a": 1, "B5.a": 1}, "SYS-2": {"B2.a": 3}}
    return edge(
        sent(code, 2024, "4.0", levels, systems),
        actions=[
            planned(code, 1, "4.0", "A1.a", "stopped"),
            planned(code, 2, "4.0", "A2.a", "done", created_on="2024-03-31"),
            planned(code, 3, "4.0", "B2.a", "done", created_on="2024-04-01"),
            planned(code, 4, "3.2", "A2.b", "in_progress"),
            planned(
                code, 5, "4.0", "B4.a", "not_started", created_on="2023-01-10", system_id="SYS-1"
            ),
            planned(code, 6, "4.0", "B5.a", "in_progress"),
            planned(code, 6, "4.0", "B5.a", "stopped", record_version="2"),
            planned(code, 7, "4.0", "B5.a", "in_progress"),
            planned(code, 7, "4.0", "B5.a", "in_progress", record_version="2", is_withdrawn="true"),
        ],
    )


def draft_since(code: str = "E09000031") -> Edge:
    """The gap of 2023/24 stands, whatever the draft of the year after says; an action
    agreed and done in 2023/24 answers it.
    """
    rows = sent(code, 2023, "3.2", {"A1.a": 1})
    draft = sent(code, 2024, "3.2", {"A1.a": 3, "A2.a": 1}, status="draft", completed_on="")
    done = planned(code, 1, "3.2", "A1.a", "done", created_on="2023-05-01")
    return edge([*rows, *draft], actions=[done])


def actions_of_other_versions(code: str = "E06000002") -> Edge:
    """Gaps A1.a and C2.a of 3.2; open actions for A1.a of 3.1, which has no thread, and
    C2.a of 4.0, another outcome. Neither answers.
    """
    rows = sent(code, 2024, "3.2", {"A1.a": 1}, {"SYS-1": {"C2.a": 1}})
    return edge(
        rows,
        actions=[
            planned(code, 1, "3.1", "A1.a", "in_progress"),
            planned(code, 2, "4.0", "C2.a", "in_progress"),
        ],
    )


def due_around(as_at: str = AS_AT, code: str = "E06000003") -> Edge:
    """Open actions due the day before (1 and 2: overdue), on the day, after it and at
    no time; done and stopped ones; one that was put off in its second version.
    """
    past = (date.fromisoformat(as_at) - timedelta(days=1)).isoformat()
    return edge(
        actions=[
            planned(code, 1, "4.0", "A1.a", "not_started", due_on=past),
            planned(code, 2, "4.0", "A1.a", "in_progress", due_on=past),
            planned(code, 3, "4.0", "A1.a", "in_progress", due_on=as_at),
            planned(code, 4, "4.0", "A1.a", "in_progress", due_on="2099-12-31"),
            planned(code, 5, "4.0", "A1.a", "in_progress", due_on=""),
            planned(code, 6, "4.0", "A1.a", "done", due_on=past),
            planned(code, 7, "4.0", "A1.a", "stopped", due_on=past),
            planned(code, 8, "4.0", "A1.a", "in_progress", due_on=past),
            planned(code, 8, "4.0", "A1.a", "in_progress", due_on="2099-12-31", record_version="2"),
        ]
    )


CASES = (
    no_systems,
    draft_only,
    draft_and_cancelled,
    cancelled_only,
    withdrawn_only,
    draft_beside_submitted,
    two_in_one_year,
    two_versions_in_one_year,
    carried_forward,
    not_assessed_and_not_sent,
    corrected,
    weak_systems,
    one_system,
    complete,
    two_systems,
    listed_and_not_assessed,
    judged_in_part,
    system_without_levels,
    reviewed_in_part,
    peer_reviewed,
    reviewed_by_both,
    at_baseline,
    rebased_every_way,
    rebased_to_unknown,
    without_threads,
    a_year_apart,
    slipping,
    merged,
    merged_and_silent_since,
    split,
    old_code,
    gaps_and_actions,
    draft_since,
    actions_of_other_versions,
)


def everything(as_at: str = AS_AT) -> Edge:
    """The rows of every case, for one warehouse whose files came on that day."""
    answer = edge()
    for made in [*(case() for case in CASES), due_around(as_at)]:
        for dataset, rows in made.items():
            answer[dataset] += rows
    return answer
