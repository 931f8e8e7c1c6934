select o.caf_version as "CAF version", o.principle_code || ' ' || o.principle as "Principle",
    o.outcome_code as "Outcome code", o.outcome as "Outcome",
    p.required_level as "Level asked for"
from reference.caf_profiles p
join reference.caf_outcomes o
    on o.caf_version = p.caf_version and o.outcome_code = p.outcome_code
where p.profile = 'baseline'
order by o.caf_version desc, o.outcome_code
