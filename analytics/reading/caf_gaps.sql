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
),
each_council as (
    select code, version, gss_code, is_current, min(share_rank) as share_rank,
        sum(is_answered) as answered, count(*) as gaps
    from chosen
    group by all
)
select
    code as group_code, code as group_label, version as caf_version,
    cast(null as date) as period, sum(answered) as numerator,
    sum(gaps) as denominator, sum(gaps) - sum(answered) as unanswered,
    count(*) filter (where is_current) as councils,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors,
    max(answered) / nullif(sum(answered), 0) as largest_numerator,
    max(gaps) / sum(gaps) as largest_denominator
from each_council
group by code, version
order by denominator desc, code
