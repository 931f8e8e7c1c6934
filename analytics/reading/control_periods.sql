-- Every month or quarter in range that any council reported on, and which parts it has:
-- the gaps of a group are seen by them.
select distinct
    case $bucket
        when 'quarter' then cast(date_trunc('quarter', period) as date)
        when 'year' then make_date(
            year(period) - case when month(period) < 4 then 1 else 0 end, 4, 1)
        else period
    end as period
from marts.disruption_months
where measure = $measure and collection = $collection and part = 'any'
    and period between $since and $until
order by period
