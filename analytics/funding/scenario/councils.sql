-- One row per programme or funding model (`way`) with an award to a council in scope, over
-- all years of the scope: councils with a part in one. With the way `support`, councils
-- whose support is dated (training but) are one row and the others another.
select
    case
        when $way = 'programme' then a.programme
        when $way = 'funding_model' then a.funding_model
        when a.first_support_on is not null and a.programme <> 'training' then 'dated'
        else 'other'
    end as group_code,
    count(distinct a.gss_code) as councils
from marts.funding_awards a
join (select unnest($members) as gss_code) n on n.gss_code = a.gss_code
where a.collection = $collection
    and a.financial_year between $since_year and $until_year
    and a.share_rank >= $counted_from
group by 1
order by 1
