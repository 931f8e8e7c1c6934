-- One row per programme event that charts may mark: no roadshows, no single council's.
select e.collection, e.happened_on, e.title, e.event_type
from core.events e
where e.event_type <> 'roadshow' and e.gss_code is null
