"""A scenario, not a result: what incidents without a reported cost might add.

Nothing here is drawn or added to a figure; every assumption stands on screen and can be
changed, and goes with the answer into its own download.
"""

import pandas as pd
import streamlit as st

from analytics.disruption.costs import reads
from analytics.disruption.costs.assumptions import Assumed, scenario
from analytics.disruption.costs.found import Costs
from analytics.disruption.costs.words import money
from analytics.reading.disclosure import WITHHELD
from analytics.ui import download, filters, layout, parts
from analytics.ui.safe import plain
from analytics.words import numbers


TITLE = "Scenario, not a result: what unreported costs might add"
WHAT_IT_IS = (
    "No figure on this page holds any of this. What was not reported is unknown; below "
    "is arithmetic on assumptions, each of which you can change. Councils that sent no "
    "return at all are not in it, since nobody knows how many incidents they had."
)
APPLIED = {"silent": "Years of a council without any cost", "all": "Every incident without a cost"}
MOST = 100_000_000
FORMULA = "incidents without a cost × share that cost anything × cost of one incident"
DISORDER = "Put the costs of one incident in order: low, central, high."


def untold(found: Costs) -> None:
    """The assumptions, the answer as a range, its formula, and its download."""
    parts.section(TITLE, WHAT_IT_IS)
    classes = found.see.read(reads.untold)
    if classes.empty or (classes["note"] == WITHHELD).any():
        layout.empty("not_allowed" if len(classes) else "nothing_matches")
        return
    with st.container(border=True, key="scenario"):
        applied = filters.one_of("Applied to", APPLIED, "applied")
        behind, who = incidents(classes, applied)
        assumed, is_default = assumptions(found, classes, behind)
        answer(found, assumed, who, is_default)


def incidents(classes: pd.DataFrame, applied: str) -> tuple[float, str]:
    """How many incidents the scenario is applied to, and whose they are, in words."""
    found = {str(row["class"]): row for _, row in classes.iterrows()}
    silent = found.get("untold")
    if applied == "all":
        gone = float(classes["incidents"].sum() - classes["known"].sum())
        return gone, f"{numbers.count(gone)} incidents without a reported cost"
    if silent is None:
        return 0, "0 incidents: every council that had any told a cost each year"
    return float(silent["incidents"]), (
        f"{numbers.count(silent['incidents'])} incidents of "
        f"{numbers.count(silent['councils'])} councils, in "
        f"{numbers.count(silent['council_years'])} years in which such a council "
        "reported incidents and no cost"
    )


def assumptions(found: Costs, classes: pd.DataFrame, behind: float) -> tuple[Assumed, bool]:
    """Draw the assumptions; answers them, and whether they are as reported."""
    share, costs = defaults(found, classes)
    with parts.row():
        chosen = filters.number(
            "Incidents that cost anything (%)", "costshare", default=share, most=100
        )
        low, central, high = (
            filters.number(f"{name} cost of one (£)", key, default=cost, most=MOST, step=100)
            for name, key, cost in zip(
                ("Low", "Central", "High"),
                ("costlow", "costcentral", "costhigh"),
                costs,
                strict=True,
            )
        )
    is_default = (chosen, low, central, high) == (share, *costs)
    return Assumed(behind, chosen, low, central, high), is_default


def defaults(found: Costs, classes: pd.DataFrame) -> tuple[int, list[int]]:
    """The share and the quartiles that councils reported; nought where not known."""
    told = classes[classes["class"] == "told"][["known", "incidents"]].sum()
    share = round(100 * told["known"] / told["incidents"]) if told["incidents"] else 0
    frame = found.see.read(reads.spread, base_year=found.base_year)
    quartiles = frame[list(reads.QUARTILES)]
    known = len(frame) and quartiles.notna().all(axis=None)
    return share, [round(each) for each in quartiles.iloc[0]] if known else [0, 0, 0]


def answer(found: Costs, assumed: Assumed, who: str, is_default: bool) -> None:
    """The range with its formula in words, and the file that holds both."""
    try:
        low, central, high = scenario(assumed)
    except ValueError:
        st.warning(DISORDER)
        return
    said = (
        f"{who[:1].upper()}{who[1:]}, of which {assumed.share:.0f}% are assumed to "
        f"have cost anything, at {money(assumed.low)} to {money(assumed.high)} each, "
        f"centrally {money(assumed.central)}: {money(low)} to {money(high)}, centrally "
        f"{money(central)}, {found.prices}."
    )
    st.markdown(f"**If this held:** {plain(said)}")
    st.caption(plain(f"Formula: {FORMULA}. {basis(found, is_default)}"))
    rows = listed(found, assumed, (low, central, high), who)
    facts = download.Facts(
        f"{TITLE}, {found.see.place}", found.see.period, who, found.source, found.see.collection
    )
    layout.download_button("Download this scenario (CSV)", rows, facts, key="cost-scenario")


def basis(found: Costs, is_default: bool) -> str:
    """Where the numbers come from: councils' reports, or whoever changed them."""
    if not is_default:
        return "At least one assumption is yours and not from what councils reported."
    return (
        f"Share and costs as reported in {found.see.place}: the share of incidents "
        "with a cost in years in which a council told any, and the lower quartile, "
        "median and upper quartile of those costs. Councils that tell may differ from "
        "those that do not."
    )


def listed(
    found: Costs, assumed: Assumed, found_range: tuple[float, ...], who: str
) -> pd.DataFrame:
    """The scenario with its assumptions, line by line, for the download."""
    low, central, high = found_range
    lines = [
        ("What this is", "Scenario, not a result: arithmetic on assumptions"),
        ("Prices", found.prices),
        ("Applied to", who),
        ("Assumed: incidents without a cost", assumed.incidents),
        ("Assumed: share that cost anything (%)", assumed.share),
        ("Assumed: low cost of one incident (£)", assumed.low),
        ("Assumed: central cost of one incident (£)", assumed.central),
        ("Assumed: high cost of one incident (£)", assumed.high),
        ("Formula", FORMULA),
        ("Scenario, low (£)", round(low, 2)),
        ("Scenario, central (£)", round(central, 2)),
        ("Scenario, high (£)", round(high, 2)),
    ]
    return pd.DataFrame(lines, columns=["Line", "Is"])
