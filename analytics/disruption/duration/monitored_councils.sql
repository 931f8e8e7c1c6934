-- How much of security monitoring (C1) each council met in its latest financial year.
with monitored as (
    select
        gss_code, share_rank,
        count(*) filter (where required > 1 and level >= required) as met,
        count(level) filter (where required > 1) as assessed
    from marts.profile_outcomes
    where $way = 'monitoring' and collection = $collection and profile = $profile
        and principle_code = 'C1' and period between $class_since and $class_until
    group by gss_code, share_rank, period
    qualify row_number() over (partition by gss_code order by period desc) = 1
),
