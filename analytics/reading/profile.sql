-- One row per CAF version and outcome that a profile lists.
select caf_version, objective_code, objective, principle_code, principle, outcome_code,
    outcome, lens, required_level, required, thread
from marts.profiles
where collection = $collection and profile = $profile
order by caf_version desc, outcome_code
