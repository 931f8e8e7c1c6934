-- One row per collection, council, month and cause: hours of unplanned disruptions and
-- their number, by the month in which they started; those that continue count so far. For comparing causes:
-- hours of overlapping disruptions are not united here.
select
    d.collection, d.gss_code, d.started_month as period, d.cause_class,
    l.label as cause,
    count(*) as disruptions,
    sum((d.ended_at_second - d.started_at_second) / 3600.0) as hours,
    min(coalesce(s.share_rank, 1)) as share_rank
from core.disruptions d
join reference.lists l on l.list = 'cause_class' and l.code = d.cause_class
left join core.share_levels s
    on s.collection = d.collection and s.gss_code = d.gss_code
    and s.dataset = 'disruptions'
where not d.is_planned
group by d.collection, d.gss_code, d.started_month, d.cause_class, l.label
