-- One row per financial year: incidents whose cost and hours of disruption are both known,
-- over the councils in scope. `numerator` is their cost in cash, `denominator` their hours.
with each_council as (
    select h.gss_code, h.period, h.incidents, h.cost_gbp, h.hours, h.share_rank
    from marts.hour_costs h
    join (select unnest($members) as gss_code) n on n.gss_code = h.gss_code
    where h.collection = $collection and h.period between $since_year and $until_year
        and h.share_rank >= case when h.gss_code = $own then 1 else $counted_from end
)
select
    period, sum(cost_gbp) as numerator, sum(hours) as denominator,
    sum(incidents) as incidents, count(*) as councils,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors, cast(null as double) as largest_numerator,
    greatest(
        coalesce(max(cost_gbp) / nullif(sum(cost_gbp), 0), 0),
        coalesce(max(hours) / nullif(sum(hours), 0), 0)
    ) as largest_denominator
from each_council
group by period
order by period
