"""The thread from an incident to its outcome, action and award, and back again.

An incident names the CAF outcome that failed; an improvement action works on an
outcome; an award pays for an action; assessments tell the outcome's level before and
since. Links are of the same council and outcome, so they are found, not reported: an
action may have had other reasons.
"""

import pandas as pd

from analytics.reading import disclosure
from analytics.reading.cells import cells, own_rows
from analytics.reading.disclosure import SMALLEST_GROUP
from analytics.reading.reader import Reader
from analytics.reading.viewer import NotAllowedError


# What can be there of an incident's thread, in its order.
LINKS = ("named", "known", "below", "acted", "funded", "assessed_since", "risen", "fallen")
OF_AWARDS = (
    "with_known",
    "outcomes",
    "known",
    "risen",
    "fallen",
    "incidents_before",
    "incidents_since",
)
ENGLAND_ONLY = (
    "Councils see threads by outcome and programme of their own alone: fewer than five "
    "councils would stand behind most."
)


def whole(reader: Reader) -> pd.DataFrame:
    """One row: confirmed incidents in scope, and how many have each link.

    denominator (incidents), named (a root cause is named), known (its level was
    assessed by that year), below (and was not achieved), acted (an action works on it),
    funded (an award pays for one), assessed_since, risen and fallen (its level since),
    each with the councils behind it (`…_at`). A link with fewer than five councils
    behind it is withheld from a council, unless it is its own.
    """
    frame = read(reader, "all")
    if reader.viewer.role == "council" and reader.scope.councils != (reader.viewer.gss_code,):
        for name in LINKS:
            few = frame[f"{name}_at"] < SMALLEST_GROUP
            disclosure.empty(frame, few & (frame[name] > 0), [name])
    return frame


def by_outcome(reader: Reader) -> pd.DataFrame:
    """One row per outcome named as a root cause, blank for none: as `whole`.

    group_code is the outcome of CAF 4.0 that means the same, else version and code.
    """
    refuse_detail(reader)
    return read(reader, "outcome")


def by_programme(reader: Reader) -> pd.DataFrame:
    """One row per programme: denominator (awards), numerator (named by actions),
    with_known (of those with an outcome assessed before and since), outcomes (worked
    on), known, risen and fallen (of them), incidents_before and incidents_since (with
    one of them as root cause, up to the award's year and after)."""
    refuse_detail(reader)
    return cells(
        reader, "funding/thread/awards", within=("group_code",), counts=OF_AWARDS, is_apart=True
    )


def own(reader: Reader, gss_code: str) -> pd.DataFrame:
    """One council's incidents: period, outcome, incidents, level_at, level_since,
    actions, funded. Levels: 1 not, 2 partially, 3 achieved."""
    return own_rows(reader, "funding/thread/own", gss_code, what="threads")


def own_awards(reader: Reader, gss_code: str) -> pd.DataFrame:
    """One council's awards and the outcomes that their actions work on: period,
    award_id, programme, amount_gbp, outcome, actions, done, level_before, level_since,
    incidents_before, incidents_since."""
    return own_rows(reader, "funding/thread/own_awards", gss_code, what="threads")


def read(reader: Reader, unit: str) -> pd.DataFrame:
    """The links of all incidents (`unit` all) or by outcome, disclosed."""
    frame = cells(
        reader,
        "funding/thread/links",
        within=("group_code",),
        counts=[*LINKS[1:], *(f"{name}_at" for name in LINKS)],
        is_apart=True,
        unit=unit,
    )
    return frame.assign(named=frame["numerator"])


def refuse_detail(reader: Reader) -> None:
    """A council asks for its own outcomes and programmes alone."""
    if reader.is_of_others:
        raise NotAllowedError(ENGLAND_ONLY)
