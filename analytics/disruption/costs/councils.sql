-- One row per group of councils over the whole range or ($way 'year') financial year: how
-- many councils told the cost of any incident (numerator) of those that reported on
-- incidents (denominator), their incidents, and how many have a cost, by its status.
with each_council as (
    select
        t.gss_code, case when $way = 'year' then t.period end as period,
        min(t.share_rank) as share_rank,
        sum(t.incidents) as incidents, sum(t.told) as known,
        sum(case when t.status = 'estimate' then t.told else 0 end) as estimate,
        sum(case when t.status = 'outturn' then t.told else 0 end) as outturn,
        sum(t.unbased) as unbased
    from marts.incident_costs t
    join (select unnest($members) as gss_code) n on n.gss_code = t.gss_code
    where t.collection = $collection and t.period between $since_year and $until_year
        and t.share_rank >= case when t.gss_code = $own then 1 else $counted_from end
    group by 1, 2
)
select
    g.group_code, g.group_label, g.group_order, e.period,
    count(*) filter (where g.is_current and e.known > 0) as numerator,
    count(*) filter (where g.is_current) as denominator,
    sum(e.incidents) as incidents, sum(e.known) as known, sum(e.estimate) as estimate,
    sum(e.outturn) as outturn, sum(e.unbased) as unbased,
    count(*) filter (where e.share_rank >= $named_from or e.gss_code = $own) as nameable,
    count(*) as contributors,
    cast(null as double) as largest_numerator,
    coalesce(max(e.incidents) / nullif(sum(e.incidents), 0), 0) as largest_denominator
from each_council e
join marts.memberships g on g.gss_code = e.gss_code and g.way = $by
group by g.group_code, g.group_label, g.group_order, e.period
order by g.group_order, g.group_label, g.group_code, e.period
