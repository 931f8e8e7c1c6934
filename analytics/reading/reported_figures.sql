-- One row per reported figure and source: conflicting ones stand beside each other.
select
    i.reported_incident_id, i.is_counted, c.short_name as council_name, i.detected_on, i.date_precision, f.measure, f.value_reported,
    f.value_low, f.value_high, f.unit, s.publisher, f.note
from core.reported_figures f
join core.reported_incidents i on i.reported_incident_id = f.reported_incident_id
join marts.councils c on c.gss_code = i.gss_code
left join core.record_sources s on s.source_id = f.source_id
where i.detected_on >= $since and i.detected_on < $until + interval 1 month
    and (len($regions) = 0 or list_contains($regions, c.region))
    and (len($groups) = 0 or list_contains($groups, c.council_group))
    and (len($councils) = 0 or list_contains($councils, c.gss_code))
order by i.detected_on desc, c.short_name, f.measure, f.figure_id
