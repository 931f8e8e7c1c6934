-- One row per collection and dataset: the day on which its last file was received. Files
-- withdrawn, refused or sent a second time say nothing new.
create or replace view accepted.received as
select collection, dataset, max(cast(received_at as date)) as last_received_on
from quality.sources
where not is_withdrawn and refused is null and duplicate_of is null
group by collection, dataset;
