-- One row per group: how many councils there are today.
select c.group_code, c.group_label, count(*) as expected
from marts.memberships c
where c.way = $by and c.is_current
    and (len($regions) = 0 or list_contains($regions, c.region))
    and (len($groups) = 0 or list_contains($groups, c.council_group))
    and (len($councils) = 0 or list_contains($councils, c.gss_code))
group by all
order by min(c.group_order), c.group_label
