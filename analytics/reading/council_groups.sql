select code, label from reference.lists where list = 'council_group' order by sort_order
