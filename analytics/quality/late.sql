-- One row per dataset with a schedule: rows that came first on or after a day, though
-- they were due before it. Corrections are no late rows.
with dated as (
    select 'critical_systems' as dataset, collection, arrival, is_correction,
        cast(first_listed_on as date) as dated_on
    from accepted.critical_systems
    union all
    select 'incidents', collection, arrival, is_correction, cast(detected_at as date)
    from accepted.incidents
    union all
    select 'disruptions', collection, arrival, is_correction, cast(started_at as date)
    from accepted.disruptions
    union all
    select 'assessments', collection, arrival, is_correction, completed_on
    from accepted.assessments
    union all
    select 'award_payments', collection, arrival, is_correction, paid_on
    from accepted.award_payments
    union all
    select 'actions', collection, arrival, is_correction, created_on
    from accepted.actions
    union all
    select 'returns', collection, arrival, is_correction, period_starts_on
    from accepted.returns
)
select d.dataset, count(*) as late
from dated d
join quality.files f on f.arrival = d.arrival and f.status <> 'withdrawn'
join reference.schedules s on s.dataset = d.dataset
where d.collection = $collection and f.received_at >= $since and not d.is_correction
    and cast($since as date) > s.due_days + case s.every
        when 'month' then last_day(d.dated_on)
        when 'year' then
            make_date(year(d.dated_on) + (month(d.dated_on) >= 4)::int, 3, 31)
    end
group by d.dataset
