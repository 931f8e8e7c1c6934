"""What was chosen stands in the address, and each choice is a step that back undoes.

A widget shows what the address says; using it, or clicking a mark, changes the address.
Streamlit's own binding (`bind="query-params"`) replaces the browser's step instead of
adding one, so that back would leave the page.

A session remembers four things. ADDRESS is the address as this session last knew it,
which may be newer than what the browser sent when two choices follow fast. CHOSEN is
every choice made, for pages opened later. PAGE was drawn last. CAME says that another
page was drawn before this one, IS_NEWER that a choice was made just now.
"""

import streamlit as st


Words = tuple[str, ...]
ADDRESS, CHOSEN, PAGE = "address", "chosen", "page"
CAME, IS_NEWER = "came", "is_newer"


def opened(page: str) -> None:
    """Called as a page begins: reads the address, unless a choice just changed it."""
    before = st.session_state.get(PAGE)
    st.session_state[PAGE] = page
    st.session_state[CAME] = before not in (None, page)
    if not st.session_state.pop(IS_NEWER, False):
        st.session_state[ADDRESS] = _asked()


def is_new_page() -> bool:
    """Whether another page was drawn before this run."""
    return bool(st.session_state.get(CAME))


def words(key: str) -> Words:
    """What is chosen under a key, here or on the page before; empty for nothing."""
    address, chosen = _kept(ADDRESS), _kept(CHOSEN)
    if key in address:
        chosen[key] = address[key]
    elif key in chosen and is_new_page():
        address[key] = chosen[key]
    else:
        chosen.pop(key, None)
    return chosen.get(key, ())


def all_names() -> list[str]:
    """The names of all choices made here or on the page before."""
    return sorted({*_kept(ADDRESS), *_kept(CHOSEN)})


def choose(choices: dict[str, Words]) -> None:
    """Set choices, from a callback; no words for one mean its default."""
    for kept in (_kept(ADDRESS), _kept(CHOSEN)):
        kept.update(choices)
        for key in [key for key, value in kept.items() if not value]:
            del kept[key]
    st.session_state[IS_NEWER] = True
    closed()


def correct(key: str, known: Words) -> None:
    """Keep of a choice what is to be had here; none of it is the default."""
    for kept in (_kept(ADDRESS), _kept(CHOSEN)):
        kept.pop(key, None)
        if known:
            kept[key] = known


def closed() -> None:
    """Called as a page ends: hand the address to the browser, all of it in one step."""
    if _kept(ADDRESS) != _asked():
        st.query_params.from_dict({k: list(v) for k, v in _kept(ADDRESS).items()})


def _kept(name: str) -> dict[str, Words]:
    return st.session_state.setdefault(name, {})


def _asked() -> dict[str, Words]:
    """The address that the browser sent, or that was handed to it since."""
    return {key: tuple(st.query_params.get_all(key)) for key in st.query_params}
