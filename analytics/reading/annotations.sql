-- Events in range that a chart may mark, of the kinds chosen.
select happened_on, title, event_type
from marts.annotations
where collection = $collection and happened_on >= $since
    and happened_on < $until + interval 1 month
    and list_contains($kinds, event_type)
order by happened_on, title
