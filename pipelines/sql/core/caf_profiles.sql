-- One row per collection, profile, CAF version and outcome that the profile lists: those
-- that come with the dashboard, and a department's own. A line whose outcome is not in
-- its version counts for nothing.
with listed as (
    select
        c.code as collection, p.profile, coalesce(n.label, p.profile) as profile_label,
        n.sort_order, p.caf_version, p.outcome_code, p.required_level
    from reference.caf_profiles p
    join reference.lists c on c.list = 'collection'
    left join reference.lists n on n.list = 'caf_profile' and n.code = p.profile
    union all
    select
        a.collection, a.profile,
        min(a.profile_label) over (partition by a.collection, a.profile),
        null, a.caf_version, a.outcome_code, a.required_level
    from accepted.caf_profiles a
    where a.is_current and not a.is_withdrawn
)
select
    p.*, o.lens, o.objective_code, o.principle_code, o.has_partial,
    case p.required_level
        when 'Achieved' then 3 when 'Partially achieved' then 2 else 1
    end as required
from listed p
join reference.caf_outcomes o
    on o.caf_version = p.caf_version and o.outcome_code = p.outcome_code
