-- One row per council, service and spell of one event: councils that may be named only.
select
    s.gss_code, c.short_name as council_name, s.service, s.is_statutory,
    timezone('UTC', to_timestamp(s.started_at_second)) as started_at,
    timezone('UTC', to_timestamp(s.ended_at_second)) as ended_at, s.is_open
from marts.cascade_spells s
join (select unnest($members) as gss_code) n on n.gss_code = s.gss_code
join marts.councils c on c.gss_code = s.gss_code
where s.collection = $collection and s.kind = $kind and s.event_code = $event_code
    and (s.share_rank >= $named_from or s.gss_code = $own)
order by s.started_at_second, s.ended_at_second, s.service, c.short_name
