-- One row per row received; no rule here is wider than one column.
select * from typed.programme_budgets
