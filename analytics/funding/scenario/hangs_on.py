"""What a scenario hangs on: each assumption at its ends, the others central."""

import pandas as pd

from analytics.funding.scenario.arithmetic import Scenario
from analytics.funding.scenario.boxes import SETTINGS
from analytics.funding.scenario.found import SOURCE, Found, unparted
from analytics.funding.scenario.time import rate_words
from analytics.funding.scenario.tornado import tornado
from analytics.words import numbers


MARK = "Scenario, not a result"
PERCENTS = ("share", "fade", "uplift")


def hangs_on(found: Found, made: Scenario) -> None:
    """Each assumption at its ends, the others central: figure and table."""
    table = made.sensitivity
    title = f"{MARK}: what the net present value hangs on"
    top = table.iloc[0]
    sentence = (
        f"{SETTINGS[top['assumption']]} matters most: over its range, the others "
        f"central, the net present value goes from {ends_of(top)}.{over_time(table)} "
        f"{MARK}: assumptions are changed one at a time, and two together may do more."
    )
    found.see.figure(
        tornado,
        drawable(table),
        zero_words="costs and benefits equal",
        table=tabled(table),
        title=title,
        sentence=unparted(sentence),
        coverage=f"{numbers.count(found.councils)} councils with dated support",
        source=f"assumptions above; {SOURCE}",
        key="tornado",
    )


def over_time(table: pd.DataFrame) -> str:
    """What the number of years and the discount rate make of it, in a sentence each."""
    said = ""
    for name in ("years", "points"):
        for _, row in table[table["assumption"] == name].iterrows():
            low, high = (end_words(name, row[end]) for end in ("low", "high"))
            first, last = (numbers.value("gbp", row[f"at_{end}"]) for end in ("low", "high"))
            said += f" {SETTINGS[name]}: {first} at {low}, {last} at {high}."
    return said


def lines_of(made: Scenario) -> list[tuple[str, object]]:
    """The table as lines of the scenario's file."""
    return [
        (
            f"Alone at its {end} end ({end_words(row['assumption'], row[end])}): net "
            f"present value (£), {SETTINGS[row['assumption']]}",
            round(row[f"at_{end}"]),
        )
        for row in made.sensitivity.to_dict("records")
        for end in ("low", "high")
    ]


def ends_of(row: pd.Series) -> str:
    """The lower and the higher result of one assumption."""
    low, high = sorted([row["at_low"], row["at_high"]])
    return f"{numbers.value('gbp', low)} to {numbers.value('gbp', high)}"


def end_words(name: str, amount: float) -> str:
    """One end of an assumption as people read it."""
    if name == "hour_value":
        return numbers.value("gbp", amount)
    if name == "points":
        return rate_words(amount)
    if name == "years":
        return f"{amount:,.0f} years"
    return f"{amount:,.0f}%" if name in PERCENTS else f"{amount:,.0f}"


def said_ends(table: pd.DataFrame, column: str) -> list[str]:
    """One column of ends as people read them."""
    pairs = zip(table["assumption"], table[column], strict=True)
    return [end_words(name, amount) for name, amount in pairs]


def drawable(table: pd.DataFrame) -> pd.DataFrame:
    """The table as the chart takes it."""
    return table.assign(
        row_label=table["assumption"].map(SETTINGS),
        low_words=said_ends(table, "low"),
        high_words=said_ends(table, "high"),
    )


def tabled(table: pd.DataFrame) -> pd.DataFrame:
    """The table with headings for people."""
    columns = {
        "assumption": "Assumption",
        "low": "Low",
        "central": "Central",
        "high": "High",
        "at_low": "Net present value at low (£)",
        "at_high": "Net present value at high (£)",
        "result": "Net present value, all central (£)",
        "swing": "Widest distance (£)",
    }
    ends = {end: said_ends(table, end) for end in ("low", "central", "high")}
    named = table.assign(assumption=table["assumption"].map(SETTINGS), **ends)
    return named.rename(columns=columns).round(0)
