-- One row per outcome named as a root cause (a blank one where none was), or one for all:
-- confirmed incidents, and how many of them each link of their thread is there for, with
-- the councils behind each.
with chosen as (
    select l.*, c.is_current,
        case when $unit = 'all' then 'all' else l.outcome end as code,
        l.outcome <> '' as is_named,
        l.outcome <> '' and l.actions > 0 as is_acted,
        l.outcome <> '' and l.funded > 0 as is_funded
    from marts.incident_links l
    join (select unnest($members) as gss_code) m on m.gss_code = l.gss_code
    join marts.councils c on c.gss_code = l.gss_code
    where l.collection = $collection and l.period between $since_year and $until_year
        and l.share_rank >= case when l.gss_code = $own then 1 else $counted_from end
),
each_council as (
    select code, gss_code, is_current, min(share_rank) as share_rank,
        sum(incidents) as incidents,
        sum(case when is_named then incidents else 0 end) as named,
        sum(case when is_named and level_at is not null then incidents else 0 end)
            as known,
        sum(case when is_named and level_at < 3 then incidents else 0 end) as below,
        sum(case when is_acted then incidents else 0 end) as acted,
        sum(case when is_funded then incidents else 0 end) as funded,
        sum(case when is_named and level_since is not null then incidents else 0 end)
            as assessed_since,
        sum(case when level_since > level_at then incidents else 0 end) as risen,
        sum(case when level_since < level_at then incidents else 0 end) as fallen
    from chosen
    group by code, gss_code, is_current
)
select
    code as group_code, code as group_label, cast(null as date) as period,
    sum(named) as numerator, sum(incidents) as denominator, sum(known) as known,
    sum(below) as below, sum(acted) as acted, sum(funded) as funded,
    sum(assessed_since) as assessed_since, sum(risen) as risen, sum(fallen) as fallen,
    count(case when named > 0 then 1 end) as named_at,
    count(case when known > 0 then 1 end) as known_at,
    count(case when below > 0 then 1 end) as below_at,
    count(case when acted > 0 then 1 end) as acted_at,
    count(case when funded > 0 then 1 end) as funded_at,
    count(case when assessed_since > 0 then 1 end) as assessed_since_at,
    count(case when risen > 0 then 1 end) as risen_at,
    count(case when fallen > 0 then 1 end) as fallen_at,
    count(case when is_current then 1 end) as councils,
    count(case when share_rank >= $named_from or gss_code = $own then 1 end) as nameable,
    count(*) as contributors,
    max(named) / nullif(sum(named), 0) as largest_numerator,
    max(incidents) / sum(incidents) as largest_denominator
from each_council
group by code
order by denominator desc, code
