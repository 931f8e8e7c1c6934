-- One row per council and dataset: its most private share level, which then holds for
-- every figure made from that dataset, so that one open row cannot reveal the rest.
-- Drafts of assessments count as well: that a council has begun is its own to share.
with rows as (
    select collection, gss_code, 'incidents' as dataset, share_rank from core.incidents
    union all
    select collection, gss_code, 'disruptions', share_rank from core.disruptions
    union all
    select collection, gss_code, 'assessments', share_rank from core.assessments
    union all
    select a.collection, coalesce(t.current_gss_code, a.gss_code), 'assessments',
        s.rank_of_share
    from accepted.assessments a
    left join reference.council_today t on t.gss_code = a.gss_code
    left join reference.share_ranks s on s.share_level = a.share_level
    where a.is_current and not a.is_withdrawn
        and a.status not in ('submitted', 'completed')
    union all
    select collection, gss_code, 'critical_systems', share_rank
    from core.critical_systems
    union all
    select collection, gss_code, 'actions', share_rank from core.actions
    union all
    select collection, gss_code, 'caf_stage_events', share_rank
    from core.caf_stage_events
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
