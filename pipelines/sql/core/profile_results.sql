-- One row per profile, council of the day and financial year: outcomes met and below, and
-- whether the whole profile is met. One outcome below settles that; with none below and
-- one unknown or not sent it is unknown (null).
with listed as (
    select collection, profile, caf_version, count(*) as outcomes
    from core.caf_profiles
    group by collection, profile, caf_version
),
years as (
    select distinct
        collection, gss_code, gss_code_of_day, financial_year, caf_version
    from core.council_outcomes
),
counted as (
    select
        collection, profile, gss_code, gss_code_of_day, financial_year, caf_version,
        sum(case when level >= required then 1 else 0 end) as met,
        sum(case when level < required then 1 else 0 end) as below,
        sum(case when level < required and best_level >= required and lens = 'BC'
            then 1 else 0 end) as held_down
    from core.profile_outcomes
    group by
        collection, profile, gss_code, gss_code_of_day, financial_year, caf_version
)
select
    y.collection, l.profile, y.gss_code, y.gss_code_of_day, y.financial_year,
    y.caf_version, coalesce(c.met, 0) as met, coalesce(c.below, 0) as below,
    coalesce(c.held_down, 0) as held_down,
    l.outcomes as listed,
    l.outcomes - coalesce(c.met, 0) - coalesce(c.below, 0) as unknown,
    case
        when c.below > 0 then false
        when c.met = l.outcomes then true
    end as is_profile_met
from years y
join listed l on l.collection = y.collection and l.caf_version = y.caf_version
left join counted c
    on c.collection = y.collection and c.profile = l.profile
    and c.gss_code_of_day = y.gss_code_of_day and c.financial_year = y.financial_year
