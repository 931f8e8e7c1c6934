-- One row per collection, way of looking at incidents, council of today, period (quarter for
-- what is followed in time, else financial year), action, actor and part: incidents
-- detected in months that the council reported on, by status. The way `any` has a row for
-- every quarter with a report, nought where nothing happened, and how many months of it
-- were reported. Under `attribute` an incident counts once for each attribute lost.
with base as (
    select
        i.collection, i.gss_code, m.financial_year,
        cast(date_trunc('quarter', i.detected_month) as date) as quarter,
        coalesce(i.action, 'unknown') as action, coalesce(i.actor, 'unknown') as actor,
        coalesce(i.action_variety, 'untold') as variety,
        coalesce(i.rsit_type, 'untold') as rsit,
        coalesce(i.ico_incident_type, 'untold') as ico,
        case when i.is_supplier_involved then 'yes' when not i.is_supplier_involved
            then 'no' else 'untold' end as supplier,
        case when i.shared_event_id is null then 'alone' else 'shared' end as shared,
        coalesce(i.is_confidentiality_lost, false) as is_seen,
        coalesce(i.is_integrity_lost, false) as is_changed,
        coalesce(i.is_availability_lost, false) as is_stopped,
        i.is_confidentiality_lost is null or i.is_integrity_lost is null
            or i.is_availability_lost is null as is_untold,
        case when i.incident_status = 'Confirmed' then 1 else 0 end as confirmed,
        case when i.incident_status = 'Suspected' then 1 else 0 end as suspected,
        case when i.incident_status = 'Near miss' then 1 else 0 end as near_miss,
        case when i.incident_status = 'False positive' then 1 else 0 end as false_positive
    from core.incidents i
    join core.reporting_months r
        on r.collection = i.collection and r.gss_code = i.gss_code
        and r.month = i.detected_month and r.dataset = 'incidents'
    join reference.months m on m.month = i.detected_month
),
summed as (
    select
        collection, gss_code, financial_year, quarter, action, actor, variety, rsit, ico,
        supplier, shared, is_seen, is_changed, is_stopped, is_untold,
        sum(confirmed) as confirmed, sum(suspected) as suspected,
        sum(near_miss) as near_miss, sum(false_positive) as false_positive
    from base
    group by
        collection, gss_code, financial_year, quarter, action, actor, variety, rsit, ico,
        supplier, shared, is_seen, is_changed, is_stopped, is_untold
),
looked_at as (
    select 'any' as way, collection, gss_code, financial_year, quarter as period,
        'any' as action, 'any' as actor, 'any' as part, 0 as months,
        confirmed, suspected, near_miss, false_positive
    from summed
    union all
    select 'any', r.collection, r.gss_code, m.financial_year,
        cast(date_trunc('quarter', r.month) as date), 'any', 'any', 'any', 1, 0, 0, 0, 0
    from core.reporting_months r
    join reference.months m on m.month = r.month
    where r.dataset = 'incidents'
    union all
    select 'action', collection, gss_code, financial_year, quarter, action, 'any', 'any',
        0, confirmed, suspected, near_miss, false_positive
    from summed
    union all
    select 'ransomware', collection, gss_code, financial_year, quarter, 'any', 'any',
        'any', 0, confirmed, suspected, near_miss, false_positive
    from summed
    where variety = 'Ransomware'
    union all
    select 'supplier', collection, gss_code, financial_year, quarter, 'any', 'any',
        supplier, 0, confirmed, suspected, near_miss, false_positive
    from summed
    union all
    select 'shared', collection, gss_code, financial_year, quarter, 'any', 'any', shared,
        0, confirmed, suspected, near_miss, false_positive
    from summed
    union all
    select 'actor', collection, gss_code, financial_year, financial_year, action, 'any',
        actor, 0, confirmed, suspected, near_miss, false_positive
    from summed
    union all
    select 'attribute', s.collection, s.gss_code, s.financial_year, s.financial_year,
        s.action, s.actor, a.attribute, 0, s.confirmed, s.suspected, s.near_miss,
        s.false_positive
    from summed s
    join (
        select 'confidentiality' as attribute union all select 'integrity'
        union all select 'availability' union all select 'none' union all select 'untold'
    ) a on case a.attribute
        when 'confidentiality' then s.is_seen
        when 'integrity' then s.is_changed
        when 'availability' then s.is_stopped
        when 'none' then not (
            s.is_seen or s.is_changed or s.is_stopped or s.is_untold)
        else s.is_untold and not (s.is_seen or s.is_changed or s.is_stopped)
    end
    union all
    select 'variety', collection, gss_code, financial_year, financial_year, action, 'any',
        variety, 0, confirmed, suspected, near_miss, false_positive
    from summed
    union all
    select 'rsit', collection, gss_code, financial_year, financial_year, 'any', 'any',
        rsit, 0, confirmed, suspected, near_miss, false_positive
    from summed
    union all
    select 'ico', collection, gss_code, financial_year, financial_year, 'any', 'any', ico,
        0, confirmed, suspected, near_miss, false_positive
    from summed
),
added as (
    select way, collection, gss_code, financial_year, period, action, actor, part,
        sum(months) as months, sum(confirmed) as confirmed, sum(suspected) as suspected,
        sum(near_miss) as near_miss, sum(false_positive) as false_positive
    from looked_at
    group by way, collection, gss_code, financial_year, period, action, actor, part
)
select
    a.collection, a.way, a.gss_code, a.financial_year, a.period, a.action, a.actor,
    a.part, cast(a.months as bigint) as months, cast(a.confirmed as bigint) as confirmed,
    cast(a.suspected as bigint) as suspected, cast(a.near_miss as bigint) as near_miss,
    cast(a.false_positive as bigint) as false_positive,
    coalesce(s.share_rank, 1) as share_rank
from added a
left join core.share_levels s
    on s.collection = a.collection and s.gss_code = a.gss_code
    and s.dataset = 'incidents'
order by a.collection, a.way, a.period
