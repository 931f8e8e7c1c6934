-- One row per award, recipient council and version received.
select
    *,
    (funding_model = 'round') = (round_no is not null) as has_round_if_round,
    coalesce(ends_on >= starts_on, true) as is_ended_after_start,
    role = 'lead' or amount_awarded_gbp is null as is_amount_on_lead_only
from typed.awards
