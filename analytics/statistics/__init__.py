"""Statistical methods over arrays and frames: no pages, no charts, no warehouse.

Councils are counted, not sampled: limits and intervals here say how far figures would
vary by chance if the process behind them stayed as it is. Unknown in is unknown out.
scipy and statsmodels are imported inside the functions that use them, since a page that
draws no interval should not wait for them.
"""

from analytics.statistics.control import (
    FEWEST_POINTS,
    ControlLimits,
    c_limits,
    u_limits,
    xmr_limits,
)
from analytics.statistics.funnel import (
    PLACES,
    funnel_limits_proportion,
    funnel_limits_rate,
    funnel_place,
)
from analytics.statistics.intervals import rate_interval, wilson_interval
from analytics.statistics.numbers import Interval
from analytics.statistics.prices import financial_year_deflators, real_terms
from analytics.statistics.rank import BANDS, competition_rank, quartile_band
from analytics.statistics.rules import RULES
from analytics.statistics.spells import united_hours, united_spells
from analytics.statistics.survival import Quantile, survival_at, survival_curve, survival_quantile
from analytics.statistics.trend import recent_trend


__all__ = [
    "BANDS",
    "FEWEST_POINTS",
    "PLACES",
    "RULES",
    "ControlLimits",
    "Interval",
    "Quantile",
    "c_limits",
    "competition_rank",
    "financial_year_deflators",
    "funnel_limits_proportion",
    "funnel_limits_rate",
    "funnel_place",
    "quartile_band",
    "rate_interval",
    "real_terms",
    "recent_trend",
    "survival_at",
    "survival_curve",
    "survival_quantile",
    "u_limits",
    "united_hours",
    "united_spells",
    "wilson_interval",
    "xmr_limits",
]
