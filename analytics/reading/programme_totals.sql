-- One row per published total that names no council.
select t.fund, t.round, t.recipients, t.amount_reported,
    cast(t.amount_gbp as double) as amount_gbp, t.announced_on, s.publisher, t.note
from core.programme_totals t
left join core.record_sources s on s.source_id = t.source_id
order by t.announced_on nulls last, t.programme_total_id
