-- One row per incident (confirmed or suspected) or unplanned disruption and interval of it:
-- detect, contain, recover or restore. Hours run to its end or, where it is still open, to
-- the end of the last month that any council has reported on (as_at is its last day). Hours
-- are unknown (null) where a moment is missing or not exact. What has not begun has no row.
with reported_until as (
    select
        r.collection, r.dataset, max(m.ends_at_second) as second,
        cast(max(m.month) + interval 1 month - interval 1 day as date) as as_at
    from accepted.returns r
    join reference.months m on m.month = r.period_starts_on
    where r.dataset in ('incidents', 'disruptions') and r.is_current
        and not r.is_withdrawn
    group by r.collection, r.dataset
),
shared as (
    select collection, gss_code, min(share_rank) as share_rank
    from core.share_levels
    where dataset in ('incidents', 'disruptions')
    group by collection, gss_code
),
codes as (
    select 'detect' as interval_code union all select 'contain'
    union all select 'recover'
),
begun as (
    select
        i.collection, i.gss_code, i.incident_ref, c.interval_code,
        i.detected_month as month, i.action,
        o.incident_ref is not null as has_objective, o.is_within_objective,
        coalesce(i.detected_precision, 'exact') = 'exact' as is_exact,
        case c.interval_code
            when 'detect' then i.occurred_at_second
            when 'contain' then i.detected_at_second
            else i.contained_at_second
        end as began_at_second,
        case c.interval_code
            when 'detect' then i.detected_at_second
            when 'contain' then i.contained_at_second
            else i.recovered_at_second
        end as ended_at_second,
        -- Contained at a moment that nobody told, once it is over, is not open.
        c.interval_code <> 'detect' and i.recovered_at is null
            and (c.interval_code = 'recover' or i.contained_at is null) as is_open
    from core.incidents i
    cross join codes c
    left join core.objectives o
        on o.collection = i.collection and o.gss_code_of_day = i.gss_code_of_day
        and o.incident_ref = i.incident_ref
    where i.incident_status in ('Confirmed', 'Suspected')
        and i.detected_month is not null
        and (c.interval_code <> 'recover' or i.contained_at is not null
            or i.recovered_at is not null)
),
all_intervals as (
    select
        b.collection, b.gss_code, b.incident_ref as reference, b.interval_code, b.month,
        case when b.is_exact then
            case
                when b.is_open then greatest(u.second - b.began_at_second, 0)
                else b.ended_at_second - b.began_at_second
            end / 3600e0
        end as hours,
        not b.is_open as is_ended, b.action, cast(null as string) as cause_class,
        b.has_objective, b.is_within_objective, u.as_at
    from begun b
    left join reported_until u
        on u.collection = b.collection and u.dataset = 'incidents'
    union all
    select
        d.collection, d.gss_code, d.disruption_id, 'restore', d.started_month,
        d.hours, d.is_ended, d.action, d.cause_class, d.has_objective,
        d.is_within_objective, u.as_at
    from core.service_spans d
    left join reported_until u
        on u.collection = d.collection and u.dataset = 'disruptions'
)
select
    n.collection, n.gss_code, n.reference, n.interval_code, n.month, n.hours, n.is_ended,
    a.label as action, c.label as cause, n.has_objective, n.is_within_objective, n.as_at,
    coalesce(s.share_rank, 1) as share_rank
from all_intervals n
left join reference.lists a on a.list = 'action' and a.code = n.action
left join reference.lists c on c.list = 'cause_class' and c.code = n.cause_class
left join shared s on s.collection = n.collection and s.gss_code = n.gss_code
