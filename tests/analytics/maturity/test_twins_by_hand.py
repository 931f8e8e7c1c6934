"""The twins of the risk-maturity rules give what can be worked out by eye.

No warehouse: SQL is compared with these twins elsewhere.
"""

from collections import Counter

import pytest

from tests.support import maturity as twins
from tests.support import maturity_edges as edges
from tests.support.maturity_edges import EXAMPLE
from tests.support.reference import ALIASES, COUNCILS, outcomes, profile_of
from tests.support.twins import profile_outcomes_met


UNKNOWN = None


def by_code(answer: dict, code: str) -> dict:
    """Answers about one council, by what else is in their key."""
    return {
        place[1:] if len(place) > 2 else place[1]: found
        for place, found in answer.items()
        if place[0] == code
    }


def only(answer: dict):
    """The one answer that there is."""
    ((_, found),) = answer.items()
    return found


def results(made: edges.Edge, profile: twins.Profile = EXAMPLE) -> dict:
    return twins.profile_results(made["assessments"], profile)


def levels(made: edges.Edge) -> dict:
    return only(twins.levels_of(made["assessments"]))


def whole(made: edges.Edge) -> dict:
    return twins.completeness(made["assessments"], made["critical_systems"])


# The rows -----------------------------------------------------------------------------


def test_councils_of_two_cases_are_never_the_same():
    made = [*(case() for case in edges.CASES), edges.due_around()]
    of_cases = [
        {twins.today(row["gss_code"]) for rows in one.values() for row in rows} for one in made
    ]
    assert max(Counter(c for codes in of_cases for c in codes).values()) == 1
    assert sum(len(rows) for one in made for rows in one.values()) == sum(
        len(rows) for rows in edges.everything().values()
    )


def test_councils_existed_and_nothing_is_dated_after_the_files_came():
    dated = {
        "assessments": "completed_on",
        "critical_systems": "first_listed_on",
        "actions": "created_on",
    }
    for dataset, rows in edges.everything().items():
        for row in rows:
            council = COUNCILS[ALIASES.get(row["gss_code"], row["gss_code"])]
            day = row[dated[dataset]]
            last = council["ended_on"] or edges.AS_AT
            assert not day or council["started_on"] <= day <= last, row


def test_partially_achieved_is_given_only_where_there_is_such_a_level():
    possible = {
        (version, row["outcome_code"])
        for version in ("3.1", "3.2", "4.0")
        for row in outcomes(version)
        if row["has_partial"] == "true"
    }
    rows = edges.everything()["assessments"]
    given = {
        (row["caf_version"], row["outcome_code"])
        for row in [*rows, *({**r, "self_status": r["review_status"]} for r in rows)]
        if row["self_status"] == "Partially achieved"
    }
    given |= {place for place, needed in EXAMPLE.items() if needed.startswith("Part")}
    assert given
    assert given <= possible


# Counted rows -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "case",
    [edges.draft_only, edges.draft_and_cancelled, edges.cancelled_only, edges.withdrawn_only],
)
def test_drafts_and_what_was_given_up_or_taken_back_is_not_counted(case):
    assert twins.levels_of(case()["assessments"]) == {}
    assert results(case()) == {}


def test_a_draft_does_not_take_the_place_of_what_was_submitted():
    assert levels(edges.draft_beside_submitted()) == {"A1.a": 3}


def test_of_two_assessments_the_last_counts_for_each_part_apart():
    assert levels(edges.two_in_one_year()) == {"A1.a": 1, "B2.a": 3}


def test_of_two_versions_the_later_counts_whichever_was_completed_last():
    ((place, found),) = twins.levels_of(edges.two_versions_in_one_year()["assessments"]).items()
    assert place == ("E09000008", 2024, "4.0")
    assert found == {"A1.a": 1}
    # The system was assessed on the version that does not count.
    assert twins.system_results(edges.two_versions_in_one_year()["assessments"], EXAMPLE) == {}
    assert only(whole(edges.two_versions_in_one_year()))["systems_assessed"] == 0


def test_corrections_withdrawals_and_reviews_sent_apart():
    assert levels(edges.corrected()) == {
        "A1.a": 1,
        "A2.b": 3,
        "A3.a": 1,
        "A4.a": 1,
        "D1.a": 2,
        "D2.a": 1,
    }
    pairs = twins.review_pairs(edges.corrected()["assessments"])
    assert {place[3]: pair for place, pair in pairs.items()} == {"A4.a": (2, 1), "D1.a": (3, 2)}


# Profile ------------------------------------------------------------------------------


def test_a_line_of_an_outcome_that_the_version_does_not_have_does_not_count():
    assert ("3.2", "A4.b") in EXAMPLE
    assert twins.listed(EXAMPLE, "3.2") == {
        "A1.a": 3,
        "A2.a": 2,
        "A2.b": 3,
        "B2.a": 2,
        "B4.a": 3,
        "C2.a": 3,
    }
    assert only(results(edges.listed_and_not_assessed())) == (6, 0, 0, True)
    # Of outcomes that the version has it lists none, so it says nothing.
    assert results(edges.complete(), {("3.2", "A4.b"): "Achieved"}) == {}
    assert results(edges.no_systems(), {("3.2", "A4.b"): "Achieved"}) == {}


def test_a_profile_that_lists_little_is_met_by_little():
    little = {("3.2", "A1.a"): "Achieved", ("3.2", "A2.a"): "Partially achieved"}
    assert only(results(edges.no_systems(), little)) == (2, 0, 0, True)
    assert only(results(edges.no_systems())) == (3, 0, 3, UNKNOWN)


def test_a_level_that_is_not_asked_for_is_met_by_any_level_and_missed_by_none():
    anything = {("3.2", "A1.a"): "Not achieved"}
    assert only(results(edges.two_in_one_year(), anything)) == (1, 0, 0, True)
    none = edges.not_assessed_and_not_sent()
    assert only(results(none, anything)) == (0, 0, 1, UNKNOWN)


def test_not_assessed_and_not_sent_are_unknown_and_one_below_settles_it():
    found = only(results(edges.not_assessed_and_not_sent()))
    assert found == (1, 0, 5, UNKNOWN)
    assert only(results(edges.two_in_one_year())) == (1, 1, 4, False)


def test_nothing_is_said_of_a_version_that_the_profile_does_not_list():
    assert results(edges.without_threads()) == {("E09000025", 2023, "3.2"): (1, 0, 5, UNKNOWN)}


def test_outcomes_met_add_up_under_the_council_of_today():
    met = twins.outcomes_met(edges.merged()["assessments"], EXAMPLE)
    assert met == {(edges.CUMBERLAND, 2022): (2, 4), (edges.CUMBERLAND, 2023): (1, 2)}
    met = twins.outcomes_met(edges.split()["assessments"], EXAMPLE)
    assert met == {(edges.CUMBRIA, 2022): (1, 2)}


def test_the_reference_profile_gives_what_the_older_twin_gives():
    rows = twins.received(edges.everything()["assessments"])
    found = twins.outcomes_met(rows, profile_of("baseline"))
    older = profile_outcomes_met(rows)
    assert len(found) > 30
    # The older twin has a line for 3.1 too, of which Baseline lists nothing.
    assert older == {("E09000025", 2022): (0, 0), **found}


def test_a_council_at_baseline_3_2_meets_27_of_41_in_4_0():
    found = results(edges.at_baseline(), profile_of("baseline"))
    assert by_code(found, "E09000022") == {
        (2023, "3.2"): (39, 0, 0, True),
        (2024, "4.0"): (27, 14, 0, False),
    }


# Systems ------------------------------------------------------------------------------


def test_a_share_is_of_listed_outcomes_that_have_a_level():
    rows = edges.weak_systems()["assessments"]
    assert twins.system_results(rows, EXAMPLE) == {
        ("E09000013", 2024, "SYS-1"): (1, 2),
        ("E09000013", 2024, "SYS-2"): (1, 2),
        ("E09000013", 2024, "SYS-3"): (2, 2),
    }


def test_a_systems_share_is_of_the_reviewers_judgement_where_there_is_one():
    rows = edges.reviewed_in_part()["assessments"]
    assert by_code(twins.system_results(rows, EXAMPLE), "E09000020") == {
        (2024, "SYS-1"): (1, 2),
        (2024, "SYS-2"): (0, 1),
        (2024, "SYS-3"): (1, 1),
    }


def test_of_equally_weak_systems_the_first_by_reference_is_the_weakest():
    rows = edges.weak_systems()["assessments"]
    assert only(twins.weakest_system(rows, EXAMPLE)) == ("SYS-1", 0.5)
    assert only(twins.spread(rows, EXAMPLE)) == 50
    assert only(twins.held_down(rows, EXAMPLE)) == 2


def test_one_system_is_the_weakest_and_has_no_spread():
    rows = edges.one_system()["assessments"]
    assert only(twins.weakest_system(rows, EXAMPLE)) == ("SYS-1", 0)
    assert twins.spread(rows, EXAMPLE) == {}
    assert only(twins.held_down(rows, EXAMPLE)) == 0


def test_without_systems_there_is_no_weakest_one():
    rows = edges.no_systems()["assessments"]
    for rule in (twins.weakest_system, twins.spread, twins.held_down):
        assert rule(rows, EXAMPLE) == {}


def test_the_council_is_as_weak_as_the_lowest_of_its_systems():
    assert levels(edges.weak_systems()) == {
        "A1.a": 3,
        "B1.a": 1,
        "B2.a": 1,
        "B4.a": 2,
        "C2.a": None,
    }


# Self-assessed and assured ------------------------------------------------------------


def test_only_judgements_with_both_levels_make_a_pair():
    rows = edges.reviewed_in_part()["assessments"]
    place = "E09000020", 2024, "3.2"
    assert twins.review_pairs(rows) == {
        (*place, "A1.a"): (3, 1),
        (*place, "B2.a"): (3, 2),
        (*place, "B4.a"): (2, 2),
        (*place, "D1.a"): (1, 2),
    }
    # The council's own level takes in the system that was not reviewed.
    assert levels(edges.reviewed_in_part())["B2.a"] == 1
    # A reviewer who did not assess leaves no level, whatever the council says.
    assert levels(edges.reviewed_in_part())["A2.b"] is UNKNOWN


def test_differences_by_size_and_the_profile_by_either_judgement():
    rows = edges.reviewed_in_part()["assessments"]
    assert twins.self_to_assured(rows, EXAMPLE) == {
        "pairs": 4,
        "above_by_2": 1,
        "above_by_1": 1,
        "same": 1,
        "below_by_1": 1,
        "below_by_2": 0,
        "listed": 3,
        "met_by_self": 2,
        "met_by_review": 1,
    }


def test_a_peer_review_makes_pairs_too():
    rows = edges.peer_reviewed()["assessments"]
    found = twins.self_to_assured(rows, EXAMPLE)
    assert (found["pairs"], found["above_by_2"], found["same"]) == (2, 1, 1)


# Versions -----------------------------------------------------------------------------


def test_moves_between_versions_follow_threads():
    rows = edges.rebased_every_way()["assessments"]
    assert by_code(twins.moves(rows), "E09000023") == {
        (2024, "A1.a"): (3, 1),
        (2024, "A2.a"): (2, 3),
        (2024, "A2.c"): (3, 3),
        (2024, "B2.a"): (1, 2),
        (2024, "B4.a"): (2, 2),
        (2024, "B5.a"): (2, 2),
    }
    assert only(twins.council_direction(rows)) == "improving"


def test_an_unknown_level_moves_neither_way():
    rows = edges.rebased_to_unknown()["assessments"]
    assert twins.moves(rows) == {("E09000024", 2024, "A1.a"): (3, UNKNOWN)}
    assert twins.council_direction(rows) == {}


def test_outcomes_carried_forward_count_and_stay():
    rows = edges.carried_forward()["assessments"]
    assert by_code(twins.moves(rows), "E09000009") == {
        (2024, "A1.a"): (3, 3),
        (2024, "A2.a"): (1, 1),
    }
    assert only(twins.council_direction(rows)) == "level"


@pytest.mark.parametrize(
    "case",
    [edges.without_threads, edges.a_year_apart, edges.merged],
    ids=["no threads", "a year apart", "another council"],
)
def test_there_is_no_move_without_the_same_council_year_before_and_thread(case):
    assert twins.moves(case()["assessments"]) == {}
    assert twins.council_direction(case()["assessments"]) == {}


def test_a_council_whose_code_changed_is_one_council():
    rows = edges.old_code()["assessments"]
    assert twins.moves(rows) == {(edges.BARNSLEY_NOW, 2023, "A1.a"): (1, 3)}


def test_worse_and_getting_worse_is_under_the_median_not_at_it():
    rows = edges.slipping()["assessments"]
    assert twins.council_direction(rows) == {
        ("E09000027", 2021): "slipping",
        ("E09000028", 2021): "slipping",
    }
    assert twins.worse_and_worsening(rows, EXAMPLE) == {("E09000027", 2021)}


def test_the_same_levels_rebased_from_39_of_39_to_27_of_41():
    found = twins.rebased(edges.at_baseline()["assessments"], profile_of("baseline"))
    assert found == {
        ("E09000022", 2024): {
            "before": 39,
            "dropped": 2,
            "raised": 10,
            "eased": 0,
            "gained": 0,
            "lost": 0,
            "new": 0,
            "unknown": 0,
            "after": 27,
        }
    }


def test_every_step_of_a_rebased_council():
    found = twins.rebased(edges.rebased_every_way()["assessments"], EXAMPLE)
    assert only(found) == {
        "before": 4,
        "dropped": 1,
        "raised": 1,
        "eased": 1,
        "gained": 2,
        "lost": 1,
        "new": 1,
        "unknown": 1,
        "after": 6,
    }


def test_what_became_unknown_is_taken_off_and_what_became_known_added():
    found = twins.rebased(edges.rebased_to_unknown()["assessments"], EXAMPLE)
    # A1.a and A2.a are taken off; A2.c, not sent under its older code, is added.
    assert only(found) == {
        "before": 2,
        "dropped": 0,
        "raised": 0,
        "eased": 0,
        "gained": 0,
        "lost": 0,
        "new": 0,
        "unknown": -1,
        "after": 1,
    }


def test_a_profile_of_one_version_rebases_nobody():
    rows = edges.rebased_every_way()["assessments"]
    newer = {place: level for place, level in EXAMPLE.items() if place[0] == "4.0"}
    assert twins.rebased(rows, newer) == {}


# Actions ------------------------------------------------------------------------------


def gaps(made: edges.Edge) -> dict:
    return twins.gaps(made["assessments"], made["actions"], EXAMPLE)


def test_open_and_newly_done_actions_answer_a_gap():
    assert by_code(gaps(edges.gaps_and_actions()), "E06000001") == {
        ("4.0", "A1.a"): False,
        ("4.0", "A2.a"): False,
        ("4.0", "A2.b"): False,
        ("4.0", "A2.c"): True,
        ("4.0", "B2.a"): True,
        ("4.0", "B4.a"): True,
        ("4.0", "B5.a"): False,
    }


def test_an_action_of_another_version_without_a_thread_answers_nothing():
    assert by_code(gaps(edges.actions_of_other_versions()), "E06000002") == {
        ("3.2", "A1.a"): False,
        ("3.2", "C2.a"): False,
    }


def test_only_the_latest_year_of_the_council_of_today_has_gaps():
    assert gaps(edges.rebased_every_way()) == {("E09000023", "4.0", "A1.a"): False}
    assert gaps(edges.merged()) == {(edges.CUMBERLAND, "3.2", "A2.a"): True}
    assert gaps(edges.merged_and_silent_since()) == {
        (edges.SOMERSET, "3.2", "A1.a"): False,
        (edges.SOMERSET, "3.2", "A2.a"): False,
    }
    assert gaps(edges.split()) == {(edges.CUMBRIA, "3.2", "A1.a"): False}
    assert gaps(edges.old_code()) == {(edges.BARNSLEY_NOW, "3.2", "A2.a"): True}


def test_a_draft_is_no_later_year():
    assert gaps(edges.draft_since()) == {("E09000031", "3.2", "A1.a"): True}
    states = {place: found["state"] for place, found in whole(edges.draft_since()).items()}
    assert states == {("E09000031", 2023): "self_assessed", ("E09000031", 2024): "draft"}


def test_another_councils_action_answers_nothing():
    theirs = edges.gaps_and_actions()["actions"]
    rows = edges.rebased_every_way("E09000023")["assessments"]
    added = edges.planned("E06000001", 9, "4.0", "A1.a", "in_progress")
    assert set(twins.gaps(rows, [*theirs, added], EXAMPLE).values()) == {False}


@pytest.mark.parametrize("as_at", [edges.AS_AT, "2026-01-01"])
def test_an_open_action_is_overdue_from_the_day_after_it_was_due(as_at):
    actions = edges.due_around(as_at)["actions"]
    assert twins.overdue(actions, as_at) == {
        ("E06000003", "ACT-E06000003-1"),
        ("E06000003", "ACT-E06000003-2"),
    }


# Completeness -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "state"),
    [
        (edges.draft_only, "draft"),
        (edges.draft_and_cancelled, "draft"),
        (edges.cancelled_only, "cancelled"),
        (edges.draft_beside_submitted, "self_assessed"),
        (edges.no_systems, "self_assessed"),
        (edges.peer_reviewed, "peer_reviewed"),
        (edges.reviewed_in_part, "assured"),
        (edges.reviewed_by_both, "assured"),
    ],
)
def test_state(case, state):
    assert only(whole(case()))["state"] == state


def test_an_assessment_taken_back_leaves_no_year():
    assert whole(edges.withdrawn_only()) == {}


def test_a_draft_judges_nothing():
    assert only(whole(edges.draft_only())) == {
        "state": "draft",
        "judged": 0,
        "judged_in_part": 0,
        "not_assessed": 0,
        "not_sent": 39,
        "systems_listed": 1,
        "systems_assessed": 0,
        "missing_systems": 1,
        "is_complete": False,
    }


def test_outcomes_by_how_far_they_are_judged():
    # Judged A1.a, B1.b; in part B2.a, B4.a; not assessed B1.a, D1.a; 39 less these 6.
    assert only(whole(edges.judged_in_part())) == {
        "state": "self_assessed",
        "judged": 2,
        "judged_in_part": 2,
        "not_assessed": 2,
        "not_sent": 33,
        "systems_listed": 2,
        "systems_assessed": 2,
        "missing_systems": 0,
        "is_complete": False,
    }


def test_complete_needs_every_outcome_three_systems_and_none_missing():
    assert only(whole(edges.complete())) == {
        "state": "self_assessed",
        "judged": 41,
        "judged_in_part": 0,
        "not_assessed": 0,
        "not_sent": 0,
        "systems_listed": 3,
        "systems_assessed": 3,
        "missing_systems": 0,
        "is_complete": True,
    }
    few = only(whole(edges.two_systems()))
    assert (few["judged"], few["missing_systems"], few["is_complete"]) == (41, 0, False)
    less = edges.complete()
    less["assessments"].pop()
    found = only(whole(less))
    assert (found["judged"], found["judged_in_part"]) == (40, 1)
    assert not found["is_complete"]


def test_a_system_listed_by_the_last_day_of_the_year_and_not_assessed_is_missing():
    found = only(whole(edges.listed_and_not_assessed()))
    assert (found["systems_listed"], found["systems_assessed"]) == (3, 3)
    assert (found["judged"], found["missing_systems"]) == (39, 1)
    assert not found["is_complete"]


def test_a_system_sent_without_a_level_is_missing():
    found = only(whole(edges.system_without_levels()))
    assert (found["systems_assessed"], found["missing_systems"]) == (1, 1)
    assert found["judged_in_part"] == 1


def test_without_systems_outcomes_of_b_and_c_are_not_sent():
    found = only(whole(edges.no_systems()))
    assert (found["judged"], found["not_sent"]) == (4, 35)
    assert (found["systems_listed"], found["systems_assessed"]) == (0, 0)
