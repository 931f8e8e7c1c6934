"""Lookups that are no secret: indicators, collections, councils, places on the map.

Nothing here is about one council's results, so every viewer sees all of it; the viewer
is taken all the same, so that every read of the warehouse has one shape.
"""

from datetime import date

import pandas as pd

from analytics.indicators import Indicator
from analytics.scope import Scope
from analytics.viewer import Viewer
from analytics.warehouse import query


def all_indicators(path: str, viewer: Viewer) -> list[Indicator]:
    """Every indicator of the warehouse, in the order that pages show them."""
    rows = query("indicators", path).to_dict("records")
    return [Indicator(**{str(name): row[name] for name in row}) for row in rows]


def collections(path: str, viewer: Viewer) -> dict[str, tuple[date, date]]:
    """First and last period of every collection that has rows."""
    frame = query("collections", path)
    firsts, lasts = frame["first_period"].dt.date, frame["last_period"].dt.date
    return dict(zip(frame["collection"], zip(firsts, lasts, strict=True), strict=True))


def regions(path: str, viewer: Viewer) -> list[str]:
    """The nine regions, in their usual order."""
    return query("regions", path)["region"].tolist()


def council_groups(path: str, viewer: Viewer) -> dict[str, str]:
    """Code and label of the five groups of council types."""
    frame = query("council_groups", path)
    return dict(zip(frame["code"], frame["label"], strict=True))


def objectives(path: str, viewer: Viewer) -> dict[int, str]:
    """Number and name of the Local Digital Collaboration Unit's five objectives."""
    frame = query("objectives", path)
    return dict(zip(frame["number"].tolist(), frame["label"], strict=True))


def all_councils(path: str, viewer: Viewer) -> pd.DataFrame:
    """Councils of today, which are no secret: gss_code, council_name, region, type."""
    everywhere: dict[str, list[str]] = {"regions": [], "groups": [], "councils": []}
    return query("councils", path, **everywhere)


def hexes(path: str, viewer: Viewer) -> pd.DataFrame:
    """One row per hexagon: gss_code, x, y, county_gss_code."""
    return query("hexes", path)


def neighbours(path: str, viewer: Viewer, gss_code: str) -> pd.DataFrame:
    """A council's ONS statistical neighbours in order: gss_code, council_name, rank."""
    return query("neighbours", path, gss_code=gss_code)


def outcomes(path: str, viewer: Viewer) -> pd.DataFrame:
    """One row per CAF version and outcome: caf_version, objective_code, objective,
    principle_code, principle, outcome_code, outcome."""
    return query("outcome_names", path)


def profiled(path: str, viewer: Viewer) -> set[str]:
    """Keys of the indicators that hang on a CAF profile."""
    return set(query("profiled", path)["indicator"])


def aim(path: str, viewer: Viewer, name: str) -> dict[str, object]:
    """An aim to measure against: target_year (first day), target_label, target_value,
    words, source. An unknown name raises."""
    return dict(query("aim", path, aim=name).iloc[0])


def annotations(path: str, viewer: Viewer, scope: Scope, kinds: tuple[str, ...]) -> pd.DataFrame:
    """Events of these kinds that charts may mark: happened_on, title, event_type."""
    return query(
        "annotations",
        path,
        collection=scope.collection,
        since=scope.since,
        until=scope.until,
        kinds=list(kinds),
    )
