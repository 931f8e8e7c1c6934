-- One row per council that a scope chooses, those of the past that were split included.
select c.gss_code
from marts.councils c
where (len($regions) = 0 or list_contains($regions, c.region))
    and (len($groups) = 0 or list_contains($groups, c.council_group))
    and (len($councils) = 0 or list_contains($councils, c.gss_code))
