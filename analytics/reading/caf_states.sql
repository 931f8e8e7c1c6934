-- One row per group and financial year: assessments by state, those that are complete, and
-- councils by whether they meet the profile.
with chosen as (
    select
        c.period, c.gss_code, g.group_code, g.group_label, g.group_order, g.is_current,
        c.share_rank, c.state, c.is_complete, r.is_profile_met, r.met, r.below, r.unknown,
        c.not_assessed, c.not_sent, c.judged_in_part, c.systems_assessed,
        c.missing_systems, c.caf_version, c.without_evidence, c.evidence_told
    from marts.completeness c
    join (select unnest($members) as gss_code) m on m.gss_code = c.gss_code
    join marts.memberships g on g.gss_code = c.gss_code and g.way = $by
    left join marts.profile_results r
        on r.collection = c.collection and r.profile = $profile
        and r.gss_code_of_day = c.gss_code_of_day and r.period = c.period
    where c.collection = $collection and c.period between $since and $until
        and c.share_rank >= case when c.gss_code = $own then 1 else $counted_from end
),
told as (
    select *, state not in ('draft', 'cancelled') as is_counted
    from chosen
)
select
    t.group_code, t.group_label, t.group_order, t.period, y.financial_year_label
        as period_label, max(t.caf_version) as caf_version,
    count(distinct t.gss_code) filter (where t.is_counted and t.is_current) as councils,
    count(*) filter (where t.is_counted) as numerator,
    count(*) as denominator,
    count(*) filter (where t.state = 'assured') as assured,
    count(*) filter (where t.state = 'peer_reviewed') as peer_reviewed,
    count(*) filter (where t.state = 'self_assessed') as self_assessed,
    count(*) filter (where t.state = 'draft') as draft,
    count(*) filter (where t.state = 'cancelled') as cancelled,
    count(*) filter (where t.is_complete) as complete,
    count(*) filter (where t.is_counted and t.not_assessed > 0) as with_not_assessed,
    count(*) filter (where t.is_counted and t.not_sent > 0) as with_not_sent,
    count(*) filter (where t.is_counted and t.judged_in_part > 0) as with_parts,
    count(*) filter (where t.is_counted and t.missing_systems > 0)
        as with_missing_systems,
    count(*) filter (where t.is_counted and t.systems_assessed < 3)
        as with_few_systems,
    count(*) filter (where t.is_profile_met) as meeting,
    count(*) filter (where not t.is_profile_met) as not_meeting,
    count(*) filter (where t.is_counted and t.is_profile_met is null) as meeting_unknown,
    sum(t.met) as met, sum(t.met + t.below) as assessed,
    coalesce(sum(t.unknown), 0) as unjudged,
    sum(t.without_evidence) filter (where t.is_counted) as without_evidence,
    sum(t.evidence_told) filter (where t.is_counted) as evidence_told,
    sum(t.met) filter (where t.is_complete) as met_complete,
    sum(t.met + t.below) filter (where t.is_complete) as assessed_complete,
    sum(t.met) filter (where t.state = 'assured') as met_assured,
    sum(t.met + t.below) filter (where t.state = 'assured') as assessed_assured,
    count(distinct t.gss_code) filter (
        where t.share_rank >= $named_from or t.gss_code = $own) as nameable,
    count(distinct t.gss_code) as contributors,
    cast(null as double) as largest_numerator,
    cast(null as double) as largest_denominator
from told t
join reference.financial_years y on y.financial_year = t.period
group by t.group_code, t.group_label, t.group_order, t.period, y.financial_year_label
order by t.group_order, t.group_label, t.period
