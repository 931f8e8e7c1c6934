-- One row per group, financial year and measure (awarded, paid) with an entry. Groups
-- are of councils, or ($by 'part') of the ledger's own parts: programme, objective and
-- funding model. `numerator`: pounds in cash; `denominator`: awards or payments.
with chosen as (
    select
        l.gss_code, l.financial_year as period, m.measure, l.share_rank,
        case when $by = 'part' then l.programme else '' end as programme,
        case when $by = 'part' then l.objective else 0 end as objective,
        case when $by = 'part' then l.funding_model else '' end as funding_model,
        case m.measure when 'awarded' then l.awarded_gbp else l.paid_gbp end as amount,
        case m.measure when 'awarded' then l.awards else l.payments end as items,
        case m.measure when 'awarded' then l.untold else 0 end as untold
    from marts.funding_ledger l
    join (select unnest($members) as gss_code) n on n.gss_code = l.gss_code
    cross join (select unnest(['awarded', 'paid']) as measure) m
    where l.collection = $collection
        and l.financial_year between $since_year and $until_year
        and l.share_rank >= case when l.gss_code = $own then 1 else $counted_from end
),
each_council as (
    select
        gss_code, period, measure, programme, objective, funding_model,
        min(share_rank) as share_rank, sum(amount) as amount, sum(items) as items,
        sum(untold) as untold
    from chosen
    group by gss_code, period, measure, programme, objective, funding_model
    having sum(items) > 0
)
select
    case when $by = 'part'
        then concat(e.programme, '|', e.objective, '|', e.funding_model)
        else g.group_code
    end as group_code,
    case when $by = 'part' then '' else g.group_label end as group_label,
    case when $by = 'part' then 0 else g.group_order end as group_order,
    e.period, e.measure, e.programme, e.objective, e.funding_model,
    sum(e.amount) as numerator, cast(sum(e.items) as double) as denominator,
    cast(sum(e.untold) as double) as untold, cast(count(*) as double) as councils,
    sum(case when e.share_rank >= $named_from or e.gss_code = $own then 1 else 0 end)
        as nameable,
    count(*) as contributors,
    cast(null as double) as largest_numerator,
    -- Neither the money nor the awards may be mostly one council's.
    greatest(
        coalesce(max(e.amount) / nullif(sum(e.amount), 0), 0),
        coalesce(max(e.items) / nullif(sum(e.items), 0), 0)
    ) as largest_denominator
from each_council e
join marts.memberships g
    on g.gss_code = e.gss_code
    and g.way = case when $by = 'part' then 'england' else $by end
group by all
order by 3, 2, 1, e.period, e.measure
