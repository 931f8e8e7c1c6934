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

from analytics import disclosure
from analytics.cells import cells, members, years
from analytics.costs import deflators
from analytics.marts import allow, is_narrowed, parameters, period_label
from analytics.scope import Scope
from analytics.statistics import real_terms
from analytics.viewer import NotAllowedError, Viewer
from analytics.warehouse import query


COUNTS = ["numerator", "denominator", "untold", "councils"]
NAMES = {"numerator": "amount_gbp", "denominator": "items"}
ALL = "all"


def entries(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """The ledger in its finest parts, all councils of a scope together.

    One row per financial year, measure (awarded, paid), programme, objective and
    funding model with an entry: period, period_label, measure, programme ("" for a
    payment of an award not on file), objective, funding_model, amount_gbp, items
    (awards or payments), untold (awards without an amount, which add nothing),
    councils, note. For a council that looks at a region, type or peers all parts are
    one: programme "all".
    """
    refuse_choice(viewer, scope)
    if not sees_parts(viewer, scope):
        return places(path, viewer, scope, by="england").assign(programme=ALL)
    allow(path, viewer, scope)
    chosen = {"by": "part"} | parameters(scope, viewer) | years(scope)
    chosen |= {"members": members(path, scope), "since_year": scope.since_year}
    return labelled(withhold_parts(query("ledger", path, **chosen), viewer))


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


def places(path: str, viewer: Viewer, scope: Scope, *, by: str) -> pd.DataFrame:
    """The ledger by groups of councils: england, region, type or council.

    One row per group, financial year and measure with an entry: group_code,
    group_label, and the columns of `entries`, parts left blank.
    """
    refuse_choice(viewer, scope)
    return labelled(
        cells(
            path,
            viewer,
            scope,
            "ledger",
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


def sees_parts(viewer: Viewer, scope: Scope) -> bool:
    """Whether programmes, objectives and models are shown apart for a scope."""
    return viewer.role != "council" or not is_narrowed(scope)


def refuse_choice(viewer: Viewer, scope: Scope) -> None:
    """Nobody but an analyst chooses councils: two choices would differ by one."""
    if viewer.role == "programme" and len(scope.councils) > 1:
        raise NotAllowedError(
            "Sums of chosen councils are shown to analysts only. Choose a region or a "
            "type of council."
        )


def envelopes(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """What was set aside for England, whatever councils the scope chooses.

    One row per financial year, programme and objective: period, period_label,
    programme, objective, envelope_gbp.
    """
    return query("ledger_envelopes", path, **parameters(scope, viewer) | ends(scope))


def councils(path: str, viewer: Viewer, scope: Scope, *, by: str) -> pd.DataFrame:
    """Councils and residents by group: group_code, group_label, expected (councils of
    today), residents (each once), funded (councils that received money) of counted
    (those whose awards may be counted), note."""
    refuse_choice(viewer, scope)
    frame = cells(path, viewer, scope, "ledger_councils", by=by)
    names = {"numerator": "funded", "denominator": "counted"}
    return frame.rename(columns=names).drop(columns=["value", "group_order", "period"])


def awards(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """Awards of a scope that may be named to the viewer, newest first.

    One row per award and council with a part in it, with the columns of the contract
    (the council's code of the day and of today), council_name, region, council_type,
    programme_label, councils (in the award) and paid_gbp. A council sees its own and
    those that are public.
    """
    refuse_choice(viewer, scope)
    allow(path, viewer, scope)
    chosen = parameters(scope, viewer) | ends(scope) | {"members": members(path, scope)}
    frame = query("ledger_awards", path, **chosen)
    is_seen = frame["share_rank"] >= viewer.named_from
    is_seen |= frame["gss_code"] == viewer.gss_code
    return frame[is_seen].drop(columns="share_rank").reset_index(drop=True)


def programmes(path: str, viewer: Viewer) -> dict[str, str]:
    """Code and name of every programme, in their order."""
    frame = query("ledger_programmes", path)
    return dict(zip(frame["code"], frame["label"], strict=True))


def factors(path: str, viewer: Viewer, base_year: str) -> dict[str, float]:
    """By financial year, what makes an amount one in the prices of `base_year` ("" is
    cash, and gives nothing); years whose deflator is not published are not in it."""
    if not base_year:
        return {}
    found = deflators(path, viewer)
    at = real_terms([1.0] * len(found), found.index.tolist(), found, base_year)
    return dict(zip(found.index.tolist(), map(float, at), strict=True))


def switches(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """Programmes that went from rounds to continuous funding: programme,
    programme_label, last_round and continuous (first day of a financial year)."""
    return query("ledger_switches", path, **parameters(scope, viewer))


def whole(scope: Scope) -> Scope:
    """The same years for all of England."""
    return replace(scope, regions=(), groups=(), councils=(), peers_of="")


def ends(scope: Scope) -> dict:
    """First and last financial year of a scope, as the reads name them."""
    return {"since_year": scope.since_year, "until_year": scope.until_year}
