-- One row per supplier: unplanned hours and disruptions that it caused, over how many
-- councils.
with each_council as (
    select h.supplier_name, h.gss_code, c.is_current, min(h.share_rank) as share_rank,
        sum(h.hours) as hours, sum(h.disruptions) as disruptions, sum(h.shared) as shared
    from marts.supplier_hours h
    join (select unnest($members) as gss_code) n on n.gss_code = h.gss_code
    join marts.councils c on c.gss_code = h.gss_code
    where h.collection = $collection and h.period between $since_year and $until_year
        and h.share_rank >= case when h.gss_code = $own then 1 else $counted_from end
    group by all
)
select
    supplier_name as group_code, supplier_name as group_label,
    cast(null as date) as period,
    sum(hours) as value, sum(hours) as numerator, sum(disruptions) as denominator,
    sum(shared) as shared, count(*) filter (where is_current) as councils,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors,
    max(hours) / nullif(sum(hours), 0) as largest_numerator,
    max(disruptions) / nullif(sum(disruptions), 0) as largest_denominator
from each_council
group by supplier_name
order by value desc, supplier_name
