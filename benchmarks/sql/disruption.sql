-- Invented incidents and disruptions of every principal council of today over five years,
-- with a return for every month. Variables: reference (folder), rows (incidents). What
-- looks like chance is arithmetic on the number of the row.
create table councils as
select gss_code, row_number() over (order by gss_code) - 1 as n
from read_csv(getvariable('reference') || '/councils.csv', all_varchar = true)
where left(gss_code, 3) in ('E06', 'E07', 'E08', 'E09', 'E10') and ended_on is null
    and (started_on is null or started_on::date <= date '2021-04-01');

create macro pick(list, i) as list[1 + i % len(list)];

create macro moment(minutes) as strftime(
    timestamp '2021-04-01' + to_minutes(minutes), '%Y-%m-%dT%H:%M:%SZ'
);

create table numbered as
select i, c.gss_code, (i * 7919) % 2620000 as minutes,
    (30 + power(1.0 + (i * 31) % 997, 1.3))::bigint as lasts
from range(getvariable('rows')) r(i)
join councils c on c.n = (i * 13) % (select count(*) from councils);

create view incidents as
select
    'INC-' || lpad(i::varchar, 9, '0') as incident_ref, gss_code,
    pick(['Confirmed', 'Confirmed', 'Confirmed', 'Suspected', 'Near miss'], i // 3)
        as incident_status,
    pick(['Cyber', 'Cyber', 'Non-cyber'], i // 7) as category,
    moment(minutes - i % 3000) as occurred_at, moment(minutes) as detected_at,
    case when i % 10 > 1 then moment(minutes + lasts // 3) end as contained_at,
    case when i % 50 > 0 then moment(minutes + lasts) end as recovered_at,
    pick(['malware', 'hacking', 'error', 'social', 'misuse', 'physical'], i // 5)
        as action,
    case when (i // 5) % 6 = 0 and i % 2 = 0 then 'Ransomware' end as action_variety,
    pick(['external', 'external', 'internal', 'partner', 'unknown'], i // 11) as actor,
    (i % 2 = 0 or i % 3 = 0)::varchar as is_confidentiality_lost,
    (i % 7 = 0)::varchar as is_integrity_lost,
    (i % 3 > 0)::varchar as is_availability_lost,
    (i % 5 = 0)::varchar as is_supplier_involved,
    case when i % 5 = 0 then 'Supplier ' || chr((65 + i % 20)::integer) end
        as supplier_name,
    case when i % 1000 = 0 then 'EV-' || lpad((i // 20000)::varchar, 6, '0') end
        as shared_event_id,
    (i % 3 = 0)::varchar as is_reported_to_ico, 'false' as is_reported_to_ncsc,
    'false' as is_reported_to_police, (i % 5000)::varchar as data_subjects_affected,
    case when i % 3 > 0 then (i % 90000)::varchar end as cost_response_gbp,
    case when i % 4 = 0 then (i % 40000)::varchar end as cost_recovery_gbp,
    case when i % 3 > 0 or i % 4 = 0
        then pick(['estimate', 'outturn'], i // 2) end as cost_status,
    case when i % 3 > 0 or i % 4 = 0 then '2024/25' end as price_basis,
    moment(minutes + lasts + 20000) as submitted_at, 'programme' as share_level,
    'OFFICIAL' as handling
from numbered;

create view disruptions as
select
    'DSR-' || lpad(i::varchar, 9, '0') as disruption_id, gss_code,
    case when i % 3 > 0 then 'INC-' || lpad(i::varchar, 9, '0') end as incident_ref,
    pick(['58', '69', '364', '141', '112', '487', '528', '13'], i // 9) as lgsl_id,
    moment(minutes + 60) as started_at,
    case when i % 200 > 0 then moment(minutes + 60 + lasts) end as restored_at,
    pick(['unavailable', 'degraded', 'manual_workaround'], i // 4) as severity,
    (i % 12 = 0)::varchar as is_planned,
    pick(['cyber', 'it_failure', 'supplier', 'power_or_site', 'change'], i // 6)
        as cause_class,
    pick(['online', 'phone', 'all', 'back_office'], i // 8) as channel,
    case when (i // 6) % 5 = 2 then 'Supplier ' || chr((65 + i % 20)::integer) end
        as supplier_name,
    case when i % 2 = 0 then '24' end as rto_hours,
    case when i % 4 > 0 then (i % 20000)::varchar end as residents_affected,
    moment(minutes + lasts + 20000) as submitted_at, 'programme' as share_level,
    'OFFICIAL' as handling
from numbered
where i % 2 = 0;

create view returns as
select c.gss_code, d.dataset, strftime(m.month, '%Y-%m-%d') as period_starts_on,
    'data' as return_kind,
    strftime(m.month + interval 40 day, '%Y-%m-%d') as received_on,
    'programme' as share_level, 'OFFICIAL' as handling
from councils c, (values ('incidents'), ('disruptions')) d(dataset),
    range(date '2021-04-01', date '2026-04-01', interval 1 month) m(month);
