-- One row per council that a figure may stand for: today's, and abolished ones that were
-- split among several (kept in regional and national totals, never listed).
select
    c.gss_code, c.council_code, c.council_name, c.short_name, c.council_type,
    case c.council_type
        when 'NMD' then 'district' when 'UA' then 'unitary'
        when 'MD' then 'metropolitan' when 'CTY' then 'county' else 'london'
    end as council_group,
    g.label as council_group_label,
    c.tier, c.region, r.sort_order as region_order, c.county_code, c.population,
    c.area_km2, c.deprivation_quintile, c.rurality, c.ended_on is null as is_current
from reference.councils c
join reference.regions r on r.region = c.region
join reference.lists g on g.list = 'council_group' and g.code = case c.council_type
    when 'NMD' then 'district' when 'UA' then 'unitary'
    when 'MD' then 'metropolitan' when 'CTY' then 'county' else 'london'
end
where c.ended_on is null or c.gss_code in (
    select gss_code from reference.council_today where current_gss_code is null
)
