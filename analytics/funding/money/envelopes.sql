-- One row per financial year, programme and objective: the money set aside for England.
select
    e.financial_year as period, y.financial_year_label as period_label, e.programme,
    e.objective, e.envelope_gbp
from marts.funding_envelopes e
join reference.financial_years y on y.financial_year = e.financial_year
where e.collection = $collection
    and e.financial_year between $since_year and $until_year
order by e.financial_year, e.programme, e.objective
