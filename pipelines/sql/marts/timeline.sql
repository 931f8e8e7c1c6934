-- One row per thing that happened to one council, for its own axis of time: incidents,
-- disruptions not planned, stages of the CAF, assessments (by profile), actions, awards
-- and payments. Of incidents and disruptions at most the hundred longest of each financial
-- year; `of_all` is how many there were. Moments are in UTC; days begin at midnight.
with incidents as (
    select
        i.collection, i.gss_code, 'incidents' as dataset, 'incident' as lane,
        m.financial_year, i.incident_ref as ref,
        i.detected_at as started_at, i.recovered_at as ended_at,
        coalesce(v.label, l.label, i.action) as label, s.label as detail,
        i.hours_to_recover as hours, cast(i.cost_gbp as double) as amount_gbp,
        coalesce(i.action_variety, '') = 'Ransomware' as is_marked
    from core.incidents i
    join reference.months m on m.month = i.detected_month
    left join reference.lists l on l.list = 'action' and l.code = i.action
    left join reference.lists v
        on v.list = 'action_variety' and v.code = i.action_variety
    left join reference.lists s
        on s.list = 'incident_status' and s.code = i.incident_status
    where i.incident_status in ('Confirmed', 'Suspected')
),
disruptions as (
    select
        d.collection, d.gss_code, 'disruptions' as dataset, 'disruption' as lane,
        m.financial_year, d.disruption_id as ref,
        d.started_at, d.restored_at as ended_at,
        coalesce(v.service, k.label, d.service_code) as label, c.label as detail,
        (d.ended_at_second - d.started_at_second) / 3600e0 as hours,
        cast(null as double) as amount_gbp, d.cause_class = 'cyber' as is_marked
    from core.disruptions d
    join reference.months m on m.month = d.started_month
    left join reference.services v on d.service_code = concat('lgsl-', v.lgsl_id)
    left join reference.lists k
        on k.list = 'corporate_service' and k.code = d.service_code
    left join reference.lists c on c.list = 'cause_class' and c.code = d.cause_class
    where not d.is_planned
),
many as (
    select * from incidents
    union all
    select * from disruptions
),
placed as (
    select *,
        row_number() over (
            partition by lane, collection, gss_code, financial_year
            order by hours desc nulls last, started_at, ref
        ) as place,
        count(*) over (partition by lane, collection, gss_code, financial_year) as of_all
    from many
),
assessed as (
    select a.collection, a.gss_code, a.financial_year, max(a.completed_on) as completed_on
    from core.assessments a
    group by a.collection, a.gss_code, a.financial_year
),
few as (
    select
        r.collection, r.gss_code, 'assessments' as dataset, 'assessment' as lane,
        r.period as financial_year, r.profile, a.completed_on as day,
        concat('CAF ', r.caf_version, ': ', cast(r.met as bigint), ' of ',
            cast(r.met + r.below as bigint), ' met') as label,
        case when r.is_profile_met then 'Profile met' else 'Profile not met' end
            as detail,
        cast(null as double) as amount_gbp, r.is_profile_met as is_marked
    from marts.profile_results r
    join assessed a
        on a.collection = r.collection and a.gss_code = r.gss_code
        and a.financial_year = r.period
    where a.completed_on is not null and r.met + r.below > 0
    union all
    select e.collection, e.gss_code, 'caf_stage_events', 'stage', m.financial_year, '',
        e.entered_on, l.label, b.label, null, e.blocker is not null
    from core.caf_stage_events e
    join reference.months m on m.month = date_trunc('month', e.entered_on)
    left join reference.lists l on l.list = 'caf_stage' and l.code = e.stage
    left join reference.lists b on b.list = 'blocker' and b.code = e.blocker
    union all
    select a.collection, a.gss_code, 'actions', 'action', m.financial_year, '',
        coalesce(a.completed_on, a.due_on), concat(a.outcome_code, ', ', p.label),
        l.label, cast(coalesce(a.actual_cost_gbp, a.estimated_cost_gbp) as double),
        a.completed_on is null
    from core.actions a
    join reference.months m
        on m.month = date_trunc('month', coalesce(a.completed_on, a.due_on))
    left join reference.lists l
        on l.list = 'action_status' and l.code = a.action_status
    left join reference.lists p on p.list = 'priority' and p.code = a.priority
    union all
    select a.collection, a.gss_code, 'awards', 'award', m.financial_year, '',
        a.awarded_on, coalesce(l.label, a.programme), 'Awarded',
        cast(a.amount_awarded_gbp as double), false
    from core.awards a
    join reference.months m on m.month = a.awarded_month
    left join reference.lists l on l.list = 'programme' and l.code = a.programme
    union all
    select p.collection, p.gss_code, 'award_payments', 'award', m.financial_year, '',
        p.paid_on, coalesce(l.label, a.programme), 'Paid',
        cast(p.amount_paid_gbp as double), true
    from core.award_payments p
    join reference.months m on m.month = date_trunc('month', p.paid_on)
    left join core.awards a
        on a.collection = p.collection and a.award_id = p.award_id
    left join reference.lists l on l.list = 'programme' and l.code = a.programme
),
every as (
    select collection, gss_code, dataset, lane, financial_year, '' as profile, started_at,
        ended_at, label, detail, hours, amount_gbp, is_marked, of_all
    from placed
    where place <= 100
    union all
    select collection, gss_code, dataset, lane, financial_year, profile,
        cast(day as timestamp), null, label, detail, null, amount_gbp, is_marked,
        count(*) over (partition by lane, collection, gss_code, financial_year, profile)
    from few
    where day is not null
)
select
    e.collection, e.gss_code, e.lane, e.financial_year as period, e.profile, e.started_at,
    e.ended_at, e.label, e.detail, e.hours, e.amount_gbp,
    coalesce(e.is_marked, false) as is_marked, e.of_all,
    coalesce(s.share_rank, 1) as share_rank
from every e
left join core.share_levels s
    on s.collection = e.collection and s.gss_code = e.gss_code
    and s.dataset = e.dataset
order by e.collection, e.gss_code, e.started_at
