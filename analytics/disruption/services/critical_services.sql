-- Services that matter most in some weeks, by name.
select w.window_label, s.service
from reference.critical_services c
join (
    select distinct window_code, window_label from reference.critical_windows
) w on w.window_code = c.window_code
join reference.services s on s.lgsl_id = c.lgsl_id
order by w.window_label, s.service
