-- One row per council, financial year, critical system and outcome: the reviewer's
-- judgement where there is one, else the council's own. Only submitted and completed
-- assessments count. A council may assess each system apart, so of several assessments
-- for one year the one completed last counts for the council (AD) and for each system
-- (BC); where a year has two versions of the framework, the later one counts.
-- A review that is sent apart has no judgement of the council's own: it adds to the
-- version received before it and does not erase it. So does an assessment that says
-- nothing of a review. What was received before a withdrawal was taken back with it.
with received as (
    select a.*,
        coalesce(sum(case when a.is_withdrawn then 1 else 0 end) over (
            partition by a.collection, a.gss_code, a.assessment_id, a.system_id,
                a.outcome_code
            order by a.record_version, a.arrival, a.source_row
            rows between unbounded preceding and 1 preceding
        ), 0) as withdrawals
    from accepted.assessments a
),
earlier as (
    select r.*,
        last_value(case when self_status is not null then source end ignore nulls)
            over before as own,
        last_value(case when review_type is not null then source end ignore nulls)
            over before as review
    from (
        select r.*, {
            'self_status': self_status, 'completed_on': completed_on,
            'profile': profile, 'evidence_ref_count': evidence_ref_count,
            'is_carried_forward': is_carried_forward, 'review_type': review_type,
            'review_status': review_status, 'reviewed_on': reviewed_on
        } as source
        from received r
    ) r
    window before as (
        partition by collection, gss_code, assessment_id, system_id, outcome_code,
            withdrawals
        order by record_version, arrival, source_row
        rows between unbounded preceding and 1 preceding
    )
),
merged as (
    select * exclude (withdrawals, source, own, review) replace (
        coalesce(profile, own.profile, review.profile) as profile,
        case when self_status is null then own.self_status else self_status end
            as self_status,
        case when self_status is null then coalesce(completed_on, own.completed_on)
            else completed_on end as completed_on,
        case when self_status is null
            then coalesce(evidence_ref_count, own.evidence_ref_count)
            else evidence_ref_count end as evidence_ref_count,
        case when self_status is null
            then coalesce(is_carried_forward, own.is_carried_forward)
            else is_carried_forward end as is_carried_forward,
        coalesce(review_type, review.review_type) as review_type,
        case when review_type is null then review.review_status else review_status end
            as review_status,
        case when review_type is null then review.reviewed_on else reviewed_on end
            as reviewed_on
    )
    from earlier
),
counted as (
    select a.*,
        max(a.completed_on) over (
            partition by a.collection, a.gss_code, a.assessment_period, a.assessment_id,
                a.lens, a.system_id
        ) as ended_on,
        max(a.caf_version) over (
            partition by a.collection, a.gss_code, a.assessment_period
        ) as latest_version
    from merged a
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
