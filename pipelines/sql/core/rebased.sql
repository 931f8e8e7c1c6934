-- One row per profile and council of the day whose financial year is on CAF 4.0 and the
-- year just before on 3.2: the steps from outcomes met then to outcomes met now
-- (docs/maturity.md, Re-based).
with switched as (
    select now.profile, now.collection, now.gss_code, now.gss_code_of_day,
        now.financial_year, then_.financial_year as year_before
    from core.profile_results now
    join core.profile_results then_
        on then_.profile = now.profile and then_.collection = now.collection
        and then_.gss_code_of_day = now.gss_code_of_day
        and then_.financial_year = make_date(year(now.financial_year) - 1, 4, 1)
    where now.caf_version = '4.0' and then_.caf_version = '3.2'
),
before as (
    select s.profile, s.collection, s.gss_code_of_day, s.financial_year,
        coalesce(o.thread, 'dropped ' || o.outcome_code) as thread, o.thread is null
            as is_apart, o.level, o.required
    from switched s
    join core.profile_outcomes o
        on o.profile = s.profile and o.collection = s.collection
        and o.gss_code_of_day = s.gss_code_of_day
        and o.financial_year = s.year_before
),
after as (
    select s.profile, s.collection, s.gss_code_of_day, s.financial_year,
        coalesce(o.thread, 'new ' || o.outcome_code) as thread, o.thread is null
            as is_apart, o.level, o.required
    from switched s
    join core.profile_outcomes o
        on o.profile = s.profile and o.collection = s.collection
        and o.gss_code_of_day = s.gss_code_of_day
        and o.financial_year = s.financial_year
),
paired as (
    select
        coalesce(a.profile, b.profile) as profile,
        coalesce(a.collection, b.collection) as collection,
        coalesce(a.gss_code_of_day, b.gss_code_of_day) as gss_code_of_day,
        coalesce(a.financial_year, b.financial_year) as financial_year,
        coalesce(a.is_apart, b.is_apart) as is_apart,
        coalesce(b.level >= b.required, false) as was_met,
        coalesce(a.level >= a.required, false) as is_met,
        b.level >= a.required as would_be_met,
        b.level is not null and a.level is not null as is_followed
    from before b
    full join after a
        on a.profile = b.profile and a.collection = b.collection
        and a.gss_code_of_day = b.gss_code_of_day
        and a.financial_year = b.financial_year and a.thread = b.thread
),
told as (
    select *,
        is_apart and was_met as dropped,
        is_apart and is_met as new,
        is_followed and was_met and not would_be_met as raised,
        is_followed and not was_met and would_be_met as eased,
        is_followed and not would_be_met and is_met as gained,
        is_followed and would_be_met and not is_met as lost,
        case when is_apart or is_followed then 0
            else cast(is_met as integer) - cast(was_met as integer) end as unknown
    from paired
)
select
    s.profile, s.collection, s.gss_code, s.gss_code_of_day, s.financial_year,
    s.year_before,
    coalesce(sum(cast(t.was_met as integer)), 0) as met_before,
    coalesce(sum(cast(t.dropped as integer)), 0) as dropped,
    coalesce(sum(cast(t.raised as integer)), 0) as raised,
    coalesce(sum(cast(t.eased as integer)), 0) as eased,
    coalesce(sum(cast(t.gained as integer)), 0) as gained,
    coalesce(sum(cast(t.lost as integer)), 0) as lost,
    coalesce(sum(cast(t.new as integer)), 0) as new,
    coalesce(sum(t.unknown), 0) as unknown,
    coalesce(sum(cast(t.is_met as integer)), 0) as met_after
from switched s
left join told t
    on t.profile = s.profile and t.collection = s.collection
    and t.gss_code_of_day = s.gss_code_of_day and t.financial_year = s.financial_year
group by
    s.profile, s.collection, s.gss_code, s.gss_code_of_day, s.financial_year,
    s.year_before
