-- One row per dataset that councils hand in, with its name for people.
select dataset, title from reference.schedules
