-- One row per group of councils and financial year from the first to the last with an
-- award: councils of the group (denominator) that had a part in an award of that year, or
-- ($kind 'support') that first felt support in it (numerator).
-- include funding/reach/places
spans as (
    select min(financial_year) as first_year, max(financial_year) as last_year
    from marts.funding_awards
    where collection = $collection
        and financial_year between $since_year and $until_year
),
shown as (
    select y.financial_year as period
    from reference.financial_years y
    join spans s on y.financial_year between s.first_year and s.last_year
),
moments as (
    select distinct a.gss_code, a.financial_year as period
    from marts.funding_awards a
    where a.collection = $collection and $kind = 'awarded'
    union
    select s.gss_code, m.financial_year
    from marts.support s
    join reference.months m
        on m.month = cast(date_trunc('month', s.first_support_on) as date)
    where s.collection = $collection and $kind = 'support'
),
counted as (
    select g.group_code, g.group_label, g.group_order, r.gss_code, r.share_rank,
        w.period, m.gss_code is not null as is_in
    from reached r
    join marts.memberships g on g.gss_code = r.gss_code and g.way = $by
    cross join shown w
    left join moments m on m.gss_code = r.gss_code and m.period = w.period
    where r.share_rank >= case when r.gss_code = $own then 1 else $counted_from end
)
select
    group_code, group_label, group_order, period,
    cast(sum(case when is_in then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator,
    sum(case when share_rank >= $named_from or gss_code = $own then 1 else 0 end)
        as nameable,
    count(*) as contributors,
    cast(null as double) as largest_numerator,
    cast(null as double) as largest_denominator
from counted
group by group_code, group_label, group_order, period
order by group_order, group_label, group_code, period
