-- One row per council of today in scope: what it was awarded in the years chosen, and how
-- it had a part. Who may see its awards: a council without one has nothing of its own to
-- keep back, and is counted in groups but named to the department alone.
with entries as (
    select
        l.gss_code, min(l.share_rank) as share_rank, sum(l.awarded_gbp) as awarded_gbp,
        sum(l.awards) as awards, sum(l.joined) as joined,
        min(case when l.awards + l.joined > 0 then l.financial_year end) as first_year
    from marts.funding_ledger l
    where l.collection = $collection
        and l.financial_year between $since_year and $until_year
    group by l.gss_code
),
reached as (
    select
        c.gss_code, c.short_name, c.region, c.council_group, c.council_group_label,
        c.population, coalesce(e.share_rank, 2) as share_rank,
        coalesce(e.awarded_gbp, 0) as awarded_gbp, coalesce(e.awards, 0) as awards,
        coalesce(e.joined, 0) as joined, e.first_year,
        case
            when coalesce(e.awards, 0) > 0 then 'lead'
            when coalesce(e.joined, 0) > 0 then 'partner'
            else 'none'
        end as part
    from marts.councils c
    join (select unnest($members) as gss_code) n on n.gss_code = c.gss_code
    left join entries e on e.gss_code = c.gss_code
    where c.is_current
),
