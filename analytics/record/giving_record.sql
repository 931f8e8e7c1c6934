-- One row per award of the public record and council named in it, as its source has it.
select
    a.reported_award_id, a.gss_code_of_day as gss_code, d.council_code,
    d.council_name as name_of_day, d.council_type as type_of_day, a.recipient_named,
    a.fund, a.round, a.programme, l.label as programme_label, a.role, a.partnership_id,
    a.amount_reported, cast(a.amount_gbp as double) as amount_gbp, a.is_counted,
    a.awarded_on, a.date_precision, a.source_id, a.note, s.publisher, s.page
from core.reported_awards a
join marts.councils c on c.gss_code = a.gss_code
join reference.councils d on d.gss_code = a.gss_code_of_day
left join reference.lists l on l.list = 'programme' and l.code = a.programme
left join core.record_sources s on s.source_id = a.source_id
where a.recipient_named is not null
    and (a.awarded_on is null
        or (a.awarded_on >= $since and a.awarded_on < $until + interval 1 month))
    and (len($regions) = 0 or list_contains($regions, c.region))
    and (len($groups) = 0 or list_contains($groups, c.council_group))
    and (len($councils) = 0 or list_contains($councils, c.gss_code))
order by a.awarded_on desc nulls last, a.reported_award_id
