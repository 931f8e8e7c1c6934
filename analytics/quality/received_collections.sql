-- One row per collection of which anything came: the first and the last day that its
-- figures speak of, or on which its files came where it has no figures yet.
select f.collection,
    coalesce(any_value(c.first_period), cast(min(f.received_at) as date)) as first_period,
    coalesce(any_value(c.last_period), cast(max(f.received_at) as date)) as last_period
from quality.files f
left join marts.collections c on c.collection = f.collection
group by f.collection
