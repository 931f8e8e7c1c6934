-- One row per outcome, council and financial year with a value that may be counted: the
-- value, and how many outcomes, months or disruptions are behind it.
select p.outcome, p.gss_code, p.year, p.value, p.behind, p.share_rank
from marts.effect_panel p
where p.collection = $collection and list_contains($outcomes, p.outcome)
    and p.profile in ('', $profile)
    and p.year between $first_year and $last_year
    and (p.share_rank >= $counted_from or p.gss_code = $own)
    and list_contains($members, p.gss_code)
order by p.outcome, p.gss_code, p.year
