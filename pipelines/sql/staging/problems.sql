-- One row per problem record and version received.
select
    *,
    annual_cost_gbp is null or unit_cost_gbp is null or volume is null
        or frequency_per_year is null
        or abs(annual_cost_gbp - unit_cost_gbp * volume * frequency_per_year) < 1
        as is_annual_cost_the_product
from typed.problems
