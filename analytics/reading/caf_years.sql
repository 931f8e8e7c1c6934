-- One row per financial year of a range in which a council of the scope has a counted
-- assessment: its CAF version.
select r.period, y.financial_year_label as period_label, max(r.caf_version) as caf_version
from marts.profile_results r
join (select unnest($members) as gss_code) m on m.gss_code = r.gss_code
join reference.financial_years y on y.financial_year = r.period
where r.collection = $collection and r.profile = $profile
    and r.period between $since and $until
group by r.period, y.financial_year_label
order by r.period
