-- One row per programme whose awards say from when support was felt, but training.
select distinct programme
from marts.effect_support
where collection = $collection and first_support_on is not null
    and programme <> 'training'
order by programme
