-- One row per council of today, financial year and outcome whose level is known: the lowest
-- level. Outcomes of 3.2 and 4.0 that mean the same are one, by their thread; another is
-- called by version and code.
select collection, gss_code, financial_year,
    coalesce(thread, concat(caf_version, ' ', outcome_code)) as outcome,
    min(level) as level
from core.council_outcomes
where level is not null
group by collection, gss_code, financial_year,
    coalesce(thread, concat(caf_version, ' ', outcome_code))
