-- Invented assessments of every principal council of the day: A and D once, B and C for
-- each critical system. Variables: reference (folder), years, systems. What looks like
-- chance is a hash of the names, so the rows are the same on every run.
create macro chance(key) as (hash(key) % 1000003) / 1000003.0;

create macro sure(key, least, most) as
    least + (hash(key) % (most - least + 1))::integer;

-- Latent strength as a level: two thresholds, or one where nothing lies between.
create macro judged(z, has_partial) as case
    when z > case when has_partial then 0.35 else -0.05 end then 'Achieved'
    when has_partial and z > -0.45 then 'Partially achieved'
    else 'Not achieved'
end;

create table councils as
select gss_code, coalesce(started_on::date, date '1974-04-01') as started_on,
    coalesce(ended_on::date, date '2099-12-31') as ended_on
from read_csv(getvariable('reference') || '/councils.csv', all_varchar = true)
where left(gss_code, 3) in ('E06', 'E07', 'E08', 'E09', 'E10');

create table outcomes as
select caf_version, outcome_code, lens, has_partial::boolean as has_partial
from read_csv(getvariable('reference') || '/caf_outcomes.csv', all_varchar = true);

create table common as
select 1 as record_version, 'false' as is_withdrawn, 'programme' as share_level,
    'OFFICIAL-SENSITIVE' as handling;

create table assessed as
select c.*, y.year, 'CAF-' || c.gss_code || '-' || y.year as assessment_id,
    case when y.year < 2025 then '3.2' else '4.0' end as caf_version,
    make_date(y.year, 11, 1) + sure(c.gss_code || y.year, 0, 147) as completed_on,
    chance('review' || c.gss_code || y.year) < 0.4 as is_reviewed,
    case when chance('draft' || c.gss_code || y.year) < 0.04
        then 'draft' else 'completed' end as status
from councils c, range(2026 - getvariable('years'), 2026) y(year)
where make_date(y.year, 11, 1) >= c.started_on
    and make_date(y.year + 1, 3, 31) <= c.ended_on;

create table critical_systems as
select
    'SYS-' || c.gss_code || '-' || n as system_id, c.gss_code,
    greatest(c.started_on, make_date(2026 - getvariable('years'), 4, 1))
        as first_listed_on,
    ['delivers_public_services', 'day_to_day_operations'][1 + n % 2] as system_type,
    ['on_premises', 'cloud', 'cloud', 'hybrid'][sure(c.gss_code || 'h' || n, 1, 4)]
        as hosting_type,
    ['assessed_organisation', 'third_party'][sure(c.gss_code || 'o' || n, 1, 2)]
        as system_owner,
    'true' as is_internet_facing, '58|69' as lgsl_ids,
    'statutory_or_critical_service' as selection_reasons,
    (chance(c.gss_code || 'l' || n) < 0.3)::varchar as is_legacy,
    make_date(sure(c.gss_code || 's' || n, 2023, 2030), 3, 31) as support_ends_on,
    'Supplier ' || chr(sure(c.gss_code || 'p' || n, 65, 84)) as supplier_name,
    k.*
from (select distinct gss_code, started_on from assessed) c,
    range(1, getvariable('systems') + 1) s(n), common k;

create table judgements as
with judging as (
    select gss_code, 'AD' as lens, null as system_id, 0 as footing from councils
    union all
    select gss_code, 'BC', system_id, 0.5 * (chance(system_id) - 0.5)
        - 0.1 * (is_legacy = 'true')::integer
    from critical_systems
)
select a.*, o.outcome_code, o.lens, o.has_partial, j.system_id,
    j.footing + 1.5 * (chance(a.gss_code) - 0.5) + 1.2 * (chance(o.outcome_code) - 0.5)
        + 0.9 * (chance(a.gss_code || o.outcome_code) - 0.5)
        + 0.5 * (chance(concat(a.assessment_id, j.system_id, o.outcome_code)) - 0.5)
        + 0.06 * (a.year - 2020) as z,
    chance(concat('n', a.assessment_id, j.system_id, o.outcome_code)) < 0.01
        as is_unknown
from assessed a
join outcomes o on o.caf_version = a.caf_version
join judging j on j.gss_code = a.gss_code and j.lens = o.lens;

create table assessments as
select
    j.year, j.assessment_id, j.gss_code, j.caf_version, 'baseline' as profile,
    j.year || '/' || right((j.year + 1)::varchar, 2) as assessment_period,
    j.lens, j.system_id, j.outcome_code,
    case when j.is_unknown then 'Not assessed' else judged(j.z, j.has_partial) end
        as self_status,
    case when not j.is_reviewed then 'self_assessment'
        when j.year % 3 = 0 then 'peer_review' else 'independent' end as review_type,
    case when j.is_reviewed and j.is_unknown then 'Not assessed'
        when j.is_reviewed then judged(
            j.z + 0.05 - 0.4 * chance('r' || j.gss_code || j.outcome_code), j.has_partial
        ) end as review_status,
    case when j.status = 'completed' then j.completed_on end as completed_on,
    case when j.is_reviewed and j.status = 'completed' then j.completed_on + 30 end
        as reviewed_on,
    2 as evidence_ref_count, 'false' as is_carried_forward, j.status, k.*
from judgements j, common k;

create table actions as
select
    j.year, 'ACT-' || j.gss_code || '-' || j.year || '-' || row_number() over (
        partition by j.assessment_id order by j.outcome_code, j.system_id
    ) as action_id,
    j.gss_code, j.assessment_id, j.caf_version, j.outcome_code, j.system_id,
    ['high', 'medium', 'low'][sure(j.gss_code || j.outcome_code, 1, 3)] as priority,
    sure(j.outcome_code, 1, 5) as objective, j.completed_on + 45 as created_on,
    last_day(j.completed_on + sure('d' || j.gss_code || j.outcome_code, 90, 500))
        as due_on,
    case when j.year < 2024 then 'done' else 'in_progress' end as action_status,
    sure('c' || j.gss_code || j.outcome_code, 20, 600) * 100 as estimated_cost_gbp,
    null as actual_cost_gbp,
    case when j.year < 2024 then j.completed_on + 300 end as completed_on,
    null as award_id, k.*
from judgements j, common k
where j.status = 'completed' and j.completed_on + 45 <= j.ended_on
    and judged(j.z, j.has_partial) <> 'Achieved'
    and chance(concat('a', j.assessment_id, j.system_id, j.outcome_code)) < 0.02;

create table returns as
select a.gss_code, 'assessments' as dataset, make_date(a.year, 4, 1) as period_starts_on,
    'data' as return_kind, a.completed_on + 40 as received_on, k.*
from assessed a, common k;

create table caf_stage_events as
select a.gss_code, s.stage,
    date '2024-10-14' + 60 * s.n::integer + sure(a.gss_code, 0, 30) as entered_on,
    case when chance(a.gss_code || s.stage) < 0.3 then 'staff_capacity' end as blocker,
    k.*
from assessed a,
    unnest(['prepare', 'set_scope', 'self_assess', 'assure', 'plan', 'submitted'])
    with ordinality s(stage, n), common k
where a.year = 2025 and s.n <= sure('s' || a.gss_code, 1, 6);
