-- One row per programme event that every trend marks: versions of the framework and
-- changes of programme. Roadshows, cohorts and single councils would crowd the charts.
select e.collection, e.happened_on, e.title, e.event_type
from core.events e
where e.event_type in ('caf_version', 'programme_change') and e.gss_code is null
