-- One row per collection, outcome, CAF profile (empty where none), council of today and
-- financial year with anything known: what funding may have changed. `value` is a share in
-- percent, hours or incidents a year (12 times the mean of the months reported on), or the
-- hours in which half of the disruptions begun in the year were restored. `behind` counts
-- the outcomes, months or disruptions that it is made of.
with yearly as (
    select v.collection, v.indicator, v.profile, v.gss_code,
        year(m.financial_year) as year, sum(v.numerator) as numerator,
        sum(v.denominator) as denominator, min(v.share_rank) as share_rank
    from marts.indicator_values v
    join reference.months m on m.month = v.period
    where v.indicator in (
        'comparable_outcomes_achieved', 'comparable_outcomes_met',
        'profile_outcomes_met', 'hours_disrupted', 'incidents_reported'
    )
    group by v.collection, v.indicator, v.profile, v.gss_code, year(m.financial_year)
),
timed as (
    select e.collection, e.gss_code, year(m.financial_year) as year, e.value,
        e.share_rank,
        row_number() over (
            partition by e.collection, e.gss_code, year(m.financial_year)
            order by e.value
        ) as place,
        count(*) over (
            partition by e.collection, e.gss_code, year(m.financial_year)
        ) as behind
    from marts.indicator_events e
    join reference.months m on m.month = e.period
    where e.indicator = 'median_hours_to_restore' and e.value is not null
),
-- The middle value, or the mean of the two in the middle.
restored as (
    select collection, gss_code, year,
        avg(case when 2 * place between behind and behind + 2 then value end) as value,
        max(behind) as behind, min(share_rank) as share_rank
    from timed
    group by collection, gss_code, year
)
select
    collection, indicator as outcome, profile, gss_code, year,
    case indicator
        when 'hours_disrupted' then 12.0 * numerator / denominator
        when 'incidents_reported' then numerator / denominator
        else 100.0 * numerator / denominator
    end as value,
    cast(case indicator
        when 'incidents_reported' then round(12.0 * denominator) else denominator
    end as integer) as behind,
    share_rank
from yearly
where denominator > 0
union all
select collection, 'hours_to_restore', '', gss_code, year, cast(value as double),
    cast(behind as integer), share_rank
from restored
