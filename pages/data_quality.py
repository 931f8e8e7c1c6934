"""Data quality: what arrived, what was refused and why, and how complete is it?"""

import streamlit as st

from analytics.quality import conformance, reads
from analytics.quality.view import came, complete, headlines, received_files, revisions, rows, rules
from analytics.quality.words import titles
from analytics.reading import lookups
from analytics.reading.viewer import NotAllowedError
from analytics.ui import filters, layout, parts, store
from analytics.ui.view import stop, view


see = view(
    "Data quality",
    "What arrived, what was set aside and why, and how complete is it?",
    has_filters=False,
    available=reads.collections,
)
try:
    files = store.read(reads.files, see.collection)
except NotAllowedError as error:
    stop("not_allowed", str(error))
if files.empty:
    stop("no_data")
headlines(files)
came(see, files)
complete(see)
parts.section("Rows accepted and set aside")
named_so = dict(sorted(zip(titles(files["dataset"]), files["dataset"], strict=True)))
options = {"": "All datasets", **{name: title for title, name in named_so.items()}}
with st.container(horizontal=True, vertical_alignment="bottom", key="quality-choice"):
    dataset = filters.one_from("Dataset", options, "dataset", default="")
    gss_code, council = filters.council(store.read(lookups.all_councils))
if not see.is_public:
    conformance.conformance(see, dataset, gss_code, council)
rows(see, dataset, gss_code, council)
rules(see)
revisions(see, files)
received_files(see, files)
layout.footer()
