-- The spells (core.spells) that several tables read, kept: one row per unbroken spell of one
-- service of one council, by any unplanned cause, by cyber incidents, or online.
select
    kind, collection, gss_code, service_code, spell, started_at_second, ended_at_second
from core.spells
where kind in ('any', 'cyber', 'online')
