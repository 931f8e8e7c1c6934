-- One row per group of councils: outcomes of security monitoring (C1) met of those assessed,
-- each council in its latest financial year of the range.
with latest as (
    select gss_code, max(period) as period
    from marts.monitoring
    where collection = $collection and profile = $profile
        and period between $since_year and $until_year
    group by gss_code
),
each_council as (
    select
        g.group_code, g.group_label, g.group_order, g.gss_code, g.is_current,
        m.met, m.assessed, m.share_rank
    from marts.monitoring m
    join latest l on l.gss_code = m.gss_code and l.period = m.period
    join (select unnest($members) as gss_code) n on n.gss_code = m.gss_code
    join marts.memberships g on g.gss_code = m.gss_code and g.way = $by
    where m.collection = $collection and m.profile = $profile
        and m.share_rank >= case when m.gss_code = $own then 1 else $counted_from end
)
select
    group_code, group_label, group_order, cast(null as date) as period,
    sum(met) as numerator, sum(assessed) as denominator,
    count(*) filter (where is_current) as councils,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors,
    max(met) / nullif(sum(met), 0) as largest_numerator,
    max(assessed) / sum(assessed) as largest_denominator
from each_council
group by group_code, group_label, group_order
order by group_order, group_label
