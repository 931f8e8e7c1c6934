-- One row per CAF version and outcome: its names, in order.
select caf_version, objective_code, objective, principle_code, principle, outcome_code,
    outcome
from reference.caf_outcomes
order by caf_version, outcome_code
