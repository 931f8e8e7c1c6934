-- One row per event that trends can mark: versions of the framework, changes of programme,
-- events that many remember, and councils reorganised, which the reference tables tell
-- as well. Roadshows, cohorts and single councils would crowd the charts.
with told as (
    select e.collection, e.happened_on, e.title, e.event_type
    from core.events e
    where e.event_type in ('caf_version', 'programme_change', 'cyber_event',
            'reorganisation', 'other')
        and e.gss_code is null
),
merged as (
    select changed_on, count(distinct gss_code) as before,
        count(distinct successor_gss_code) as after
    from reference.council_successors
    group by changed_on
),
known as (
    select distinct collection from core.events
    union
    select distinct collection from core.reporting_months
)
select collection, happened_on, title, event_type
from told
union all
select k.collection, m.changed_on,
    concat('Reorganised: ', m.before, ' councils into ', m.after), 'reorganisation'
from merged m
cross join known k
where not exists (
    select 1 from told t
    where t.collection = k.collection and t.event_type = 'reorganisation'
        and t.happened_on = m.changed_on
)
