"""The dashboard as a server runs it: ready before its first visitor comes.

Run it with: streamlit run asgi.py
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from analytics.ui import router, warm
from analytics.ui.paths import OneWordAddresses
from pages import THEMES


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Import and draw once before the first request is answered; prepare the rest after."""
    await asyncio.to_thread(warm.up)
    warm.keep_prepared([page.prepare for page in router.walk(THEMES) if page.prepare])
    yield


app = st.App("dashboard.py", lifespan=lifespan, middleware=[Middleware(OneWordAddresses)])
