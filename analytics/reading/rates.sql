-- One row per group of councils: what was counted in the months that they reported on, and
-- the residents of those months, in resident-years. A group is a region, type, council,
-- England, or a class of security monitoring. Counties share residents with districts,
-- so a group of both divides by those of districts and unitaries.
-- include reading/monitored_places
each_council as (
    select
        p.group_code, p.group_label, p.group_order, p.gss_code, p.is_current, p.tier,
        p.population, least(min(r.share_rank), min(p.class_rank)) as share_rank,
        count(*) as months, sum(r.events) as events
    from marts.rate_months r
    join places p on p.gss_code = r.gss_code
    where r.collection = $collection and r.measure = $measure
        and r.period between $since and $until
        and r.share_rank >= case when r.gss_code = $own then 1 else $counted_from end
    group by all
),
marked as (
    select *, population * months / 12.0 as residents,
        bool_and(tier = 'upper') over (partition by group_code) as is_county
    from each_council
)
select
    group_code, group_label, group_order, cast(null as date) as period,
    coalesce(sum(events) filter (where population is not null or not is_county), 0)
        as numerator,
    sum(residents) filter (where tier <> 'upper' or is_county) as denominator,
    sum(months) as months, sum(population) as population,
    count(*) filter (where is_current) as councils,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors,
    cast(null as double) as largest_numerator,
    -- What must not dominate is the count: residents are no secret.
    max(events) / nullif(sum(events), 0) as largest_denominator
from marked
group by group_code, group_label, group_order
order by group_order, group_label, group_code
