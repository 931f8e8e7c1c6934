-- One row per collection, council of today, financial year and outcome named as the root
-- cause (none where `outcome` is blank): confirmed incidents, and how far each one's thread
-- goes on. Outcomes of 3.2 and 4.0 that mean the same are one. Levels are those of the last
-- assessment up to the incident's year, and of the last one after it: 3 is achieved. An
-- action is any of the council on that outcome that was not stopped.
with incidents as (
    select
        i.collection, i.gss_code, m.financial_year,
        case when i.root_cause_outcome is null then ''
            else coalesce(t.thread, concat(i.caf_version, ' ', i.root_cause_outcome))
        end as outcome,
        count(*) as incidents
    from core.incidents i
    join reference.months m on m.month = i.detected_month
    left join core.threads t
        on t.caf_version = i.caf_version and t.outcome_code = i.root_cause_outcome
    where i.incident_status = 'Confirmed'
    group by i.collection, i.gss_code, m.financial_year,
        case when i.root_cause_outcome is null then ''
            else coalesce(t.thread, concat(i.caf_version, ' ', i.root_cause_outcome)) end
),
years as (
    select i.collection, i.gss_code, i.financial_year, i.outcome,
        max(case when l.financial_year <= i.financial_year then l.financial_year end)
            as year_at,
        max(case when l.financial_year > i.financial_year then l.financial_year end)
            as year_since
    from incidents i
    left join core.outcome_levels l
        on l.collection = i.collection and l.gss_code = i.gss_code
        and l.outcome = i.outcome
    group by i.collection, i.gss_code, i.financial_year, i.outcome
),
paid as (
    select distinct collection, award_id from core.awards
),
acted as (
    select a.collection, a.gss_code,
        coalesce(t.thread, concat(a.caf_version, ' ', a.outcome_code)) as outcome,
        count(*) as actions, count(p.award_id) as funded
    from core.actions a
    left join core.threads t
        on t.caf_version = a.caf_version and t.outcome_code = a.outcome_code
    left join paid p on p.collection = a.collection and p.award_id = a.award_id
    where a.action_status <> 'stopped'
    group by a.collection, a.gss_code,
        coalesce(t.thread, concat(a.caf_version, ' ', a.outcome_code))
),
shared as (
    select collection, gss_code, min(share_rank) as share_rank
    from core.share_levels
    where dataset in ('incidents', 'assessments', 'actions', 'awards')
    group by collection, gss_code
)
select
    i.collection, i.gss_code, i.financial_year as period, i.outcome, i.incidents,
    before.level as level_at, after.level as level_since,
    coalesce(a.actions, 0) as actions, coalesce(a.funded, 0) as funded,
    coalesce(s.share_rank, 1) as share_rank
from incidents i
join years y
    on y.collection = i.collection and y.gss_code = i.gss_code
    and y.financial_year = i.financial_year and y.outcome = i.outcome
left join core.outcome_levels before
    on before.collection = i.collection and before.gss_code = i.gss_code
    and before.outcome = i.outcome and before.financial_year = y.year_at
left join core.outcome_levels after
    on after.collection = i.collection and after.gss_code = i.gss_code
    and after.outcome = i.outcome and after.financial_year = y.year_since
left join acted a
    on a.collection = i.collection and a.gss_code = i.gss_code and a.outcome = i.outcome
left join shared s on s.collection = i.collection and s.gss_code = i.gss_code
order by i.collection, i.financial_year, i.gss_code
