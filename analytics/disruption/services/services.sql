-- One row per service and cause: unplanned hours and disruptions. `causes` is 'any' for
-- one row a service, whatever the cause, or 'each'.
with each_council as (
    select
        h.service_code, h.service, h.is_statutory, h.is_public, h.cause, h.cause_label,
        h.cause_order, h.gss_code, c.is_current, min(h.share_rank) as share_rank,
        sum(h.hours) as hours, sum(h.disruptions) as disruptions,
        sum(h.residents) as residents, sum(h.told) as told
    from marts.service_hours h
    join (select unnest($members) as gss_code) n on n.gss_code = h.gss_code
    join marts.councils c on c.gss_code = h.gss_code
    where h.collection = $collection and (h.cause = 'any') = ($causes = 'any')
        and h.period between $since_year and $until_year
        and h.share_rank >= case when h.gss_code = $own then 1 else $counted_from end
    group by all
)
select
    service_code as group_code, service as group_label, is_statutory, is_public, cause,
    cause_label, cause_order, cast(null as date) as period,
    sum(hours) as value, sum(hours) as numerator, sum(disruptions) as denominator,
    sum(residents) as residents, sum(told) as told,
    count(*) filter (where is_current) as councils,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors,
    max(hours) / nullif(sum(hours), 0) as largest_numerator,
    max(disruptions) / nullif(sum(disruptions), 0) as largest_denominator
from each_council
group by service_code, service, is_statutory, is_public, cause, cause_label, cause_order
order by value desc, service, cause_order
