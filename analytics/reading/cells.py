"""Groups of councils cell by cell (an outcome, a level, a year), disclosed.

A read of this kind is one SQL file that gives one row per group and cell with the
columns of `disclosure.INTERNAL`; here its scope is resolved, and what may not be shown
is emptied. The reads of maturity, improvement and disruption are made of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from analytics.reading import disclosure
from analytics.reading.marts import allow, allowed_ways, is_narrowed
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.subtraction import keys
from analytics.reading.viewer import NotAllowedError, Viewer


def cells(
    reader: Reader,
    name: str,
    *,
    by: str = "england",
    within: Sequence[str] = ("period",),
    counts: Sequence[str] = (),
    is_apart: bool = False,
    **options: Any,
) -> pd.DataFrame:
    """One row per group and cell of the read `name`, disclosed.

    `by` is england, region, type or council; `within` names the columns that tell
    cells apart; `counts` the columns, besides numerator and denominator, that are
    emptied where a cell is withheld. `value` is numerator over denominator in percent.
    `note` says why a value is unknown: [x] not available, [c] withheld.

    `is_apart` says that rows are not all there whatever councils do (a stage that
    nobody is in has none), and that what they count overlaps or is not shared out by
    region: a council may then not narrow them to a region or type, and does not see
    that a row withheld is there.
    """
    allow(reader)
    if (
        is_apart
        and reader.viewer.role == "council"
        and (reader.scope.regions or reader.scope.groups)
    ):
        raise NotAllowedError(
            "Councils see this for England, for their ONS neighbours and for "
            "themselves. Clear the region and the type."
        )
    if by == "council" and reader.viewer.role == "council":
        reader = reader.within(
            replace(reader.scope, councils=(reader.viewer.gss_code,), peers_of="")
        )
    asked = Asked(reader, name, tuple(within), tuple(counts), is_apart, options)
    frame = asked.by(by)
    if reader.viewer.role == "council" and is_narrowed(reader.scope):
        gone = asked.hidden_among_all(frame, by)
        disclosure.withhold(frame, gone, asked.parts)
    if is_apart and reader.viewer.role == "council":
        frame = frame[frame["note"] != disclosure.WITHHELD].reset_index(drop=True)
    return frame


@dataclass(frozen=True)
class Asked:
    """One read and who asks for it."""

    reader: Reader
    name: str
    within: tuple[str, ...]
    counts: tuple[str, ...]
    is_apart: bool
    options: dict[str, Any]

    @property
    def parts(self) -> list[str]:
        """The columns that are emptied where a cell is withheld."""
        return [*disclosure.PARTS, *self.counts]

    def by(self, way: str) -> pd.DataFrame:
        """The read with small groups emptied, before narrowed views are compared."""
        frame = self.reader.query(self.name, by=way, **self.options)
        share = frame["numerator"] / frame["denominator"].replace(0, None)
        frame["value"] = (100 * share).astype(float)
        return disclosure.withhold_groups(
            frame,
            self.reader.viewer,
            is_share=True,
            within=self.within,
            parts=self.parts,
            is_overlapping=self.is_apart,
        )

    def hidden_among_all(self, frame: pd.DataFrame, way: str) -> pd.Series:
        """Which rows of one region or type to withhold: those withheld among all.

        Otherwise a region that went as the next smallest could be read by choosing it
        alone (`marts.withhold_as_among_all` does the same for indicators).
        """
        scope = self.reader.scope
        if way not in allowed_ways(scope):
            return pd.Series(True, index=frame.index)
        if scope.peers_of or way == "council":
            return pd.Series(False, index=frame.index)
        is_region = bool(scope.regions)
        code = (scope.regions or scope.groups)[0]
        wide = replace(scope, regions=(), groups=(), councils=())
        everywhere = replace(self, reader=self.reader.within(wide))
        among = everywhere.by("region" if is_region else "type")
        gone = among[(among["group_code"] == code) & (among["note"] == disclosure.WITHHELD)]
        return pd.Series(self.keys(frame).isin(self.keys(gone)), index=frame.index)

    def keys(self, frame: pd.DataFrame) -> pd.MultiIndex:
        """What tells the cells of a frame apart."""
        return pd.MultiIndex.from_frame(frame[list(self.within)].astype(str))


def whole_years(scope: Scope) -> Scope:
    """The same councils from the first day of a financial year to the end of one."""
    return scope.within(scope.since_year, date(scope.until_year.year + 1, 3, 1))


def withheld_in_a_year(
    reader: Reader, frame: pd.DataFrame, names: Sequence[str], read: Callable[[Scope], pd.DataFrame]
) -> pd.Series:
    """Which rows of a range of years a council may not see, as a year withholds them.

    A range less a shorter one is a year: so a range is shown only where each of its
    years would be. `read` gives the frame of one year, `names` tell its rows apart.
    """
    gone = pd.Series(False, index=frame.index)
    first, last = reader.scope.since_year.year, reader.scope.until_year.year
    if not reader.is_of_others or first == last or frame.empty:
        return gone
    here = keys(frame, names)
    for year in range(first, last + 1):
        alone = read(reader.scope.within(date(year, 4, 1), date(year + 1, 3, 1)))
        withheld = alone[alone["note"] == disclosure.WITHHELD]
        gone |= here.isin(set(keys(withheld, names)))
    return gone


def own_rows(
    reader: Reader, name: str, gss_code: str, *, what: str, **options: Any
) -> pd.DataFrame:
    """Rows of one council by itself (`what` they are of), without share_rank.

    Empty where the viewer may not see that council by name; a council may ask for its
    own alone.
    """
    if reader.viewer.role == "council" and gss_code != reader.viewer.gss_code:
        raise NotAllowedError(f"You can look into your own council's {what} only.")
    frame = reader.query(name, gss_code=gss_code, **options)
    is_seen = (frame["share_rank"] >= reader.viewer.named_from) | (
        reader.viewer.gss_code == gss_code
    )
    return frame[is_seen].drop(columns="share_rank").reset_index(drop=True)


def named_from(viewer: Viewer) -> int:
    """From which share level another council's costs may be told alone: never, but to
    an analyst, not even where the council shares them."""
    return 1 if viewer.role == "analyst" else 5


def refuse_choice(reader: Reader) -> None:
    """Nobody but an analyst chooses councils: two choices would differ by one."""
    is_choice = len(reader.scope.councils) > 1 and not reader.scope.peers_of
    if reader.viewer.role == "programme" and is_choice:
        raise NotAllowedError(
            "Costs of chosen councils are shown to analysts only. Choose a region or a "
            "type of council."
        )
