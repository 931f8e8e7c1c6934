"""Lookups that are no secret: indicators, collections, councils, places on the map.

Nothing here is about one council's results, so every viewer sees all of it; the viewer
is taken all the same, so that every read of the warehouse has one shape.
"""

from datetime import date

import pandas as pd

from analytics.reading.indicators import Indicator
from analytics.reading.reader import Reader
from analytics.reading.viewer import Viewer
from analytics.reading.warehouse import query


def all_indicators(path: str, viewer: Viewer) -> list[Indicator]:
    """Every indicator of the warehouse, in the order that pages show them."""
    rows = query("reading/indicators", path).to_dict("records")
    return [Indicator(**{str(name): row[name] for name in row}) for row in rows]


def collections(path: str, viewer: Viewer) -> dict[str, tuple[date, date]]:
    """First and last period of every collection that has rows."""
    frame = query("reading/collections", path)
    firsts, lasts = frame["first_period"].dt.date, frame["last_period"].dt.date
    return dict(zip(frame["collection"], zip(firsts, lasts, strict=True), strict=True))


def regions(path: str, viewer: Viewer) -> list[str]:
    """The nine regions, in their usual order."""
    return query("reading/regions", path)["region"].tolist()


def council_groups(path: str, viewer: Viewer) -> dict[str, str]:
    """Code and label of the five groups of council types."""
    frame = query("reading/council_groups", path)
    return dict(zip(frame["code"], frame["label"], strict=True))


def objectives(path: str, viewer: Viewer) -> dict[int, str]:
    """Number and name of the Local Digital Collaboration Unit's five objectives."""
    frame = query("reading/objectives", path)
    return dict(zip(frame["number"].tolist(), frame["label"], strict=True))


def themes(path: str, viewer: Viewer) -> dict[str, str]:
    """Code and title of every theme that has an indicator, in the order of the list.

    A theme that `data/reference/lists/theme.csv` does not have comes last, under a title
    made from its code, so that an indicator of a new theme needs no other file.
    """
    frame = query("reading/themes", path)
    made = frame["theme"].str.replace("_", " ").str.capitalize()
    return dict(zip(frame["theme"], frame["label"].fillna(made), strict=True))


def all_councils(path: str, viewer: Viewer) -> pd.DataFrame:
    """Councils of today, which are no secret: gss_code, council_name, region, type."""
    everywhere: dict[str, list[str]] = {"regions": [], "groups": [], "councils": []}
    return query("reading/councils", path, **everywhere)


def hexes(path: str, viewer: Viewer) -> pd.DataFrame:
    """One row per hexagon: gss_code, x, y, county_gss_code."""
    return query("reading/hexes", path)


def neighbours(path: str, viewer: Viewer, gss_code: str) -> pd.DataFrame:
    """A council's ONS statistical neighbours in order: gss_code, council_name, rank."""
    return query("reading/neighbours", path, gss_code=gss_code)


def outcomes(path: str, viewer: Viewer) -> pd.DataFrame:
    """One row per CAF version and outcome: caf_version, objective_code, objective,
    principle_code, principle, outcome_code, outcome."""
    return query("reading/outcome_names", path)


def profiled(path: str, viewer: Viewer) -> set[str]:
    """Keys of the indicators that hang on a CAF profile."""
    return set(query("reading/profiled", path)["indicator"])


def aim(path: str, viewer: Viewer, name: str) -> dict[str, object]:
    """An aim to measure against: target_year (first day), target_label, target_value,
    words, source. An unknown name raises."""
    return dict(query("reading/aim", path, aim=name).iloc[0])


def annotations(reader: Reader, kinds: tuple[str, ...]) -> pd.DataFrame:
    """Events of these kinds that charts may mark: happened_on, title, event_type."""
    return reader.query("reading/annotations", kinds=list(kinds))


def build(path: str, viewer: Viewer) -> dict:
    """When and from what the warehouse was built."""
    return query("reading/build", path).iloc[0].to_dict()
