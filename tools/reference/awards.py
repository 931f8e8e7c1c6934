"""Awards that name a council, and totals and calls that name none."""

import re
from pathlib import Path

from tools.reference.dates import first_day, precision
from tools.reference.public_record import FUNDING, OXFORD_DRAFT, OXFORD_SOURCE
from tools.reference.tables import Row, boolean, read


WITHOUT_COUNCIL = ("programme total", "call")
ROLES = {"joint lead": "joint", "joint recipient": "joint", "partner (Stockport)": "partner"}
PROGRAMMES = {
    "Local Digital Fund": "local_digital_fund",
    "Local Digital C-19 Challenge": "local_digital_fund",
    "Future Councils pilot": "future_councils",
    "CAF for local government pilot": "caf",
    "CAF Support Fund": "caf",
    "Cyber Support": "cyber_support",
    "Section 31 grant 31/5470 (ransomware recovery)": "recovery",
    "Government and LGA recovery grants": "recovery",
    "Digital Planning Improvement Fund": "other",
    "LGA cyber security grants": "other",
    "LGA Digital Connectivity Programme": "other",
}

# Councils that share one award, by fund, round and code.
STOCKPORT = "P-LDF2-STOCKPORT"
KINGSTON = "P-C19-SOUTH-GLOUCESTERSHIRE-KINGSTON"
BROADLAND = "P-FC-BROADLAND-SOUTH-NORFOLK"
PARTNERSHIPS = {
    ("Local Digital Fund", "Round 2", "E08000007"): STOCKPORT,
    ("Local Digital Fund", "Round 2", "E08000035"): STOCKPORT,
    ("Local Digital Fund", "Round 2", "E08000003"): STOCKPORT,
    ("Local Digital C-19 Challenge", "2020", "E06000025"): KINGSTON,
    ("Local Digital C-19 Challenge", "2020", "E09000021"): KINGSTON,
    ("Future Councils pilot", "2023", "E07000144"): BROADLAND,
    ("Future Councils pilot", "2023", "E07000149"): BROADLAND,
}

# The same money again: the second council of a pair, and a second report of one award.
REPEATED = {
    ("Local Digital C-19 Challenge", "E09000021", "S85"),
    ("Future Councils pilot", "E07000149", "S88"),
    ("Local Digital C-19 Challenge", "E08000021", "S85"),
}


def reported_awards(source: Path) -> list[Row]:
    """One row per council and award; the number is the row's in the compilation."""
    return [
        award(number, row) for number, row in compiled(source) if row["role"] not in WITHOUT_COUNCIL
    ]


def compiled(source: Path) -> list[tuple[int, Row]]:
    """The rows of the compilation, numbered from 1."""
    return list(enumerate(read(source, FUNDING, "awards.csv"), start=1))


def award(number: int, row: Row) -> Row:
    """One award in our columns."""
    role = ROLES.get(row["role"], row["role"])
    # The Greater Manchester Combined Authority is no principal council.
    is_council = not row["gss_code"].startswith("E47")
    key = (row["fund"], row["round"], row["gss_code"])
    return {
        "reported_award_id": f"A{number:03}",
        "gss_code": row["gss_code"] if is_council else "",
        "recipient_named": row["recipient_as_named_in_source"],
        **fund(row),
        "role": role,
        "partnership_id": PARTNERSHIPS.get(key, ""),
        **amount(row),
        "is_counted": boolean(role != "partner" and not is_repeated(row)),
        **day("awarded_on", row),
        "source_id": source_id(row),
        "note": row["note"],
    }


def is_repeated(row: Row) -> bool:
    """Whether an earlier row already has this money."""
    return (row["fund"], row["gss_code"], row["source_id"]) in REPEATED


def programme_totals(source: Path) -> list[Row]:
    """One row per total or call that names no council, numbered as the compilation."""
    return [
        {
            "programme_total_id": f"T{number:03}",
            **fund(row),
            "recipients": row["recipient_as_named_in_source"],
            "recipient_count": councils_counted(row),
            **amount(row),
            **day("announced_on", row),
            "source_id": source_id(row),
            "note": row["note"],
        }
        for number, row in compiled(source)
        if row["role"] in WITHOUT_COUNCIL
    ]


def councils_counted(row: Row) -> str:
    """The number in words such as "16 councils"; projects are not councils."""
    found = re.match(r"(\d+) councils", row["recipient_as_named_in_source"])
    return found.group(1) if found else ""


def fund(row: Row) -> Row:
    """Fund and round as the source has them, and the programme of our list."""
    return {"fund": row["fund"], "round": row["round"], "programme": PROGRAMMES[row["fund"]]}


def amount(row: Row) -> Row:
    """The amount in the source's words and in pounds."""
    return {"amount_reported": row["amount_as_reported"], "amount_gbp": row["amount_gbp"]}


def day(column: str, row: Row) -> Row:
    """The date and how exact it is."""
    return {column: first_day(row["award_date"]), "date_precision": precision(row["award_date"])}


def source_id(row: Row) -> str:
    """The number of the source."""
    return OXFORD_SOURCE if row["source_id"] == OXFORD_DRAFT else row["source_id"]
