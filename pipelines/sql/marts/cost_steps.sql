-- One row per collection, council of today, financial year reported on, status of costs,
-- year of their prices and step of cost: confirmed incidents whose cost is known, and what
-- they cost together. Step 0 holds costs below a pound and each one after it reaches a
-- tenth further, so that there are few rows however many incidents there are, and the
-- middle one of any group can still be found to within a tenth.
with known as (
    select
        i.collection, i.gss_code, m.financial_year as period, i.cost_status as status,
        coalesce(i.price_basis, m.financial_year_label) as price_year,
        cast(i.cost_gbp as double) as cost_gbp
    from core.incidents i
    join core.reporting_months r
        on r.collection = i.collection and r.gss_code = i.gss_code
        and r.month = i.detected_month and r.dataset = 'incidents'
    join reference.months m on m.month = i.detected_month
    where i.incident_status = 'Confirmed' and i.cost_gbp is not null
),
stepped as (
    select *, case
        when cost_gbp < 1 then 0
        else cast(floor(ln(cost_gbp) / ln(1.1)) as integer) + 1
    end as step
    from known
)
select
    k.collection, k.gss_code, k.period, k.status, k.price_year, k.step,
    count(*) as incidents, sum(k.cost_gbp) as cost_gbp,
    min(coalesce(s.share_rank, 1)) as share_rank
from stepped k
left join core.share_levels s
    on s.collection = k.collection and s.gss_code = k.gss_code
    and s.dataset = 'incidents'
group by k.collection, k.gss_code, k.period, k.status, k.price_year, k.step
order by k.collection, k.period, k.gss_code
