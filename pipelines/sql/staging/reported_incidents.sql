-- One row per council and incident of the public record. A code from outside England
-- has its own rule, so that it is not said to be wrong as well.
select
    * replace (
        is_council_known or country is distinct from 'England' as is_council_known
    ),
    country = 'England' as is_in_england,
    gss_code is not null as names_a_council
from typed.reported_incidents
