-- One row per programme that had numbered rounds and then continuous funding: the last
-- award of a round, the first continuous award, and the events that the record has of
-- changes of programme, to be told by their own words.
with models as (
    select
        programme, programme_label,
        max(case when funding_model = 'round' then awarded_on end) as last_round_on,
        min(case when funding_model = 'continuous' then awarded_on end) as continuous_on
    from marts.funding_awards
    where collection = $collection
    group by programme, programme_label
)
select programme, programme_label, last_round_on, continuous_on
from models
where last_round_on is not null and continuous_on is not null
order by continuous_on
