-- How text becomes a typed value. Each macro gives null where it cannot read the text;
-- staging keeps that text in <column>__unread, so nothing is guessed and nothing is lost.
-- Times without an offset are read as London time; the session's time zone says so.

-- Spaces, tabs, line ends and no-break spaces around a value say nothing.
create or replace macro bare(x) as
    trim(x, chr(32) || chr(9) || chr(10) || chr(13) || chr(160));

create or replace macro as_text(x) as nullif(bare(x), '');

-- Digits, with commas only where they part thousands: 1.234,50 and 12,50 are not guessed.
create or replace macro as_number(x) as case
    when regexp_full_match(x, '[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?')
    then replace(x, ',', '')
end;

create or replace macro as_integer(x) as try_cast(
    case when regexp_full_match(as_number(bare(x)), '[^.]+(\.0+)?')
    then as_number(bare(x)) end as bigint
);

create or replace macro as_decimal(x) as try_cast(as_number(bare(x)) as double);

create or replace macro as_money(x) as
    try_cast(as_number(regexp_replace(x, '[£\s]', '', 'g')) as decimal(18, 2));

-- Years have four digits: 01/03/25 would be read as the year 25.
create or replace macro as_date(x) as case
    when regexp_full_match(
        bare(x), '\d{4}-\d+-\d+|\d+/\d+/\d{4}|\d+-[A-Za-z]+-\d{4}'
    ) then cast(try_strptime(bare(x), ['%Y-%m-%d', '%d/%m/%Y', '%d-%b-%Y']) as date)
end;

-- An offset is Z or hours: DuckDB would take BST for the time of Bangladesh.
create or replace macro as_timestamp(x) as coalesce(
    timezone('UTC', try_cast(
        case when regexp_full_match(
            bare(x),
            '\d{4}-\d{2}-\d{2}([T ][0-9:.]+ ?(Z|[+-]\d{2}(:?\d{2})?)?)?'
        ) then bare(x) end as timestamptz
    )),
    timezone('UTC', timezone('Europe/London', try_strptime(
        case when regexp_full_match(bare(x), '\d+/\d+/\d{4}( .*)?') then bare(x) end,
        ['%d/%m/%Y %H:%M', '%d/%m/%Y %H:%M:%S', '%d/%m/%Y']
    )))
);

create or replace macro as_boolean(x) as case
    when lower(bare(x)) in ('true', 't', 'yes', 'y', '1') then true
    when lower(bare(x)) in ('false', 'f', 'no', 'n', '0') then false
end;

create or replace macro as_list(x) as
    nullif(regexp_replace(bare(x), '\s*[|;]\s*', '|', 'g'), '');
