-- One row per council of today in scope.
select
    c.gss_code, c.short_name as council_name, c.region, c.council_group,
    c.council_group_label as council_type
from marts.councils c
where c.is_current
    and (len($regions) = 0 or list_contains($regions, c.region))
    and (len($groups) = 0 or list_contains($groups, c.council_group))
    and (len($councils) = 0 or list_contains($councils, c.gss_code))
