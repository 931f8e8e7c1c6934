"""The dashboard as a server runs it: ready before its first visitor comes.

Run it with: streamlit run asgi.py
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from analytics.ui import warm


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Import and draw once before the first request is answered; estimate after."""
    await asyncio.to_thread(warm.up)
    warm.keep_estimated()
    yield


app = st.App("dashboard.py", lifespan=lifespan)
