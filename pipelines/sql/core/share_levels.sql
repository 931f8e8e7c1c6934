-- One row per council and dataset: its most private share level, which then holds for
-- every figure made from that dataset, so that one open row cannot reveal the rest.
with rows as (
    select collection, gss_code, 'incidents' as dataset, share_rank from core.incidents
    union all
    select collection, gss_code, 'disruptions', share_rank from core.disruptions
    union all
    select collection, gss_code, 'assessments', share_rank from core.assessments
    union all
    select collection, gss_code, 'critical_systems', share_rank
    from core.critical_systems
    union all
    select collection, gss_code, 'awards', share_rank from core.awards
    union all
    select collection, gss_code, 'award_payments', share_rank from core.award_payments
    union all
    select collection, gss_code, dataset, share_rank from core.returns
)
select collection, gss_code, dataset, min(share_rank) as share_rank
from rows
group by collection, gss_code, dataset
