-- One row per profile, CAF version, outcome and version received.
select
    a.*,
    a.outcome_code is null or o.outcome_code is not null as is_outcome_of_version,
    o.has_partial or coalesce(required_level, '') <> 'Partially achieved'
        or o.outcome_code is null as is_level_possible,
    a.profile is null or s.profile is null as is_name_free
from typed.caf_profiles a
left join reference.caf_outcomes o
    on o.caf_version = a.caf_version and o.outcome_code = a.outcome_code
left join (select distinct profile from reference.caf_profiles) s
    on s.profile = a.profile
