-- One row per row of the public record that was accepted.
select a.* from accepted.programme_totals a where a.is_current
