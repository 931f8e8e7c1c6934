"""Reads the register of councils and mends what is known to be wrong in it."""

from datetime import date, timedelta
from pathlib import Path

from tools.reference import corrections
from tools.reference.tables import Row, read


REGISTER = Path("data/public/councils-mysociety/uk_local_authorities_current.csv")
Register = dict[str, Row]


def principal(source: Path) -> Register:
    """The English principal councils of the register, by their letters.

    Combined authorities and the Greater London Authority are left out.
    """
    return {
        row["local-authority-code"]: row
        for row in read(source, REGISTER)
        if row["nation"] == "England" and row["local-authority-type"] not in ("COMB", "SRA")
    }


def combined_authorities(source: Path) -> dict[str, str]:
    """Code of each combined authority by the letters that the register uses."""
    rows = read(source, REGISTER)
    codes = {row["local-authority-code"]: row["gss-code"] for row in rows}
    return {"": ""} | codes | corrections.COMBINED_AUTHORITIES


def canonical(gss_code: str) -> str:
    """The code that the Office for National Statistics uses today."""
    return corrections.CURRENT_CODES.get(gss_code, gss_code)


def name(row: Row) -> str:
    """The official name, with city status where the register lags."""
    code = row["local-authority-code"]
    return corrections.COUNCIL_NAMES.get(code, row["official-name"])


def short_name(row: Row) -> str:
    """The name that people use."""
    code = row["local-authority-code"]
    return corrections.SHORT_NAMES.get(code, row["nice-name"])


def successors(row: Row) -> list[str]:
    """Letters of the councils that took over; none for a council of today."""
    return row["replaced-by"].split(",") if row["replaced-by"] else []


def region(row: Row, register: Register) -> str:
    """The region, from the successor where the register leaves it blank."""
    if row["local-authority-code"] in corrections.REGIONS:
        return corrections.REGIONS[row["local-authority-code"]]
    if row["region"]:
        return row["region"]
    return region(register[successors(row)[0]], register)


def started_on(row: Row) -> str:
    """The first day, or blank where the council is older than the record."""
    false = row["local-authority-code"] in corrections.FALSE_STARTS
    if false or row["start-date"][:4] in corrections.FALSE_START_YEARS:
        return ""
    return row["start-date"]


def ended_on(row: Row) -> str:
    """The last day that the council existed.

    The register gives the last day for 2019 and 2020 and the day after from 2021;
    councils end with the municipal year, so a first of April is the day after.
    """
    if not row["end-date"].endswith("-04-01"):
        return row["end-date"]
    return str(date.fromisoformat(row["end-date"]) - timedelta(days=1))
