-- One row per council of the day and financial year with any assessment, draft and
-- cancelled ones included: its state, how many outcomes of the version are judged, and
-- which critical systems are missing (docs/maturity.md, Completeness).
with received as (
    select
        collection, gss_code as gss_code_of_day,
        make_date(cast(left(assessment_period, 4) as integer), 4, 1) as financial_year,
        max(case when status in ('submitted', 'completed') then 1 else 0 end)
            as is_counted,
        max(case when status = 'draft' then 1 else 0 end) as is_draft,
        max(caf_version) as caf_version
    from accepted.assessments
    where is_current and not is_withdrawn
    group by collection, gss_code, make_date(
        cast(left(assessment_period, 4) as integer), 4, 1)
),
reviews as (
    select collection, gss_code_of_day, financial_year,
        max(caf_version) as caf_version,
        count(distinct system_id) as systems_sent,
        count(distinct case when level is not null then system_id end)
            as systems_assessed,
        max(case when review_type = 'independent' and review_status <> 'Not assessed'
            then 2 when review_status <> 'Not assessed' then 1 else 0 end) as review,
        sum(case when level is not null then 1 else 0 end) as judgements,
        sum(case when review_status <> 'Not assessed' then 1 else 0 end) as reviewed,
        sum(case when level is not null and evidence_ref_count = 0 then 1 else 0 end)
            as without_evidence,
        sum(case when level is not null and evidence_ref_count is not null
            then 1 else 0 end) as with_count
    from core.assessments
    group by collection, gss_code_of_day, financial_year
),
outcomes as (
    select r.collection, r.gss_code_of_day, r.financial_year,
        max(c.caf_version) as caf_version,
        sum(case when o.systems_assessed > 0 and (c.lens = 'AD'
            or o.systems_assessed = v.systems_sent) then 1 else 0 end) as judged,
        sum(case when o.systems_assessed > 0 and c.lens = 'BC'
            and o.systems_assessed < v.systems_sent then 1 else 0 end)
            as judged_in_part,
        sum(case when o.systems_assessed = 0 then 1 else 0 end) as not_assessed,
        sum(case when o.outcome_code is null then 1 else 0 end) as not_sent,
        count(*) as outcomes
    from received r
    left join reviews v
        on v.collection = r.collection and v.gss_code_of_day = r.gss_code_of_day
        and v.financial_year = r.financial_year
    join reference.caf_outcomes c
        on c.caf_version = coalesce(v.caf_version, r.caf_version)
    left join core.council_outcomes o
        on o.collection = r.collection and o.gss_code_of_day = r.gss_code_of_day
        and o.financial_year = r.financial_year and o.caf_version = c.caf_version
        and o.outcome_code = c.outcome_code
    group by r.collection, r.gss_code_of_day, r.financial_year
),
assessed as (
    select distinct collection, gss_code_of_day, financial_year, system_id
    from core.assessments
    where level is not null and system_id is not null
),
systems as (
    select r.collection, r.gss_code_of_day, r.financial_year,
        count(*) as systems_listed,
        sum(case when a.system_id is null then 1 else 0 end) as missing_systems
    from received r
    join reference.financial_years y on y.financial_year = r.financial_year
    join core.critical_systems s
        on s.collection = r.collection and s.gss_code_of_day = r.gss_code_of_day
        and s.first_listed_on <= y.last_day
    left join assessed a
        on a.collection = r.collection and a.gss_code_of_day = r.gss_code_of_day
        and a.financial_year = r.financial_year and a.system_id = s.system_id
    group by r.collection, r.gss_code_of_day, r.financial_year
)
select
    r.collection, coalesce(t.current_gss_code, r.gss_code_of_day) as gss_code,
    r.gss_code_of_day, r.financial_year, o.caf_version,
    case
        when r.is_counted = 0 and r.is_draft = 1 then 'draft'
        when r.is_counted = 0 then 'cancelled'
        when v.review = 2 then 'assured'
        when v.review = 1 then 'peer_reviewed'
        else 'self_assessed'
    end as state,
    o.outcomes, o.judged, o.judged_in_part, o.not_assessed, o.not_sent,
    coalesce(v.judgements, 0) as judgements, coalesce(v.reviewed, 0) as reviewed,
    coalesce(v.without_evidence, 0) as without_evidence,
    coalesce(v.with_count, 0) as evidence_told,
    coalesce(s.systems_listed, 0) as systems_listed,
    coalesce(v.systems_assessed, 0) as systems_assessed,
    coalesce(s.missing_systems, 0) as missing_systems,
    coalesce(o.judged = o.outcomes and v.systems_assessed >= 3
        and coalesce(s.missing_systems, 0) = 0, false) as is_complete
from received r
left join reference.council_today t on t.gss_code = r.gss_code_of_day
left join reviews v using (collection, gss_code_of_day, financial_year)
left join outcomes o using (collection, gss_code_of_day, financial_year)
left join systems s using (collection, gss_code_of_day, financial_year)
