-- Every quarter or financial year of the range, whether or not anybody reported on it.
select distinct
    case when $bucket = 'quarter' then cast(date_trunc('quarter', month) as date)
        else financial_year end as period
from reference.months
where financial_year between $since_year and $until_year
order by period
