-- One row per council of today in scope, with its part in awards and its first support.
-- include funding/reach/places
supported as (
    select gss_code, first_support_on
    from marts.support
    where collection = $collection and first_support_on is not null
        and first_support_on < $until + interval 1 month
)
select
    r.gss_code, r.short_name as council_name, r.region,
    r.council_group_label as council_type, r.part, r.first_year, r.awards, r.joined,
    r.awarded_gbp, r.population, s.first_support_on, r.share_rank
from reached r
left join supported s on s.gss_code = r.gss_code
order by r.short_name
