-- One row per collection, council, interval, financial year, action, cause, whether the
-- objective was met, and step of duration: how many spans (core.spans) ended and how many
-- are still open, with their hours.
with named as (
    select
        i.collection, i.gss_code, i.interval_code, m.financial_year as period,
        coalesce(i.action, 'No incident named') as action, i.cause,
        case
            when not i.has_objective then 'No objective'
            when i.is_within_objective then 'Objective met'
            when not i.is_within_objective then 'Objective missed'
            else 'Not settled yet'
        end as objective,
        case
            when i.hours is null then null
            when i.hours <= 0.25 then 0
            else cast(ceil(ln(i.hours / 0.25) / ln(1.1)) as integer)
        end as step,
        i.hours, i.is_ended, i.share_rank, i.as_at
    from core.spans i
    join reference.months m on m.month = i.month
)
select
    collection, gss_code, interval_code, period, action, cause, objective, step,
    min(share_rank) as share_rank, max(as_at) as as_at, count(*) as cases,
    sum(case when is_ended and hours is not null then 1 else 0 end) as ended,
    sum(case when is_ended then hours end) as ended_hours,
    sum(case when not is_ended and hours is not null then 1 else 0 end)
        as still_open,
    sum(case when not is_ended then hours end) as open_hours
from named
group by collection, gss_code, interval_code, period, action, cause, objective, step
