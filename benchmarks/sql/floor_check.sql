-- The floor: one pass that counts what breaks the rules; keys that come twice as well.
select
    count(*) filter (where incident_ref is null),
    count(*) filter (where not regexp_matches(incident_ref, '^[A-Z0-9-]{4,40}$')),
    count(*) filter (where not regexp_matches(gss_code, '^E0900[0-9]{4}$')),
    count(*) filter (where incident_status not in ('Confirmed', 'Suspected', 'Near miss',
        'False positive')),
    count(*) filter (where category not in ('Cyber', 'Non-cyber')),
    count(*) filter (where detected_at is null and detected_text is not null),
    count(*) filter (where detected_at > now()::timestamp),
    count(*) filter (where recovered_at < detected_at),
    count(*) filter (where action not in ('malware', 'hacking', 'error', 'social',
        'misuse', 'physical', 'environmental', 'unknown')),
    count(*) filter (where actor not in ('external', 'internal', 'partner', 'unknown')),
    count(*) filter (where is_confidentiality_lost is null),
    count(*) filter (where is_availability_lost is null),
    count(*) filter (where not (is_confidentiality_lost or is_integrity_lost
        or is_availability_lost)),
    count(*) filter (where data_subjects_affected < 0),
    count(*) filter (where cost_response_gbp < 0),
    count(*) filter (where cost_response_gbp is not null and cost_status is null),
    count(*) filter (where submitted_at < detected_at),
    count(*) - count(distinct hash(gss_code, incident_ref))
from incidents
