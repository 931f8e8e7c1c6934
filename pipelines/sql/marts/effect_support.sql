-- One row per collection, programme, council of today and site: from when an award was
-- felt. `first_support_on` is the day that the awards tell; `began_on` that day or, where
-- they tell none, the first day of the funded work or the award. A site is one award or one
-- partnership, however many councils share it; `site_gbp` is what the site was awarded.
with awards as (
    select collection, programme, gss_code, first_support_on,
        coalesce(first_support_on, starts_on, awarded_on) as began_on,
        coalesce(partnership_id, award_id) as site, amount_awarded_gbp
    from core.awards
),
sites as (
    select collection, site, sum(amount_awarded_gbp) as site_gbp
    from awards
    group by collection, site
),
firsts as (
    select collection, programme, gss_code, site,
        min(first_support_on) as first_support_on, min(began_on) as began_on
    from awards
    group by collection, programme, gss_code, site
)
select
    f.collection, f.programme, l.label as programme_label, l.sort_order, f.gss_code,
    f.site, f.first_support_on, f.began_on,
    year(f.began_on) - case when month(f.began_on) < 4 then 1 else 0 end as began_year,
    t.site_gbp, coalesce(s.share_rank, 1) as share_rank
from firsts f
join sites t on t.collection = f.collection and t.site = f.site
join reference.lists l on l.list = 'programme' and l.code = f.programme
left join core.share_levels s
    on s.collection = f.collection and s.gss_code = f.gss_code and s.dataset = 'awards'
