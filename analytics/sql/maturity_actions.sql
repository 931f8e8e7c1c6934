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
)
select
    code as group_code, code as group_label, code_order,
    cast(null as date) as period, max(as_at) as as_at, count(*) as numerator,
    count(*) as denominator,
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
    count(estimated_cost_gbp + actual_cost_gbp) as with_both,
    count(distinct gss_code) filter (where is_current) as councils,
    count(distinct gss_code) filter (
        where share_rank >= $named_from or gss_code = $own) as nameable,
    count(distinct gss_code) as contributors,
    cast(null as double) as largest_numerator,
    cast(null as double) as largest_denominator
from chosen
group by code, code_order
order by code_order, code
