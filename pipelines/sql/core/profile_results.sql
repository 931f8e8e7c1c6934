-- One row per profile, council of the day and financial year: outcomes met and below, and
-- whether the whole profile is met. One outcome below settles that; with none below and
-- one unknown or not sent it is unknown (null).
with listed as (
    select collection, profile, caf_version, count(*) as outcomes
    from core.caf_profiles
    group by collection, profile, caf_version
),
counted as (
    select
        collection, profile, gss_code, gss_code_of_day, financial_year, caf_version,
        sum(case when level >= required then 1 else 0 end) as met,
        sum(case when level < required then 1 else 0 end) as below,
        sum(case when level < required and best_level >= required and lens = 'BC'
            then 1 else 0 end) as held_down,
        max(is_reviewed) as is_reviewed
    from core.profile_outcomes
    group by
        collection, profile, gss_code, gss_code_of_day, financial_year, caf_version
)
select
    c.*, l.outcomes as listed, l.outcomes - c.met - c.below as unknown,
    case
        when c.below > 0 then false
        when c.met = l.outcomes then true
    end as is_profile_met
from counted c
join listed l
    on l.collection = c.collection and l.profile = c.profile
    and l.caf_version = c.caf_version
