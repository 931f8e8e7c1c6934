"""Assessments as rows of a file: one for each outcome, of the council or a system."""

from typing import Any

import numpy as np

from demonstration.assessments import Assessment
from demonstration.councils import common
from demonstration.framework import LEVELS
from demonstration.period import label
from demonstration.systems import system_id


NOT_ASSESSED = "Not assessed"


def rows(made: Assessment, rng: np.random.Generator) -> list[dict[str, Any]]:
    """One row per outcome of the council, and of each of its systems."""
    is_judged = made.sent.is_judged
    self_status = np.where(is_judged, LEVELS[made.self_scores], NOT_ASSESSED)
    review_status = np.where(is_judged, LEVELS[made.review_scores], NOT_ASSESSED)
    evidence = rng.poisson(1.2 + made.self_scores * 1.5)
    carried = rng.random(len(made.version.codes)) < 0.12
    head = header(made)
    return [
        head
        | {
            "lens": "AD" if n == 0 else "BC",
            "system_id": system_id(made.council, n) if n else "",
            "outcome_code": made.version.codes[k],
            "self_status": self_status[n, k],
            "review_status": review_status[n, k] if made.is_reviewed else "",
            "evidence_ref_count": evidence[n, k],
            "is_carried_forward": "true" if n == 0 and carried[k] else "false",
        }
        for n, k in np.argwhere(made.sent.is_sent)
    ]


def header(made: Assessment) -> dict[str, Any]:
    """The columns that all rows of one assessment share."""
    is_draft = made.status in ("draft", "cancelled")
    return common(made.council) | {
        "assessment_id": made.assessment_id,
        "gss_code": made.council.gss_code,
        "caf_version": made.version.name,
        "profile": "baseline",
        "assessment_period": label(made.year),
        "review_type": made.review_type,
        "completed_on": "" if is_draft else made.completed_on,
        "reviewed_on": made.reviewed_on if made.is_reviewed else "",
        "status": made.status,
    }
