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
)
select
    supplier_name as group_code, supplier_name as group_label,
    cast(null as date) as period, count(*) as numerator,
    sum(count(*)) over () as denominator,
    count(distinct gss_code) filter (where is_current) as councils,
    count(distinct gss_code) as contributors,
    count(*) filter (where is_legacy or is_out_of_support) as weak,
    count(distinct gss_code) filter (
        where share_rank >= $named_from or gss_code = $own) as nameable,
    cast(null as double) as largest_numerator,
    cast(null as double) as largest_denominator
from chosen
group by supplier_name
order by numerator desc, supplier_name
