"""What a VERIS incident was: its cause, who was behind it, and what was lost."""

from collections import Counter
from decimal import Decimal
from typing import Any

from pipelines.formats.parts import cell, codes, group, part, several, whole


# The Information Commissioner's Office calls an incident cyber where someone meant harm
# and there is a clear online element: hacking, malware and phishing.
CYBER = {"hacking", "malware"}
# Of VERIS's kinds of loss, those that are costs of dealing with an incident.
COSTS = {
    "Response and recovery": "cost_response_gbp",
    "Operating costs": "cost_response_gbp",
    "Business disruption": "cost_lost_income_gbp",
}
PEOPLE = {"Personal", "Medical", "Credentials", "Bank", "Payment", "Sensitive Personal"}


def known(value: Any, name: str) -> str:
    """A value that is in its closed list; else blank, so that no free text passes."""
    said = cell(value)
    return said if said in codes(name) else ""


def status(value: Any) -> str:
    """Whether it was a real incident, whatever the case of the word."""
    said = cell(part(value, "security_incident")).capitalize()
    return known(said, "incident_status")


def cause(value: Any, said: Counter[str]) -> dict[str, str]:
    """Category, action and its first variety, actor and supplier."""
    actions = [name for name in codes("action") if name in group(value, "action")]
    actors = [name for name in codes("actor") if name in group(value, "actor")]
    if len(actions) > 1:
        said["Several actions; the first in the order of the list is loaded."] += 1
    if len(actors) > 1:
        said["Several actors; the first in the order of the list is loaded."] += 1
    action = actions[0] if actions else ""
    is_phishing = "Phishing" in several(part(value, "action", "social", "variety"))
    return {
        "category": category(actions, is_phishing),
        "action": action,
        "action_variety": variety(value, action, said),
        "actor": actors[0] if actors else "",
        "is_supplier_involved": supplier(actors),
    }


def category(actions: list[str], is_phishing: bool) -> str:
    """Cyber or not; blank, for a person to say, where nobody knows the cause."""
    if CYBER & set(actions) or is_phishing:
        return "Cyber"
    return "Non-cyber" if set(actions) - {"unknown"} else ""


def variety(value: Any, action: str, said: Counter[str]) -> str:
    """The action's first variety that is in the list; Unknown and Other say nothing."""
    given = [cell(each) for each in several(part(value, "action", action, "variety"))]
    given = [each for each in given if each not in ("", "Unknown", "Other")]
    listed = [each for each in given if each in codes("action_variety")]
    if len(listed) < len(given):
        said["A variety of the action is not in the list and is not loaded."] += 1
    if len(listed) > 1:
        said["Several varieties of the action; the first is loaded."] += 1
    return listed[0] if listed else ""


def supplier(actors: list[str]) -> str:
    """True with a partner among the actors; blank where nobody knows who they were."""
    if "partner" in actors:
        return "true"
    return "false" if {"external", "internal"} & set(actors) else ""


def losses(value: Any) -> dict[str, str]:
    """What was lost. VERIS lists what was affected, so what it leaves out was not."""
    attribute = part(value, "attribute")
    if not isinstance(attribute, dict) or "unknown" in attribute:
        return {}
    effects = several(part(attribute, "availability", "variety"))
    listed = [name for name in map(cell, effects) if name in codes("availability_effect")]
    return {
        "is_confidentiality_lost": disclosure(attribute),
        "is_integrity_lost": cell("integrity" in attribute),
        "is_availability_lost": cell("availability" in attribute),
        "availability_effect": listed[0] if listed else "",
    }


def disclosure(attribute: dict[str, Any]) -> str:
    """True where data was disclosed; blank where it may have been."""
    if "confidentiality" not in attribute:
        return "false"
    said = cell(part(attribute, "confidentiality", "data_disclosure"))
    return {"Yes": "true", "No": "false"}.get(said, "")


def people(value: Any, said: Counter[str]) -> dict[str, str]:
    """Records about people count as people; VERIS counts records and no persons."""
    confidentiality = group(value, "attribute", "confidentiality")
    total = whole(part(confidentiality, "data_total"))
    kinds = {cell(part(d, "variety")) for d in several(part(confidentiality, "data"))}
    if total is None:
        return {}
    if not kinds & PEOPLE:
        said["The number of records is not of records about people, so not loaded."] += 1
        return {}
    said["The number of records about people is loaded as the number of people."] += 1
    return {"data_subjects_affected": str(total)}


def costs(value: Any, said: Counter[str]) -> dict[str, str]:
    """Costs in pounds of dealing with the incident; fines and brand damage are none."""
    impact = group(value, "impact")
    losses = [each for each in several(part(impact, "loss")) if isinstance(each, dict)]
    amounts = [(cell(part(each, "variety")), amount(each)) for each in losses]
    given = [(kind, worth) for kind, worth in amounts if worth is not None]
    if part(impact, "overall_amount") is not None or given:
        return in_pounds(given, cell(part(impact, "iso_currency_code")), said)
    return {}


def in_pounds(
    given: list[tuple[str, Decimal]], currency: str, said: Counter[str]
) -> dict[str, str]:
    """The costs among the losses, added up by column."""
    found: dict[str, Decimal] = {}
    for kind, worth in given:
        if kind in COSTS and currency == "GBP":
            found[COSTS[kind]] = found.get(COSTS[kind], Decimal()) + worth
    if len(found) == 0 or any(kind not in COSTS for kind, _ in given):
        said["An amount is no cost of response in pounds and is not loaded."] += 1
    cells = {column: cell(worth) for column, worth in found.items()}
    return {**cells, "cost_status": "estimate"} if cells else {}


def amount(loss: dict[str, Any]) -> Decimal | None:
    """The amount of one loss, if it is a number."""
    value = part(loss, "amount")
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value)
    return None
