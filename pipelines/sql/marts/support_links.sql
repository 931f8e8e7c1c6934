-- One row per collection, award and outcome that an action paid by it works on, and one with
-- a blank outcome for an award that no action names: the actions, the outcome's level in
-- the last assessment before the award's year and in the last one since (3 is achieved),
-- and incidents confirmed with it as the root cause up to the award's year and after. The
-- actions are those of the council that holds the award.
with awards as (
    select w.collection, w.gss_code, w.award_id, w.programme, m.financial_year,
        cast(w.amount_awarded_gbp as double) as amount_gbp
    from core.awards w
    join reference.months m on m.month = w.awarded_month
),
named as (
    select a.collection, a.gss_code, a.award_id,
        coalesce(t.thread, concat(a.caf_version, ' ', a.outcome_code)) as outcome,
        count(*) as actions,
        count(case when a.action_status = 'done' then 1 end) as done
    from core.actions a
    left join core.threads t
        on t.caf_version = a.caf_version and t.outcome_code = a.outcome_code
    where a.award_id is not null
    group by a.collection, a.gss_code, a.award_id,
        coalesce(t.thread, concat(a.caf_version, ' ', a.outcome_code))
),
worked as (
    select w.collection, w.gss_code, w.award_id, w.programme, w.financial_year,
        w.amount_gbp, coalesce(n.outcome, '') as outcome,
        coalesce(n.actions, 0) as actions, coalesce(n.done, 0) as done
    from awards w
    left join named n
        on n.collection = w.collection and n.award_id = w.award_id
        and n.gss_code = w.gss_code
),
years as (
    select w.collection, w.gss_code, w.award_id, w.outcome,
        max(case when l.financial_year < w.financial_year then l.financial_year end)
            as year_before,
        max(case when l.financial_year >= w.financial_year then l.financial_year end)
            as year_since
    from worked w
    left join core.outcome_levels l
        on l.collection = w.collection and l.gss_code = w.gss_code
        and l.outcome = w.outcome
    group by w.collection, w.gss_code, w.award_id, w.outcome
),
caused as (
    select w.collection, w.gss_code, w.award_id, w.outcome,
        sum(case when i.period <= w.financial_year then i.incidents else 0 end) as before,
        sum(case when i.period > w.financial_year then i.incidents else 0 end) as since
    from worked w
    join marts.incident_links i
        on i.collection = w.collection and i.gss_code = w.gss_code
        and i.outcome = w.outcome
    where w.outcome <> ''
    group by w.collection, w.gss_code, w.award_id, w.outcome
),
shared as (
    select collection, gss_code, min(share_rank) as share_rank
    from core.share_levels
    where dataset in ('incidents', 'assessments', 'actions', 'awards')
    group by collection, gss_code
)
select
    w.collection, w.gss_code, w.award_id, w.programme, w.financial_year as period,
    w.amount_gbp, w.outcome, w.actions, w.done, b.level as level_before,
    a.level as level_since, cast(coalesce(c.before, 0) as bigint) as incidents_before,
    cast(coalesce(c.since, 0) as bigint) as incidents_since,
    coalesce(s.share_rank, 1) as share_rank
from worked w
join years y
    on y.collection = w.collection and y.gss_code = w.gss_code
    and y.award_id = w.award_id and y.outcome = w.outcome
left join core.outcome_levels b
    on b.collection = w.collection and b.gss_code = w.gss_code
    and b.outcome = w.outcome and b.financial_year = y.year_before
left join core.outcome_levels a
    on a.collection = w.collection and a.gss_code = w.gss_code
    and a.outcome = w.outcome and a.financial_year = y.year_since
left join caused c
    on c.collection = w.collection and c.gss_code = w.gss_code
    and c.award_id = w.award_id and c.outcome = w.outcome
left join shared s on s.collection = w.collection and s.gss_code = w.gss_code
order by w.collection, w.financial_year, w.gss_code, w.award_id
