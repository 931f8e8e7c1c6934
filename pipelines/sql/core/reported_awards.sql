-- One row per council and reported award; gss_code is today's council.
select
    a.gss_code as gss_code_of_day,
    coalesce(t.current_gss_code, a.gss_code) as gss_code,
    a.* exclude (gss_code)
from accepted.reported_awards a
left join reference.council_today t on t.gss_code = a.gss_code
where a.is_current
