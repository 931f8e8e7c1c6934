-- Every period of an indicator in range, whoever reported: what a line's gaps are seen by.
select distinct
    case $bucket
        when 'month' then period
        when 'quarter' then cast(date_trunc('quarter', period) as date)
        else make_date(year(period) - (month(period) < 4)::int, 4, 1)
    end as period
from (
    select period, indicator, collection from marts.indicator_values
    union all
    select period, indicator, collection from marts.event_months
)
where indicator = $indicator and collection = $collection
    and period between $since and $until
order by period
