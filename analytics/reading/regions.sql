select region from reference.regions order by sort_order
