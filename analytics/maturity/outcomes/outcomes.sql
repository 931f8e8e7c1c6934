-- One row per group, financial year and outcome (or principle, or objective): levels, and
-- outcomes met of those that the profile asks for.
with chosen as (
    select
        o.period, o.caf_version, o.gss_code, o.share_rank, g.group_code, g.group_label,
        g.group_order, g.is_current, o.level, o.required,
        case $unit
            when 'objective' then o.objective_code
            when 'principle' then o.principle_code
            else o.outcome_code
        end as code
    from marts.profile_outcomes o
    join (select unnest($members) as gss_code) m on m.gss_code = o.gss_code
    join marts.memberships g on g.gss_code = o.gss_code and g.way = $by
    where o.collection = $collection and o.profile = $profile
        and o.period between $since and $until
        and o.share_rank >= case when o.gss_code = $own then 1 else $counted_from end
),
each_council as (
    select
        group_code, group_label, group_order, period, caf_version, code, gss_code,
        is_current, min(share_rank) as share_rank,
        count(*) filter (where required > 1 and level >= required) as numerator,
        count(level) filter (where required > 1) as denominator,
        count(*) filter (where level = 3) as achieved,
        count(*) filter (where level = 2) as partly,
        count(*) filter (where level = 1) as not_achieved,
        count(*) filter (where level is null) as unknown,
        max(required) as required
    from chosen
    group by all
)
select
    group_code, group_label, group_order, period, caf_version, code,
    max(required) as required,
    sum(numerator) as numerator, sum(denominator) as denominator,
    sum(achieved) as achieved, sum(partly) as partly,
    sum(not_achieved) as not_achieved, sum(unknown) as unknown,
    count(*) filter (where is_current) as councils,
    -- A council of which nothing is known hides nobody.
    count(*) filter (where (share_rank >= $named_from or gss_code = $own)
        and achieved + partly + not_achieved > 0) as nameable,
    count(*) filter (where achieved + partly + not_achieved > 0) as contributors,
    max(numerator) / nullif(sum(numerator), 0) as largest_numerator,
    max(achieved + partly + not_achieved + unknown)
        / sum(achieved + partly + not_achieved + unknown) as largest_denominator
from each_council
group by all
order by group_order, group_label, period, code
