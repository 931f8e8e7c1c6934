"""The money: envelope, awards and payments, by year, programme and place."""

from dataclasses import replace

import pandas as pd

from analytics import formats, marts
from analytics.charts import words
from analytics.charts.ranking import ranking
from analytics.charts.trend import trend
from analytics.ui import figures, layout, store
from analytics.ui.layout import Card
from analytics.ui.view import View


MONEY = {"envelope_gbp": "Envelope", "awarded_gbp": "Awarded", "paid_gbp": "Paid"}
LEDGER = "Programme budgets, awards ledger and payments ledger; cash prices"


def money_cards(ledger: pd.DataFrame) -> list[Card]:
    """Envelope, awarded, unallocated and paid, reconciling to the envelope."""
    envelope, awarded, paid = (ledger[name].sum() for name in MONEY)
    share = f"{100 * awarded / envelope:.0f}% of the envelope" if envelope else ""
    of_award = f"{100 * paid / awarded:.0f}% of what was awarded" if awarded else ""
    return [
        Card("Envelope", formats.value("gbp", envelope), note="Set aside"),
        Card("Awarded", formats.value("gbp", awarded), note=share),
        Card("Unallocated", formats.value("gbp", envelope - awarded),
             note="Envelope less awarded"),
        Card("Paid", formats.value("gbp", paid), note=of_award),
    ]  # fmt: skip


def running_totals(see: View, ledger: pd.DataFrame) -> None:
    """Envelope, awarded and paid, added up year by year."""
    yearly = ledger.groupby(["financial_year", "period_label"])[list(MONEY)].sum()
    total = yearly.cumsum().reset_index()
    long = total.melt(["financial_year", "period_label"], list(MONEY), "group_code")
    data = long.rename(columns={"financial_year": "period"}).assign(
        group_label=long["group_code"].map(MONEY),
        basis="", councils=see.expected, expected=see.expected,
        numerator=long["value"], denominator=float("nan"),
    )  # fmt: skip
    data["period"] = pd.to_datetime(data["period"])
    unit = replace(see.indicator("amount_awarded"), unit="gbp", title="Running total")
    last = total.iloc[-1]
    sentence = (
        f"By the end of {last['period_label']}, "
        f"{formats.value('gbp', last['awarded_gbp'])} of an envelope of "
        f"{formats.value('gbp', last['envelope_gbp'])} had been awarded and "
        f"{formats.value('gbp', last['paid_gbp'])} paid."
    )
    layout.figure(
        store.draw(trend, data, indicator=unit, highlight=tuple(MONEY)),
        title=f"Envelope, awards and payments, running totals, {see.period}",
        sentence=sentence, about=None,
        data=yearly.reset_index().drop(columns="financial_year").rename(
            columns={name: f"{label} (£)" for name, label in MONEY.items()}),
        coverage="Every programme and council", period=see.period, source=LEDGER,
        collection=see.collection,
        alt=words.alt("Line chart", "Envelope, awards and payments", sentence),
        key="ledger",
    )  # fmt: skip


def programmes(see: View, ledger: pd.DataFrame) -> None:
    """How much each programme awarded."""
    by = ledger.groupby(["programme", "programme_label"])[list(MONEY)].sum()
    by = by.reset_index().sort_values("awarded_gbp", ascending=False)
    data = by.rename(columns={"programme": "group_code", "awarded_gbp": "value",
                              "programme_label": "group_label"})  # fmt: skip
    unit = replace(see.indicator("amount_awarded"), unit="gbp", title="Awarded")
    sentence = words.ranking_sentence(data, unit)
    layout.figure(
        store.draw(ranking, data.assign(councils=0, expected=0), indicator=unit),
        title=f"Amount awarded by programme, {see.period}",
        sentence=sentence, about=None,
        data=by.drop(columns="programme").rename(
            columns={"programme_label": "Programme",
                     **{name: f"{label} (£)" for name, label in MONEY.items()}}),
        coverage="Every programme and council", period=see.period, source=LEDGER,
        collection=see.collection,
        alt=words.alt("Bar chart", "Amount awarded by programme", sentence),
        key="programmes",
    )  # fmt: skip


def ledger(see: View) -> None:
    """Headlines, running totals, programmes and places."""
    found = store.read(marts.ledger, see.scope)
    if found.empty:
        layout.empty("nothing_matches")
        return
    layout.headlines(money_cards(found))
    running_totals(see, found)
    programmes(see, found)
    figures.comparison_of(see, see.indicator("awarded_per_resident"), "region")
    figures.map_of(see, see.indicator("amount_awarded"))
