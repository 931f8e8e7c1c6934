-- Months from 2010 to 2035, one row each: when each starts and ends in London, as
-- seconds since 1970 in UTC, so that indicators need no function of one engine.
create table reference.months as
with starts as (
    select cast(month as date) as month
    from range(date '2010-01-01', date '2036-01-01', interval 1 month) as r(month)
),
bounded as (
    select
        month,
        cast(month + interval 1 month as date) as next_month,
        case when month(month) >= 4 then year(month) else year(month) - 1 end
            as starts_in
    from starts
)
select
    month,
    make_date(starts_in, 4, 1) as financial_year,
    cast(starts_in as varchar) || '/' || right(cast(starts_in + 1 as varchar), 2)
        as financial_year_label,
    cast(epoch(timezone('Europe/London', cast(month as timestamp))) as bigint)
        as starts_at_second,
    cast(epoch(timezone('Europe/London', cast(next_month as timestamp))) as bigint)
        as ends_at_second
from bounded;

create table reference.financial_years as
select
    financial_year,
    financial_year_label,
    cast(financial_year + interval 1 year - interval 1 day as date) as last_day
from reference.months
group by financial_year, financial_year_label;

-- Today's council for every council there was: itself, or its successor's successor;
-- none where it was split among several, since its history cannot be shared out.
create table reference.council_today as
with recursive steps as (
    select gss_code, gss_code as today from reference.councils
    union
    select steps.gss_code, s.successor_gss_code
    from steps
    join reference.council_successors s
        on s.gss_code = steps.today and not s.is_split
),
ends as (
    select steps.gss_code, steps.today
    from steps
    join reference.councils c on c.gss_code = steps.today and c.ended_on is null
)
select c.gss_code, ends.today as current_gss_code
from reference.councils c
left join ends on ends.gss_code = c.gss_code;

-- How open each share level is, so that the most private of several can be found.
create table reference.share_ranks as
select code as share_level, sort_order as rank_of_share
from reference.lists
where list = 'share_level';

-- Weeks in which some services matter most, in London's days, as seconds like the
-- months; one row for each month that they touch.
create table reference.critical_spans as
select
    w.*,
    cast(epoch(timezone('Europe/London', cast(w.starts_on as timestamp))) as bigint)
        as starts_at_second,
    cast(epoch(timezone('Europe/London', cast(w.ends_on + interval 1 day as timestamp)))
        as bigint) as ends_at_second,
    m.month,
    count(*) over (partition by w.window_code, w.starts_on) as months
from reference.critical_windows w
join reference.months m
    on m.month <= w.ends_on and m.month + interval 1 month > w.starts_on;
