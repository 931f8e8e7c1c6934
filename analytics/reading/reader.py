"""Who asks for what: the first argument of every read that is about a scope."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analytics.reading.scope import Scope
from analytics.reading.viewer import Viewer
from analytics.reading.warehouse import query


@dataclass(frozen=True)
class Reader:
    """Who asks, of which warehouse file, about which councils and years."""

    path: str
    viewer: Viewer
    scope: Scope

    def within(self, scope: Scope) -> "Reader":
        """The same warehouse and viewer, another scope."""
        return replace(self, scope=scope)

    def query(self, name: str, **more: Any) -> pd.DataFrame:
        """Rows of one .sql about the scope, not yet disclosed; `more` it names besides."""
        return query(name, self.path, **self.parameters() | more)

    def parameters(self) -> dict[str, Any]:
        """The scope and viewer as the .sql files name them."""
        return parameters(self.scope, self.viewer)


def parameters(scope: Scope, viewer: Viewer) -> dict[str, Any]:
    """A scope and viewer as the .sql files name them."""
    return {
        "collection": scope.collection,
        "since": scope.since,
        "until": scope.until,
        "regions": list(scope.regions),
        "groups": list(scope.groups),
        "councils": list(scope.councils),
        "profile": scope.profile,
        "own": viewer.gss_code,
        "named_from": viewer.named_from,
        "counted_from": viewer.counted_from,
    }
