-- One row per neighbour of one council, most alike first.
select n.neighbour_gss_code as gss_code, c.short_name as council_name,
    n.neighbour_rank as rank
from reference.council_neighbours n
join marts.councils c on c.gss_code = n.neighbour_gss_code
where n.gss_code = $gss_code
order by n.neighbour_rank
