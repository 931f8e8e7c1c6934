-- One row per programme or funding model (`way`) and financial year since it began (0):
-- the mean change since the year before, of councils with its awards and of councils of
-- today in scope neither in it nor supported by then. Cohorts are weighted by their
-- councils.
with began as (
    select gss_code,
        case when $way = 'programme' then programme else funding_model end as arm,
        min(coalesce(first_support_on, starts_on, awarded_on)) as began_on,
        min(share_rank) as share_rank
    from marts.funding_awards
    where collection = $collection
    group by 1, 2
),
arms as (
    select gss_code, arm, year(began_on) - (month(began_on) < 4)::int as first_year
    from began
    where share_rank >= $counted_from
),
supported as (
    select gss_code, year(first_support_on) - (month(first_support_on) < 4)::int
        as first_year
    from marts.support
    where collection = $collection
        and (first_support_on is null or share_rank >= $counted_from)
),
yearly as (
    select p.gss_code, p.year, p.value, p.behind
    from marts.effect_panel p
    join marts.councils c on c.gss_code = p.gss_code and c.is_current
    join (select unnest($members) as gss_code) n on n.gss_code = p.gss_code
    where p.collection = $collection and p.outcome = $outcome
        and p.profile in ('', $profile) and p.behind >= $least
        and p.year between year($since_year) and year($until_year)
        and p.share_rank >= $counted_from
),
cohorts as (
    select distinct arm, first_year from arms
),
changes as (
    select c.arm, c.first_year, y.year, y.value - b.value as change, y.behind,
        a.first_year as own_year, s.first_year as supported_year
    from cohorts c
    join yearly b on b.year = c.first_year - 1
    join yearly y on y.gss_code = b.gss_code and y.year >= c.first_year
    join supported s on s.gss_code = b.gss_code
    left join arms a on a.gss_code = b.gss_code and a.arm = c.arm
),
funded as (
    select arm, first_year, year, count(*) as councils, avg(change) as change,
        avg(behind) as behind
    from changes
    where own_year = first_year
    group by all
),
others as (
    select arm, first_year, year, count(*) as councils, avg(change) as change
    from changes
    where own_year is null and (supported_year is null or supported_year > year)
    group by all
    having count(*) >= $smallest
)
select
    f.arm as group_code, f.year - f.first_year as step,
    cast(sum(f.councils) as bigint) as councils,
    cast(min(o.councils) as bigint) as other_councils,
    sum(f.councils * f.change) / sum(f.councils) as change,
    sum(f.councils * o.change) / sum(f.councils) as other_change,
    sum(f.councils * f.behind) / sum(f.councils) as behind
from funded f
join others o on o.arm = f.arm and o.first_year = f.first_year and o.year = f.year
group by f.arm, f.year - f.first_year
having sum(f.councils) >= $smallest
order by f.arm, f.year - f.first_year
