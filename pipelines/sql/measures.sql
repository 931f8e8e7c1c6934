-- One row per indicator, from the headers of the files.
create table if not exists marts.indicators (
    key varchar, theme varchar, title varchar, question varchar, definition varchar,
    kind varchar, timing varchar, numerator varchar, denominator varchar, unit varchar,
    grain varchar, polarity varchar, dataset varchar, source varchar, "order" integer,
    objective integer, caveat varchar, percentile double, card varchar
);
alter table marts.indicators add column if not exists card varchar default '';

-- One row per ratio indicator, collection, council of today and period; for an indicator
-- that hangs on a CAF profile one for each profile, else profile is empty.
create table if not exists marts.indicator_values (
    indicator varchar, collection varchar, gss_code varchar, period date,
    numerator double, denominator double, denominator_in_total double, basis varchar,
    profile varchar, share_rank integer
);

-- One row per distribution indicator and event.
create table if not exists marts.indicator_events (
    indicator varchar, collection varchar, gss_code varchar, period date, value double,
    share_rank integer
);
