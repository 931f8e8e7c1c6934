-- One row per group: the steps from outcomes met in CAF 3.2 to outcomes met in 4.0, added up
-- over councils assessed on both in neighbouring years.
with chosen as (
    select r.*, g.group_code, g.group_label, g.group_order, g.is_current
    from marts.rebased r
    join (select unnest($members) as gss_code) m on m.gss_code = r.gss_code
    join marts.memberships g on g.gss_code = r.gss_code and g.way = $by
    where r.collection = $collection and r.profile = $profile
        and r.period between $since and $until
        and r.share_rank >= case when r.gss_code = $own then 1 else $counted_from end
)
select
    group_code, group_label, group_order, period,
    sum(met_before) as met_before, sum(listed_before) as listed_before,
    sum(assessed_before) as assessed_before, sum(dropped) as dropped,
    sum(raised) as raised, sum(eased) as eased, sum(gained) as gained, sum(lost) as lost,
    sum("new") as "new", sum(unknown) as unknown, sum(met_after) as met_after,
    sum(listed_after) as listed_after, sum(assessed_after) as assessed_after,
    sum(met_after) as numerator, sum(assessed_after) as denominator,
    count(distinct gss_code) filter (where is_current) as councils,
    count(distinct gss_code) filter (
        where share_rank >= $named_from or gss_code = $own) as nameable,
    count(distinct gss_code) as contributors,
    max(met_after) / nullif(sum(met_after), 0) as largest_numerator,
    max(assessed_after) / nullif(sum(assessed_after), 0) as largest_denominator
from chosen
group by group_code, group_label, group_order, period
order by group_order, group_label, period
