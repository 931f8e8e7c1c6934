"""Submit data: will this file load, and if not, what has to be mended?"""

import streamlit as st

from analytics.reading.viewer import NotAllowedError
from analytics.submit import submission, verdict
from analytics.submit.view import check, choose, follow, hand_in, upload
from analytics.ui import layout, parts, router, store
from analytics.ui.safe import plain
from analytics.ui.view import stop


router.ask_for_router()
layout.heading("Submit data", "Will this file load, and if not, what has to be mended?")
layout.banner("department")
try:
    store.viewer().require_department()
except NotAllowedError as error:
    stop("not_allowed", str(error))
parts.section("The file")
file = upload(choose())
job = check(file)
found = None
if job and file:
    follow(job, "Checking")
    if job.failure is not None:
        st.error(plain(submission.unforeseen(job.failure)))
    elif job.result is not None:
        found = job.result
        verdict.show(file, found)
hand_in(file, found)
layout.footer()
