-- One row per collection that has rows, and the months or years that it spans.
select collection, first_period, last_period from marts.collections
