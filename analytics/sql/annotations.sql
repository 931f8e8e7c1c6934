select happened_on, title
from marts.annotations
where collection = $collection and happened_on >= $since
    and happened_on < $until + interval 1 month
order by happened_on
