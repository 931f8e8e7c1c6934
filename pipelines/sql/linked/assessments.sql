-- One row per judgement, with whether the critical system that it names was accepted.
select a.collection, a.arrival, a.source_row, a.system_id,
    a.system_id is null or s.system_id is not null as has_system
from core.assessments a
left join (select distinct collection, gss_code, system_id from core.critical_systems) s
    on s.collection = a.collection and s.gss_code = a.gss_code
    and s.system_id = a.system_id
