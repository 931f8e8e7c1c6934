-- One row per side (funded, not funded yet) and step from first support: the mean change
-- since before support. Steps are years for a yearly indicator, else quarters. Before
-- support means the year before, or the four quarters before taken together. The other
-- side is, for each cohort and step, every council not supported by then, over the same
-- calendar time, weighted as the funded cohorts are.
with steps as (
    select
        v.gss_code,
        case when $is_yearly then year(v.period)
            else year(v.period) * 4 + quarter(v.period) end as step,
        sum(v.numerator) as numerator, sum(v.denominator) as denominator
    from marts.indicator_values v
    join marts.councils c on c.gss_code = v.gss_code and c.is_current
    where v.indicator = $indicator and v.collection = $collection
        and v.share_rank >= $counted_from
        and (len($regions) = 0 or list_contains($regions, c.region))
        and (len($groups) = 0 or list_contains($groups, c.council_group))
    group by all
    having sum(v.denominator) > 0
),
supported as (
    select gss_code,
        case when $is_yearly
            then year(first_support_on) - (month(first_support_on) < 4)::int
            else year(first_support_on) * 4 + quarter(first_support_on) end as first_step
    from marts.support
    where collection = $collection
),
cohorts as (
    select distinct first_step from supported where first_step is not null
),
before as (
    select s.gss_code, c.first_step, sum(s.numerator) / sum(s.denominator) as value
    from steps s
    join cohorts c
        on s.step between c.first_step - (case when $is_yearly then 1 else 4 end)
            and c.first_step - 1
    group by all
),
changes as (
    select s.gss_code, c.first_step, s.step,
        s.numerator / s.denominator - b.value as change, b.value as before,
        u.first_step as own_first_step
    from steps s
    join cohorts c on true
    join before b on b.gss_code = s.gss_code and b.first_step = c.first_step
    join supported u on u.gss_code = s.gss_code
),
funded as (
    select first_step, step, count(*) as councils, avg(change) as change,
        avg(before) as before
    from changes
    where own_first_step = first_step
    group by all
),
others as (
    select first_step, step, count(*) as councils, avg(change) as change,
        avg(before) as before
    from changes
    where own_first_step is null or own_first_step > greatest(step, first_step)
    group by all
),
paired as (
    select f.step - f.first_step as quarter, f.councils, o.councils as other_councils,
        f.change, o.change as other_change, f.before, o.before as other_before
    from funded f
    join others o on o.first_step = f.first_step and o.step = f.step
)
select quarter, sum(councils) as councils, max(other_councils) as other_councils,
    sum(councils * change) / sum(councils) as change,
    sum(councils * other_change) / sum(councils) as other_change,
    sum(councils * before) / sum(councils) as before,
    sum(councils * other_before) / sum(councils) as other_before
from paired
group by quarter
having sum(councils) >= $smallest and max(other_councils) >= $smallest
order by quarter
