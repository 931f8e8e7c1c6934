-- One row per CAF version and comparable outcome: its thread, which is the same for
-- outcomes of 3.2 and 4.0 that mean the same, though their codes may differ.
select '3.2' as caf_version, outcome_32 as outcome_code, outcome_40 as thread
from reference.caf_crosswalk
where is_comparable
union all
select '4.0', outcome_40, outcome_40
from reference.caf_crosswalk
where is_comparable
