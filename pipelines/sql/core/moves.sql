-- One row per council of the day, financial year and outcome that it has rows for in this
-- year and the year just before: the level then and now, either may be unknown. Across
-- CAF 3.2 and 4.0 only comparable outcomes are followed.
with yearly as (
    select *, make_date(year(financial_year) - 1, 4, 1) as year_before
    from core.council_outcomes
)
select
    a.collection, a.gss_code, a.gss_code_of_day, a.financial_year, a.caf_version,
    b.caf_version as version_before, a.outcome_code, b.level as level_before, a.level
from yearly a
join yearly b
    on b.collection = a.collection and b.gss_code_of_day = a.gss_code_of_day
    and b.financial_year = a.year_before and b.caf_version = a.caf_version
    and b.outcome_code = a.outcome_code
union all
select
    a.collection, a.gss_code, a.gss_code_of_day, a.financial_year, a.caf_version,
    b.caf_version, a.outcome_code, b.level, a.level
from yearly a
join yearly b
    on b.collection = a.collection and b.gss_code_of_day = a.gss_code_of_day
    and b.financial_year = a.year_before and b.caf_version <> a.caf_version
    and b.thread = a.thread
