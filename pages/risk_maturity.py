"""Risk maturity: how much of the framework do councils meet, and is it rising?"""

from analytics import marts
from analytics.charts import words
from analytics.charts.matrix import matrix
from analytics.indicators import Indicator
from analytics.ui import figures, filters, layout, parts, public_pages, store
from analytics.ui.view import View, view


def main_figures(see: View) -> None:
    """Headlines, the comparable trend, principles, and how councils differ."""
    met, comparable, achieved, meeting = see.indicators("risk_maturity")[:4]
    layout.headlines([
        figures.card(see, indicator)
        for indicator in (met, comparable, achieved, meeting)
    ])  # fmt: skip
    parts.note(
        "CAF 4.0 asks for more than CAF 3.2, so the line that counts only outcomes "
        "that mean the same in both versions shows whether maturity rose. The profile "
        "is GovAssure's Baseline: the local-government profile is not public."
    )
    figures.trend_of(see, comparable)
    figures.trend_of(see, met)
    principles(see, met)
    by = filters.one_of("Compare councils by", filters.COMPARE, "compare")
    figures.comparison_of(see, met, by)
    figures.map_of(see, met)
    figures.spread_of(see, met, by)


def principles(see: View, met: Indicator) -> None:
    """Which principles are met, year by year."""
    data = store.read(marts.principles, see.scope)
    if data["value"].isna().all():
        return
    data["principle"] = data["principle_code"] + " " + data["principle"]
    names = {"value": "value", "rows": "principle", "columns": "period_label"}
    chart = store.draw(matrix, data, indicator=met, **names)
    last = data.iloc[-1]
    figures.show(
        see, met, chart,
        data[["principle", "period_label", "basis", "value", "councils", "expected"]],
        kind="Heat map",
        title=f"Profile outcomes met by CAF principle, {see.period}",
        sentence=words.matrix_sentence(data, indicator=met, **names)
        + " Figures for CAF 4.0 are not comparable with those for CAF 3.2.",
        coverage=f"{words.coverage(last['councils'], last['expected'])} in "
        f"{last['period_label']}",
    )  # fmt: skip


see = view(
    "Risk maturity",
    "How much of the Cyber Assessment Framework (CAF) do councils meet, "
    "and is it rising?",
)
if see.is_public:
    public_pages.maturity(see)
else:
    main_figures(see)
layout.footer()
