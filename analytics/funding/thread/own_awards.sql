-- One council's awards and the outcomes that actions paid by them work on.
select s.period, s.award_id, coalesce(l.label, s.programme) as programme, s.amount_gbp,
    s.outcome, s.actions, s.done, s.level_before, s.level_since, s.incidents_before,
    s.incidents_since, s.share_rank
from marts.support_links s
left join reference.lists l on l.list = 'programme' and l.code = s.programme
where s.collection = $collection and s.gss_code = $gss_code
    and s.period between $since_year and $until_year
order by s.period desc, s.award_id, s.outcome
