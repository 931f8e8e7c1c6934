-- One row per indicator that is measured by a CAF profile.
select distinct indicator from marts.indicator_values where profile <> ''
