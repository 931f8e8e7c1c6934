-- One council's incidents by year and outcome named as root cause, and their threads.
select period, outcome, incidents, level_at, level_since, actions, funded, share_rank
from marts.incident_links
where collection = $collection and gss_code = $gss_code
    and period between $since_year and $until_year
order by period desc, outcome
