"""Will this file load, and if not, what has to be mended?"""

import streamlit as st

from analytics.submit import submission, verdict
from analytics.submit.jobs import Job
from analytics.submit.submission import Kind, Options, Upload
from analytics.ui import filters, parts, store
from analytics.ui.safe import plain


FORMS = {
    "csv": ("Template (CSV)", "{}-template.csv", "text/csv"),
    "workbook": ("Template (Excel)", "{}-template.xlsx", None),
    "dictionary": ("What each column means (CSV)", "{}-dictionary.csv", "text/csv"),
    "metadata": ("Metadata (CSVW)", "{}.csv-metadata.json", "application/json"),
}
ENDINGS = ["csv", "txt", "tsv", "xlsx", "json"]


def choose() -> Kind:
    """The dataset, what it holds, and files that help to fill it in."""
    kinds = {kind.dataset: kind for kind in submission.kinds()}
    titles = {name: kind.title for name, kind in kinds.items()}
    name = filters.one_from("What is in the file", titles, "into", default="incidents")
    kind = kinds[name]
    st.markdown(plain(f"{kind.description} Expected: {kind.words.lower()}."))
    with st.container(horizontal=True, key="templates"):
        for form, (label, file, mime) in FORMS.items():
            st.download_button(
                label,
                submission.giver(name, form),
                file.format(name),
                mime,
                on_click="ignore",
                key=f"{form}-{name}",
            )
    return kind


def options(kind: Kind, file: str) -> Options:
    """What the file may not say of itself; asked only where it may matter."""
    said: dict[str, str] = {}
    with st.expander("How the file is to be read (only where it matters)", key="how"):
        if file.lower().endswith(".xlsx"):
            said["sheet"] = st.text_input(
                "Sheet of the workbook",
                key="sheet",
                max_chars=31,
                help="Blank: the sheet whose headers fit is found.",
            )
        if kind.dataset == "assessments":
            st.markdown("A file of WebCAF names no council, system or period.")
            for key, label in ABOUT.items():
                said[key] = st.text_input(label, key=f"about-{key}", max_chars=60)
        comma = st.checkbox("Numbers have a decimal comma, as in 1.234,50", key="decimal-comma")
    return Options(**{k: v or "" for k, v in said.items()}, decimal_comma=comma)


ABOUT = {
    "council": "Council (ONS code or name)",
    "system": "Critical system",
    "period": "Assessment period, such as 2024/25",
    "assessment": "Reference of the assessment",
    "caf_version": "CAF version, such as 3.2",
}


def upload(kind: Kind) -> Upload | None:
    """The file that was handed to the browser, with how it is to be read."""
    limit = st.get_option("server.maxUploadSize")
    st.markdown(
        f"CSV, Excel (.xlsx) or JSON, at most {limit} MB. For a larger one: "
        "`python -m pipelines submit FILE`."
    )
    given = st.file_uploader("File", ENDINGS, key="file")
    how = options(kind, given.name if given else "")
    if given is None:
        return None
    return Upload(given.name, given.getvalue(), kind.dataset, how)


def check(file: Upload | None) -> Job | None:
    """The job that judges this file, begun when asked for; one run for each file."""
    viewer = store.viewer()
    asked = st.button("Check the file", type="primary", disabled=file is None)
    if file is None:
        st.session_state.pop("check", None)
        return None
    job = st.session_state.get("check")
    if asked and (job is None or job.key != file.digest or not job.is_done or is_to_repeat(job)):
        job = Job(file.digest, lambda tell: submission.check(viewer, file, tell))
        st.session_state["check"] = job
    return job if job and job.key == file.digest else None


def is_to_repeat(job: Job) -> bool:
    """Whether a check gave no verdict, so that asking again makes sense."""
    return job.failure is not None or bool(job.result and job.result.stopped)


def follow(job: Job, doing: str) -> None:
    """Name each step as it begins; nothing is shown of a job that has ended."""
    if job.is_done:
        return
    place = st.empty()
    with place.status(doing, expanded=True) as box:
        st.markdown("Starting")
        told = 0
        for steps in job.follow():
            for step in steps[told:]:
                st.markdown(plain(step))
            told = len(steps)
            box.update(label=f"{doing}: {plain(steps[-1])}" if steps else doing)
    place.empty()


def hand_in(file: Upload | None, found: submission.Verdict | None) -> None:
    """Who sends it and what for; open once the check says that it may be."""
    parts.section("Submit")
    is_open = bool(found and found.is_acceptable)
    job = st.session_state.get("submit")
    if not (job and file and job.key == file.digest):
        job = None
    if found is None:
        st.markdown("Check a file first.")
    elif is_open:
        st.markdown(plain(verdict.aside_words(found)))
    else:
        st.markdown("This file cannot be submitted. Mend it and check it again.")
    is_done = bool(job and not (job.is_done and is_to_repeat(job)))
    with st.form("hand-in", border=False):
        sent_by = st.text_input(
            "Who sends it (name or team, and council)", max_chars=120, key="sent-by"
        )
        purpose = st.text_input(
            "What it is for (such as incidents of June)", max_chars=200, key="purpose"
        )
        pressed = st.form_submit_button("Submit", type="primary", disabled=not is_open or is_done)
    if pressed and file and not (sent_by and purpose):
        st.warning("Say who sends the file and what it is for.")
    elif pressed and file and is_open and not is_done:
        job = begin(file, str(sent_by), str(purpose))
    if job:
        follow(job, "Submitting")
        told(job)


def begin(file: Upload, sent_by: str, purpose: str) -> Job:
    """Start to submit; the work goes on should the page be left."""
    viewer = store.viewer()
    job = Job(file.digest, lambda tell: submission.submit(viewer, file, sent_by, purpose, tell))
    st.session_state["submit"] = job
    return job


def told(job: Job) -> None:
    """What became of a submission."""
    if job.failure is not None:
        st.error(plain(submission.unforeseen(job.failure)))
    elif job.result is not None:
        verdict.became(job.result)


def draw() -> None:
    """The file, its verdict, and handing it in."""
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
