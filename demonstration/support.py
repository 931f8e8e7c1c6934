"""Who is supported and from when: weaker councils more often, and in turn."""

import datetime as dt

import numpy as np

from demonstration.councils import Council, generator
from demonstration.maturity import Maturity
from demonstration.period import LAST_DAY, quarter_index


FIRST_QUARTER = quarter_index(dt.date(2022, 4, 1))
QUARTERS = 11
# Logistic in baseline maturity (standardised): about 190 of 317 councils.
INTERCEPT = 0.42
SLOPE = -1.1
# Eight real sites and nine councils: Broadland and South Norfolk are one site.
PILOT_SITES = {
    "Broadland and South Norfolk": ["E07000144", "E07000149"],
    "Cornwall": ["E06000052"],
    "Dorset": ["E06000059"],
    "Leicester": ["E06000016"],
    "Lewisham": ["E09000023"],
    "Reading": ["E06000038"],
    "South Tyneside": ["E08000023"],
    "Stevenage": ["E07000243"],
}
PILOT_CODES = [code for codes in PILOT_SITES.values() for code in codes]
PILOT_BEGAN_ON = dt.date(2023, 4, 17)


def first_supports(
    councils: list[Council], maturity: dict[str, Maturity], *, seed: int
) -> dict[str, dt.date]:
    """First day of support by council; each council is treated at most once."""
    able = [each for each in councils if each.exists_on(LAST_DAY)]
    pilots = {each.gss_code: PILOT_BEGAN_ON for each in able if is_pilot(each)}
    others = [each for each in able if not is_pilot(each)]
    base = np.array([maturity[each.gss_code].base for each in others])
    z = (base - base.mean()) / base.std()
    rng = generator(seed, "support")
    chosen = rng.random(len(z)) < 1 / (1 + np.exp(-(INTERCEPT + SLOPE * z)))
    turn = np.argsort(np.argsort(z[chosen] + rng.normal(0, 2.0, int(chosen.sum()))))
    quarters = FIRST_QUARTER + turn * QUARTERS // len(turn)
    names = [each for each, is_chosen in zip(others, chosen, strict=True) if is_chosen]
    days = {
        each.gss_code: first_day(each, int(quarter), rng)
        for each, quarter in zip(names, quarters, strict=True)
    }
    return dict(sorted((pilots | days).items()))


def is_pilot(council: Council) -> bool:
    """Whether the council took part in Future Councils."""
    return council.gss_code in PILOT_CODES


def first_day(council: Council, quarter: int, rng: np.random.Generator) -> dt.date:
    """A day of the quarter; a new council waits until half a year after it began."""
    begun = council.started_on
    if begun is not None:
        quarter = max(quarter, quarter_index(begun) + 2)
    first = dt.date(quarter // 4, quarter % 4 * 3 + 1, 1)
    return first + dt.timedelta(days=int(rng.integers(20, 85)))
