-- One row per stage of the CAF journey: councils that stand in it on the last day of the
-- range, and how many of them something holds up.
with chosen as (
    select e.*, c.is_current
    from marts.caf_stages e
    join (select unnest($members) as gss_code) m on m.gss_code = e.gss_code
    join marts.councils c on c.gss_code = e.gss_code
    where e.collection = $collection and e.entered_on <= $last_day
        and (e.left_on is null or e.left_on > $last_day)
        and e.share_rank >= case when e.gss_code = $own then 1 else $counted_from end
)
select
    stage as group_code, stage_label as group_label, sort_order,
    cast(null as date) as period,
    count(*) as numerator, count(*) as denominator,
    count(blocker) as held_up,
    median(date_diff('day', entered_on, cast($last_day as date))) as days,
    count(*) filter (where is_current) as councils,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors,
    cast(null as double) as largest_numerator,
    cast(null as double) as largest_denominator
from chosen
group by stage, stage_label, sort_order
order by sort_order
