-- One row per payment, with whether the award that it belongs to was accepted.
select p.collection, p.arrival, p.source_row, p.award_id,
    a.award_id is not null as has_award
from core.award_payments p
left join (select distinct collection, award_id from core.awards) a
    on a.collection = p.collection and a.award_id = p.award_id
