-- What happened to one council in range: incidents, disruptions, assessments and the rest.
select lane, period, started_at, ended_at, label, detail, hours, amount_gbp, is_marked,
    of_all, share_rank
from marts.timeline
where collection = $collection and gss_code = $gss_code
    and profile in ('', $profile)
    and started_at >= $since and started_at < $until + interval 1 month
order by lane, started_at, label, detail
