-- One row per group, interval and code (an action, a cause, an objective, a share of C1
-- outcomes met; one code where all are taken together): cases, ended, open, unknown.
-- include disruption/duration/told
each_council as (
    select
        g.group_code, g.group_label, g.group_order, g.is_current, t.gss_code,
        t.interval_code, t.code, min(t.share_rank) as share_rank,
        max(t.as_at) as as_at, sum(t.ended) as ended, sum(t.still_open) as still_open,
        sum(t.cases) - sum(t.ended) - sum(t.still_open) as unknown
    from told t
    join marts.memberships g on g.gss_code = t.gss_code and g.way = $by
    where t.share_rank >= case when t.gss_code = $own then 1 else $counted_from end
    group by all
)
select
    group_code, group_label, group_order, interval_code, code, max(as_at) as as_at,
    sum(ended) as numerator, sum(ended + still_open) as denominator,
    sum(still_open) as still_open, sum(unknown) as unknown,
    count(*) filter (where is_current) as councils,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors, cast(null as double) as largest_numerator,
    max(ended + still_open) / nullif(sum(ended + still_open), 0) as largest_denominator
from each_council
where ended + still_open + unknown > 0
group by group_code, group_label, group_order, interval_code, code
order by interval_code, denominator desc, code
