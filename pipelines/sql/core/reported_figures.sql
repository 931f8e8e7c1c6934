-- One row per row of the public record that was accepted.
select a.* from accepted.reported_figures a where a.is_current
