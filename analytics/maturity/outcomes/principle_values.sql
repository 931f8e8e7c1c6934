-- One row per council of today and CAF principle: outcomes met of those asked for, in the
-- latest financial year of the range. Internal: `maturity.principles_beside_peers`.
select
    o.principle_code as indicator, o.gss_code,
    100.0 * count(*) filter (where o.level >= o.required) / count(o.level) as value,
    min(o.share_rank) as share_rank
from marts.profile_outcomes o
join marts.councils c on c.gss_code = o.gss_code and c.is_current
where o.collection = $collection and o.profile = $profile and o.period = $until_year
    and o.required > 1
group by o.principle_code, o.gss_code
having count(o.level) > 0
order by o.principle_code, o.gss_code
