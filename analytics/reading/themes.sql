-- One row per theme that has an indicator: listed ones in their order, then others.
select indicators.theme, lists.label
from marts.indicators as indicators
left join reference.lists as lists
    on lists.list = 'theme' and lists.code = indicators.theme
group by indicators.theme, lists.label, lists.sort_order
order by lists.sort_order nulls last, indicators.theme
