-- One row per collection and council of today: the first day on which funding was felt,
-- from a grant or support award; none for a council not supported. Training courses and
-- the Declaration are no treatment.
select
    c.collection, c.gss_code,
    min(a.first_support_on) as first_support_on,
    coalesce(min(s.share_rank), 1) as share_rank
from (select distinct collection, gss_code from core.funding_months) c
left join core.awards a
    on a.collection = c.collection and a.gss_code = c.gss_code
    and a.programme <> 'training'
left join core.share_levels s
    on s.collection = c.collection and s.gss_code = c.gss_code and s.dataset = 'awards'
group by c.collection, c.gss_code
