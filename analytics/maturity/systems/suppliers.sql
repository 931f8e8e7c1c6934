-- One row per supplier: its critical systems and the councils that lean on it, in the latest
-- financial year of the range.
with chosen as (
    select s.supplier_name, s.gss_code, s.share_rank, c.is_current, s.is_legacy,
        s.is_out_of_support
    from marts.systems s
    join (select unnest($members) as gss_code) m on m.gss_code = s.gss_code
    join marts.councils c on c.gss_code = s.gss_code
    where s.collection = $collection and s.period = $until_year
        and s.supplier_name is not null
        and s.share_rank >= case when s.gss_code = $own then 1 else $counted_from end
),
each_council as (
    select supplier_name, gss_code, is_current, min(share_rank) as share_rank,
        count(*) as systems,
        count(*) filter (where is_legacy or is_out_of_support) as weak
    from chosen
    group by all
)
select
    supplier_name as group_code, supplier_name as group_label,
    cast(null as date) as period, sum(systems) as numerator,
    sum(sum(systems)) over () as denominator,
    count(*) filter (where is_current) as councils, count(*) as contributors,
    sum(weak) as weak,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    max(systems) / sum(systems) as largest_numerator,
    max(systems) / sum(systems) as largest_denominator
from each_council
group by supplier_name
order by numerator desc, supplier_name
