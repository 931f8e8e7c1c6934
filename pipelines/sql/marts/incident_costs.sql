-- One row per collection, council of today, financial year that it reported on, status of
-- its costs and year of their prices: confirmed incidents, how many have a cost, and each
-- kind of cost with the incidents that tell it. Incidents without a cost have the status
-- 'none' and no year of prices; every year reported on has such a row, of nought if need
-- be, which carries the months. A cost that does not say in which year's prices it is
-- counts as of the year of detection: `unbased` counts those.
with counted as (
    select
        i.collection, i.gss_code, m.financial_year as period,
        case when i.cost_gbp is null then 'none' else i.cost_status end as status,
        case
            when i.cost_gbp is null then ''
            else coalesce(i.price_basis, m.financial_year_label)
        end as price_year,
        1 as incidents, 0 as months,
        case when i.cost_gbp is null then 0 else 1 end as told,
        case when i.cost_gbp is not null and i.price_basis is null then 1 else 0 end
            as unbased,
        i.cost_response_gbp as response_gbp, i.cost_recovery_gbp as recovery_gbp,
        i.cost_lost_income_gbp as lost_income_gbp
    from core.incidents i
    join core.reporting_months r
        on r.collection = i.collection and r.gss_code = i.gss_code
        and r.month = i.detected_month and r.dataset = 'incidents'
    join reference.months m on m.month = i.detected_month
    where i.incident_status = 'Confirmed'
    union all
    select r.collection, r.gss_code, m.financial_year, 'none', '', 0, 1, 0, 0,
        null, null, null
    from core.reporting_months r
    join reference.months m on m.month = r.month
    where r.dataset = 'incidents'
)
select
    c.collection, c.gss_code, c.period, c.status, c.price_year,
    cast(sum(c.months) as bigint) as months,
    cast(sum(c.incidents) as bigint) as incidents, cast(sum(c.told) as bigint) as told,
    cast(sum(c.unbased) as bigint) as unbased,
    cast(sum(c.response_gbp) as double) as response_gbp,
    count(c.response_gbp) as response_told,
    cast(sum(c.recovery_gbp) as double) as recovery_gbp,
    count(c.recovery_gbp) as recovery_told,
    cast(sum(c.lost_income_gbp) as double) as lost_income_gbp,
    count(c.lost_income_gbp) as lost_income_told,
    min(coalesce(s.share_rank, 1)) as share_rank
from counted c
left join core.share_levels s
    on s.collection = c.collection and s.gss_code = c.gss_code
    and s.dataset = 'incidents'
group by c.collection, c.gss_code, c.period, c.status, c.price_year
order by c.collection, c.period, c.gss_code
