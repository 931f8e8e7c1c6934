/*
title = "Councils meeting the profile"
question = "What share of councils meets every outcome of the profile?"
definition = "Councils whose assessed outcomes all reach the level of the GovAssure Baseline profile, as a share of councils for which that is known. One outcome below the level settles it; with none below and some not assessed it is unknown."
kind = "ratio"
timing = "state"
numerator = "Councils meeting every outcome of the profile"
denominator = "Councils for which it is known"
unit = "percent"
grain = "year"
polarity = "higher_is_better"
dataset = "assessments"
source = "CAF assessments: the reviewer's judgement where there is one, else the council's own"
order = 4
caveat = "The Government Cyber Security Strategy looks to 2030 for all public bodies. One missed outcome is enough for a council not to count."
*/
with councils as (
    select
        collection,
        gss_code,
        gss_code_of_day,
        financial_year,
        caf_version,
        sum(case when level < required then 1 else 0 end) as below,
        sum(case when level is null then 1 else 0 end) as unknown,
        count(*) as outcomes
    from core.council_outcomes
    group by collection, gss_code, gss_code_of_day, financial_year, caf_version
),
asked as (
    select caf_version, count(*) as outcomes
    from reference.caf_profiles
    where profile = 'baseline'
    group by caf_version
)
select
    c.collection,
    c.gss_code,
    c.financial_year as period,
    sum(case when c.below = 0 then 1 else 0 end) as numerator,
    count(*) as denominator,
    'CAF ' || max(c.caf_version) as basis
from councils c
join asked a on a.caf_version = c.caf_version
where c.below > 0 or (c.unknown = 0 and c.outcomes = a.outcomes)
group by c.collection, c.gss_code, c.financial_year
