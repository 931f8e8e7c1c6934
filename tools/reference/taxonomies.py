"""Closed lists that published taxonomies fix: the code is the value used in data."""

from collections.abc import Callable
from pathlib import Path

from tools.reference.tables import Row, read


# In our own words; the taxonomy gives names only.
ACTIONS = {
    "hacking": "Getting in or doing harm by going round or breaking security.",
    "malware": "Software made to do harm, ransomware included.",
    "social": "Deceiving or pressing people, phishing included.",
    "error": "Something done wrongly or left undone without meaning to.",
    "misuse": "Using entrusted access for something that it was not given for.",
    "physical": "Theft, tampering or force on the spot.",
    "environmental": "Fire, flood, power failure and other natural or outside causes.",
    "unknown": "The cause is not known.",
}
ACTORS = {
    "external": "Someone outside the council and its suppliers.",
    "internal": "Someone who works for the council.",
    "partner": "A supplier or another organisation that works with the council.",
    "unknown": "Nobody knows who.",
}
EFFECTS = {
    "Acceleration": "It ran faster than it should, so that it could not be used.",
    "Degradation": "It worked, but slowly or in part.",
    "Destruction": "It was destroyed.",
    "Interruption": "It could not be used for a time.",
    "Loss": "It was lost or taken away.",
    "Obscuration": "It was still there but could not be read, as when encrypted.",
    "Other": "Another effect.",
    "Unknown": "The effect is not known.",
}
STATUSES = {
    "Confirmed": "It happened and harmed, or could have harmed, security.",
    "Suspected": "It probably happened; not yet proved.",
    "Near miss": "It was stopped before it did harm.",
    "False positive": "It turned out to be nothing.",
}
VERIFIED = "Incident type of the Information Commissioner's Office."
UNVERIFIED = "Not verified against the ICO glossary."
# The unverified types that a council cannot report a cyber incident without.
NEEDED = (
    "Malware",
    "Other cyber incident",
    "Other non-cyber incident",
    "Phishing",
    "Ransomware",
    "Unauthorised access",
)


def action(source: Path) -> list[Row]:
    """What caused an incident (VERIS)."""
    return described(values(source, "veris", "action"), ACTIONS)


def actor(source: Path) -> list[Row]:
    """Who caused it (VERIS), and unknown, which VERIS keeps apart."""
    return described([*values(source, "veris", "actor"), "unknown"], ACTORS)


def availability_effect(source: Path) -> list[Row]:
    """How availability was lost (VERIS)."""
    return described(values(source, "veris", "attribute.availability"), EFFECTS)


def incident_status(source: Path) -> list[Row]:
    """Whether it was a real incident (VERIS)."""
    return described(values(source, "veris", "security_incident"), STATUSES)


def action_variety(source: Path) -> list[Row]:
    """Finer causes (VERIS); one row for a variety that several actions share."""
    actions: dict[str, list[str]] = {}
    for row in taxonomy(source, "veris", "action.variety"):
        actions.setdefault(row["value"], []).append(row["parent"])
    notes = {value: f"Variety of {', '.join(of)}." for value, of in actions.items()}
    return described(list(notes), notes)


def ico_incident_type(source: Path) -> list[Row]:
    """Types of the Information Commissioner's Office, unverified ones so marked."""
    notes = {
        row["value"]: VERIFIED if "verified" in row["label_or_note"] else UNVERIFIED
        for row in taxonomy(source, "ico_incident_type", "incident_type")
        if "verified" in row["label_or_note"] or row["value"] in NEEDED
    }
    return described(list(notes), notes)


def ncsc_category(source: Path) -> list[Row]:
    """Categories of the National Cyber Security Centre, 1 the gravest."""
    rows = taxonomy(source, "ncsc_category", "category")
    return listed([(r["value"], r["label_or_note"], "Category of the NCSC.") for r in rows])


def rsit_type(source: Path) -> list[Row]:
    """Incident types of the reference taxonomy that ENISA keeps."""
    groups = {
        row["value"]: row["label_or_note"] for row in taxonomy(source, "rsit", "classification")
    }
    return listed(
        [
            (row["value"], row["label_or_note"], f"Class: {groups[row['parent']]}.")
            for row in taxonomy(source, "rsit", "incident_type")
        ]
    )


def taxonomy(source: Path, name: str, level: str) -> list[Row]:
    """The rows of one level of one taxonomy, in order."""
    rows = read(source, "domain", "incident_taxonomies.csv")
    return [row for row in rows if (row["taxonomy"], row["level"]) == (name, level)]


def values(source: Path, name: str, level: str) -> list[str]:
    """The values of one level of one taxonomy, in order."""
    return [row["value"] for row in taxonomy(source, name, level)]


def described(codes: list[str], definitions: dict[str, str]) -> list[Row]:
    """A list whose labels are its codes with a capital."""
    rows = [(code, code[0].upper() + code[1:], definitions[code]) for code in codes]
    return listed(rows)


def listed(rows: list[tuple[str, str, str]]) -> list[Row]:
    """A closed list from codes, labels and definitions in their order."""
    return [
        {"code": code, "label": label, "sort_order": str(order), "definition": definition}
        for order, (code, label, definition) in enumerate(rows, start=1)
    ]


TAXONOMIES: tuple[Callable[[Path], list[Row]], ...] = (
    action,
    action_variety,
    actor,
    availability_effect,
    ico_incident_type,
    incident_status,
    ncsc_category,
    rsit_type,
)
