-- One row per disruption, with whether the incident that it names was accepted.
select collection, arrival, source_row, incident_ref_given,
    not is_orphan as has_incident
from core.disruptions
