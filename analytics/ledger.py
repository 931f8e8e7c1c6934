"""Reads of the funding ledger: what was set aside, awarded and paid, to whom and why.

An award stands at the council that received the money, so a joint award counts once.
Amounts are in cash; `ledger_sums` puts them in the prices of one year and adds them up.
A council sees cells of at least five councils none of which has more than half, of one
year, programme, objective and funding model at a time, and no sum that such a cell could
be found from; of a region or type it sees totals only. Envelopes are for all councils
together and belong to no place.
"""

from dataclasses import replace

import pandas as pd

from analytics import disclosure
from analytics.cells import cells, members, years
from analytics.marts import allow, is_narrowed, parameters, period_label
from analytics.scope import Scope
from analytics.viewer import NotAllowedError, Viewer
from analytics.warehouse import query


COUNTS = ["value", "numerator", "denominator", "untold", "councils"]
NAMES = {"numerator": "amount_gbp", "denominator": "items"}
ALL = "all"


def entries(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """The ledger in its finest parts, all councils of a scope together.

    One row per financial year, measure (awarded, paid), programme, objective and funding
    model with an entry: period, period_label, measure, programme ("" for a payment of an
    award not on file), objective, funding_model, amount_gbp, items (awards or payments),
    untold (awards without an amount, which add nothing), councils, note. For a council
    that looks at a region, type or peers all parts are one: programme "all".
    """
    refuse_choice(viewer, scope)
    if not sees_parts(viewer, scope):
        return places(path, viewer, scope, by="england").assign(programme=ALL)
    allow(path, viewer, scope)
    chosen = {"by": "part"} | parameters(scope, viewer) | years(scope)
    chosen |= {"members": members(path, scope), "since_year": scope.since_year}
    frame = query("ledger", path, **chosen).assign(value=0.0)
    frame = disclosure.withhold_groups(
        frame, viewer, is_share=True, within=("period", "measure"), parts=COUNTS,
        is_overlapping=True,
    )  # fmt: skip
    return labelled(frame)


def places(path: str, viewer: Viewer, scope: Scope, *, by: str) -> pd.DataFrame:
    """The ledger by groups of councils: england, region, type or council.

    One row per group, financial year and measure with an entry: group_code, group_label,
    and the columns of `entries`, parts left blank.
    """
    refuse_choice(viewer, scope)
    return labelled(cells(
        path, viewer, scope, "ledger", by=by, within=("period", "measure"),
        counts=["untold", "councils"],
    ))  # fmt: skip


def labelled(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns of a read as the docstrings name them."""
    labels = [period_label(day, "year") for day in frame["period"]]
    frame = frame.rename(columns=NAMES).assign(period_label=labels)
    # What is no sum of money on file is a matter of `untold`, not of the note.
    is_hidden = frame["note"] == disclosure.WITHHELD
    frame["note"] = is_hidden.map({True: disclosure.WITHHELD, False: ""})
    return frame.drop(columns=["value", "group_order"])


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

    One row per financial year, programme and objective: period, period_label, programme,
    objective, envelope_gbp.
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


def switches(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """Programmes that went from rounds to continuous funding: programme,
    programme_label, last_round_on, continuous_on (first award of each kind)."""
    return query("ledger_switches", path, **parameters(scope, viewer))


def whole(scope: Scope) -> Scope:
    """The same years for all of England."""
    return replace(scope, regions=(), groups=(), councils=(), peers_of="")


def ends(scope: Scope) -> dict:
    """First and last financial year of a scope, as the reads name them."""
    return {"since_year": scope.since_year, "until_year": scope.until_year}
