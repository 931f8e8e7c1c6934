-- One row per council and reported award in scope, newest first, undated ones last.
select
    a.reported_award_id, a.awarded_on, a.date_precision, a.fund, a.round, a.gss_code,
    c.short_name as council_name, a.recipient_named, c.region, a.role,
    a.partnership_id, cast(a.amount_gbp as double) as amount_gbp, a.is_counted,
    s.publisher, a.note
from core.reported_awards a
join marts.councils c on c.gss_code = a.gss_code
left join core.record_sources s on s.source_id = a.source_id
where (a.awarded_on is null
        or (a.awarded_on >= $since and a.awarded_on < $until + interval 1 month))
    and (len($regions) = 0 or list_contains($regions, c.region))
    and (len($groups) = 0 or list_contains($groups, c.council_group))
    and (len($councils) = 0 or list_contains($councils, c.gss_code))
order by a.awarded_on desc nulls last, a.reported_award_id
