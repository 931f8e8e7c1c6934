-- One row per group of improvement actions (by priority, status, quarter due, outcome or
-- programme that pays): how many, how far they got and what they cost.
with chosen as (
    select
        a.*, c.is_current,
        case $unit
            when 'priority' then a.priority
            when 'quarter' then coalesce(
                cast(date_trunc('quarter', a.due_on) as date)::varchar, 'No date')
            when 'principle' then a.principle_code
            when 'outcome' then a.caf_version || ' ' || a.outcome_code
            when 'programme' then coalesce(a.programme, 'Not from an award')
            else 'all'
        end as code,
        case $unit when 'priority' then a.priority_order else 0 end as code_order
    from marts.actions a
    join (select unnest($members) as gss_code) m on m.gss_code = a.gss_code
    join marts.councils c on c.gss_code = a.gss_code
    where a.collection = $collection
        and a.created_on between $since and $last_day
        and a.share_rank >= case when a.gss_code = $own then 1 else $counted_from end
),
each_council as (
    select
        code, code_order, gss_code, is_current, min(share_rank) as share_rank,
        max(as_at) as as_at, count(*) as actions,
        count(*) filter (where action_status = 'Done') as done,
        count(*) filter (where action_status = 'Stopped') as stopped,
        count(*) filter (where is_open and not is_overdue) as open_in_time,
        count(*) filter (where is_overdue) as overdue,
        count(*) filter (where action_status = 'In progress') as in_progress,
        count(*) filter (where action_status = 'Not started') as not_started,
        count(*) filter (where has_award) as with_award,
        cast(sum(estimated_cost_gbp) as double) as estimated_gbp,
        count(estimated_cost_gbp) as with_estimate,
        cast(sum(case when is_open then estimated_cost_gbp end) as double) as open_gbp,
        cast(sum(case when actual_cost_gbp is not null then estimated_cost_gbp end)
            as double) as planned_gbp,
        cast(sum(case when estimated_cost_gbp is not null then actual_cost_gbp end)
            as double) as spent_gbp,
        count(estimated_cost_gbp + actual_cost_gbp) as with_both
    from chosen
    group by all
)
select
    code as group_code, code as group_label, code_order,
    cast(null as date) as period, max(as_at) as as_at, sum(actions) as numerator,
    sum(actions) as denominator, sum(done) as done, sum(stopped) as stopped,
    sum(open_in_time) as open_in_time, sum(overdue) as overdue,
    sum(in_progress) as in_progress, sum(not_started) as not_started,
    sum(with_award) as with_award, sum(estimated_gbp) as estimated_gbp,
    sum(with_estimate) as with_estimate, sum(open_gbp) as open_gbp,
    sum(planned_gbp) as planned_gbp, sum(spent_gbp) as spent_gbp,
    sum(with_both) as with_both,
    count(*) filter (where is_current) as councils,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors,
    -- Of the parts that one council could make up most of, the one it makes up most.
    greatest(
        max(actions) / sum(actions),
        coalesce(max(estimated_gbp) / nullif(sum(estimated_gbp), 0), 0),
        coalesce(max(open_gbp) / nullif(sum(open_gbp), 0), 0),
        coalesce(max(planned_gbp) / nullif(sum(planned_gbp), 0), 0),
        coalesce(max(spent_gbp) / nullif(sum(spent_gbp), 0), 0)
    ) as largest_numerator,
    greatest(
        max(actions) / sum(actions),
        coalesce(max(estimated_gbp) / nullif(sum(estimated_gbp), 0), 0),
        coalesce(max(open_gbp) / nullif(sum(open_gbp), 0), 0),
        coalesce(max(planned_gbp) / nullif(sum(planned_gbp), 0), 0),
        coalesce(max(spent_gbp) / nullif(sum(spent_gbp), 0), 0)
    ) as largest_denominator
from each_council
group by code, code_order
order by code_order, code
