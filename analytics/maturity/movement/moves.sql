-- One row per group, financial year and outcome (principle, objective, or all of them):
-- outcomes that improved, slipped and stayed since the year before.
with chosen as (
    select
        v.period, v.caf_version, v.version_before, v.gss_code, v.gss_code_of_day,
        v.share_rank,
        g.group_code, g.group_label, g.group_order, g.is_current, v.level, v.level_before,
        case $unit
            when 'all' then 'all'
            when 'objective' then v.objective_code
            when 'principle' then v.principle_code
            else v.outcome_code
        end as code,
        -- One code can mean two outcomes: only as a whole do versions add up.
        case when $unit = 'outcome' then v.caf_version else '' end as version
    from marts.moves v
    join (select unnest($members) as gss_code) m on m.gss_code = v.gss_code
    join marts.memberships g on g.gss_code = v.gss_code and g.way = $by
    where v.collection = $collection and v.period between $since and $until
        and v.share_rank >= case when v.gss_code = $own then 1 else $counted_from end
),
each_day as (
    -- Directions are those of councils of the day; figures add them up.
    select
        group_code, group_label, group_order, period, code, version, gss_code,
        gss_code_of_day, is_current, max(caf_version) as caf_version,
        min(version_before) as version_before,
        min(share_rank) as share_rank,
        count(*) filter (where level > level_before) as improved,
        count(*) filter (where level < level_before) as slipped,
        count(*) filter (where level = level_before) as same,
        count(*) filter (where level is null or level_before is null) as unknown,
        count(*) as denominator
    from chosen
    group by all
),
each_council as (
    select
        group_code, group_label, group_order, period, code, version, gss_code,
        is_current, max(caf_version) as caf_version,
        min(version_before) as version_before,
        min(share_rank) as share_rank, sum(improved) as improved,
        sum(slipped) as slipped, sum(same) as same, sum(unknown) as unknown,
        sum(denominator) as denominator,
        count(*) filter (where improved > slipped) as improving,
        count(*) filter (where improved < slipped) as slipping,
        count(*) filter (where improved = slipped and improved + slipped + same > 0)
            as neither
    from each_day
    group by all
)
select
    group_code, group_label, group_order, period, code,
    max(caf_version) as caf_version, min(version_before) as version_before,
    sum(improved) as improved, sum(slipped) as slipped, sum(same) as same,
    sum(unknown) as unknown, sum(improved) as numerator, sum(denominator) as denominator,
    sum(improving) as councils_improving, sum(slipping) as councils_slipping,
    sum(neither) as councils_level,
    count(*) filter (where is_current) as councils,
    -- A council of which nothing is known hides nobody.
    count(*) filter (where (share_rank >= $named_from or gss_code = $own)
        and improved + slipped + same > 0) as nameable,
    count(*) filter (where improved + slipped + same > 0) as contributors,
    max(improved) / nullif(sum(improved), 0) as largest_numerator,
    max(denominator) / sum(denominator) as largest_denominator
from each_council
group by group_code, group_label, group_order, period, code, version
order by group_order, group_label, period, code, version
