-- One row per collection, measure, part (cause, VERIS action or service, or any), council
-- and month reported on; parts of measures that begin with `service_` are services. Every
-- month reported has its row of any, 0 where nothing happened; other parts have rows only
-- where something did. `amount` is unknown where services for the public were disrupted
-- and nobody told how many residents that hit; `lacking` of `counted` disruptions that
-- started in the month do not tell it.
with started as (
    select collection, gss_code, started_month as month, cause_class as part,
        count(*) as disruptions,
        count(case when lgsl_id is not null or residents_affected is not null then 1 end)
            as counted,
        count(case when lgsl_id is not null and residents_affected is null then 1 end)
            as lacking
    from core.disruptions
    where not is_planned
    group by collection, gss_code, started_month, cause_class
),
detected as (
    select collection, gss_code, detected_month as month, action as part,
        count(*) as incidents
    from core.incidents
    where incident_status = 'Confirmed' and detected_month is not null
    group by collection, gss_code, detected_month, action
),
by_service as (
    select s.collection, s.gss_code, m.month, s.service_code as part,
        sum(least(s.ended_at_second, m.ends_at_second)
            - greatest(s.started_at_second, m.starts_at_second)) / 3600e0 as hours
    from core.disrupted_spells s
    join reference.months m
        on m.starts_at_second < s.ended_at_second
        and m.ends_at_second > s.started_at_second
    where s.kind = 'any'
    group by s.collection, s.gss_code, m.month, s.service_code
),
happened as (
    select 'incidents' as measure, collection, gss_code, month, part,
        cast(incidents as double) as amount, 0 as lacking, 0 as counted
    from detected
    union all
    select 'disruptions', collection, gss_code, month, part, disruptions, 0, 0
    from started
    union all
    select 'service_hours', collection, gss_code, month, part, hours, 0, 0
    from by_service
    union all
    select 'service_disruptions', collection, gss_code, started_month, service_code,
        count(*), 0, 0
    from core.disruptions
    where not is_planned
    group by collection, gss_code, started_month, service_code
),
parts as (
    select measure, collection, gss_code, month, part, amount, lacking, counted
    from happened
    union all
    select measure, collection, gss_code, month, 'any', sum(amount), 0, 0
    from happened
    group by measure, collection, gss_code, month
    union all
    select 'hours', collection, gss_code, month, cause, hours, 0, 0
    from core.caused_months
    union all
    select 'resident_hours', collection, gss_code, month, part,
        case when max(public_hours) > 0 and max(told_hours) = 0 then null
            else coalesce(max(resident_hours), 0) end,
        sum(lacking), sum(counted)
    from (
        select collection, gss_code, month, cause as part, public_hours, told_hours,
            resident_hours, 0 as lacking, 0 as counted
        from core.caused_months
        where public_hours > 0
        union all
        select collection, gss_code, month, part, null, null, null, lacking, counted
        from started
        where counted > 0
        union all
        select collection, gss_code, month, 'any', null, null, null, sum(lacking),
            sum(counted)
        from started
        where counted > 0
        group by collection, gss_code, month
    )
    group by collection, gss_code, month, part
),
measures as (
    select 'incidents' as measure, 'incidents' as dataset
    union all select 'disruptions', 'disruptions'
    union all select 'hours', 'disruptions'
    union all select 'resident_hours', 'disruptions'
    union all select 'service_hours', 'disruptions'
    union all select 'service_disruptions', 'disruptions'
),
reported as (
    select m.measure, m.dataset, r.collection, r.gss_code, r.month
    from core.reporting_months r
    join measures m on m.dataset = r.dataset
),
filled as (
    select r.measure, r.dataset, r.collection, r.gss_code, r.month, p.part, p.amount,
        p.lacking, p.counted
    from reported r
    join parts p
        on p.measure = r.measure and p.collection = r.collection
        and p.gss_code = r.gss_code and p.month = r.month
    union all
    select r.measure, r.dataset, r.collection, r.gss_code, r.month, 'any', 0, 0, 0
    from reported r
    where not exists (
        select 1 from parts p
        where p.measure = r.measure and p.collection = r.collection
            and p.gss_code = r.gss_code and p.month = r.month and p.part = 'any'
    )
)
select
    f.measure, f.collection, f.gss_code, f.month as period, f.part, f.amount,
    cast(f.lacking as bigint) as lacking, cast(f.counted as bigint) as counted,
    coalesce(s.share_rank, 1) as share_rank
from filled f
left join core.share_levels s
    on s.collection = f.collection and s.gss_code = f.gss_code and s.dataset = f.dataset
order by f.collection, f.measure, f.part, f.month
