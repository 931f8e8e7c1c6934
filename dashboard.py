"""The dashboard: sets up the page that was asked for; reads no data.

Run it with: streamlit run asgi.py
The pages and their order are in analytics/ui/router.py.
"""

import streamlit as st

from analytics.ui import router


page = router.navigation()
st.set_page_config(page_title=f"{page.title} – Council cyber dashboard", layout="wide")
page.run()
