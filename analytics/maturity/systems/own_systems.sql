-- One row per critical system of one council: outcomes of objectives B and C that it meets.
-- Internal: `maturity.own_systems` refuses whoever may not see that council.
select
    r.system_id, r.met as numerator, r.assessed as denominator,
    100.0 * r.met / r.assessed as value, l.label as hosting, r.is_legacy, r.share_rank
from marts.system_results r
left join reference.lists l on l.list = 'hosting_type' and l.code = r.hosting_type
where r.collection = $collection and r.profile = $profile and r.period = $until_year
    and r.gss_code = $gss_code
order by value, r.system_id
