-- The commonest form of each type and no other: what systems write. What these cannot
-- read is kept as text and read a second time by the macros of macros.sql, which know
-- many more forms and take long to plan.
create or replace macro quick_integer(x) as
    case when regexp_full_match(x, '-?\d{1,18}') then try_cast(x as bigint) end;

create or replace macro quick_decimal(x) as case
    when regexp_full_match(x, '-?\d{1,18}(\.\d{1,18})?') then try_cast(x as double)
end;

create or replace macro quick_percent(x) as case
    when regexp_full_match(x, '[1-9]\d{0,8}(\.\d{1,9})?|0') then try_cast(x as double)
end;

create or replace macro quick_hours(x) as quick_decimal(x);

create or replace macro quick_money(x) as case
    when regexp_full_match(x, '-?\d{1,16}(\.\d{1,2})?')
    then try_cast(x as decimal(18, 2))
end;

create or replace macro quick_date(x) as case
    when length(x) = 10 and x > '1' and x < '3' and x like '____-__-__'
    then try_cast(x as date)
end;

create or replace macro quick_timestamp(x) as case
    when length(x) = 20 and suffix(x, 'Z') and x > '1' and x < '3' and x like '____-%'
    then try_cast(x as timestamp)
end;

create or replace macro quick_boolean(x) as case
    when x = 'true' then true
    when x = 'false' then false
end;
