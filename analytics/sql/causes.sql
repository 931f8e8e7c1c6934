-- One row per cause: hours and number of unplanned disruptions that started in range.
with chosen as (
    select d.*, c.is_current
    from marts.causes d
    join marts.councils c on c.gss_code = d.gss_code
    where d.collection = $collection and d.period between $since and $until
        and d.share_rank >= case when d.gss_code = $own then 1 else $counted_from end
        and (len($regions) = 0 or list_contains($regions, c.region))
        and (len($groups) = 0 or list_contains($groups, c.council_group))
),
each_council as (
    select cause_class, cause, gss_code, is_current, min(share_rank) as share_rank,
        sum(hours) as hours, sum(disruptions) as disruptions
    from chosen
    group by all
)
select
    cause_class as group_code, cause as group_label, cast(null as date) as period,
    sum(hours) as value, sum(hours) as numerator, sum(disruptions) as denominator,
    count(*) filter (where is_current) as councils,
    (select count(distinct r.gss_code) from core.reporting_months r
        join marts.councils c on c.gss_code = r.gss_code and c.is_current
        where r.collection = $collection and r.dataset = 'disruptions'
            and r.month between $since and $until
            and (len($regions) = 0 or list_contains($regions, c.region))
            and (len($groups) = 0 or list_contains($groups, c.council_group))
    ) as expected,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors,
    max(hours) / nullif(sum(hours), 0) as largest_numerator,
    max(disruptions) / nullif(sum(disruptions), 0) as largest_denominator
from each_council
group by all
order by value desc
