-- One row per event of a kind that began in range and that a council in scope was hit by:
-- how many of them it hit, and what it did there.
with chosen as (
    select e.*, c.is_current, c.short_name
    from marts.cascades e
    join (select unnest($members) as gss_code) n on n.gss_code = e.gss_code
    join marts.councils c on c.gss_code = e.gss_code
    where e.collection = $collection and e.kind = $kind
        and e.period between $since and $until
        and e.share_rank >= case when e.gss_code = $own then 1 else $counted_from end
        and ($kind = 'shared' or e.gss_code = $own or e.share_rank >= $named_from)
)
select
    event_code as group_code, event_code as group_label, min(period) as began_in,
    cast(null as date) as period,
    sum(hours) as value, sum(incidents) as numerator, sum(services) as denominator,
    count(*) filter (where services > 0) as stopped,
    timezone('UTC', to_timestamp(min(started_at_second))) as started_at,
    timezone('UTC', to_timestamp(max(ended_at_second))) as ended_at, bool_or(is_open) as is_open,
    max(supplier_name) as supplier_name,
    case when count(*) = 1 then max(short_name) end as council_name,
    case when count(*) = 1 then max(gss_code) end as gss_code,
    count(*) filter (where is_current) as councils,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors,
    max(hours) / nullif(sum(hours), 0) as largest_numerator,
    max(services) / nullif(sum(services), 0) as largest_denominator
from chosen
group by event_code
order by denominator desc, value desc, event_code
limit $most
