-- One row per financial year from first support (0 is the year in which it began): the
-- mean change since the year before support, for funded councils and for councils not
-- funded by then. For each cohort (councils first supported in one year) the other side
-- is every council not supported by the later of the two years, over the same years; the
-- cohorts are weighted by their funded councils.
with yearly as (
    select v.gss_code, m.financial_year, year(m.financial_year) as year,
        sum(v.numerator) / sum(v.denominator) as value
    from marts.indicator_values v
    join marts.councils c on c.gss_code = v.gss_code and c.is_current
    join reference.months m on m.month = v.period
    where v.indicator = $indicator and v.collection = $collection
        and v.profile in ('', $profile)
        and v.share_rank >= $counted_from
        and (len($regions) = 0 or list_contains($regions, c.region))
        and (len($groups) = 0 or list_contains($groups, c.council_group))
    group by all
    having sum(v.denominator) > 0
),
supported as (
    select gss_code, year(first_support_on) - (month(first_support_on) < 4)::int
        as first_year
    from marts.support
    where collection = $collection
),
cohorts as (
    select distinct first_year from supported where first_year is not null
),
changes as (
    select y.gss_code, c.first_year, y.year, y.value - b.value as change,
        b.value as before, s.first_year as own_first_year
    from yearly y
    join cohorts c on true
    join yearly b on b.gss_code = y.gss_code and b.year = c.first_year - 1
    join supported s on s.gss_code = y.gss_code
),
funded as (
    select first_year, year, count(*) as councils, avg(change) as change,
        avg(before) as before
    from changes
    where own_first_year = first_year
    group by all
),
others as (
    select first_year, year, count(*) as councils, avg(change) as change,
        avg(before) as before
    from changes
    where own_first_year is null or own_first_year > greatest(year, first_year)
    group by all
),
paired as (
    select f.year - f.first_year as step, f.councils, o.councils as other_councils,
        f.change, o.change as other_change, f.before, o.before as other_before
    from funded f
    join others o on o.first_year = f.first_year and o.year = f.year
)
select step, sum(councils) as councils, max(other_councils) as other_councils,
    sum(councils * change) / sum(councils) as change,
    sum(councils * other_change) / sum(councils) as other_change,
    sum(councils * before) / sum(councils) as before,
    sum(councils * other_before) / sum(councils) as other_before
from paired
group by step
having sum(councils) >= $smallest and min(other_councils) >= $smallest
order by step
