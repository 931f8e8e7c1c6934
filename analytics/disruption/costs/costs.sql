-- One row per group of councils, financial year and part of the reported cost: all, one
-- kind (response, recovery, lost_income) or one status (estimate, outturn). `numerator` is
-- in cash and `real_gbp` by the factors given, unknown where a year of prices has none;
-- both are null where no incident tells that part. `denominator`: resident-years of the
-- councils that told it, each resident once (a county's are its districts' too).
with prices as (
    select unnest($price_years) as price_year, unnest($factors) as factor
),
parts as (
    select unnest([
        'all', 'response', 'recovery', 'lost_income', 'estimate', 'outturn'
    ]) as part
),
told as (
    select
        t.gss_code, t.period, p.part, t.share_rank, t.months, t.incidents,
        t.price_year, f.factor,
        case when p.part = t.status or p.part = 'all' then t.unbased else 0 end as unbased,
        case
            when p.part = 'response' then t.response_told
            when p.part = 'recovery' then t.recovery_told
            when p.part = 'lost_income' then t.lost_income_told
            when p.part in ('all', t.status) then t.told
            else 0
        end as known,
        case
            when p.part = 'response' then t.response_gbp
            when p.part = 'recovery' then t.recovery_gbp
            when p.part = 'lost_income' then t.lost_income_gbp
            when p.part in ('all', t.status) and t.told > 0 then
                coalesce(t.response_gbp, 0) + coalesce(t.recovery_gbp, 0)
                + coalesce(t.lost_income_gbp, 0)
        end as cost
    from marts.incident_costs t
    join (select unnest($members) as gss_code) n on n.gss_code = t.gss_code
    cross join parts p
    left join prices f on f.price_year = t.price_year
    where t.collection = $collection and t.period between $since_year and $until_year
        and t.share_rank >= case when t.gss_code = $own then 1 else $counted_from end
),
each_council as (
    select
        g.group_code, g.group_label, g.group_order, g.is_current, c.tier,
        case when c.tier = 'upper' then c.council_code else c.county_code end as county,
        c.population, t.gss_code, t.period, t.part, min(t.share_rank) as share_rank,
        sum(t.months) as months, sum(t.incidents) as incidents, sum(t.known) as known,
        sum(t.unbased) as unbased,
        sum(case when t.factor is null then t.known else 0 end) as unpriced,
        sum(t.cost) as cost, sum(t.cost * t.factor) as real_cost
    from told t
    join marts.councils c on c.gss_code = t.gss_code
    join marts.memberships g on g.gss_code = t.gss_code and g.way = $by
    group by all
),
marked as (
    select *, county is not null and tier = 'lower' and bool_or(
        tier = 'upper' and known > 0
    ) over (partition by group_code, period, part, county) as is_in_county
    from each_council
)
select
    group_code, group_label, group_order, period, part,
    sum(cost) filter (where known > 0) as numerator,
    case when sum(unpriced) = 0 then sum(real_cost) filter (where known > 0) end
        as real_gbp,
    sum(population * months / 12.0) filter (where known > 0 and not is_in_county)
        as denominator,
    sum(incidents) as incidents, sum(known) as known, sum(unbased) as unbased,
    sum(unpriced) as unpriced,
    count(*) filter (where is_current and known > 0) as councils,
    count(*) filter (where is_current) as reporting,
    count(*) filter (where known > 0 and (share_rank >= $named_from or gss_code = $own))
        as nameable,
    count(*) filter (where known > 0) as contributors,
    cast(null as double) as largest_numerator,
    -- Neither the money nor the incidents may be mostly one council's.
    greatest(
        coalesce(max(cost) / nullif(sum(cost), 0), 0),
        coalesce(max(known) / nullif(sum(known), 0), 0)
    ) as largest_denominator
from marked
group by group_code, group_label, group_order, period, part
order by group_order, group_label, group_code, period, part
