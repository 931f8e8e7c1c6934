"""The dashboard: opens the page that was asked for; reads no data.

Run it with: streamlit run asgi.py
The pages and their order are in pages/.
"""

from analytics.ui import router
from pages import MOVED, THEMES


router.run(THEMES, MOVED)
