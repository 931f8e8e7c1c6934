-- One row per programme that had numbered rounds and then continuous funding: the last
-- financial year with an award of a round, and the first with a continuous one.
with models as (
    select
        programme, programme_label,
        max(case when funding_model = 'round' then financial_year end) as last_round,
        min(case when funding_model = 'continuous' then financial_year end) as continuous
    from marts.funding_awards
    where collection = $collection
    group by programme, programme_label
)
select programme, programme_label, last_round, continuous
from models
where last_round is not null and continuous is not null
order by continuous, programme
