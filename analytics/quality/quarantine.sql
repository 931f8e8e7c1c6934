-- One row per row set aside and rule it broke; of one council, where one is named.
with matched as (
    select dataset, given, any_value(gss_code) as gss_code
    from quality.council_matches
    where certainty <> 'none'
    group by dataset, given
),
rows_aside as (
    select *, case when json_valid(raw_row)
        then json_extract_string(raw_row, '$.gss_code') end as given
    from quality.quarantine
    where collection = $collection and ($dataset = '' or dataset = $dataset)
),
placed as (
    select q.*, coalesce(t.current_gss_code, c.gss_code, m.gss_code) as gss_code
    from rows_aside q
    left join reference.councils c on c.gss_code = q.given
    left join matched m on m.dataset = q.dataset and m.given = q.given
    left join reference.council_today t on t.gss_code = coalesce(c.gss_code, m.gss_code)
)
select p.dataset, n.short_name as council_name, p.arrival, p.source_file, p.source_row,
    p.column_name, p.value, p.reason, p.hint
from placed p
left join reference.councils n on n.gss_code = p.gss_code
where $council = '' or p.gss_code = $council
order by p.arrival desc, p.source_row, p.rule_id
