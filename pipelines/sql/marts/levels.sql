-- One row per collection, council, financial year and outcome: the level that counts.
select
    o.collection, o.gss_code, o.financial_year as period, o.caf_version,
    c.principle_code, o.outcome_code, c.outcome,
    case o.level
        when 3 then 'Achieved' when 2 then 'Partially achieved'
        when 1 then 'Not achieved' else 'Not assessed'
    end as outcome_status,
    o.level >= o.required as is_met, o.required_level, o.systems, o.is_reviewed,
    coalesce(s.share_rank, 1) as share_rank
from core.council_outcomes o
join reference.caf_outcomes c
    on c.caf_version = o.caf_version and c.outcome_code = o.outcome_code
left join core.share_levels s
    on s.collection = o.collection and s.gss_code = o.gss_code
    and s.dataset = 'assessments'
