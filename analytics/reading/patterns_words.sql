-- One row per code of the closed lists that describe incidents, with its explanation.
select list, code, label, sort_order, definition
from reference.lists
where list in ('action', 'action_variety', 'actor', 'rsit_type', 'ico_incident_type')
order by list, sort_order
