-- One row per span (core.spans) of known hours that is among the longest of its council,
-- interval, financial year and state (ended or still open): the two hundred longest at
-- least, and those that last about as long as the last of them. A council's own list.
with known as (
    select s.*, m.financial_year,
        case when s.hours <= 0.25 then 0
            else cast(ceil(ln(s.hours / 0.25) / ln(1.1)) as integer) end as step
    from core.spans s
    join reference.months m on m.month = s.month
    where s.hours is not null
),
steps as (
    select collection, gss_code, interval_code, financial_year, is_ended, step,
        count(*) as cases
    from known
    group by collection, gss_code, interval_code, financial_year, is_ended, step
),
counted as (
    select *, sum(cases) over (
        partition by collection, gss_code, interval_code, financial_year, is_ended
        order by step desc rows between unbounded preceding and current row
    ) - cases as longer
    from steps
),
least as (
    select collection, gss_code, interval_code, financial_year, is_ended,
        min(step) as step
    from counted
    where longer < 200
    group by collection, gss_code, interval_code, financial_year, is_ended
)
select
    k.collection, k.gss_code, k.reference, k.interval_code, k.month, k.hours, k.is_ended,
    k.action, k.cause, k.has_objective, k.is_within_objective, k.as_at, k.share_rank
from known k
join least l
    on l.collection = k.collection and l.gss_code = k.gss_code
    and l.interval_code = k.interval_code and l.financial_year = k.financial_year
    and l.is_ended = k.is_ended and k.step >= l.step
order by k.collection, k.interval_code, k.gss_code
