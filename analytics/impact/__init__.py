"""What funding changed, and how sure one can be: estimates, value and wording.

All are functions over frames and numbers that read nothing but committed reference
tables. diff-diff, statsmodels and scipy take a second to import, so functions import
them, modules do not.
"""

from analytics.impact.averages import Effect, PreTrend
from analytics.impact.balance import UNBALANCED, balance_table
from analytics.impact.design import LEVELS, Confidence, Level, confidence_rubric, design
from analytics.impact.inference import (
    FEWEST_CLUSTERS,
    Inference,
    Randomisation,
    inference,
    minimum_detectable_effect,
    randomisation_test,
)
from analytics.impact.plain import Estimate, naive_two_way, two_by_two
from analytics.impact.sensitivity import sensitivity_table, tornado
from analytics.impact.staggered import StaggeredEffects, staggered_effects
from analytics.impact.value import (
    CostEffectiveness,
    cost_effectiveness,
    cost_per_unit,
    discount_factor,
    discount_rates,
    net_present_value,
    optimism_allowances,
    optimism_bias,
    real_terms,
)


__all__ = [
    "FEWEST_CLUSTERS",
    "LEVELS",
    "UNBALANCED",
    "Confidence",
    "CostEffectiveness",
    "Effect",
    "Estimate",
    "Inference",
    "Level",
    "PreTrend",
    "Randomisation",
    "StaggeredEffects",
    "balance_table",
    "confidence_rubric",
    "cost_effectiveness",
    "cost_per_unit",
    "design",
    "discount_factor",
    "discount_rates",
    "inference",
    "minimum_detectable_effect",
    "naive_two_way",
    "net_present_value",
    "optimism_allowances",
    "optimism_bias",
    "randomisation_test",
    "real_terms",
    "sensitivity_table",
    "staggered_effects",
    "tornado",
    "two_by_two",
]
