-- How text becomes a typed value. Each macro gives null where it cannot read the text;
-- staging keeps that text in <column>__unread, so nothing is guessed and nothing is lost.
-- Times without an offset are read as London time; the session's time zone says so.

create or replace macro as_text(x) as nullif(trim(x), '');

create or replace macro as_integer(x) as try_cast(replace(trim(x), ',', '') as bigint);

create or replace macro as_decimal(x) as try_cast(replace(trim(x), ',', '') as double);

create or replace macro as_money(x) as
    try_cast(regexp_replace(trim(x), '[£,\s]', '', 'g') as decimal(18, 2));

create or replace macro as_date(x) as
    cast(try_strptime(trim(x), ['%Y-%m-%d', '%d/%m/%Y', '%d-%b-%Y']) as date);

create or replace macro as_timestamp(x) as coalesce(
    timezone('UTC', try_cast(
        case when regexp_full_match(trim(x), '\d{4}-\d{2}-\d{2}.*') then trim(x) end
        as timestamptz
    )),
    timezone('UTC', timezone('Europe/London', try_strptime(
        trim(x), ['%d/%m/%Y %H:%M', '%d/%m/%Y %H:%M:%S', '%d/%m/%Y']
    )))
);

create or replace macro as_boolean(x) as case
    when lower(trim(x)) in ('true', 't', 'yes', 'y', '1') then true
    when lower(trim(x)) in ('false', 'f', 'no', 'n', '0') then false
end;

create or replace macro as_list(x) as
    nullif(regexp_replace(trim(x), '\s*[|;]\s*', '|', 'g'), '');
