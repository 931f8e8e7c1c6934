-- One row per council and reported incident in scope, newest first.
select
    i.reported_incident_id, i.detected_on, i.date_precision, i.gss_code,
    c.short_name as council_name, i.council_named, c.region,
    c.council_group_label as council_type, i.incident_kind, i.incident_status,
    replace(i.services_disrupted, '|', ', ') as services_disrupted, i.shared_event_id,
    i.is_counted, (
        select string_agg(distinct s.publisher, ', ' order by s.publisher)
        from core.record_sources s
        where list_contains(string_split(i.source_ids, '|'), s.source_id)
    ) as publishers, i.note
from core.reported_incidents i
join marts.councils c on c.gss_code = i.gss_code
where i.detected_on >= $since and i.detected_on < $until + interval 1 month
    and (len($regions) = 0 or list_contains($regions, c.region))
    and (len($groups) = 0 or list_contains($groups, c.council_group))
    and (len($councils) = 0 or list_contains($councils, c.gss_code))
order by i.detected_on desc, i.reported_incident_id
