"""Addresses with more than one part: Streamlit would answer them with an empty page.

Every page of ours has one word for an address. What comes deeper is sent to the page
that says what there is; what belongs to Streamlit itself (`_stcore`, `static`, `media`,
`component`) is left alone, as the shell probes for it below whatever page it is on.
"""

from urllib.parse import quote

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


STREAMLITS = {"_stcore", "static", "media", "component", "app"}
NO_PAGE = "no_such_page"


class OneWordAddresses:
    """Middleware of the server (ASGI)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an address that can be no page with a redirect; pass on all others."""
        if scope["type"] == "http" and is_deep(scope["path"]):
            answer = RedirectResponse(f"/{NO_PAGE}?asked={quote(scope['path'], safe='')}")
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def is_deep(path: str) -> bool:
    """Whether an address has several parts, none of which is Streamlit's own."""
    parts = [part for part in path.split("/") if part]
    return len(parts) > 1 and not STREAMLITS & set(parts)
