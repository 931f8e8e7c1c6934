-- One row per financial year, programme and objective, over all regions and types.
select f.financial_year, y.financial_year_label as period_label, f.programme,
    f.programme_label, f.objective, cast(f.envelope_gbp as double) as envelope_gbp,
    cast(f.awarded_gbp as double) as awarded_gbp, cast(f.paid_gbp as double) as paid_gbp
from marts.funding_ledger f
join reference.financial_years y on y.financial_year = f.financial_year
where f.collection = $collection and f.financial_year between $since and $until
order by f.financial_year, f.programme, f.objective
