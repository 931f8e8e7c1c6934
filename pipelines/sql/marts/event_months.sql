-- One row per distribution indicator, collection, council of today and month: how many
-- events it had, so that who is behind a percentile is known without reading each event.
select
    indicator, collection, gss_code, period, count(*) as events,
    min(share_rank) as share_rank
from marts.indicator_events
group by indicator, collection, gss_code, period
order by indicator, collection, period, gss_code
