-- One row per group and kind of critical system: outcomes of objectives B and C that such
-- systems meet, in the latest financial year of the range.
with chosen as (
    select
        r.gss_code, r.share_rank, g.is_current, r.met, r.assessed,
        case $attribute
            when 'hosting' then coalesce(l.label, 'Not known')
            else case when r.is_legacy then 'Legacy'
                when not r.is_legacy then 'Not legacy' else 'Not known' end
        end as part
    from marts.system_results r
    join (select unnest($members) as gss_code) m on m.gss_code = r.gss_code
    join marts.councils g on g.gss_code = r.gss_code
    left join reference.lists l on l.list = 'hosting_type' and l.code = r.hosting_type
    where r.collection = $collection and r.profile = $profile
        and r.period = $until_year
        and r.share_rank >= case when r.gss_code = $own then 1 else $counted_from end
),
each_council as (
    select part, gss_code, is_current, min(share_rank) as share_rank,
        sum(met) as numerator, sum(assessed) as denominator, count(*) as systems
    from chosen
    group by all
)
select
    part as group_code, part as group_label, cast(null as date) as period,
    sum(numerator) as numerator, sum(denominator) as denominator,
    sum(systems) as systems,
    count(*) filter (where is_current) as councils,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors,
    max(numerator) / nullif(sum(numerator), 0) as largest_numerator,
    max(denominator) / sum(denominator) as largest_denominator
from each_council
group by part
order by part
