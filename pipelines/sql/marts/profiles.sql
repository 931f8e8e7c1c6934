-- One row per collection, profile, CAF version and outcome that the profile lists, in the
-- order in which they are offered: those that come with the dashboard first.
select
    p.collection, p.profile, p.profile_label, p.sort_order, p.caf_version,
    o.objective_code, o.objective, o.principle_code, o.principle, p.outcome_code,
    o.outcome, p.lens,
    p.required_level, p.required, t.thread
from core.caf_profiles p
join reference.caf_outcomes o
    on o.caf_version = p.caf_version and o.outcome_code = p.outcome_code
left join core.threads t
    on t.caf_version = p.caf_version and t.outcome_code = p.outcome_code
