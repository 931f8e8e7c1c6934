-- Kinds of weeks in which some services matter most, in the order of their names.
select distinct window_code, window_label
from reference.critical_windows
order by window_label
