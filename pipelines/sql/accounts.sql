-- One row per file: what came in and what became of it. A file with the same bytes as
-- an earlier one, and a file that was withdrawn, is superseded whole but for the rows
-- that were set aside; a refused one brought no row in.
create or replace table quality.files as
with set_aside as (
    select arrival, count(distinct source_row) as quarantined
    from quality.quarantine
    group by arrival
),
originals as (
    select arrival, source_file, received_at from quality.sources
)
select
    s.collection, s.dataset, s.source_file, s.arrival, s.file_sha256, s.received_at,
    s.sent_by, s.purpose,
    case
        when s.is_withdrawn then 'withdrawn'
        when s.refused is not null then 'refused'
        when s.duplicate_of is not null then 'repeated'
        when coalesce(q.quarantined, 0) > 0 then 'loaded in part'
        else 'loaded'
    end as status,
    coalesce(
        s.refused,
        'Same content as ' || d.source_file || ', received '
            || strftime(d.received_at, '%d %B %Y') || '.',
        s.remarks
    ) as reason,
    case when s.refused is null then s.rows_in else 0 end as rows_in,
    coalesce(o.accepted, 0) as accepted,
    coalesce(q.quarantined, 0) as quarantined,
    case when s.duplicate_of is not null then s.rows_in else coalesce(o.superseded, 0)
        end as superseded
from quality.sources s
left join originals d on d.arrival = s.duplicate_of
left join work.outcomes o on o.arrival = s.arrival
left join set_aside q on q.arrival = s.arrival;
