"""Puts assessments into files: on time, late, or sent again with other judgements."""

import datetime as dt
from typing import Any

import numpy as np

from demonstration.actions import actions_of
from demonstration.assessment_rows import NOT_ASSESSED, rows
from demonstration.assessments import Assessment, assessments
from demonstration.councils import OLD_CODES, Council
from demonstration.period import file_name
from demonstration.returns import write_yearly_return
from demonstration.truths import Tally
from demonstration.world import World


LATE = 0.03
RESUBMITTED = 0.05


def write_assessments(world: World, tally: Tally) -> dict[str, list[dict[str, Any]]]:
    """Write all assessments; returns the improvement actions that follow from them."""
    actions: dict[str, list[dict[str, Any]]] = {}
    for council in world.in_period():
        for made in assessments(world, council):
            write_assessment(world, made)
            tally.add(made, world.support.get(council.gss_code))
            for row in actions_of(world, made):
                actions.setdefault(file_name(made.year, "1"), []).append(row)
    return actions


def write_assessment(world: World, made: Assessment) -> None:
    """Write one assessment, and what was sent again."""
    rng = world.rng("resubmissions", made.assessment_id)
    final = rows(made, rng)
    with_old_code(made.council, final, rng)
    first, again = final, list[dict[str, Any]]()
    if rng.random() < RESUBMITTED:
        first, again = sent_again(made, final, rng)
    part = "2-late" if rng.random() < LATE else "1"
    world.files.add("assessments", file_name(made.year, part), first)
    world.files.add("assessments", file_name(made.year, "3-corrections"), again)
    last = (made.is_reviewed and made.reviewed_on) or made.completed_on
    received = last + dt.timedelta(days=int(rng.integers(2, 20)))
    write_yearly_return(world, made.council, made.year, received)


def sent_again(
    made: Assessment, final: list[dict[str, Any]], rng: np.random.Generator
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows as first sent, and those that changed.

    One resubmission in four forgets to raise the version: the later file counts.
    """
    number = 1 if rng.random() < 0.25 else 2
    changed = rng.random(len(final)) < 0.4
    partial = dict(zip(made.version.codes, made.version.has_partial, strict=True))
    first = [
        row | {"self_status": other(row["self_status"], partial[row["outcome_code"]])}
        if is_changed
        else row
        for row, is_changed in zip(final, changed, strict=True)
    ]
    again = [
        row | {"record_version": number}
        for row, is_changed in zip(final, changed, strict=True)
        if is_changed
    ]
    return first, again


def other(status: str, has_partial: bool) -> str:
    """A judgement that the council might first have given instead, where it did."""
    if status == NOT_ASSESSED:
        return status
    if status == "Achieved":
        return "Partially achieved" if has_partial else "Not achieved"
    if status == "Partially achieved":
        return "Not achieved"
    return "Partially achieved" if has_partial else "Achieved"


def with_old_code(council: Council, final: list[dict[str, Any]], rng: np.random.Generator) -> None:
    """Let a few rows carry the code that the council had before."""
    old = OLD_CODES.get(council.gss_code)
    for row in final if old else []:
        if rng.random() < 0.04:
            row["gss_code"] = old
