"""VERIS incidents: schema 1.3, and the older 1.2 in which a victim may be a list.

Enumerations, numbers and dates are read and nothing else: `summary`, `notes`,
`reference` and the analyst's name can name people and stay in the file. The victim is
loaded as written, for the matching of councils to judge.

What VERIS cannot say stays blank: whether the incident was reported to the ICO, the
NCSC or the police. Several actions make one `action`: the first in the order of the
closed list. Potential or unknown disclosure leaves `is_confidentiality_lost` blank.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pipelines.datasets import Dataset
from pipelines.formats import veris_dates, veris_facts
from pipelines.formats.json_text import after, items, numbered
from pipelines.formats.parts import cell, part, several
from pipelines.formats.reading import Options, Reading, Reject


COLUMNS = [
    "incident_ref",
    "gss_code",
    "incident_status",
    "category",
    "occurred_at",
    "detected_at",
    "detected_precision",
    "contained_at",
    "action",
    "action_variety",
    "actor",
    "is_confidentiality_lost",
    "is_integrity_lost",
    "is_availability_lost",
    "availability_effect",
    "is_supplier_involved",
    "data_subjects_affected",
    "cost_response_gbp",
    "cost_lost_income_gbp",
    "cost_status",
    "submitted_at",
]
PARTS = {"schema_version", "victim", "action", "timeline", "security_incident"}


class Unreadable(Exception):  # noqa: N818 - a record set aside, not an error
    """A record that cannot be one row; the message says why and what to do."""


def is_incident(value: Any) -> bool:
    """An object with an incident's id and a part that VERIS asks for."""
    return isinstance(value, dict) and "incident_id" in value and bool(PARTS & set(value))


def is_veris(document: Any) -> bool:
    """One incident, or an array that holds one."""
    if isinstance(document, list):
        return any(is_incident(each) for each in document)
    return is_incident(document)


def read_veris(text: str, document: Any, dataset: Dataset, options: Options) -> Reading:
    """One row per incident, with remarks of what could be loaded in part only."""
    start = after(text, 0)
    is_array = isinstance(document, list)
    found = list(items(text, start)) if is_array else [(start, document)]
    lines, remarks = numbered(text, [place for place, _ in found])
    reading = Reading(list(COLUMNS), iter(()), remarks=remarks)
    placed = list(zip(lines, (value for _, value in found), strict=True))
    reading.records = records(placed, options, reading)
    return reading


def records(
    placed: list[tuple[int, Any]], options: Options, reading: Reading
) -> Iterator[tuple[int, list[str]]]:
    """Rows; what cannot be one goes to the rejects under its id, never its text."""
    said: Counter[str] = Counter()
    for line, value in placed:
        try:
            row = incident(value, options, said)
        except Unreadable as reason:
            name = cell(part(value, "incident_id"))[:40]
            reading.rejects.append(Reject(line, name, str(reason)))
            continue
        yield line, [row.get(column, "") for column in COLUMNS]
    reading.remarks += [f"{remark} Incidents: {count}." for remark, count in sorted(said.items())]


def incident(value: Any, options: Options, said: Counter[str]) -> dict[str, str]:
    """One incident in the contract's columns; `said` counts remarks."""
    if not is_incident(value):
        raise Unreadable("The item is no VERIS incident. Send the incidents alone.")
    try:
        dates = veris_dates.dates(value, said)
    except (ValueError, OverflowError) as error:
        raise Unreadable(
            "The date of the incident is not one that exists. Mend timeline.incident."
        ) from error
    return {
        "incident_ref": cell(value["incident_id"]).upper(),
        "gss_code": council(value, options, said),
        "incident_status": veris_facts.status(value),
        **dates,
        **veris_facts.cause(value, said),
        **veris_facts.losses(value),
        **veris_facts.people(value, said),
        **veris_facts.costs(value, said),
    }


def council(value: Any, options: Options, said: Counter[str]) -> str:
    """The victim's name as written, or the council given where the file names none."""
    victims = [v for v in several(part(value, "victim")) if isinstance(v, dict)]
    names = {cell(part(victim, "victim_id")) for victim in victims} - {"", "Unknown"}
    if len(names) > 1:
        raise Unreadable(
            "The incident names several victims, and a row is about one council. "
            "Send one incident for each council."
        )
    countries = {cell(c) for v in victims for c in several(part(v, "country"))}
    if countries - {"", "Unknown"} and not countries & {"GB", "UK"}:
        raise Unreadable(
            "The victim is not in the United Kingdom by its country code. Send "
            "incidents of English councils, or mend victim.country."
        )
    if names and options.council:
        said["The victim that the file names is loaded, not the council given."] += 1
    return names.pop() if names else options.council
