-- One row per collection, council of today and stage of the CAF journey: when it entered it,
-- when it entered the next, and what held it up.
with ordered as (
    select
        e.collection, e.gss_code, e.stage, l.label as stage_label, l.sort_order,
        min(e.entered_on) as entered_on, max(b.label) as blocker
    from core.caf_stage_events e
    join reference.lists l on l.list = 'caf_stage' and l.code = e.stage
    left join reference.lists b on b.list = 'blocker' and b.code = e.blocker
    group by e.collection, e.gss_code, e.stage, l.label, l.sort_order
)
select
    o.*,
    lead(o.entered_on) over (
        partition by o.collection, o.gss_code order by o.entered_on, o.sort_order
    ) as left_on,
    coalesce(s.share_rank, 1) as share_rank
from ordered o
left join core.share_levels s
    on s.collection = o.collection and s.gss_code = o.gss_code
    and s.dataset = 'caf_stage_events'
