-- One row per improvement action of one council that was agreed in the range. Internal:
-- `improvement.own_actions` refuses whoever may not see that council.
select
    a.action_id, a.caf_version, a.outcome_code, a.priority, a.action_status, a.due_on,
    a.is_overdue, a.estimated_cost_gbp, a.actual_cost_gbp, a.award_id, a.programme,
    a.share_rank
from marts.actions a
where a.collection = $collection and a.gss_code = $gss_code
    and a.created_on between $since and $last_day
order by a.is_overdue desc, a.is_open desc, a.due_on, a.action_id
