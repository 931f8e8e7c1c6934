-- One row per collection, council of today and stretch of weeks in which some services
-- matter most (reference.critical_windows), where the council reported every month of it:
-- unplanned hours disrupted of those services within it, overlaps of a service united,
-- and how many of them were hit. Nought where none was.
with reported as (
    select
        r.collection, r.gss_code, w.window_code, w.window_label, w.starts_on, w.ends_on,
        w.words, w.starts_at_second, w.ends_at_second
    from core.reporting_months r
    join reference.critical_spans w on w.month = r.month
    where r.dataset = 'disruptions'
    group by r.collection, r.gss_code, w.window_code, w.window_label, w.starts_on,
        w.ends_on, w.words, w.starts_at_second, w.ends_at_second, w.months
    having count(*) = w.months
),
hit as (
    select
        r.collection, r.gss_code, r.window_code, r.starts_on,
        sum(least(s.ended_at_second, r.ends_at_second)
            - greatest(s.started_at_second, r.starts_at_second)) / 3600e0 as hours,
        count(distinct s.service_code) as services
    from reported r
    join reference.critical_services c on c.window_code = r.window_code
    join core.disrupted_spells s
        on s.collection = r.collection and s.gss_code = r.gss_code and s.kind = 'any'
        and s.service_code = concat('lgsl-', c.lgsl_id)
        and s.started_at_second < r.ends_at_second
        and s.ended_at_second > r.starts_at_second
    group by r.collection, r.gss_code, r.window_code, r.starts_on
)
select
    r.collection, r.gss_code, r.window_code, r.window_label, r.starts_on as period,
    r.ends_on, r.words, coalesce(h.hours, 0.0) as hours,
    coalesce(h.services, 0) as services, coalesce(s.share_rank, 1) as share_rank
from reported r
left join hit h
    on h.collection = r.collection and h.gss_code = r.gss_code
    and h.window_code = r.window_code and h.starts_on = r.starts_on
left join core.share_levels s
    on s.collection = r.collection and s.gss_code = r.gss_code
    and s.dataset = 'disruptions'
order by r.collection, r.window_code, r.starts_on
