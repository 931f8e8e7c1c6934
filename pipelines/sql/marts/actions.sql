-- One row per collection and improvement action: its outcome, how far it got, when it is due
-- against the day of the last file of actions, and the award that pays for it.
with as_at as (
    select collection, last_received_on
    from accepted.received
    where dataset = 'actions'
),
paid as (
    select distinct collection, award_id, programme from core.awards
)
select
    a.collection, a.gss_code, a.action_id, a.caf_version, c.objective_code,
    c.principle_code, a.outcome_code, p.label as priority, p.sort_order as priority_order,
    t.label as action_status, t.sort_order as status_order, a.created_on, a.due_on,
    d.last_received_on as as_at,
    a.action_status in ('not_started', 'in_progress') as is_open,
    a.action_status in ('not_started', 'in_progress')
        and coalesce(a.due_on < d.last_received_on, false) as is_overdue,
    a.estimated_cost_gbp, a.actual_cost_gbp, a.completed_on, a.award_id,
    w.programme is not null as has_award, g.label as programme,
    least(coalesce(s.share_rank, 1), coalesce(f.share_rank, 4)) as share_rank
from core.actions a
join reference.caf_outcomes c
    on c.caf_version = a.caf_version and c.outcome_code = a.outcome_code
join as_at d on d.collection = a.collection
left join reference.lists p on p.list = 'priority' and p.code = a.priority
left join reference.lists t on t.list = 'action_status' and t.code = a.action_status
left join paid w on w.collection = a.collection and w.award_id = a.award_id
left join reference.lists g on g.list = 'programme' and g.code = w.programme
left join core.share_levels s
    on s.collection = a.collection and s.gss_code = a.gss_code
    and s.dataset = 'actions'
left join core.share_levels f
    on f.collection = a.collection and f.gss_code = a.gss_code
    and f.dataset = 'awards'
