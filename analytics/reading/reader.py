"""Who asks for what: the first argument of every read that is about a scope."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST, Viewer
from analytics.reading.warehouse import query, read_sql


@dataclass(frozen=True)
class Reader:
    """Who asks, of which warehouse file, about which councils and years."""

    path: str
    viewer: Viewer
    scope: Scope

    @property
    def is_of_others(self) -> bool:
        """Whether a council asks for more than itself."""
        return self.scope.is_of_others(self.viewer)

    def within(self, scope: Scope) -> "Reader":
        """The same warehouse and viewer, another scope."""
        return replace(self, scope=scope)

    def as_analyst(self) -> "Reader":
        """The same scope of one who may see every row: for what is disclosed later."""
        return replace(self, viewer=LOCAL_ANALYST)

    def query(self, name: str, **more: Any) -> pd.DataFrame:
        """Rows of one .sql, not yet disclosed; `more` is what it names besides the scope."""
        chosen = self.parameters() | more
        if "members" in read_sql(name)[1]:
            chosen["members"] = self.members()
        return query(name, self.path, **chosen)

    def members(self) -> list[str]:
        """Codes of the councils that the scope chooses, past ones that were split too."""
        return self.as_analyst().query("reading/members")["gss_code"].tolist()

    def parameters(self) -> dict[str, Any]:
        """The scope and viewer as the .sql files name them."""
        scope, viewer = self.scope, self.viewer
        return {
            "collection": scope.collection,
            "since": scope.since,
            "until": scope.until,
            "since_year": scope.since_year,
            "until_year": scope.until_year,
            "last_day": last_day(scope.until),
            "regions": list(scope.regions),
            "groups": list(scope.groups),
            "councils": list(scope.councils),
            "profile": scope.profile,
            "own": viewer.gss_code,
            "named_from": viewer.named_from,
            "counted_from": viewer.counted_from,
        }


def last_day(month: date) -> date:
    """The last day of a month, known by a day of it."""
    month_after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return date.fromordinal(month_after.toordinal() - 1)
