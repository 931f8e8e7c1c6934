"""One council beside its peers: rank with ties, quartile band, range of the peers."""

import pandas as pd

from analytics import statistics
from analytics.reading.disclosure import SMALLEST_GROUP
from analytics.reading.indicators import Indicator


def rank(values: pd.Series, polarity: str) -> pd.Series:
    """Competition rank, ties share the lower number; unknown has none.

    The best is first; with no polarity the highest is first.
    """
    return statistics.competition_rank(values, polarity)


def quartile_band(value: float, values: pd.Series, polarity: str) -> str:
    """Band A (best quarter) to D, cut at the quartiles and closed on the right.

    Empty where polarity is "none", the value is unknown, fewer than five are known or
    all are the same.
    """
    known = values.dropna()
    if polarity == "none" or pd.isna(value) or len(known) < SMALLEST_GROUP:
        return ""
    if known.min() == known.max():
        return ""
    cuts = known.quantile([0.25, 0.5, 0.75])
    return statistics.quartile_band(value, cuts, polarity)


def beside_peers(frame: pd.DataFrame, indicators: list[Indicator]) -> pd.DataFrame:
    """One row per indicator: the council's value, rank, band, and the peers' range.

    Takes the frame of `marts.benchmark`. Columns: theme, indicator, title, unit,
    polarity, value, rank, of, band, low, q1, median, q3, high, peers. The range is of
    the peers without the council, and unknown below five peers; rank is among both.
    """
    rows = []
    for indicator in indicators:
        mine = frame[frame["indicator"] == indicator.key]
        known = mine.dropna(subset="value").reset_index(drop=True)
        peers = known.loc[~known["is_own"], "value"]
        own = known[known["is_own"]]
        value = own["value"].iloc[0] if len(own) else float("nan")
        judged = known["value"] if len(peers) >= SMALLEST_GROUP else peers.iloc[:0]
        rows.append(
            {
                "theme": indicator.theme,
                "indicator": indicator.key,
                "title": indicator.title,
                "unit": indicator.unit,
                "polarity": indicator.polarity,
                "value": value,
                "peers": len(peers),
                **place(known, own, indicator.polarity),
                **spread(peers),
                "band": quartile_band(value, judged, indicator.polarity),
            }
        )
    return pd.DataFrame(rows)


def place(known: pd.DataFrame, own: pd.DataFrame, polarity: str) -> dict:
    """The council's rank and how many were ranked."""
    if own.empty or len(known) <= SMALLEST_GROUP:
        return {"rank": float("nan"), "of": len(known)}
    ranks = rank(known["value"], polarity)
    return {"rank": int(ranks[own.index[0]]), "of": len(known)}


def spread(peers: pd.Series) -> dict:
    """Lowest, quartiles and highest of the peers; unknown below five."""
    points = {"low": 0, "q1": 0.25, "median": 0.5, "q3": 0.75, "high": 1}
    if len(peers) < SMALLEST_GROUP:
        return dict.fromkeys(points, float("nan"))
    return {name: peers.quantile(at) for name, at in points.items()}
