-- One row per award and council in scope with a part in it, newest first.
select
    a.award_id, a.gss_code, a.gss_code_of_day, a.name_of_day,
    c.short_name as council_name,
    a.council_code, a.type_of_day, c.region, c.council_group_label as council_type,
    a.title, a.currency, a.amount_awarded_gbp, a.awarded_on, a.financial_year, a.role,
    a.partnership_id, a.councils, a.funding_org_name, a.programme, a.programme_label,
    a.funding_model, a.round_no, a.starts_on, a.ends_on, a.objective, a.first_support_on,
    a.record_version, a.is_withdrawn, a.share_level, a.handling, a.paid_gbp, a.share_rank
from marts.funding_awards a
join marts.councils c on c.gss_code = a.gss_code
join (select unnest($members) as gss_code) n on n.gss_code = a.gss_code
where a.collection = $collection
    and a.financial_year between $since_year and $until_year
order by a.awarded_on desc, a.award_id, a.role, c.short_name
