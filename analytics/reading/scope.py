"""The part of the data a page looks at: collection, years, regions, types, councils."""

from dataclasses import dataclass, replace
from datetime import date

from analytics.reading.viewer import NotAllowedError, Viewer


@dataclass(frozen=True)
class Scope:
    """One choice of filters. `since` and `until` are first days of months, inclusive.

    `regions`, `groups` (council groups such as "district") and `councils` (ONS codes)
    narrow the councils; empty means all. `peers_of` says that `councils` are the ONS
    neighbours of that council. `profile` is the CAF profile to judge by.
    """

    collection: str
    since: date
    until: date
    regions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    councils: tuple[str, ...] = ()
    peers_of: str = ""
    profile: str = "baseline"

    @property
    def since_year(self) -> date:
        """First day of the financial year in which the scope begins."""
        return financial_year(self.since)

    @property
    def until_year(self) -> date:
        """First day of the financial year in which the scope ends."""
        return financial_year(self.until)

    def is_of_others(self, viewer: Viewer) -> bool:
        """Whether a council asks for more than itself."""
        return viewer.role == "council" and self.councils != (viewer.gss_code,)

    def within(self, since: date, until: date) -> "Scope":
        """The same councils over other months."""
        return replace(self, since=since, until=until)

    def check(self, viewer: Viewer) -> None:
        """Refuse what would let a council work out another one by comparing two views.

        A council may narrow by one region or one type, not both and not by a choice of
        councils other than its own; otherwise the difference of two views could be one
        council.
        """
        if viewer.role != "council" or self.collection == "public_record":
            return
        narrowed = len(self.regions) + len(self.groups)
        if self.peers_of == viewer.gss_code:
            # Whether they are its neighbours is for the reads, which know them.
            narrowed, others = narrowed + 1, set()
        else:
            others = set(self.councils) - {viewer.gss_code}
        if others or narrowed > 1:
            raise NotAllowedError(
                "Choose one region or one type of council, not a combination: smaller "
                "groups could show a single council's results."
            )


def financial_year(day: date) -> date:
    """The first day of the financial year that a day falls in."""
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)
