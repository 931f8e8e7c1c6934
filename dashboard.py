"""The dashboard's pages and their order; reads no data.

Run it with: streamlit run dashboard.py
"""

import streamlit as st


PAGES = [
    st.Page("pages/overview.py", title="Overview", default=True),
    st.Page("pages/risk_maturity.py", title="Risk maturity"),
    st.Page("pages/service_disruption.py", title="Service disruption"),
    st.Page("pages/funding_impact.py", title="Funding impact"),
    st.Page("pages/benchmark.py", title="Benchmark"),
    st.Page("pages/data_quality.py", title="Data quality"),
    st.Page("pages/methods.py", title="Methods"),
]

page = st.navigation(PAGES, position="top")
st.set_page_config(
    page_title=f"{page.title} – Council cyber dashboard",
    page_icon="static/favicon.png",
    layout="wide",
)
page.run()
