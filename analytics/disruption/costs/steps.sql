-- One row per group of councils, code (a financial year, a status, or all), year of prices
-- and step of cost: incidents and what each cost on average, in cash. Internal:
-- `costs.spread` drops the groups and codes that `costs.sql` may not show.
-- Groups are numbered while steps are added up, since numbers are compared faster.
with places as (
    select
        g.gss_code, g.group_code,
        cast(dense_rank() over (order by g.group_code) as integer) as place
    from marts.memberships g
    join (select unnest($members) as gss_code) n on n.gss_code = g.gss_code
    where g.way = $by
),
added as (
    select
        p.place, t.price_year, t.step, sum(t.incidents) as incidents,
        case when $way = 'year' then t.period end as period,
        case when $way = 'status' then t.status end as status,
        sum(t.cost_gbp) as cost_gbp
    from marts.cost_steps t
    join places p on p.gss_code = t.gss_code
    where t.collection = $collection and t.period between $since_year and $until_year
        and t.share_rank >= case when t.gss_code = $own then 1 else $counted_from end
    group by all
)
select
    p.group_code, coalesce(cast(a.period as varchar), a.status, 'all') as code,
    a.price_year, a.step, cast(a.incidents as double) as incidents,
    a.cost_gbp / a.incidents as cost_gbp
from added a
join (select distinct place, group_code from places) p on p.place = a.place
