-- One row per council of the day, financial year and outcome: the level that counts for
-- the council. For objectives B and C that is its weakest critical system; best_level is
-- its strongest. Not assessed stays unknown (level is null). self_level and review_level
-- are the lowest of each among judgements that have both.
with judged as (
    select
        a.*,
        case a.self_status
            when 'Achieved' then 3 when 'Partially achieved' then 2
            when 'Not achieved' then 1
        end as own_score,
        case a.review_status
            when 'Achieved' then 3 when 'Partially achieved' then 2
            when 'Not achieved' then 1
        end as review_score
    from core.assessments a
)
select
    j.collection, j.gss_code, j.gss_code_of_day, j.financial_year, j.caf_version,
    j.lens, j.outcome_code, t.thread,
    min(j.level) as level, max(j.level) as best_level,
    count(*) as systems, count(j.level) as systems_assessed,
    max(j.is_reviewed) as is_reviewed,
    min(case when j.review_score is not null then j.own_score end) as self_level,
    min(case when j.own_score is not null then j.review_score end) as review_level
from judged j
left join core.threads t
    on t.caf_version = j.caf_version and t.outcome_code = j.outcome_code
group by
    j.collection, j.gss_code, j.gss_code_of_day, j.financial_year, j.caf_version,
    j.lens, j.outcome_code, t.thread
