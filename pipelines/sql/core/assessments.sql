-- One row per council, financial year, critical system and outcome: the reviewer's
-- judgement where there is one, else the council's own. Only submitted and completed
-- assessments count. A council may assess each system apart, so of several assessments
-- for one year the one completed last counts for the council (AD) and for each system
-- (BC); where a year has two versions of the framework, the later one counts.
with counted as (
    select a.*,
        max(a.completed_on) over (
            partition by a.collection, a.gss_code, a.assessment_period, a.assessment_id,
                a.lens, a.system_id
        ) as ended_on,
        max(a.caf_version) over (
            partition by a.collection, a.gss_code, a.assessment_period
        ) as latest_version
    from accepted.assessments a
    where a.is_current and not a.is_withdrawn and a.status in ('submitted', 'completed')
),
ranked as (
    select *, dense_rank() over (
        partition by collection, gss_code, assessment_period, lens, system_id
        order by ended_on desc nulls last, assessment_id desc
    ) as recency
    from counted
    where caf_version = latest_version
)
select
    s.rank_of_share as share_rank,
    c.gss_code as gss_code_of_day,
    coalesce(t.current_gss_code, c.gss_code) as gss_code,
    c.* exclude (gss_code, ended_on, latest_version, recency),
    make_date(cast(left(c.assessment_period, 4) as integer), 4, 1) as financial_year,
    coalesce(c.review_status, c.self_status) as outcome_status,
    c.review_status is not null as is_reviewed,
    case coalesce(c.review_status, c.self_status)
        when 'Achieved' then 3
        when 'Partially achieved' then 2
        when 'Not achieved' then 1
    end as level
from ranked c
left join reference.council_today t on t.gss_code = c.gss_code
left join reference.share_ranks s on s.share_level = c.share_level
where c.recency = 1
