-- One row per stretch of weeks in which some services matter most: councils that reported
-- all of it, those whose services were disrupted in it, and the hours.
with each_council as (
    select h.*, c.is_current
    from marts.critical_hours h
    join (select unnest($members) as gss_code) m on m.gss_code = h.gss_code
    join marts.councils c on c.gss_code = h.gss_code
    where h.collection = $collection and h.period between $since and $last_day
        and h.share_rank >= case when h.gss_code = $own then 1 else $counted_from end
)
select
    window_code as group_code, window_label as group_label, period, ends_on, words,
    count(*) filter (where hours > 0) as numerator, count(*) as denominator,
    sum(hours) as hours, sum(services) as services,
    count(*) filter (where is_current) as councils,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors,
    max(hours) / nullif(sum(hours), 0) as largest_numerator,
    coalesce(max(hours) / nullif(sum(hours), 0), 1.0 / count(*)) as largest_denominator
from each_council
group by window_code, window_label, period, ends_on, words
order by window_label, period
