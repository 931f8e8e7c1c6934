-- One row per incident or disruption of one council in the range and one interval of it,
-- those still open first, then the longest. Internal: `durations.own` refuses whoever may
-- not see that council.
select
    i.reference, i.month, i.hours, i.is_ended, i.action, i.cause, i.has_objective,
    i.is_within_objective, i.share_rank
from marts.intervals i
where i.collection = $collection and i.gss_code = $gss_code
    and i.interval_code = $interval_code and i.month between $since and $until
    and i.hours is not null
order by i.is_ended, i.hours desc, i.reference
limit $most
