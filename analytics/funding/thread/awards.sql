-- One row per programme: awards, and what the thread of each goes on to: actions that name
-- it, the outcomes they work on, their level since, and incidents with that root cause.
with chosen as (
    select l.*, c.is_current
    from marts.support_links l
    join (select unnest($members) as gss_code) m on m.gss_code = l.gss_code
    join marts.councils c on c.gss_code = l.gss_code
    where l.collection = $collection and l.period between $since_year and $until_year
        and l.share_rank >= case when l.gss_code = $own then 1 else $counted_from end
),
each_award as (
    select programme, gss_code, award_id, is_current, min(share_rank) as share_rank,
        max(amount_gbp) as amount_gbp, sum(actions) as actions,
        sum(case when outcome <> '' then 1 else 0 end) as outcomes,
        sum(case when level_before is not null and level_since is not null
            then 1 else 0 end) as known,
        sum(case when level_since > level_before then 1 else 0 end) as risen,
        sum(case when level_since < level_before then 1 else 0 end) as fallen,
        sum(incidents_before) as incidents_before,
        sum(incidents_since) as incidents_since
    from chosen
    group by programme, gss_code, award_id, is_current
),
each_council as (
    select programme, gss_code, is_current, min(share_rank) as share_rank,
        count(*) as awards, sum(case when actions > 0 then 1 else 0 end) as acted,
        sum(case when known > 0 then 1 else 0 end) as with_known,
        sum(outcomes) as outcomes, sum(known) as known, sum(risen) as risen,
        sum(fallen) as fallen, sum(incidents_before) as incidents_before,
        sum(incidents_since) as incidents_since, sum(amount_gbp) as amount_gbp
    from each_award
    group by programme, gss_code, is_current
)
select
    e.programme as group_code, coalesce(l.label, e.programme) as group_label,
    cast(null as date) as period, sum(acted) as numerator, sum(awards) as denominator,
    sum(with_known) as with_known, sum(outcomes) as outcomes, sum(known) as known,
    sum(risen) as risen, sum(fallen) as fallen,
    sum(incidents_before) as incidents_before, sum(incidents_since) as incidents_since,
    count(case when is_current then 1 end) as councils,
    count(case when share_rank >= $named_from or gss_code = $own then 1 end) as nameable,
    count(*) as contributors,
    max(amount_gbp) / nullif(sum(amount_gbp), 0) as largest_numerator,
    max(awards) / sum(awards) as largest_denominator
from each_council e
left join reference.lists l on l.list = 'programme' and l.code = e.programme
group by e.programme, coalesce(l.label, e.programme)
order by denominator desc, group_label
