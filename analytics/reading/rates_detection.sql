-- One row per group of councils: the hours within which half of its confirmed cyber
-- incidents were detected, over the incidents and never over councils' medians. Groups
-- are those of rates.sql.
-- include reading/monitored_places
chosen as (
    select
        p.group_code, p.group_label, p.group_order, p.gss_code, p.is_current,
        least(d.share_rank, p.class_rank) as share_rank, d.hours, d.incidents
    from marts.detection_hours d
    join places p on p.gss_code = d.gss_code
    where d.collection = $collection and d.period between $since_year and $until_year
        and d.share_rank >= case when d.gss_code = $own then 1 else $counted_from end
),
counted as (
    select
        group_code, hours,
        sum(sum(incidents)) over (partition by group_code order by hours) as so_far,
        sum(sum(incidents)) over (partition by group_code) as total
    from chosen
    group by group_code, hours
),
middle as (
    select group_code, min(hours) as hours
    from counted
    where 2 * so_far >= total
    group by group_code
),
each_council as (
    select group_code, group_label, group_order, gss_code, is_current,
        min(share_rank) as share_rank, sum(incidents) as incidents
    from chosen
    group by all
)
select
    e.group_code, e.group_label, e.group_order, cast(null as date) as period,
    m.hours as numerator, sum(e.incidents) as denominator,
    count(*) filter (where e.is_current) as councils,
    count(*) filter (where e.share_rank >= $named_from or e.gss_code = $own)
        as nameable,
    count(*) as contributors,
    cast(null as double) as largest_numerator,
    max(e.incidents) / sum(e.incidents) as largest_denominator
from each_council e
join middle m on m.group_code = e.group_code
group by e.group_code, e.group_label, e.group_order, m.hours
order by e.group_order, e.group_label, e.group_code
