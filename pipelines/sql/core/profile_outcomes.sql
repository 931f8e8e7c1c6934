-- One row per profile, council of the day, financial year and outcome that the profile
-- lists and the council has rows for: the level that counts beside the one required.
select
    p.profile, p.required, p.objective_code, p.principle_code, o.*
from core.council_outcomes o
join core.caf_profiles p
    on p.collection = o.collection and p.caf_version = o.caf_version
    and p.outcome_code = o.outcome_code
