-- One row per group: how many councils there are today.
select
    case $by
        when 'region' then c.region
        when 'type' then c.council_group
        when 'council' then c.gss_code
        else 'England'
    end as group_code,
    case $by
        when 'region' then c.region
        when 'type' then c.council_group_label
        when 'council' then c.short_name
        else 'England'
    end as group_label,
    count(*) as expected
from marts.councils c
where c.is_current
    and (len($regions) = 0 or list_contains($regions, c.region))
    and (len($groups) = 0 or list_contains($groups, c.council_group))
    and (len($councils) = 0 or list_contains($councils, c.gss_code))
group by all
order by min(case $by when 'region' then c.region_order else 0 end), group_label
