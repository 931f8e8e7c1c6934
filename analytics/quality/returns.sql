-- One row per dataset and financial year: councils that sent at least one return.
select
    r.dataset, m.financial_year as period, m.financial_year_label as period_label,
    count(distinct r.gss_code) as councils,
    (select count(*) from marts.councils where is_current) as expected,
    count(*) filter (where r.return_kind = 'nil') as nil_returns
from core.returns r
join reference.months m on m.month = r.period_starts_on
join marts.councils c on c.gss_code = r.gss_code and c.is_current
where r.collection = $collection
group by all
order by r.dataset, period
