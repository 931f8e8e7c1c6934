"""Other codes and names of councils, and the successors of those abolished."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

from tools.reference import corrections
from tools.reference import register as lookup
from tools.reference.register import Register
from tools.reference.tables import Row, boolean, read


PUBLIC = Path("data/public")


def council_successors(source: Path) -> list[Row]:
    """One row per abolished council and successor."""
    register = lookup.principal(source)
    rows = [
        {
            "gss_code": row["gss-code"],
            "successor_gss_code": register[successor]["gss-code"],
            "changed_on": next_day(lookup.ended_on(row)),
            "is_split": boolean(len(lookup.successors(row)) > 1),
        }
        for row in register.values()
        for successor in lookup.successors(row)
    ]
    return sorted(rows, key=lambda row: (row["gss_code"], row["successor_gss_code"]))


def next_day(day: str) -> str:
    """The day after."""
    return str(date.fromisoformat(day) + timedelta(days=1))


def council_aliases(source: Path) -> list[Row]:
    """One row per code or name that is not the council's code of today."""
    register = lookup.principal(source)
    rows = former_codes(register) + letters(register) + ecodes(register)
    rows += names(source, register)
    return sorted(rows, key=lambda row: (row["alias_kind"], row["alias"], row["gss_code"]))


def alias(text: str, kind: str, row: Row, *, is_shared: bool = False) -> Row:
    """One alias; dated only where another council had or has the same."""
    return {
        "alias": text,
        "alias_kind": kind,
        "gss_code": lookup.canonical(row["gss-code"]),
        "valid_from": lookup.started_on(row) if is_shared else "",
        "valid_to": lookup.ended_on(row) if is_shared else "",
    }


def former_codes(register: Register) -> list[Row]:
    """Codes of the Office for National Statistics that a council had before.

    They carry no dates: a code is never given twice, and files use old ones for years.
    """
    replaced = [(row["former-gss-codes"], row) for row in register.values()]
    recoded = [
        (row["gss-code"], row)
        for row in register.values()
        if row["gss-code"] in corrections.CURRENT_CODES
    ]
    return [alias(code, "gss_code", row) for code, row in replaced + recoded if code]


def letters(register: Register) -> list[Row]:
    """The three letters by which registers know a council."""
    return [alias(code, "council_code", row) for code, row in register.items()]


def ecodes(register: Register) -> list[Row]:
    """The codes of the department's finance returns; councils since 2019 have none."""
    coded = [(row["ecode"], row) for row in register.values()]
    return [alias(code, "mhclg_code", row) for code, row in coded if code]


def names(source: Path, register: Register) -> list[Row]:
    """Every name, once per council whatever its capitals."""
    spellings = name_spellings(source, register)
    counts = Counter(key for by_key in spellings.values() for key in by_key)
    return [
        alias(text, "name", register[code], is_shared=counts[key] > 1)
        for code, by_key in spellings.items()
        for key, text in by_key.items()
        if key not in corrections.JOINT_NAMES
    ]


def name_spellings(source: Path, register: Register) -> dict[str, dict[str, str]]:
    """Names of each council by their lower-case form; the first spelling stays."""
    spellings: dict[str, dict[str, str]] = defaultdict(dict)
    for code, text in own_names(register) + published_names(source, register):
        spellings[code].setdefault(text.casefold(), text)
    return spellings


def own_names(register: Register) -> list[tuple[str, str]]:
    """Official and short names, as corrected and as the register has them."""
    former = list(corrections.FORMER_COUNTY_NAMES.items())
    return former + [
        (code, text)
        for code, row in register.items()
        for text in (
            lookup.name(row),
            lookup.short_name(row),
            row["official-name"],
            row["nice-name"],
        )
    ]


def published_names(source: Path, register: Register) -> list[tuple[str, str]]:
    """Names from mySociety's name list, Digital Land and the area lookup."""
    folder = source / PUBLIC
    by_code = {row["gss-code"]: code for code, row in register.items()}
    found = [
        (row["local-authority-code"], row["la-name"])
        for row in read(folder, "councils-mysociety", "lookup_name_to_registry.csv")
    ]
    found += [
        (row["reference"], row["name"])
        for row in read(folder, "councils-digital-land", "local-authority.csv")
    ]
    found += [
        (by_code.get(row["LADCD"], ""), row["LADNM"])
        for row in read(folder, "councils-geo-lookups", "la_all_codes.csv")
    ]
    return [(code, text) for code, text in found if code in register]
