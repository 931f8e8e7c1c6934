-- One row per outcome (or principle) below the profile in councils' latest year: how many
-- councils, and for how many of them an action answers it.
with chosen as (
    select
        p.*, c.is_current,
        case $unit when 'principle' then p.principle_code when 'all' then 'all'
            else p.outcome_code end as code,
        case $unit when 'outcome' then p.caf_version else '' end as version
    from marts.gaps p
    join (select unnest($members) as gss_code) m on m.gss_code = p.gss_code
    join marts.councils c on c.gss_code = p.gss_code
    where p.collection = $collection and p.profile = $profile
        and p.period between $since and $until
        and p.share_rank >= case when p.gss_code = $own then 1 else $counted_from end
)
select
    code as group_code, code as group_label, version as caf_version,
    cast(null as date) as period, sum(is_answered) as numerator,
    count(*) as denominator, count(*) - sum(is_answered) as unanswered,
    count(distinct gss_code) filter (where is_current) as councils,
    count(distinct gss_code) filter (
        where share_rank >= $named_from or gss_code = $own) as nameable,
    count(distinct gss_code) as contributors,
    cast(null as double) as largest_numerator,
    cast(null as double) as largest_denominator
from chosen
group by code, version
order by denominator desc, code
