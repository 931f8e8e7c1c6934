select gss_code, x, y, county_gss_code from marts.hexes order by gss_code
