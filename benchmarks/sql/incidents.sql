-- Invented incidents, one row each from $first on; one in a thousand has each fault.
with numbered as (
    select i, (i * 7919) % 1000 as fault
    from range($first, $first + $rows) r(i)
)
select
    'INC-' || lpad(i::varchar, 9, '0') as incident_ref,
    case fault
        when 1 then 'E99999999'
        else 'E09000' || lpad((1 + i % 33)::varchar, 3, '0')
    end as gss_code,
    'Confirmed' as incident_status,
    case i % 5 when 0 then 'Non-cyber' else 'Cyber' end as category,
    case fault
        when 2 then 'not a time'
        else strftime(
            timestamp '2021-04-01' + to_minutes((i * 7) % 2500000), '%Y-%m-%dT%H:%M:%SZ'
        )
    end as detected_at,
    strftime(
        timestamp '2021-04-01' + to_minutes(
            (i * 7) % 2500000 + case fault when 3 then -60 else 60 + i % 9000 end
        ), '%Y-%m-%dT%H:%M:%SZ'
    ) as recovered_at,
    case
        when fault = 4 then 'ransomware'
        else ['malware', 'hacking', 'error', 'social', 'misuse'][1 + i % 5]
    end as action,
    'external' as actor,
    case i % 2 when 0 then 'true' else 'false' end as is_confidentiality_lost,
    'false' as is_integrity_lost,
    'true' as is_availability_lost,
    'false' as is_supplier_involved,
    case i % 3 when 0 then 'true' else 'false' end as is_reported_to_ico,
    'false' as is_reported_to_ncsc,
    'false' as is_reported_to_police,
    (i % 5000)::varchar as data_subjects_affected,
    case fault when 5 then '-100' else (i % 100000)::varchar end as cost_response_gbp,
    case fault when 6 then '' else 'estimate' end as cost_status,
    strftime(
        timestamp '2021-04-01' + to_minutes((i * 7) % 2500000 + 20000),
        '%Y-%m-%dT%H:%M:%SZ'
    ) as submitted_at,
    'programme' as share_level
from numbered
