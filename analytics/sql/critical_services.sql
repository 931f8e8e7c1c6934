-- Services that matter most in some weeks, by name.
select c.window_code, s.service
from reference.critical_services c
join reference.services s on s.lgsl_id = c.lgsl_id
order by c.window_code, s.service
