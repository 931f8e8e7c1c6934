-- One row per profile, council of today and outcome on which it is below in its own latest
-- year: whether an improvement action answers it. An action that is stopped does not, nor
-- one that was done and agreed before that year.
with latest as (
    select collection, gss_code, max(financial_year) as financial_year
    from core.council_outcomes
    group by collection, gss_code
),
below as (
    select
        o.collection, o.profile, o.gss_code, o.financial_year,
        o.caf_version, o.outcome_code, max(o.thread) as thread,
        min(o.level) as level, max(o.required) as required,
        max(o.objective_code) as objective_code,
        max(o.principle_code) as principle_code
    from core.profile_outcomes o
    join latest l
        on l.collection = o.collection and l.gss_code = o.gss_code
        and l.financial_year = o.financial_year
    group by
        o.collection, o.profile, o.gss_code, o.financial_year, o.caf_version,
        o.outcome_code
    having min(o.level) < max(o.required)
),
actions as (
    select a.collection, a.gss_code, a.caf_version, a.outcome_code, t.thread,
        a.action_status, a.created_on
    from core.actions a
    left join core.threads t
        on t.caf_version = a.caf_version and t.outcome_code = a.outcome_code
    where a.action_status <> 'stopped'
)
select
    b.collection, b.profile, b.gss_code, b.financial_year, b.caf_version,
    b.outcome_code, b.objective_code, b.principle_code, b.level, b.required,
    max(case when a.action_status in ('not_started', 'in_progress')
        or a.created_on >= b.financial_year then 1 else 0 end) as is_answered
from below b
left join actions a
    on a.collection = b.collection and a.gss_code = b.gss_code and (
        (a.caf_version = b.caf_version and a.outcome_code = b.outcome_code)
        or a.thread = b.thread
    )
group by
    b.collection, b.profile, b.gss_code, b.financial_year, b.caf_version,
    b.outcome_code, b.objective_code, b.principle_code, b.level, b.required
