"""What a WebCAF file is about: said by the file, or by whoever hands it in."""

import re
from dataclasses import dataclass
from typing import Any

from pipelines.errors import FileRefusedError
from pipelines.formats.parts import cell, group, part, rows
from pipelines.formats.reading import Options


# The versions that WebCAF offers; 3.1 has the codes of 3.2 and was never among them.
OFFERED = ("3.2", "4.0")
REFERENCE = re.compile(r"[A-Z0-9-]{4,40}")
REVIEWS = {
    "independent assurance review": "independent",
    "peer review": "peer_review",
    "no review, self-assessment only": "self_assessment",
    "not decided": "not_decided",
}
PROFILES = {"baseline": "baseline", "basic": "baseline", "enhanced": "enhanced"}


@dataclass
class Scope:
    """Cells that every row of a review shares, and remarks on how they were found."""

    cells: list[str]
    remarks: list[str]


def refuse_unsaid(what: str, outcomes: set[str], options: Options, assessment: str) -> None:
    """Name everything that is missing at once, and how to say it."""
    said = {"council": options.council, "period": options.period}
    if any(code[0] in "BC" for code in outcomes):
        said["system"] = options.system
    said["assessment"] = assessment
    missing = [name for name, value in said.items() if not value]
    if missing:
        raise FileRefusedError(
            f"This WebCAF {what} does not say the {', '.join(missing)} that it is "
            f"about: give {' '.join(f'--{name} {EXAMPLES[name]}' for name in missing)} "
            "on the command line."
        )


EXAMPLES = {
    "council": "E06000001",
    "period": "2024/25",
    "system": "SYS-E06000001-1",
    "assessment": "CAF-E06000001-2024",
}


def version_of(outcomes: set[str], options: Options) -> tuple[str, list[str]]:
    """The version of an assessment, and a remark where its outcomes tell it."""
    if options.caf_version:
        return options.caf_version, []
    for version in OFFERED:
        own = {r["outcome_code"] for r in rows("caf_outcomes") if r["caf_version"] == version}
        if own == outcomes:
            return version, [f"The outcomes are those of CAF {version}, so it is taken."]
    raise FileRefusedError(
        f"The {len(outcomes)} outcomes of this WebCAF assessment are not those of one "
        "CAF version: give --caf-version 3.2 or --caf-version 4.0 on the command line."
    )


def scope_of(document: Any, outcomes: set[str], options: Options) -> Scope:
    """What a review says of itself; an unfinished one is refused."""
    scope = group(
        document,
        "assessor_response_data",
        "system_and_scope",
        "completed_data",
        "the_scope_of_this_review",
    )
    reference = cell(part(scope, "self-assessment_reference_number")).upper()
    known = reference if REFERENCE.fullmatch(reference) else ""
    assessment = options.assessment or known
    refuse_unsaid("review", outcomes, options, assessment)
    reviewed_on, remarks = completion(document)
    review_type = REVIEWS.get(cell(part(scope, "review_type")).lower(), "")
    profile = PROFILES.get(cell(part(scope, "government_caf_profile")).lower(), "")
    if not review_type:
        remarks.append("The review does not say a kind of review that is known here.")
    if not profile:
        remarks.append("The review does not say a profile that is known here.")
    version = review_version(scope, options)
    cells = [assessment, options.council, version, options.period, "completed"]
    return Scope([*cells, profile, review_type, reviewed_on], remarks)


def review_version(scope: dict[str, Any], options: Options) -> str:
    """The version that the review says; another one on the command line is refused."""
    found = re.search(r"\bv?(\d\.\d)\b", cell(part(scope, "caf_version")))
    said = found[1] if found else ""
    if said and options.caf_version not in ("", said):
        raise FileRefusedError(
            f"This WebCAF review is of CAF {said}, and --caf-version says "
            f"{options.caf_version}: leave --caf-version out, or send the right file."
        )
    if not (said or options.caf_version):
        raise FileRefusedError(
            "This WebCAF review does not say its CAF version: give --caf-version 3.2 "
            "or --caf-version 4.0 on the command line."
        )
    return said or options.caf_version


def completion(document: Any) -> tuple[str, list[str]]:
    """The day on which the review ended, and a remark where the file gives two."""
    places = (("review_completion",), ("assessor_response_data", "review_completion"))
    said = [group(document, *place) for place in places]
    if not any(cell(part(each, "review_completed")) in ("yes", "true") for each in said):
        raise FileRefusedError(
            "This WebCAF review is not completed, so its decisions may still change: "
            "complete it in WebCAF and export it again."
        )
    texts = [cell(part(each, "review_completed_at"))[:10] for each in said]
    days = [day for day in texts if re.fullmatch(r"\d{4}-\d\d-\d\d", day)]
    if len(set(days)) > 1:
        return days[0], [f"The review gives two days of its end; {days[0]} is taken."]
    return (days[0], []) if days else ("", ["The review does not say when it ended."])
