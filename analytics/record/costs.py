"""The public record's figures of money: what each source says, conflicts kept."""

import pandas as pd

from analytics.record import reads
from analytics.record.chart import MOST_ROWS, accounts
from analytics.ui.view import View
from analytics.words import numbers


SOURCE = "Reports by press, councils and regulators; see the page Methods"
COST = ("cost",)
GRANTS = ("government grant", "external grants")
NEVER_ADDED = (
    "Every source's figure stands by itself: they are accounts of one amount at "
    "different times, so none is added up, within an incident or over several."
)


def reported_amounts(see: View, found: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Costs as reported, as ranges; grants apart, since they are not costs."""
    counted = found[found["is_counted"]]
    costs = reads.amounts(figures, COST)
    if len(costs):
        figure_of(
            see,
            counted,
            costs,
            title="What incidents cost, as reported publicly",
            sentence=cost_sentence(costs, counted),
            key="reported-costs",
        )
    grants = reads.amounts(figures, GRANTS)
    if len(grants):
        figure_of(
            see,
            counted,
            grants,
            title="Grants reported after incidents",
            sentence=f"Grants are money received and no cost: they stand apart and are "
            f"not taken off. {NEVER_ADDED}",
            key="reported-grants",
        )


def cost_sentence(costs: pd.DataFrame, counted: pd.DataFrame) -> str:
    """How many incidents have a figure, and where sources differ most."""
    rows = costs.drop_duplicates("reported_incident_id")
    said = (
        f"A figure of the whole cost was reported for {len(rows)} of "
        f"{numbers.count(len(counted))} incidents; of the others it is unknown, which "
        "is not nought."
    )
    apart = rows[rows["most"] > rows["least"]]
    if len(apart):
        widest = apart.iloc[(apart["most"] - apart["least"]).argmax()]
        low, high = (numbers.value("gbp", widest[end]) for end in ("least", "most"))
        is_its = costs["reported_incident_id"] == widest["reported_incident_id"]
        said += (
            f" Sources differ for {len(apart)}: most for {widest['row_label']}, {low} "
            f"to {high} by {int(is_its.sum())} figures."
        )
    return f"{said} {NEVER_ADDED}"


def figure_of(
    see: View, counted: pd.DataFrame, data: pd.DataFrame, *, title: str, sentence: str, key: str
) -> None:
    """The figures of each incident on one row, with their sources in the table."""
    drawn = data.assign(said=data["value_reported"], source=data["publisher"].fillna(""))
    drawn = drawn.rename(columns={"reported_incident_id": "row_key"})
    first = drawn["row_key"].drop_duplicates().head(MOST_ROWS)
    drawn = drawn[drawn["row_key"].isin(first)]
    named, hit = data["council_name"].nunique(), counted["council_name"].nunique()
    title = f"{title}, {see.period}"
    see.figure(
        accounts,
        drawn.reset_index(drop=True),
        table=table(data),
        title=title,
        sentence=sentence,
        coverage=f"{named} of {hit} councils named in reports",
        source=SOURCE,
        key=key,
    )


def table(data: pd.DataFrame) -> pd.DataFrame:
    """Every figure with its source, and the lowest and highest of its incident."""
    ends = {
        end: data[end].map(lambda amount: numbers.value("gbp", amount)) for end in ("least", "most")
    }
    more = data["is_open"].map({True: " or more", False: ""})
    return pd.DataFrame(
        {
            "Incident": data["row_label"],
            "Measure": data["measure"],
            "As reported": data["value_reported"],
            "Source": data["publisher"].fillna(""),
            "Remark": data["note"].fillna(""),
            "Lowest of all": ends["least"],
            "Highest of all": ends["most"] + more,
        }
    )
