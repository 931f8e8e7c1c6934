-- One row per programme or funding model (`way`) with an award to a council in scope, over
-- all years of the scope: councils with a part in one.
select
    case when $way = 'programme' then a.programme else a.funding_model end as group_code,
    count(distinct a.gss_code) as councils
from marts.funding_awards a
join (select unnest($members) as gss_code) n on n.gss_code = a.gss_code
where a.collection = $collection
    and a.financial_year between $since_year and $until_year
    and a.share_rank >= $counted_from
group by 1
order by 1
