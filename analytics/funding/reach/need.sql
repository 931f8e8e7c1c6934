-- One row per council of today in scope: what it was awarded, and its need before: the
-- share of comparable outcomes achieved in its first assessed year, its deprivation
-- score, and cyber incidents reported for each year reported on before the first year
-- with any award. Unknown is null. The share ranks are of its awards and of what its
-- need is from.
-- include funding/reach/places
money as (
    select gss_code, sum(awarded_gbp) as chosen_gbp
    from marts.funding_ledger
    where collection = $collection
        and financial_year between $since_year and $until_year
        and ($programme = '' or programme = $programme)
    group by gss_code
),
opened as (
    select min(financial_year) as first_year
    from marts.funding_awards
    where collection = $collection
),
firsts as (
    select gss_code, min(period) as period
    from marts.indicator_values
    where collection = $collection and indicator = 'comparable_outcomes_achieved'
    group by gss_code
),
starts as (
    select v.gss_code, v.period, min(v.share_rank) as share_rank,
        100.0 * sum(v.numerator) / nullif(sum(v.denominator), 0) as achieved
    from marts.indicator_values v
    join firsts f on f.gss_code = v.gss_code and f.period = v.period
    where v.collection = $collection and v.indicator = 'comparable_outcomes_achieved'
    group by v.gss_code, v.period
),
before as (
    select v.gss_code, min(v.share_rank) as share_rank,
        sum(v.numerator) / nullif(sum(v.denominator), 0) as a_year
    from marts.indicator_values v
    cross join opened o
    where v.collection = $collection and v.indicator = 'incidents_reported'
        and v.period < o.first_year
    group by v.gss_code
)
select
    r.gss_code, r.short_name as council_name, r.region,
    r.council_group_label as council_type, r.part, r.first_year, r.population,
    coalesce(m.chosen_gbp, 0) as awarded_gbp,
    case $need
        when 'maturity' then s.achieved
        when 'deprivation' then d.deprivation_score
        else b.a_year
    end as need,
    $need = 'maturity' and s.period >= r.first_year as is_late,
    least(r.share_rank, case $need
        when 'maturity' then coalesce(s.share_rank, 2)
        when 'deprivation' then 4
        else coalesce(b.share_rank, 2)
    end) as share_rank
from reached r
join reference.councils d on d.gss_code = r.gss_code
left join money m on m.gss_code = r.gss_code
left join starts s on s.gss_code = r.gss_code
left join before b on b.gss_code = r.gss_code
order by r.short_name
