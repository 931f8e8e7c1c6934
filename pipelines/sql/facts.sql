-- What a build says of itself, so that a wrong reference table or record is seen at once.
select 'Principal councils today' as fact, format('{:,}', count(*)) as value
from reference.councils
where ended_on is null
union all
select 'Residents, of districts and unitaries',
    format('{:.2f} million', sum(population) / 1e6)
from reference.councils
where ended_on is null and tier <> 'upper'
union all
select 'Reported incidents', format('{} rows for {} councils', count(*),
    count(distinct gss_code_of_day))
from core.reported_incidents
union all
select 'Local Digital Fund round 4', format('{} awards, £{:.1f}m', count(*),
    sum(amount_gbp)::double / 1e6)
from core.reported_awards
where fund = 'Local Digital Fund' and round = 'Round 4' and is_counted
union all
select 'Future Councils pilot', format('{} sites, {} councils, £{:.1f}m',
    count(*) filter (where is_counted), count(distinct gss_code),
    sum(amount_gbp) filter (where is_counted)::double / 1e6)
from core.reported_awards
where programme = 'future_councils'
union all
select 'Indicators', count(*)::varchar from marts.indicators
