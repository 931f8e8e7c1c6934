-- The floor: every column typed by hand as it is read.
create table incidents as
select
    incident_ref, gss_code, incident_status, category,
    try_cast(detected_at as timestamp) as detected_at, detected_at as detected_text,
    try_cast(recovered_at as timestamp) as recovered_at,
    action, actor,
    try_cast(is_confidentiality_lost as boolean) as is_confidentiality_lost,
    try_cast(is_integrity_lost as boolean) as is_integrity_lost,
    try_cast(is_availability_lost as boolean) as is_availability_lost,
    try_cast(is_supplier_involved as boolean) as is_supplier_involved,
    try_cast(is_reported_to_ico as boolean) as is_reported_to_ico,
    try_cast(is_reported_to_ncsc as boolean) as is_reported_to_ncsc,
    try_cast(is_reported_to_police as boolean) as is_reported_to_police,
    try_cast(data_subjects_affected as bigint) as data_subjects_affected,
    try_cast(cost_response_gbp as decimal(18, 2)) as cost_response_gbp,
    cost_status,
    try_cast(submitted_at as timestamp) as submitted_at,
    share_level
from read_csv($path, header = true, all_varchar = true)
