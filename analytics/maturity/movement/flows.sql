-- One row per financial year and pair of levels: outcomes that went from one to the other
-- since the year before.
with chosen as (
    select
        v.period, v.gss_code, v.share_rank, g.is_current,
        coalesce(v.level_before, 0) as level_before, coalesce(v.level, 0) as level
    from marts.moves v
    join (select unnest($members) as gss_code) m on m.gss_code = v.gss_code
    join marts.memberships g on g.gss_code = v.gss_code and g.way = 'england'
    where v.collection = $collection and v.period between $since and $until
        and v.share_rank >= case when v.gss_code = $own then 1 else $counted_from end
),
involved as (
    select
        period, count(distinct gss_code) filter (where is_current) as councils,
        count(distinct gss_code) as contributors,
        count(distinct gss_code) filter (
            where share_rank >= $named_from or gss_code = $own) as nameable
    from chosen
    group by period
)
select
    'England' as group_code, 'England' as group_label, c.period, c.level_before, c.level,
    count(*) as numerator, sum(count(*)) over (partition by c.period) as denominator,
    i.councils, i.nameable,
    i.contributors, cast(null as double) as largest_numerator,
    cast(null as double) as largest_denominator
from chosen c
join involved i on i.period = c.period
group by c.period, c.level_before, c.level, i.councils, i.nameable, i.contributors
order by c.period, c.level_before desc, c.level desc
