-- One row per quarter and blocker: councils that it held up at the end of that quarter.
with quarters as (
    select distinct cast(date_trunc('quarter', month) as date) as period
    from reference.months
    where month between $since and $last_day
),
chosen as (
    select q.period, e.blocker, e.gss_code, e.share_rank, c.is_current
    from marts.caf_stages e
    join (select unnest($members) as gss_code) m on m.gss_code = e.gss_code
    join marts.councils c on c.gss_code = e.gss_code
    join quarters q on e.entered_on < q.period + interval 3 month
        and (e.left_on is null or e.left_on >= q.period + interval 3 month)
    where e.collection = $collection and e.blocker is not null
        and e.share_rank >= case when e.gss_code = $own then 1 else $counted_from end
)
select
    blocker as group_code, blocker as group_label, period,
    count(*) as numerator, count(*) as denominator,
    count(*) filter (where is_current) as councils,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors,
    cast(null as double) as largest_numerator,
    cast(null as double) as largest_denominator
from chosen
group by blocker, period
order by period, numerator desc, blocker
