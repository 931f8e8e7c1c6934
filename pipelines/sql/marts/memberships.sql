-- One row per council and way of grouping councils (england, region, type, council): the
-- group that it belongs to. Every read that groups joins to this, so none says it again.
select
    w.way, c.gss_code, c.is_current, c.tier, c.region, c.council_group,
    case w.way
        when 'region' then c.region
        when 'type' then c.council_group
        when 'council' then c.gss_code
        else 'England'
    end as group_code,
    case w.way
        when 'region' then c.region
        when 'type' then c.council_group_label
        when 'council' then c.short_name
        else 'England'
    end as group_label,
    case w.way when 'region' then c.region_order else 0 end as group_order
from marts.councils c
cross join (
    select 'england' as way union all select 'region' union all select 'type'
    union all select 'council'
) w
