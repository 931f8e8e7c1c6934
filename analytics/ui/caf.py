"""What the views of the page Risk maturity share: choices, scope, and how they show.

A view is one question of the page; only the one chosen is run. The choices (view,
profile, councils, outcome) are widgets bound to the address, so a link restores them.
A click on a mark sets the same widgets, and the browser's back button undoes it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from analytics.reading import caf, lookups, marts
from analytics.reading.indicators import Indicator
from analytics.ui import filters, layout, parts, store
from analytics.ui.view import View, default_profile
from analytics.words import sentences


SOURCE = "CAF assessments: the reviewer's judgement where there is one, else the council's own"
SHARE = Indicator(
    key="share",
    theme="",
    title="Profile outcomes met",
    question="",
    definition="",
    kind="ratio",
    numerator="Outcomes met",
    denominator="Outcomes assessed",
    unit="percent",
    grain="year",
    polarity="higher_is_better",
    source=SOURCE,
)
AMONG = {"all": "All councils chosen", "peers": "Its ONS neighbours", "alone": "This council alone"}
COUNTED = {"all": "All, each by its own version", "comparable": "Comparable only"}
EDGES = (0, 20, 40, 60, 80, 100)


@dataclass(frozen=True)
class Maturity:
    """What one run of the page looks at: the view, narrowed and judged by a profile."""

    see: View

    @property
    def scope(self) -> Any:
        return self.see.scope

    @property
    def profile(self) -> str:
        """Name of the profile, as figures say it."""
        return self.see.profile

    @cached_property
    def years(self) -> pd.DataFrame:
        """Financial years with assessments: period, period_label, caf_version."""
        return store.read(caf.assessed_years, self.scope)

    @cached_property
    def latest(self) -> Any:
        """The scope of the last year with assessments."""
        return caf.latest(self.scope, self.years)

    @property
    def year(self) -> str:
        """The last year with assessments, such as 2025/26."""
        return str(self.years["period_label"].iloc[-1])

    @property
    def version(self) -> str:
        """The CAF version of the last year."""
        return str(self.years["caf_version"].iloc[-1])

    @property
    def place(self) -> str:
        return self.see.place

    @property
    def is_one(self) -> bool:
        """Whether one council alone is looked at."""
        return len(self.scope.councils) == 1

    def figure(self, chart: Any, *frames: pd.DataFrame, period: str = "", **told: Any) -> None:
        """As `View.figure`; of the last year with assessments unless told otherwise."""
        told.setdefault("source", SOURCE)
        self.see.figure(chart, *frames, period=period or self.year, **told)

    def read(self, function: Callable[..., Any], *given: Any, **options: Any) -> Any:
        """A read of the whole range."""
        return store.read(function, self.scope, *given, **options)

    def read_latest(self, function: Callable[..., Any], *given: Any, **options: Any) -> Any:
        """A read of the last year with assessments."""
        return store.read(function, self.latest, *given, **options)

    def indicator(self, key: str) -> Indicator:
        """One indicator; one that hangs on the profile says which in its title."""
        return self.see.indicator(key)

    def label_of(self, period: object) -> str:
        """The financial year that begins on a day."""
        return marts.period_label(pd.Timestamp(str(period)), "year")

    def coverage(self, councils: float) -> str:
        """How many of the councils in scope are behind a figure."""
        return sentences.coverage(councils, self.see.expected)


def judged_view(draw: Callable[["Maturity"], None]) -> Callable[[View], None]:
    """A view of CAF results: its profile and councils are chosen first, then it is drawn.

    Where nobody in scope has an assessment in the range, that is said instead.
    """

    def draw_judged(see: View) -> None:
        found = choose(see)
        if found is None:
            layout.empty("nothing_matches")
            return
        parts.note(about_profile(found))
        draw(found)

    return draw_judged


def choose(see: View) -> Maturity | None:
    """Draw the choices of a CAF view; answers what it looks at.

    None where nobody in scope has an assessment in the range.
    """
    profiles = store.read(caf.profiles, see.collection)
    with parts.row():
        profile = filters.one_from(
            "Profile to judge by",
            profiles,
            "profile",
            default=default_profile(see.collection),
            width=300,
        )
        aside = see.chosen
        see = narrowed(see)
    if see.scope.councils and aside:
        parts.note(
            f"Chosen above and set aside here: {sentences.joined(aside)}. "
            f"This is about {see.place}."
        )
    see = judged(see, profile, profiles[profile])
    found = Maturity(see)
    return None if found.years.empty else found


def narrowed(see: View) -> View:
    """The view of a council's ONS neighbours, or of it alone, where that is chosen.

    Region and type chosen above do not narrow it, and the page says so.
    """
    if not see.gss_code:
        return see
    among = filters.one_of("Councils", AMONG, "among")
    if among == "all":
        return see
    if among == "alone":
        return see.of_council()
    peers = store.read(lookups.neighbours, see.gss_code)["gss_code"]
    scope = replace(see.scope, regions=(), groups=(), councils=tuple(peers), peers_of=see.gss_code)
    return replace(see, scope=scope)


def judged(see: View, profile: str, label: str) -> View:
    """The view by one profile, which the titles of its measures name."""
    hanging = store.read(lookups.profiled)
    measures = tuple(
        replace(one, title=f"{one.title} ({label})") if one.key in hanging else one
        for one in see.measures
    )
    scope = replace(see.scope, profile=profile)
    return replace(see, scope=scope, measures=measures, profile=label)


def about_profile(found: Maturity) -> str:
    """What the profile is, and that the one for local government is not public."""
    listed = store.read(caf.profile, found.see.collection, found.scope.profile)
    latest = listed[listed["caf_version"] == found.version]
    asked = int((latest["required"] > 1).sum())
    said = (
        f"Judged by the profile {found.profile}, which asks for {asked} of "
        f"{len(latest)} outcomes of CAF {found.version}."
    )
    if found.scope.profile in ("baseline", "enhanced"):
        said += (
            " It is one of GovAssure's: the local-government profile is not public. "
            "A department can load its own."
        )
    return said


def pick(key: str) -> Callable[[str], None]:
    """What a click does: set the choice of that name, as its widget would."""

    def act(value: str) -> None:
        filters.choose(**{key: value})

    return act


def pick_council(gss_code: str) -> None:
    """What a click on a council does: pick it out, as the widget above would."""
    everyone = store.read(lookups.all_councils).set_index("gss_code")
    if gss_code in everyone.index:
        filters.choose(council=everyone["council_name"][gss_code])


def outcome_names(found: Maturity) -> dict[str, str]:
    """Code and name of every outcome of the latest version that the profile lists."""
    listed = store.read(caf.profile, found.see.collection, found.scope.profile)
    latest = listed[listed["caf_version"] == found.version]
    return {
        str(code): f"{code} {name}"
        for code, name in zip(latest["outcome_code"], latest["outcome"], strict=True)
    }


def pick_outcome(found: Maturity) -> Callable[[str], None]:
    """What a click on an outcome does: look into it, as the widget below would."""
    names = outcome_names(found)

    def act(code: str) -> None:
        if code in names:
            filters.choose(outcome=names[code])

    return act


def day(moment: object) -> str:
    """A day in words."""
    stamp = pd.Timestamp(str(moment))
    return f"{stamp.day} {stamp:%B %Y}"


def quarter(moment: object) -> str:
    """A quarter of the financial year, such as Q1 2025/26."""
    return marts.period_label(pd.Timestamp(str(moment)), "quarter")


def span(found: Maturity) -> str:
    """The years of the range that have assessments."""
    labels = found.years["period_label"]
    first, last = labels.iloc[0], labels.iloc[-1]
    return str(last) if first == last else f"{first} to {last}"


def since(found: Maturity, years: int) -> Any:
    """The scope of the last few years with assessments, at most `years` of them."""
    first = found.years["period"].iloc[-years:].iloc[0]
    last: date = found.years["period"].iloc[-1]
    return found.scope.within(first, date(last.year + 1, 3, 1))


UNITS = {"principle": "14 principles", "outcome": "Every outcome"}


def units(found: Maturity) -> dict[str, str]:
    """By principle or outcome; a council sees others by principle only."""
    if found.scope.is_of_others(store.viewer()):
        return {"principle": UNITS["principle"]}
    return UNITS


def labelled(rows: pd.DataFrame) -> pd.Series:
    """Code and name of each row's outcome or principle."""
    return rows["code"] + " " + rows["name"].fillna("")
