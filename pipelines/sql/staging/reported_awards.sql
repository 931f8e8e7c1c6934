-- One row per council and award of the public record.
select *, gss_code is not null as names_a_council
from typed.reported_awards
