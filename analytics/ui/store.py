"""Caching, and nothing else: frames and figures keyed by warehouse, viewer and choice.

Streamlit's caches are shared by everyone, so the warehouse's file name and the viewer
are arguments of every cached function: a new build or another viewer never meets old
answers. Figures are cached as well, because building them costs more than reading them.
"""

import hashlib
import inspect
import sys
from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.reading import warehouse
from analytics.reading.indicators import Indicator
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST, Viewer
from analytics.words import labels


def digest(frame: pd.DataFrame) -> str:
    """A hash of every cell and heading; Streamlit's own samples large frames."""
    cells = pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes()
    names = "|".join(map(str, frame.columns)).encode()
    return hashlib.sha256(names + cells).hexdigest()


# Frozen dataclasses say all that they hold in their repr, which is quick to make.
HASHES: dict[str | type[Any], Callable[[Any], Any]] = {
    pd.DataFrame: digest,
    Indicator: repr,
    Scope: repr,
    Viewer: repr,
}


def path() -> str:
    """The warehouse now published; looked up on every run, so a new build is seen."""
    return warehouse.current()


def viewer() -> Viewer:
    """Who is looking; the local analyst until sign-in is built."""
    return LOCAL_ANALYST


def read(function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """The answer of a read of `analytics` for the current warehouse and viewer.

    A read about a scope takes a `reader`; the first of `arguments` is its scope then.
    """
    name = (function.__module__, function.__name__)
    return _read(name, path(), viewer(), arguments, tuple(sorted(options.items())))


def as_at(day: str) -> str:
    """The warehouse that gives the figures as they stood at the end of a day."""
    return warehouse.current_as_at(day)


@st.cache_data(max_entries=1000, max_size="300MB", show_spinner=False, hash_funcs=HASHES)
def _read(
    name: tuple[str, str],
    path: str,
    viewer: Viewer,
    arguments: tuple,
    options: tuple[tuple[str, Any], ...],
) -> Any:
    # The module of a read is imported by whoever names the read.
    function = getattr(sys.modules[name[0]], name[1])
    if next(iter(inspect.signature(function).parameters)) == "reader":
        scope, *arguments_left = arguments
        return function(Reader(path, viewer, scope), *arguments_left, **dict(options))
    return function(path, viewer, *arguments, **dict(options))


@st.cache_resource(max_entries=300, show_spinner=False, hash_funcs=HASHES)
def figure(
    _chart: Callable[..., go.Figure], name: str, *frames: pd.DataFrame, **options: Any
) -> go.Figure:
    """A chart of these frames, drawn once; treat what comes back as read-only."""
    return _chart(*frames, **options)


def draw(chart: Callable[..., go.Figure], *frames: pd.DataFrame, **options: Any) -> go.Figure:
    """The cached figure of a chart function."""
    return figure(chart, chart.__name__, *frames, **options)


@st.cache_data(max_entries=300, max_size="100MB", show_spinner=False, hash_funcs=HASHES)
def for_people(data: pd.DataFrame, about: Indicator | None) -> pd.DataFrame:
    """A table's cells as people read them, which take longer to write than to read."""
    return labels.for_people(data, about)
