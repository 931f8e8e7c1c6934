-- One row per hexagon: the council drawn, and the county council above it, if any.
select h.gss_code, h.x, h.y, c.short_name, c.region, county.gss_code as county_gss_code
from reference.hex_map h
join reference.councils c on c.gss_code = h.gss_code
left join reference.councils county
    on county.council_code = c.county_code and county.council_type = 'CTY'
    and county.ended_on is null
