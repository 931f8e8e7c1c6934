"""Reads of the funding ledger: what was set aside, awarded and paid, to whom and why.

An award stands at the council that received the money, so a joint award counts once.
Amounts are in cash; `ledger_sums` puts them in the prices of one year and adds them up.
A council sees cells of at least five councils none of which has more than half, of one
year, programme, objective and funding model at a time, and no sum that such a cell
could be found from; of a region or type it sees totals only. Envelopes are for all
councils together and belong to no place.
"""

from dataclasses import replace

import pandas as pd

from analytics.reading import disclosure
from analytics.reading.awards import refuse_choice
from analytics.reading.cells import cells
from analytics.reading.marts import allow, is_narrowed, period_label
from analytics.reading.prices import deflators
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import Viewer
from analytics.statistics import real_terms


COUNTS = ["numerator", "denominator", "untold", "councils"]
NAMES = {"numerator": "amount_gbp", "denominator": "items"}
ALL = "all"


def entries(reader: Reader) -> pd.DataFrame:
    """The ledger in its finest parts, all councils of a scope together.

    One row per financial year, measure (awarded, paid), programme, objective and
    funding model with an entry: period, period_label, measure, programme ("" for a
    payment of an award not on file), objective, funding_model, amount_gbp, items
    (awards or payments), untold (awards without an amount, which add nothing),
    councils, note. For a council that looks at a region, type or peers all parts are
    one: programme "all".
    """
    refuse_choice(reader)
    if not sees_parts(reader):
        return places(reader, by="england").assign(programme=ALL)
    allow(reader)
    frame = reader.query("funding/money/ledger", by="part")
    return labelled(withhold_parts(frame, reader.viewer))


def withhold_parts(frame: pd.DataFrame, viewer: Viewer) -> pd.DataFrame:
    """Parts with those emptied that may not be shown, so many in each year and measure
    that their sum, which the total gives away, is of five councils and of two parts."""
    shown = disclosure.is_open(frame) | disclosure.is_large_enough(frame, True)
    is_settled = viewer.role == "analyst"
    while not is_settled:
        before = shown.sum()
        shown &= ~disclosure.is_next_smallest(
            frame, shown, ["period", "measure"], is_overlapping=True
        )
        is_settled = bool(shown.sum() == before)
    result = frame.drop(columns=disclosure.INTERNAL)
    disclosure.empty(result, ~shown, COUNTS)
    result["note"] = shown.map({True: "", False: disclosure.WITHHELD})
    return result


def places(reader: Reader, *, by: str) -> pd.DataFrame:
    """The ledger by groups of councils: england, region, type or council.

    One row per group, financial year and measure with an entry: group_code,
    group_label, and the columns of `entries`, parts left blank.
    """
    refuse_choice(reader)
    return labelled(
        cells(
            reader,
            "funding/money/ledger",
            by=by,
            within=("period", "measure"),
            counts=["untold", "councils"],
        )
    )


def labelled(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns of a read as the docstrings name them."""
    labels = [period_label(day, "year") for day in frame["period"]]
    frame = frame.rename(columns=NAMES).assign(period_label=labels)
    # Nought awarded is known: only what is withheld has a note.
    is_hidden = frame["note"] == disclosure.WITHHELD
    frame["note"] = is_hidden.map({True: disclosure.WITHHELD, False: ""})
    return frame.drop(columns=["value", "group_order"], errors="ignore")


def sees_parts(reader: Reader) -> bool:
    """Whether programmes, objectives and models are shown apart for a scope."""
    return reader.viewer.role != "council" or not is_narrowed(reader.scope)


def envelopes(reader: Reader) -> pd.DataFrame:
    """What was set aside for England, whatever councils the scope chooses.

    One row per financial year, programme and objective: period, period_label,
    programme, objective, envelope_gbp.
    """
    return reader.query("funding/money/envelopes")


def councils(reader: Reader, *, by: str) -> pd.DataFrame:
    """Councils and residents by group: group_code, group_label, expected (councils of
    today), residents (each once), funded (councils that received money) of counted
    (those whose awards may be counted), note."""
    refuse_choice(reader)
    frame = cells(reader, "funding/money/councils", by=by)
    names = {"numerator": "funded", "denominator": "counted"}
    return frame.rename(columns=names).drop(columns=["value", "group_order", "period"])


def factors(path: str, viewer: Viewer, base_year: str) -> dict[str, float]:
    """By financial year, what makes an amount one in the prices of `base_year` ("" is
    cash, and gives nothing); years whose deflator is not published are not in it."""
    if not base_year:
        return {}
    found = deflators(path, viewer)
    at = real_terms([1.0] * len(found), found.index.tolist(), found, base_year)
    return dict(zip(found.index.tolist(), map(float, at), strict=True))


def switches(reader: Reader) -> pd.DataFrame:
    """Programmes that went from rounds to continuous funding: programme,
    programme_label, last_round and continuous (first day of a financial year)."""
    return reader.query("funding/money/switches")


def whole(scope: Scope) -> Scope:
    """The same years for all of England."""
    return replace(scope, regions=(), groups=(), councils=(), peers_of="")
