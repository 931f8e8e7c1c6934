"""Opens a page: heading, switch, filters, and the reads for what was chosen.

A page asks for `view(...)` and gets one object that knows the scope; when there is
nothing to show it says why and the page stops there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.charts import shapes
from analytics.reading import caf, lookups, marts
from analytics.reading.indicators import Indicator
from analytics.reading.scope import Scope
from analytics.reading.viewer import NotAllowedError
from analytics.reading.warehouse import NoWarehouseError
from analytics.ui import filters, layout, store
from analytics.ui.safe import plain
from analytics.words import sentences
from settings import settings


@dataclass(frozen=True)
class View:
    """What one run of a page looks at: the scope, and the council to pick out."""

    scope: Scope
    gss_code: str
    council_name: str
    period: str
    measures: tuple[Indicator, ...]
    profile: str = ""
    events: tuple[str, ...] = ()
    # What figures say unless they are told otherwise.
    source: str = ""
    about: Indicator | None = None
    coverage: str = ""
    prefix: str = ""

    def telling(self, **defaults: Any) -> "View":
        """The same view, whose figures say this unless told otherwise: source, about,
        coverage, period; `prefix` begins their keys."""
        return replace(self, **defaults)

    def read(self, function: Callable[..., Any], *given: Any, **options: Any) -> Any:
        """The answer of a read over the scope of the view."""
        return store.read(function, self.scope, *given, **options)

    def figure(
        self,
        chart: Callable[..., go.Figure] | go.Figure,
        *frames: pd.DataFrame,
        title: str,
        sentence: str,
        key: str,
        table: pd.DataFrame | None = None,
        kind: str = "",
        about: Indicator | None = None,
        coverage: str = "",
        period: str = "",
        source: str = "",
        on_select: Callable[[str], None] | None = None,
        **options: Any,
    ) -> None:
        """A chart of these frames, with its words, table, download and definition.

        `chart` is a chart function, drawn with `options`, or a figure drawn already;
        `table` is what it shows as a table (the first frame unless given) and `kind` the
        shape that its text alternative names. Period, collection and marking are the
        view's; coverage, source and definition too, where it has them (`telling`).
        """
        drawn = store.draw(chart, *frames, **options) if callable(chart) else chart
        about = about or self.about
        layout.figure(
            drawn,
            title=title,
            sentence=sentence,
            about=about,
            data=frames[0] if table is None else table,
            coverage=coverage or self.coverage,
            period=period or self.period,
            source=source or self.source or (about.source if about else ""),
            collection=self.collection,
            alt=sentences.alt(kind or shapes.shape_of(chart), title, sentence),
            key=self.prefix + key,
            on_select=on_select,
        )

    @property
    def collection(self) -> str:
        return self.scope.collection

    @property
    def is_public(self) -> bool:
        return self.scope.collection == marts.PUBLIC

    def indicator(self, key: str) -> Indicator:
        """One indicator by its key; an unknown key raises."""
        return next(i for i in self.measures if i.key == key)

    def indicators(self, theme: str) -> list[Indicator]:
        """The indicators of one theme, in their order."""
        return [i for i in self.measures if i.theme == theme]

    def cards(self, row: str) -> list[Indicator]:
        """The indicators whose header puts them in this row of cards, in their order."""
        return [i for i in self.measures if i.card == row]

    def series(self, indicator: Indicator, **options: Any) -> pd.DataFrame:
        """The `series` frame of the scope."""
        return self.read(marts.series, indicator, **options)

    def series_with_council(self, indicator: Indicator) -> pd.DataFrame:
        """The `series` frame of the scope, and of the council picked out, if any."""
        whole = self.series(indicator).assign(group_label=self.place)
        if not self.gss_code:
            return whole
        alone = Scope(
            self.collection,
            self.scope.since,
            self.scope.until,
            councils=(self.gss_code,),
            profile=self.scope.profile,
        )
        own = store.read(marts.series, alone, indicator, by="council")
        return pd.concat([whole, own], ignore_index=True)

    def of_council(self) -> "View":
        """The same years of the council picked out alone."""
        scope = replace(self.scope, regions=(), groups=(), councils=(self.gss_code,), peers_of="")
        return replace(self, scope=scope)

    def groups(self, indicator: Indicator, by: str) -> pd.DataFrame:
        """The `groups` frame of the scope."""
        return self.read(marts.groups, indicator, by=by)

    def councils(self, indicator: Indicator) -> pd.DataFrame:
        """The `councils` frame of the scope."""
        return self.read(marts.councils, indicator)

    def marks(self) -> pd.DataFrame | None:
        """Events to mark on an axis of time: happened_on, title; None where none are
        asked for."""
        if not self.events:
            return None
        return self.read(lookups.annotations, self.events)

    def marks_by(self, bucket: str) -> pd.DataFrame | None:
        """The same events, each with the label of its period: year, quarter, month."""
        found = self.marks()
        if found is None:
            return None
        days = pd.to_datetime(found["happened_on"])
        named = [marts.period_label(day, bucket) for day in days]
        return found.assign(period_label=pd.Series(named, found.index, dtype=object))

    @cached_property
    def expected(self) -> int:
        """Councils of today in scope."""
        if self.scope.councils:
            return len(self.scope.councils)
        groups = store.read(lookups.council_groups)
        everyone = store.read(lookups.all_councils)
        kinds = [groups[code] for code in self.scope.groups]
        inside = everyone["region"].isin(self.scope.regions or everyone["region"])
        return int(
            (inside & everyone["council_type"].isin(kinds or everyone["council_type"])).sum()
        )

    @property
    def place(self) -> str:
        """The councils in scope, in a word or two."""
        if self.scope.peers_of:
            return f"Peers of {self.council_name}"
        if self.scope.councils == (self.gss_code,):
            return self.council_name
        if not self.scope.regions and not self.scope.groups:
            return "England"
        return "Councils chosen" if len(self.chosen) > 1 else self.chosen[0]

    @property
    def chosen(self) -> list[str]:
        """Regions and types chosen, by name."""
        kinds = store.read(lookups.council_groups)
        return [*self.scope.regions, *(kinds[code] for code in self.scope.groups)]


def view(
    title: str,
    question: str,
    *,
    record: tuple[str, str] | None = None,
    has_filters: bool = True,
    available: Callable[..., dict] = lookups.collections,
) -> View:
    """Heading, switch and filters; stops the page when there is nothing to show.

    `available` reads the collections that there are to choose from; `record` is the
    title and question in place of the page's own where the public record is chosen.
    """
    head = st.container()
    try:
        collections = store.read(available)
    except NoWarehouseError as error:
        with head:
            layout.heading(title, question)
        stop("no_data", str(error))
    switch, strip = st.columns([1, 1], vertical_alignment="bottom")
    with switch:
        collection = filters.collection(list(collections))
    with head:
        layout.heading(*(record if record and collection == marts.PUBLIC else (title, question)))
    with strip:
        layout.banner(collection)
    since, until = collections[collection]
    scope, gss_code, name = Scope(collection, since, until), "", ""
    events: tuple[str, ...] = ()
    if has_filters:
        with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
            scope, gss_code, name = choose(scope)
            if not store.read(lookups.annotations, scope, tuple(filters.EVENTS)).empty:
                events = filters.events()
    try:
        scope.check(store.viewer())
        if gss_code:
            replace(scope, regions=(), groups=(), councils=(gss_code,)).check(store.viewer())
    except NotAllowedError as error:
        stop("not_allowed", str(error))
    measures = tuple(store.read(lookups.all_indicators))
    period = period_words(scope.since, scope.until)
    return View(scope, gss_code, name, period, measures, events=events)


def choose(whole: Scope) -> tuple[Scope, str, str]:
    """Draw the filters and read the choice: scope, and the council to pick out."""
    first = filters.years_from(whole.since, whole.until)
    last = filters.years_to(whole.since, whole.until)
    since, until = filters.span(first, last)
    regions = filters.regions(store.read(lookups.regions))
    groups = filters.groups(store.read(lookups.council_groups))
    gss_code, name = filters.council(store.read(lookups.all_councils))
    scope = Scope(
        whole.collection, since, until, regions, groups, profile=default_profile(whole.collection)
    )
    return scope, gss_code, name


def default_profile(collection: str) -> str:
    """The CAF profile that figures are judged by unless a page offers another."""
    known = store.read(caf.profiles, collection)
    return settings.profile if settings.profile in known else next(iter(known), "")


def period_words(since: date, until: date) -> str:
    """The financial years of a scope, such as 2021/22 to 2025/26."""
    years = filters.financial_years(since, until)
    return years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"


def stop(reason: Any, detail: str = "") -> None:
    """Say why there is nothing here, and end the page."""
    layout.empty(reason)
    if detail:
        st.caption(detail)
    layout.footer()
    st.stop()


def refused(see: View, why: str) -> None:
    """Say what may not be seen and what to do, with a button that does it."""
    layout.empty("not_allowed")
    st.caption(plain(why))
    if see.scope.regions or see.scope.groups:
        st.button("Show all of England", on_click=widen)


def widen() -> None:
    """Clear the region and the type."""
    filters.choose(region="", type="")
