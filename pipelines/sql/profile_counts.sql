-- One row per collection, profile and CAF version: outcomes by the level asked for.
select
    collection, profile, any_value(profile_label) as profile_label, caf_version,
    count(*) filter (where required = 3) as achieved,
    count(*) filter (where required = 2) as partly,
    count(*) filter (where required = 1) as not_asked,
    (select count(*) from reference.caf_outcomes o where o.caf_version = p.caf_version)
        - count(*) as not_listed
from marts.profiles p
where collection <> 'public_record'
group by collection, profile, caf_version
order by collection, min(sort_order) nulls last, profile, caf_version
