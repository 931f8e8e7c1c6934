-- One row per council, dataset and period reported on.
select
    *,
    day(period_starts_on) = 1
        and (dataset is distinct from 'assessments' or month(period_starts_on) = 4)
        as is_first_of_period,
    coalesce(received_on >= period_starts_on, true) as is_received_after_start
from typed.returns
