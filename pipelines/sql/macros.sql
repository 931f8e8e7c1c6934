-- How text becomes a typed value. as_<type>(x) gives null where it cannot read the
-- text; staging keeps what unread_<type>(x) gives in <column>__unread, so nothing is
-- guessed and nothing is lost.
--
-- Each macro looks for the common form first and leaves the forgiving path to the other
-- rows. Two things would have DuckDB work that path out for every row, reached or not.
-- An IN of five constants becomes a join: use a regular expression. An expression that
-- stands in the first WHEN of a CASE within a branch, and once more elsewhere, is taken
-- out of both: so a forgiving path names x once, and a lambda gives the result a name.

-- Text -----------------------------------------------------------------------------

-- Characters that nobody sees: zero width, byte order marks, directions of writing.
create or replace macro seen(x) as regexp_replace(x, '[\p{Cf}]+', '', 'g');

-- Spaces of every kind around a value say nothing.
create or replace macro trimmed(x) as regexp_replace(
    regexp_replace(x, '^[\s\v\x{85}\p{Z}\p{Cf}]+', ''),
    '[\s\v\x{85}\p{Z}\p{Cf}]+$', ''
);

create or replace macro bare(x) as case
    when strlen(x) = length(x) and x >= '!' and right(x, 1) >= '!' then x
    when x <> '' then trimmed(x)
    else x
end;

create or replace macro as_text(x) as case
    when strlen(x) = length(x) and x >= '!' and right(x, 1) >= '!' then x
    when x <> '' then nullif(trimmed(x), '')
end;

-- Small letters and single spaces: what the forgiving paths look at.
create or replace macro tidy(x) as list_transform([x], lambda t: case
    when regexp_full_match(t, ' *[!-~]+( [!-~]+)* *') then lower(trim(t))
    else lower(trim(regexp_replace(seen(t), '[\s\v\x{85}\p{Z}]+', ' ', 'g')))
end)[1];

-- Words that say that nothing is known. They are read as blanks, and only these.
-- "none", "nil" and "-" may mean nought, so in a number they are left for the council
-- to settle; of a date they can only mean that there is none.
create or replace macro is_unknown(x) as regexp_full_match(
    tidy(x),
    '#?n/?a|n\.a\.?|null|unknown|not (known|applicable|available|recorded|stated)'
    '|tbc|tbd|to be (confirmed|determined)|\?+'
);

create or replace macro is_unknown_day(x) as
    is_unknown(x) or regexp_full_match(tidy(x), 'none|nil|[-–—]+');

create or replace macro unread(x) as list_transform(
    [as_text(x)], lambda t: case when not is_unknown(t) then t end
)[1];

create or replace macro unread_day(x) as list_transform(
    [as_text(x)], lambda t: case when not is_unknown_day(t) then t end
)[1];

create or replace macro unread_integer(x) as unread(x);
create or replace macro unread_decimal(x) as unread(x);
create or replace macro unread_percent(x) as unread(x);
create or replace macro unread_money(x) as unread(x);
create or replace macro unread_hours(x) as unread(x);
create or replace macro unread_boolean(x) as unread(x);
create or replace macro unread_date(x) as unread_day(x);
create or replace macro unread_timestamp(x) as unread_day(x);

create or replace macro as_list(x) as case
    when regexp_full_match(x, '[!-:<-~]+') then x
    when x <> ''
    then nullif(regexp_replace(trimmed(x), '[\s\p{Z}]*[|;][\s\p{Z}]*', '|', 'g'), '')
end;

-- Yes and no -----------------------------------------------------------------------

-- A tick or a cross is not read: a cross in a box is a yes to some.
create or replace macro as_boolean(x) as case
    when x = 'true' then true
    when x = 'false' then false
    when x = 'Yes' or x = 'TRUE' then true
    when x = 'No' or x = 'FALSE' then false
    when x <> '' then list_transform([tidy(x)], lambda y: case
        when regexp_full_match(y, 'true|t|yes|y|1') then true
        when regexp_full_match(y, 'false|f|no|n|0') then false
    end)[1]
end;

-- Numbers --------------------------------------------------------------------------

-- Digits with commas or spaces only where they part thousands: 1.234,50 and 12,50 are
-- not guessed. RE2's \d is 0 to 9 and no other script's digits.
create or replace macro plain_number(text) as list_transform([text], lambda n: case
    when regexp_full_match(
        n, '[-+]?(\d+|\d{1,3}(,\d{3})+|\d{1,3}( \d{3})+)?(\.\d+)?'
    ) then translate(n, ', ', '')
end)[1];

-- A minus is also written with the sign for it, or with the dash that a word processor
-- makes of a hyphen.
create or replace macro number_text(x) as regexp_replace(tidy(x), '^[−–] ?', '-');

-- 1.200 would be 1200 in other countries: whole numbers have one or two noughts there.
create or replace macro as_integer(x) as case
    when regexp_full_match(x, '-?\d{1,18}') then try_cast(x as bigint)
    when x <> '' then try_cast(
        regexp_extract(
            plain_number(number_text(x)), '^([-+]?\d+)(\.00?)?$', 1
        ) as bigint
    )
end;

-- A number of four hundred digits would be infinite.
create or replace macro finite_number(text) as list_transform(
    [try_cast(text as double)], lambda v: case when isfinite(v) then v end
)[1];

create or replace macro as_decimal(x) as case
    when regexp_full_match(x, '-?\d{1,18}(\.\d{1,18})?') then try_cast(x as double)
    when x <> '' then finite_number(plain_number(number_text(x)))
end;

-- 45 and 45% are 45. A bare 0.45 is either: a spreadsheet holds 45% as 0.45.
create or replace macro as_percent(x) as case
    when regexp_full_match(x, '[1-9]\d{0,8}(\.\d{1,9})?|0') then try_cast(x as double)
    when x <> '' then list_transform([number_text(x)], lambda y: case
        when not regexp_full_match(y, '[-+]?0?\.\d*[1-9]\d*')
        then finite_number(plain_number(regexp_replace(y, ' ?(%|per ?cent)$', '')))
    end)[1]
end;

-- Pounds: GBP and the pound sign may stand in front, also as a file of mixed encodings
-- shows it.
create or replace macro without_currency(y) as regexp_replace(
    regexp_replace(y, '^gbp ?| ?gbp$', ''), '^([-+(]?) ?â?£ ?', '\1'
);

create or replace macro money_parts(y) as regexp_extract(
    y,
    '^([-+(]?) ?([\d., ]*\d) ?'
    '(?:(k|thousand)|(m|mn|million)|(bn|billion)|(p))?(\)?-?)$',
    ['open', 'number', 'thousand', 'million', 'billion', 'pence', 'close']
);

-- Brackets and a minus before or behind are debts; two of them together are neither.
create or replace macro money_sign(p) as case
    when regexp_full_match(p.open || p.close, '\+?') then ''
    when regexp_full_match(p.open || p.close, '-|\(\)') then '-'
end;

create or replace macro money_scale(p) as case
    when p.thousand <> '' then 'e3'
    when p.million <> '' then 'e6'
    when p.billion <> '' then 'e9'
    when p.pence <> '' then 'e-2'
    -- 1.250 pounds are 1250 to some.
    when not regexp_full_match(p.number, '[1-9]\d{0,2}\.\d{3}') then ''
end;

create or replace macro money_of(y) as list_transform(
    [money_parts(without_currency(y))],
    lambda p: try_cast(
        money_sign(p) || plain_number(p.number) || money_scale(p) as decimal(18, 2)
    )
)[1];

create or replace macro as_money(x) as case
    when regexp_full_match(x, '-?\d{1,16}(\.\d{1,2})?')
    then try_cast(x as decimal(18, 2))
    when regexp_full_match(x, '£?\d{1,3}(,\d{3}){0,4}(\.\d{1,2})?')
    then try_cast(translate(x, '£,', '') as decimal(18, 2))
    -- 50p is half a pound, £50p is neither.
    when x <> '' and not regexp_matches(x, '£.*[pP]') then money_of(number_text(x))
end;

-- Hours: 20.5, 2h 30m, 90 minutes, 3 days 4 hours, 20:30. A day has 24 of them.
create or replace macro hours_parts(y) as regexp_extract(
    y,
    '^(?:(\d{1,9}(?:\.\d{1,9})?) ?(?:weeks?|wks?|w))?(?:,? ?(?:and )?|$)'
    '(?:(\d{1,9}(?:\.\d{1,9})?) ?(?:days?|d))?(?:,? ?(?:and )?|$)'
    '(?:(\d{1,9}(?:\.\d{1,9})?) ?(?:hours?|hrs?|h))?(?:,? ?(?:and )?|$)'
    '(?:(\d{1,9}(?:\.\d{1,9})?) ?(?:minutes?|mins?|m))?$',
    ['weeks', 'days', 'hours', 'minutes']
);

create or replace macro amount(text) as
    coalesce(try_cast(text as double), 0);

create or replace macro hours_in_words(y) as list_transform(
    [hours_parts(y)],
    lambda p: case when p.weeks || p.days || p.hours || p.minutes <> '' then
        amount(p.weeks) * 168 + amount(p.days) * 24 + amount(p.hours)
        + amount(p.minutes) / 60
    end
)[1];

-- 20:30 is twenty hours and a half; 2h30 leaves the minutes' letter out.
create or replace macro hours_by_clock(y) as list_transform(
    [regexp_extract(
        y,
        '^(\d{1,9})(?::| ?h ?)([0-5]\d)(?::([0-5]\d))?$',
        ['hours', 'minutes', 'seconds']
    )],
    lambda p: try_cast(p.hours as double) + amount(p.minutes) / 60
        + amount(p.seconds) / 3600
)[1];

create or replace macro as_hours(x) as case
    when regexp_full_match(x, '-?\d{1,18}(\.\d{1,18})?') then try_cast(x as double)
    when x <> '' then list_transform([number_text(x)], lambda y: case
        when regexp_matches(y, '^\d.*[:a-z]')
        then coalesce(hours_by_clock(y), hours_in_words(y))
        else finite_number(plain_number(y))
    end)[1]
end;

-- Where the sender declared a decimal comma, comma and full stop change places.
create or replace macro swapped(x) as translate(x, ',.', '.,');
create or replace macro as_integer_comma(x) as as_integer(swapped(x));
create or replace macro as_decimal_comma(x) as as_decimal(swapped(x));
create or replace macro as_percent_comma(x) as as_percent(swapped(x));
create or replace macro as_money_comma(x) as as_money(swapped(x));
create or replace macro as_hours_comma(x) as as_hours(swapped(x));

-- Dates ----------------------------------------------------------------------------

-- Excel counts days from the end of 1899; these are the years 2000 to 2099.
create or replace macro serial_day(y) as case
    when regexp_full_match(y, '\d{5}(\.0+)?') and y >= '36526' and y < '73051'
    then date '1899-12-30' + cast(left(y, 5) as integer)
end;

-- Day before month unless the year comes first or the month is named. Years have four
-- digits: 01/03/25 would be read as the year 25. One form is tried and no list of them:
-- each form that fails costs more than all the rest.
create or replace macro day_in_order(text) as list_transform([text], lambda y: cast(case
    when regexp_full_match(y, '\d\d?(/\d\d?/|-\d\d?-|\.\d\d?\.)[12]\d{3}')
    then try_strptime(translate(y, '-.', '//'), '%d/%m/%Y')
    when regexp_full_match(y, '[12]\d{3}(/\d\d?/|-\d\d?-|\.\d\d?\.)\d\d?')
    then try_strptime(translate(y, '-.', '//'), '%Y/%m/%d')
    when regexp_full_match(y, '\d\d?([-/ ])[a-z]{3}([-/ ])[12]\d{3}')
    then try_strptime(translate(y, '-/', '  '), '%d %b %Y')
    when regexp_full_match(y, '\d\d?([-/ ])[a-z]{4,9}([-/ ])[12]\d{3}')
    then try_strptime(translate(y, '-/', '  '), '%d %B %Y')
    when regexp_full_match(y, '[a-z]{3} \d\d? [12]\d{3}')
    then try_strptime(y, '%b %d %Y')
    when regexp_full_match(y, '[a-z]{4,9} \d\d? [12]\d{3}')
    then try_strptime(y, '%B %d %Y')
end as date))[1];

-- 1st, 2nd and Sept are written otherwise; a comma says nothing.
create or replace macro plain_day(text) as list_transform([text], lambda y: case
    when regexp_full_match(y, '[\d./-]+|\d\d? [a-z]{3} \d{4}') then y
    else regexp_replace(regexp_replace(
        translate(y, ',', ''), '^([a-z]* ?\d\d?)(?:st|nd|rd|th)(?: of)?\b', '\1'
    ), '\bsept\b', 'sep')
end)[1];

create or replace macro weekday_parts(y) as regexp_extract(
    y,
    '^(mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?'
    '|sat(?:urday)?|sun(?:day)?),? (.*)$',
    ['weekday', 'day']
);

-- A weekday must be that of its date: else one of the two is wrong, and which?
create or replace macro day_of_week(p) as list_transform(
    [day_in_order(plain_day(p.day))],
    lambda d: case when p.weekday[:3] = lower(strftime(d, '%a')) then d end
)[1];

create or replace macro day_of(y) as case
    when regexp_matches(y, '^(mon|tue|wed|thu|fri|sat|sun)')
    then day_of_week(weekday_parts(y))
    else day_in_order(plain_day(y))
end;

-- Systems write a midnight behind a date; another time would be lost, so is not read.
create or replace macro without_midnight(y) as case
    when contains(y, ':')
    then regexp_replace(
        y, '(t|,? )00:00(:00(\.0+)?)?( ?(z|\+0[01]:?00))?$', ''
    )
    else y
end;

create or replace macro as_date(x) as case
    when length(x) = 10 and x > '1' and x < '3' and x like '____-__-__'
    then try_cast(x as date)
    when regexp_full_match(x, '\d\d/\d\d/[12]\d{3}')
    then cast(try_strptime(x, '%d/%m/%Y') as date)
    when x <> '' then list_transform(
        [tidy(x)], lambda y: coalesce(serial_day(y), day_of(without_midnight(y)))
    )[1]
end;

-- Times ----------------------------------------------------------------------------

-- The UTC moment of a London time. Of the two half past ones of an autumn night this is
-- the second, in GMT; who means the first writes BST or +01:00. The hour that is left
-- out in spring did not happen, so it is not read.
create or replace macro london(moment) as list_transform([moment], lambda t: case
    when month(t) = 3 and day(t) > 24 and hour(t) = 1 and dayofweek(t) = 0 then null
    else timezone('UTC', timezone('Europe/London', t))
end)[1];

-- The London day of a UTC moment, which differs from UTC's only late in the evening.
create or replace macro london_day(moment) as list_transform([moment], lambda t: case
    when hour(t) < 23 then cast(t as date)
    else cast(timezone('Europe/London', timezone('UTC', t)) as date)
end)[1];

create or replace macro moment_parts(y) as regexp_extract(
    y,
    '^(.*\d)(?:t|,? at |,? )(?:(\d\d?:\d\d(?::\d\d(?:\.\d+)?)?)'
    '|(\d\d?)((?::\d\d){0,2}) ?([ap])\.?m\.?) ?(z|utc|gmt|bst|[-+]\d\d(?::?\d\d)?)?$',
    ['day', 'clock', 'dial', 'past', 'half', 'zone']
);

-- Seconds after midnight; 12:05 am is the first hour of the day.
create or replace macro time_in_words(p) as case
    when p.clock <> '' then try_cast(p.clock as time)
    when regexp_full_match(p.dial, '0?[1-9]|1[0-2]') then try_cast(
        cast(cast(p.dial as integer) % 12 + case p.half when 'p' then 12 else 0 end
            as varchar) || left(p.past || ':00', 6) as time
    )
end;

create or replace macro moment_as_written(p) as day_of(p.day) + time_in_words(p);

-- BST is an hour ahead: DuckDB would take it for the time of Bangladesh. Other zones
-- are not read by name.
create or replace macro minutes_ahead(zone) as case
    when zone = 'z' or zone = 'utc' or zone = 'gmt' then 0
    when zone = 'bst' then 60
    when regexp_full_match(zone, '[-+](0\d|1[0-4])(:?[0-5]\d)?')
    then cast(zone[:3] as bigint) * 60
        + cast(zone[1] || right('00' || zone[4:], 2) as bigint)
end;

create or replace macro moment_of(p) as case
    when p.zone = '' then london(moment_as_written(p))
    else moment_as_written(p) - to_minutes(minutes_ahead(p.zone))
end;

-- Excel holds a time as a part of a day, exact to a second once rounded.
create or replace macro serial_moment(y) as case
    when regexp_full_match(y, '\d{5}\.\d{1,15}') and y >= '36526' and y < '73051'
    then timestamp '1899-12-30'
        + to_seconds(cast(round(cast(y as double) * 86400) as bigint))
end;

create or replace macro day_or_serial(y) as case
    when regexp_full_match(y, '\d{5}(\.\d+)?')
    then coalesce(cast(serial_day(y) as timestamp), serial_moment(y))
    else cast(day_of(y) as timestamp)
end;

create or replace macro time_of(y) as case
    when regexp_matches(y, ':|\d ?[ap]\.?m')
    then list_transform([moment_parts(y)], lambda p: moment_of(p))[1]
    else london(day_or_serial(y))
end;

create or replace macro as_timestamp(x) as case
    when length(x) = 20 and suffix(x, 'Z') and x like '____-%' and x > '1' and x < '3'
    then try_cast(x as timestamp)
    when regexp_full_match(x, '[12]\d{3}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?)?')
    then london(try_cast(x as timestamp))
    when regexp_full_match(x, '\d\d/\d\d/[12]\d{3} ([01]\d|2[0-3]):\d\d')
    then london(try_strptime(x, '%d/%m/%Y %H:%M'))
    when x <> '' then list_transform([tidy(x)], lambda y: time_of(y))[1]
end;
