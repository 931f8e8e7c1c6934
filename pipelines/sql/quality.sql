-- What is known of files, rows and rules. Filled as files are loaded, so that a new
-- file adds to it and older ones are not read again.

-- One row per file received.
create table if not exists quality.sources (
    collection varchar, dataset varchar, source_file varchar, arrival bigint,
    file_sha256 varchar, received_at timestamp, sent_by varchar, purpose varchar,
    options varchar, rows_in bigint, refused varchar, duplicate_of bigint,
    is_withdrawn boolean, remarks varchar
);

-- One row per check of some files and rule; the figures of several checks add up.
create table if not exists quality.verdicts (
    stage varchar, dataset varchar, rule_id varchar, column_name varchar,
    description varchar, severity varchar, evaluated bigint, unexpected bigint
);

-- One row per row and rule that it broke.
create table if not exists quality.faults (
    stage varchar, dataset varchar, collection varchar, arrival bigint,
    source_row bigint, rule_id varchar, value varchar
);

-- One row per row that could not be read as one.
create table if not exists quality.rejects (
    dataset varchar, collection varchar, arrival bigint, source_row bigint,
    raw_row varchar, reason varchar
);

-- One row per text that named a council otherwise than by its code.
create table if not exists quality.council_matches (
    dataset varchar, given varchar, day date, gss_code varchar, certainty varchar,
    how varchar, council_name varchar, candidates varchar
);

-- One row per row set aside and rule that it broke.
create table if not exists quality.quarantine (
    collection varchar, dataset varchar, source_file varchar, arrival bigint,
    source_row bigint, rule_id varchar, column_name varchar, value varchar,
    reason varchar, hint varchar, raw_row varchar
);
