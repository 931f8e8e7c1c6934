-- One row per collection, council, interval, financial year, way of telling cases apart (all,
-- action, cause, objective), code and step of duration: how many ended and how many are
-- still open, with their hours. Step 0 holds up to a quarter of an hour and each one after
-- it reaches a tenth further; a step that is null counts those of unknown duration.
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
),
stepped as (
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
),
told as (
    select *, 'all' as way, 'All' as code from stepped
    union all
    select *, 'action', action from stepped
    union all
    select *, 'cause', cause from stepped where cause is not null
    union all
    select *, 'objective', objective from stepped
)
select
    collection, gss_code, interval_code, period, way, code, step,
    min(share_rank) as share_rank, max(as_at) as as_at,
    cast(sum(cases) as bigint) as cases, cast(sum(ended) as bigint) as ended,
    cast(sum(still_open) as bigint) as still_open, sum(ended_hours) as ended_hours,
    sum(open_hours) as open_hours
from told
group by collection, gss_code, interval_code, period, way, code, step
order by collection, interval_code, way, period
