-- One row per council and incident of the public record.
select
    *,
    country = 'England' as is_in_england,
    gss_code is not null as names_a_council
from typed.reported_incidents
