-- One row per group and outcome (or principle) of a range: the council's own level beside
-- the reviewer's, over outcomes that both judged.
with chosen as (
    select
        o.gss_code, o.share_rank, g.group_code, g.group_label, g.group_order,
        g.is_current, o.self_level - o.review_level as difference,
        o.required > 1 and o.self_level >= o.required as met_by_self,
        o.required > 1 and o.review_level >= o.required as met_by_review,
        case when o.required > 1 then 1 else 0 end as asked,
        case $unit when 'all' then 'all' when 'principle' then o.principle_code
            else o.outcome_code end as code,
        case $unit when 'all' then '' else o.caf_version end as caf_version
    from marts.profile_outcomes o
    join (select unnest($members) as gss_code) m on m.gss_code = o.gss_code
    join marts.memberships g on g.gss_code = o.gss_code and g.way = $by
    where o.collection = $collection and o.profile = $profile
        and o.period between $since and $until
        and o.self_level is not null and o.review_level is not null
        and o.share_rank >= case when o.gss_code = $own then 1 else $counted_from end
),
each_council as (
    select
        group_code, group_label, group_order, caf_version, code, gss_code, is_current,
        min(share_rank) as share_rank,
        count(*) filter (where difference > 0) as numerator, count(*) as denominator,
        count(*) filter (where difference = 1) as above_one,
        count(*) filter (where difference = 2) as above_two,
        count(*) filter (where difference = 0) as same,
        count(*) filter (where difference < 0) as below,
        sum(asked) as asked, count(*) filter (where met_by_self) as met_by_self,
        count(*) filter (where met_by_review) as met_by_review
    from chosen
    group by all
)
select
    group_code, group_label, group_order, cast(null as date) as period, caf_version,
    code, sum(numerator) as numerator, sum(denominator) as denominator,
    sum(above_one) as above_one, sum(above_two) as above_two, sum(same) as same,
    sum(below) as below, sum(asked) as asked, sum(met_by_self) as met_by_self,
    sum(met_by_review) as met_by_review,
    count(*) filter (where is_current) as councils,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors,
    max(numerator) / nullif(sum(numerator), 0) as largest_numerator,
    max(denominator) / sum(denominator) as largest_denominator
from each_council
group by all
order by group_order, group_label, code
