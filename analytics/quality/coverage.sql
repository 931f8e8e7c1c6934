-- One row per council of today: returns that it sent on a dataset for a financial year.
select c.gss_code, c.short_name as council_name, c.region,
    c.council_group_label as council_type, count(r.period_starts_on) as returns,
    count(*) filter (where r.return_kind = 'nil') as nil_returns
from marts.councils c
left join (
    select r.gss_code, r.period_starts_on, r.return_kind
    from core.returns r
    join reference.months m on m.month = r.period_starts_on
    where r.collection = $collection and r.dataset = $dataset
        and m.financial_year = $period
) r on r.gss_code = c.gss_code
where c.is_current
group by all
order by c.gss_code
