-- One row per council of today in scope: from which year a programme supported it (0 for
-- never; `any` is every programme whose support the awards date, but training), on which
-- site, and from which year any did. Councils whose awards may not be counted are left out.
with supported as (
    select gss_code, programme_label, site, site_gbp, began_year, share_rank,
        row_number() over (partition by gss_code order by began_on, site) as place
    from marts.effect_support
    where collection = $collection
        and (programme = $programme or ($programme = 'any'
            and first_support_on is not null and programme <> 'training'))
)
select c.gss_code, c.short_name as council_name, c.region, c.council_group_label,
    c.tier, c.population, r.deprivation_score, s.programme_label, s.site, s.site_gbp,
    coalesce(s.began_year, 0) as first_year,
    coalesce(year(a.first_support_on) - (month(a.first_support_on) < 4)::int, 0)
        as supported_year,
    coalesce(s.share_rank, 4) as share_rank
from marts.councils c
join reference.councils r on r.gss_code = c.gss_code
left join supported s on s.gss_code = c.gss_code and s.place = 1
left join marts.support a on a.gss_code = c.gss_code and a.collection = $collection
where c.is_current and list_contains($members, c.gss_code)
    and (c.gss_code = $own or coalesce(s.share_rank, 4) >= $counted_from
        and (a.first_support_on is null or a.share_rank >= $counted_from))
order by c.gss_code
