"""Improvement actions that answer the outcomes that a council does not meet."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import numpy as np

from demonstration.assessments import UNKNOWN, Assessment
from demonstration.councils import common
from demonstration.period import quarter_end
from demonstration.systems import system_id
from demonstration.world import World


# Actions are shown as they stood on this day, when the last year's plans were in.
AS_OF = dt.date(2026, 6, 30)
# Objective that each CAF objective or principle serves (PRODUCT.md, five objectives).
OBJECTIVES = {"A": 1, "B": 3, "C": 2, "D": 2, "A4": 5, "B4": 5, "B6": 4}


def write_actions(world: World, files: dict[str, list[dict[str, Any]]]) -> None:
    """Write the actions; two in a hundred are put right later."""
    rng = world.rng("actions_corrected")
    for name in sorted(files):
        world.files.add("actions", name, files[name], least=1)
        again = [row for row in files[name] if rng.random() < 0.02]
        again = [row | {"record_version": 2, "priority": "high"} for row in again]
        world.files.add("actions", name[:-1] + "3-corrections", again)


def actions_of(world: World, made: Assessment) -> Iterator[dict[str, Any]]:
    """Up to four actions for the outcomes that fall short by most."""
    if not made.is_counted:
        return
    rng = world.rng("actions", made.assessment_id)
    scores = made.review_scores if made.is_reviewed else made.self_scores
    short = made.version.required - made.council_scores(scores)
    order = np.argsort(-(short + rng.random(len(short)) * 0.9), kind="stable")
    wanted = int(rng.integers(1, 5))
    for n, k in enumerate([k for k in order if short[k] > 0][:wanted], 1):
        row = action(world, made, n, int(k), int(short[k]), rng)
        # A council that was abolished meanwhile has nobody to agree the action.
        if made.council.exists_on(row["created_on"]):
            yield row


def agreed_on(made: Assessment, rng: np.random.Generator) -> dt.date:
    """A few weeks after the review, or after completion where nobody reviewed."""
    after = made.reviewed_on if made.is_reviewed else None
    waited = dt.timedelta(days=int(rng.integers(7, 45)))
    return min((after or made.completed_on) + waited, AS_OF - dt.timedelta(days=1))


def action(
    world: World, made: Assessment, n: int, k: int, short: int, rng: np.random.Generator
) -> dict[str, Any]:
    """One action: on the weakest system, or on the council as a whole."""
    code = made.version.codes[k]
    scores = np.where(made.sent.is_judged, made.self_scores, UNKNOWN)
    weakest = made.systems[int(scores[made.systems, k].argmin())]
    whole = bool(made.version.is_whole_council[k])
    created = agreed_on(made, rng)
    due = quarter_end(created + dt.timedelta(days=int(rng.integers(80, 420))))
    return (
        common(made.council)
        | {
            "action_id": f"ACT-{made.council.gss_code}-{made.year}-{n}",
            "gss_code": made.council.gss_code,
            "assessment_id": made.assessment_id,
            "caf_version": made.version.name,
            "outcome_code": code,
            "system_id": "" if whole else system_id(made.council, weakest),
            "priority": priority(short, rng),
            "objective": OBJECTIVES.get(code[:2], OBJECTIVES[code[0]]),
            "created_on": created,
            "due_on": due,
            "award_id": paid_by(world, made, due, rng),
        }
        | progress(created, due, rng)
    )


def priority(short: int, rng: np.random.Generator) -> str:
    """Two levels short is high; one level is medium more often than low."""
    if short == 2 or rng.random() < 0.2:
        return "high"
    return "medium" if rng.random() < 0.7 else "low"


def paid_by(world: World, made: Assessment, due: dt.date, rng: np.random.Generator) -> str:
    """The award that pays for it, where the council had one by the time it was due."""
    awards = world.truths["awards_by_council"].get(made.council.gss_code, [])
    ready = [award for award, day in awards if day <= due]
    return ready[-1] if ready and rng.random() < 0.5 else ""


def progress(created: dt.date, due: dt.date, rng: np.random.Generator) -> dict[str, Any]:
    """Status, costs and completion as they stood at the end of June 2026."""
    cost = float(np.round(rng.lognormal(9.3, 0.9), -2))
    finished = due + dt.timedelta(days=int(rng.normal(10, 70)))
    finished = max(finished, created + dt.timedelta(days=14))
    status = state(created, finished, rng)
    is_done = status == "done"
    return {
        "action_status": status,
        "estimated_cost_gbp": f"{cost:.2f}" if rng.random() < 0.85 else "",
        "actual_cost_gbp": f"{cost * rng.lognormal(0.08, 0.25):.2f}" if is_done else "",
        "completed_on": finished if is_done else "",
    }


def state(created: dt.date, finished: dt.date, rng: np.random.Generator) -> str:
    """How far an action has got; some stop, and some outlive their due date."""
    draw = rng.random()
    if draw < 0.05:
        return "stopped"
    if finished <= AS_OF and draw < 0.8:
        return "done"
    begun = (AS_OF - created).days > 120
    return "in_progress" if begun and draw < 0.93 else "not_started"
