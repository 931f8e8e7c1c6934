-- One row per council of today and financial year in which its rows were received: rows
-- accepted, later ones that replaced them or not, and rows sent. A file received again
-- with the same bytes counts once, one that was withdrawn not at all. Rows set aside
-- whose council cannot be told have no council.
with passed as (
    select 'critical_systems' as dataset, collection, arrival, gss_code, count(*) as n
    from accepted.critical_systems group by all
    union all
    select 'incidents', collection, arrival, gss_code, count(*)
    from accepted.incidents group by all
    union all
    select 'disruptions', collection, arrival, gss_code, count(*)
    from accepted.disruptions group by all
    union all
    select 'assessments', collection, arrival, gss_code, count(*)
    from accepted.assessments group by all
    union all
    select 'awards', collection, arrival, gss_code, count(*)
    from accepted.awards group by all
    union all
    select 'award_payments', collection, arrival, gss_code, count(*)
    from accepted.award_payments group by all
    union all
    select 'actions', collection, arrival, gss_code, count(*)
    from accepted.actions group by all
    union all
    select 'caf_stage_events', collection, arrival, gss_code, count(*)
    from accepted.caf_stage_events group by all
    union all
    select 'returns', collection, arrival, gss_code, count(*)
    from accepted.returns group by all
    union all
    select 'problems', collection, arrival, gss_code, count(*)
    from accepted.problems group by all
    union all
    select 'sharing', collection, arrival, gss_code, count(*)
    from accepted.sharing group by all
),
matched as (
    select dataset, given, any_value(gss_code) as gss_code
    from quality.council_matches
    where certainty <> 'none'
    group by dataset, given
),
aside as (
    select q.dataset, q.collection, q.arrival, coalesce(c.gss_code, m.gss_code) as gss_code,
        count(distinct q.source_row) as n
    from (
        select *, case when json_valid(raw_row)
            then json_extract_string(raw_row, '$.gss_code') end as given
        from quality.quarantine
        where dataset in (select dataset from passed)
    ) q
    left join reference.councils c on c.gss_code = q.given
    left join matched m on m.dataset = q.dataset and m.given = q.given
    group by all
),
sent as (
    select *, n as accepted from passed
    union all
    select *, 0 from aside
)
select
    coalesce(t.current_gss_code, s.gss_code) as gss_code,
    make_date(year(f.received_at) - (month(f.received_at) < 4)::int, 4, 1) as period,
    cast(sum(s.accepted) as bigint) as accepted, cast(sum(s.n) as bigint) as rows_sent
from sent s
join quality.files f on f.arrival = s.arrival and f.status <> 'withdrawn'
left join reference.council_today t on t.gss_code = s.gss_code
where s.collection = $collection and ($dataset = '' or s.dataset = $dataset)
group by all
order by gss_code, period
