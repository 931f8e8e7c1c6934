-- One row per file: what came in and what became of it. A file with the same bytes as
-- an earlier one is superseded whole; a refused one brought no row in.
create table quality.files as
with set_aside as (
    select collection, dataset, source_file, count(distinct source_row) as quarantined
    from quality.quarantine
    group by all
)
select
    s.collection, s.dataset, s.source_file, s.arrival, s.file_sha256, s.received_at,
    case
        when s.refused is not null then 'refused'
        when s.duplicate_of is not null then 'repeated'
        when coalesce(q.quarantined, 0) > 0 then 'loaded in part'
        else 'loaded'
    end as status,
    coalesce(s.refused, 'Same content as ' || s.duplicate_of || '.') as reason,
    case when s.refused is null then s.rows_in else 0 end as rows_in,
    coalesce(o.accepted, 0) as accepted,
    coalesce(q.quarantined, 0) as quarantined,
    case when s.duplicate_of is not null then s.rows_in else coalesce(o.superseded, 0) end
        as superseded
from quality.sources s
left join quality.outcomes o
    on o.collection = s.collection and o.dataset = s.dataset
    and o.source_file = s.source_file
left join set_aside q
    on q.collection = s.collection and q.dataset = s.dataset
    and q.source_file = s.source_file
