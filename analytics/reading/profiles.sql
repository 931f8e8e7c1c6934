-- One row per profile of a collection, those that come with the dashboard first.
select profile, any_value(profile_label) as profile_label
from marts.profiles
where collection = $collection
group by profile
order by min(sort_order) nulls last, profile
