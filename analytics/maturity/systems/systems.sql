-- One row per group and part of an attribute (hosting, kind, legacy, support): critical
-- systems of that kind, in the latest financial year of the range.
with chosen as (
    select
        s.gss_code, s.share_rank, g.group_code, g.group_label, g.group_order,
        g.is_current,
        case $attribute
            when 'hosting' then coalesce(s.hosting, 'Not known')
            when 'kind' then coalesce(s.system_kind, 'Not known')
            when 'owner' then coalesce(s.system_owner, 'Not known')
            when 'legacy' then case when s.is_legacy then 'Legacy'
                when not s.is_legacy then 'Not legacy' else 'Not known' end
            when 'exposure' then case
                when s.is_internet_facing then 'Reachable from the internet'
                when not s.is_internet_facing then 'Not reachable'
                else 'Not known' end
            else case when s.is_out_of_support then 'Out of support'
                when s.is_out_of_support is null then 'Not known'
                else 'In support' end
        end as part
    from marts.systems s
    join (select unnest($members) as gss_code) m on m.gss_code = s.gss_code
    join marts.memberships g on g.gss_code = s.gss_code and g.way = $by
    where s.collection = $collection and s.period = $until_year
        and s.share_rank >= case when s.gss_code = $own then 1 else $counted_from end
),
each_council as (
    select group_code, group_label, group_order, part, gss_code, is_current,
        min(share_rank) as share_rank, count(*) as systems
    from chosen
    group by all
),
wholes as (
    select group_code, sum(systems) as systems, count(distinct gss_code) as contributors,
        count(distinct gss_code) filter (where is_current) as councils,
        count(distinct gss_code) filter (
            where share_rank >= $named_from or gss_code = $own) as nameable
    from each_council
    group by group_code
)
select
    e.group_code, e.group_label, e.group_order, cast(null as date) as period, e.part,
    sum(e.systems) as numerator, max(w.systems) as denominator,
    max(w.councils) as councils, max(w.nameable) as nameable,
    max(w.contributors) as contributors,
    max(e.systems) / nullif(sum(e.systems), 0) as largest_numerator,
    max(e.systems) / nullif(sum(e.systems), 0) as largest_denominator
from each_council e
join wholes w on w.group_code = e.group_code
group by e.group_code, e.group_label, e.group_order, e.part
order by e.group_order, e.group_label, e.part
