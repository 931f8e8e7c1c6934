-- One row per disruption of one service. A disruption that continues is counted up to
-- the end of the last month that any council has reported on. One whose incident was
-- set aside stays, unlinked.
with reported_until as (
    select r.collection, max(m.ends_at_second) as second
    from accepted.returns r
    join reference.months m on m.month = r.period_starts_on
    where r.dataset = 'disruptions' and r.is_current and not r.is_withdrawn
    group by r.collection
)
select
    s.rank_of_share as share_rank,
    a.gss_code as gss_code_of_day,
    coalesce(t.current_gss_code, a.gss_code) as gss_code,
    a.* exclude (gss_code, incident_ref),
    i.incident_ref,
    a.incident_ref as incident_ref_given,
    a.incident_ref is not null and i.incident_ref is null as is_orphan,
    coalesce('lgsl-' || a.lgsl_id, a.corporate_service) as service_code,
    cast(date_trunc('month', timezone(
        'Europe/London', timezone('UTC', a.started_at)
    )) as date) as started_month,
    cast(epoch(a.started_at) as bigint) as started_at_second,
    coalesce(
        cast(epoch(a.restored_at) as bigint),
        greatest(u.second, cast(epoch(a.started_at) as bigint))
    ) as ended_at_second,
    epoch(a.restored_at - a.started_at) / 3600e0 as hours_to_restore
from accepted.disruptions a
left join reference.council_today t on t.gss_code = a.gss_code
left join reference.share_ranks s on s.share_level = a.share_level
left join reported_until u on u.collection = a.collection
left join core.incidents i
    on i.collection = a.collection and i.gss_code_of_day = a.gss_code
    and i.incident_ref = a.incident_ref
where a.is_current and not a.is_withdrawn
