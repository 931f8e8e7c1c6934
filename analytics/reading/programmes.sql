-- Code and name of every programme, in their order.
select code, label from reference.lists where list = 'programme' order by sort_order
