-- One row per programme with awards to councils of today: its sites (awards or
-- partnerships, a joint one counted once) and the councils on them.
select s.programme, s.programme_label, count(distinct s.site) as sites,
    count(distinct s.gss_code) as councils
from marts.effect_support s
join marts.councils c on c.gss_code = s.gss_code and c.is_current
where s.collection = $collection
group by s.programme, s.programme_label, s.sort_order
order by s.sort_order
