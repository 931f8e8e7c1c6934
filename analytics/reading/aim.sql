-- One row: an aim that figures are measured against.
select * from reference.aims where aim = $aim
