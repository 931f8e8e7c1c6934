-- One row per programme event; the council is blank where it has none.
select
    s.rank_of_share as share_rank,
    a.gss_code as gss_code_of_day,
    coalesce(t.current_gss_code, a.gss_code) as gss_code,
    a.* exclude (gss_code)
from accepted.events a
left join reference.council_today t on t.gss_code = a.gss_code
left join reference.share_ranks s on s.share_level = a.share_level
where a.is_current and not a.is_withdrawn
