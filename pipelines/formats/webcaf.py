"""WebCAF, the GovAssure service: an assessment or a review as JSON, outcome by outcome.

Codes, statuses and dates are read and nothing else: comments, recommendations, names
and addresses of people stay in the file. The files name no council, system or period,
so whoever hands one in must. One row is one outcome.
"""

import re
from collections.abc import Iterator
from typing import Any

from pipelines.datasets import Dataset
from pipelines.errors import FileRefusedError
from pipelines.formats import webcaf_scope
from pipelines.formats.json_text import members, numbered
from pipelines.formats.parts import cell, group, part
from pipelines.formats.reading import Options, Reading, Reject
from pipelines.formats.webcaf_status import CHANGED, by_indicators, status


OUTCOME = re.compile(r"[A-Z]\d+\.[a-z]")
PLACE = ["assessment_id", "gss_code", "caf_version", "assessment_period", "status"]
OWN = ["lens", "system_id", "outcome_code"]
Outcome = tuple[str, int, Any]


def is_assessment(document: Any) -> bool:
    """Outcomes at the top, at least one with indicators or a confirmation."""
    return isinstance(document, dict) and any(
        OUTCOME.fullmatch(name) and {"indicators", "confirmation"} & set(group(value))
        for name, value in document.items()
    )


def is_review(document: Any) -> bool:
    """What the reviewer answered, objective by objective."""
    return isinstance(part(document, "assessor_response_data"), dict)


def read_assessment(text: str, document: Any, dataset: Dataset, options: Options) -> Reading:
    """One row per outcome with the council's own judgement, `self_status`."""
    found = [(n, at, v) for n, at, _, v in members(text, text.index("{"))]
    outcomes = [each for each in found if OUTCOME.fullmatch(each[0])]
    codes = {name for name, _, _ in outcomes}
    webcaf_scope.refuse_unsaid("assessment", codes, options, options.assessment)
    version, remarks = webcaf_scope.version_of(codes, options)
    if len(found) > len(outcomes):
        left = len(found) - len(outcomes)
        remarks.append(f"Parts of the file that are no outcome and were not read: {left}.")
    shared = [options.assessment, options.council, version, options.period, "submitted"]
    reading = Reading([*PLACE, *OWN, "self_status"], iter(()), remarks=remarks)
    reading.records = judged(text, outcomes, shared, options, reading)
    return reading


def judged(
    text: str, outcomes: list[Outcome], shared: list[str], options: Options, reading: Reading
) -> Iterator[tuple[int, list[str]]]:
    """Rows of an assessment; what was not confirmed or is contradicted is remarked."""
    lines, remarks = numbered(text, [at for _, at, _ in outcomes])
    reading.remarks += remarks
    odd: dict[str, list[str]] = {"unconfirmed": [], "changed": [], "contradicted": []}
    for line, (code, _, outcome) in zip(lines, outcomes, strict=True):
        said = self_status(code, outcome, odd)
        if said is None:
            reading.rejects.append(Reject(line, code, NO_STATUS.format(code)))
            continue
        yield line, [*shared, *own(code, options), said]
    reading.remarks += [SAYS[name].format(", ".join(c)) for name, c in odd.items() if c]


NO_STATUS = (
    "The status of outcome {} is none of Achieved, Partially achieved, Not achieved. "
    "Confirm the outcome in WebCAF and export again."
)
SAYS = {
    "unconfirmed": "Not confirmed in WebCAF, so loaded as Not assessed: {}.",
    "changed": "The council changed the status that WebCAF worked out; the change is loaded: {}.",
    "contradicted": "The status differs from what the answers to the statements give "
    "by the rules of the CAF; the status is loaded: {}.",
}


def self_status(code: str, outcome: Any, odd: dict[str, list[str]]) -> str | None:
    """The council's judgement of one outcome; none where no known status is given."""
    confirmation = group(outcome, "confirmation")
    confirmed = cell(part(confirmation, "confirm_outcome"))
    if confirmed in CHANGED:
        odd["changed"].append(code)
        return CHANGED[confirmed]
    if confirmed != "confirm":
        odd["unconfirmed"].append(code)
        return "Not assessed"
    said = status(part(confirmation, "outcome_status"))
    if said and by_indicators(code, group(outcome, "indicators")) not in (None, said):
        odd["contradicted"].append(code)
    return said


def own(code: str, options: Options) -> list[str]:
    """Lens, system and code: A and D are judged for the council, B and C by system."""
    if code[0] in "BC":
        return ["BC", options.system, code]
    return ["AD", "", code]


def read_review(text: str, document: Any, dataset: Dataset, options: Options) -> Reading:
    """One row per outcome with the reviewer's judgement, and no `self_status`."""
    outcomes = list(reviewed(text))
    if not outcomes:
        raise FileRefusedError("This WebCAF review holds no outcome. Export it again.")
    scope = webcaf_scope.scope_of(document, {code for code, _, _ in outcomes}, options)
    columns = [*PLACE, "profile", "review_type", "reviewed_on", *OWN, "review_status"]
    reading = Reading(columns, iter(()), remarks=scope.remarks)
    reading.records = decided(text, outcomes, scope.cells, options, reading)
    return reading


def reviewed(text: str) -> Iterator[Outcome]:
    """The outcomes of a review, which stand within their objectives."""
    for name, _, answers, _ in members(text, text.index("{")):
        if name == "assessor_response_data":
            for _, _, place, value in members(text, answers):
                if isinstance(value, dict):
                    for code, at, _, outcome in members(text, place):
                        if OUTCOME.fullmatch(code):
                            yield code, at, outcome


def decided(
    text: str, outcomes: list[Outcome], shared: list[str], options: Options, reading: Reading
) -> Iterator[tuple[int, list[str]]]:
    """Rows of a review; an outcome without a decision is set aside and says so."""
    lines, remarks = numbered(text, [at for _, at, _ in outcomes])
    reading.remarks += remarks
    for line, (code, _, outcome) in zip(lines, outcomes, strict=True):
        said = status(part(outcome, "review_data", "review_decision"))
        if said is None:
            reading.rejects.append(Reject(line, code, NO_DECISION.format(code)))
            continue
        yield line, [*shared, *own(code, options), said]


NO_DECISION = (
    "The reviewer's decision on outcome {} is none of achieved, partially-achieved, "
    "not-achieved. Complete the review in WebCAF and export again."
)
