-- One row per group of councils and part (lead: received money; partner: took part
-- without receiving any; none): how many of its councils (numerator, of denominator)
-- had that part.
-- include funding/reach/places
counted as (
    select g.group_code, g.group_label, g.group_order, r.gss_code, r.part, r.share_rank
    from reached r
    join marts.memberships g on g.gss_code = r.gss_code and g.way = $by
    where r.share_rank >= case when r.gss_code = $own then 1 else $counted_from end
),
kinds as (
    select unnest(['lead', 'partner', 'none']) as part
)
select
    c.group_code, c.group_label, c.group_order, k.part,
    cast(sum(case when c.part = k.part then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator,
    sum(case when c.share_rank >= $named_from or c.gss_code = $own then 1 else 0 end)
        as nameable,
    count(*) as contributors,
    cast(null as double) as largest_numerator,
    cast(null as double) as largest_denominator
from counted c
cross join kinds k
group by c.group_code, c.group_label, c.group_order, k.part
order by c.group_order, c.group_label, c.group_code, k.part
