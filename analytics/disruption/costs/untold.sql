-- One row per class of years of councils with an incident: told, in which the council
-- told the cost of any, and untold. Incidents (denominator), how many have a cost
-- (numerator), councils and their years in the class.
with years as (
    select
        t.gss_code, t.period, min(t.share_rank) as share_rank,
        sum(t.incidents) as incidents, sum(t.told) as known
    from marts.incident_costs t
    join (select unnest($members) as gss_code) n on n.gss_code = t.gss_code
    where t.collection = $collection and t.period between $since_year and $until_year
        and t.share_rank >= case when t.gss_code = $own then 1 else $counted_from end
    group by t.gss_code, t.period
),
each_council as (
    select
        case when known > 0 then 'told' else 'untold' end as group_code, gss_code,
        min(share_rank) as share_rank, count(*) as council_years,
        sum(incidents) as incidents, sum(known) as known
    from years
    where incidents > 0
    group by 1, 2
)
select
    group_code, group_code as group_label, 0 as group_order, cast(null as date) as period,
    sum(known) as numerator, sum(incidents) as denominator, count(*) as councils,
    sum(council_years) as council_years,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors,
    cast(null as double) as largest_numerator,
    max(incidents) / sum(incidents) as largest_denominator
from each_council
group by group_code
order by group_code
