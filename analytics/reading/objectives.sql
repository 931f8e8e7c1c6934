select cast(code as integer) as number, label from reference.lists
where list = 'objective' order by sort_order
