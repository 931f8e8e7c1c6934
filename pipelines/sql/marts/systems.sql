-- One row per collection, council of the day, financial year and critical system listed by
-- the end of it: the checklist of the Technology Code of Practice. A system's kind is as
-- last told; only its support is judged at the end of each year.
select
    s.collection, s.gss_code, y.financial_year as period, s.system_id,
    h.label as hosting, t.label as system_kind, o.label as system_owner,
    s.is_internet_facing, s.is_legacy,
    case when s.support_ends_on is null then null
        else s.support_ends_on < y.last_day end as is_out_of_support,
    s.supplier_name, coalesce(l.share_rank, 1) as share_rank
from core.critical_systems s
join reference.financial_years y on y.last_day >= s.first_listed_on
join core.reported_years r
    on r.collection = s.collection and r.financial_year = y.financial_year
left join reference.lists h on h.list = 'hosting_type' and h.code = s.hosting_type
left join reference.lists t on t.list = 'system_type' and t.code = s.system_type
left join reference.lists o on o.list = 'system_owner' and o.code = s.system_owner
left join core.share_levels l
    on l.collection = s.collection and l.gss_code = s.gss_code
    and l.dataset = 'critical_systems'
