-- One row per collection, council of today, financial year and hours from the beginning of
-- a confirmed cyber incident to its detection: how many took as long. Hours have two
-- figures (one place after the point at most), so that there are few rows however many
-- incidents there are, and the middle one of any group can still be found.
with known as (
    select
        i.collection, i.gss_code, m.financial_year,
        (i.detected_at_second - i.occurred_at_second) / 3600e0 as hours
    from core.incidents i
    join reference.months m on m.month = i.detected_month
    where i.category = 'Cyber' and i.incident_status = 'Confirmed'
        and coalesce(i.detected_precision, 'exact') = 'exact'
        and i.occurred_at <= i.detected_at
),
stepped as (
    select *, case
        when hours < 10 then 0.1
        else power(10, floor(log10(hours)) - 1)
    end as step
    from known
)
select
    k.collection, k.gss_code, k.financial_year as period,
    round(round(k.hours / k.step) * k.step, 1) as hours,
    count(*) as incidents, min(coalesce(s.share_rank, 1)) as share_rank
from stepped k
left join core.share_levels s
    on s.collection = k.collection and s.gss_code = k.gss_code
    and s.dataset = 'incidents'
group by 1, 2, 3, 4
order by 1, 3, 2, 4
