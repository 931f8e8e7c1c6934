-- One row per council, kind of spell and month: hours disrupted, by clock hours, in the
-- London month in which they fell.
select
    s.kind, s.collection, s.gss_code, m.month,
    sum(
        (least(s.ended_at_second, m.ends_at_second)
            - greatest(s.started_at_second, m.starts_at_second)) / 3600e0
    ) as hours
from core.disrupted_spells s
join reference.months m
    on m.starts_at_second < s.ended_at_second
    and m.ends_at_second > s.started_at_second
group by s.kind, s.collection, s.gss_code, m.month
