"""Layout: every figure has its words, its table and its file, marked as what it is."""

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.ui import download, layout, safe
from analytics.words import labels, marking
from settings import ROOT
from tests.support.frames import COUNCILS, GROUPS, OUTCOMES


PAGE = ROOT / "tests" / "support" / "layout_page.py"
FACTS = download.Facts(
    "Outcomes by region", "2021/22", "22 of 34 councils", "Returns", "demonstration"
)


@pytest.fixture(scope="module")
def page() -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=30).run()
    assert not app.exception
    return app


def lines(data: pd.DataFrame, facts: download.Facts = FACTS, about=OUTCOMES) -> list[str]:
    return download.csv(data, facts, about).decode("utf-8-sig").split("\r\n")


def test_a_figure_has_a_text_alternative_and_our_template(page):
    chart = page.get("plotly_chart")[0].proto
    assert chart.alt.startswith("Bar chart: South meets most. CAF outcomes achieved:")
    assert chart.theme == ""
    assert '"displayModeBar": false' in chart.config


def test_the_page_says_that_its_data_is_invented(page):
    said = " ".join(block.value for block in page.markdown)
    assert "invented figures. Not about any real council." in said
    captions = " ".join(block.value for block in page.caption)
    assert "2021/22 to 2025/26 · 22 of 34 councils" in captions
    assert "OFFICIAL · Demonstration data: invented" in captions


def test_the_title_is_shown_as_it_stands(page):
    assert page.title[0].value == "Risk maturity"
    assert page.header[0].value == "South \\*meets\\* most"


def test_cards_say_better_or_worse_only_where_polarity_does(page):
    changes = [card.delta for card in page.metric]
    assert changes == ["Better: up 3.1 percentage points", "Worse: up 4 hours", "up 0.4", ""]


def test_the_table_has_headings_for_people_and_no_zero_for_unknown(page):
    table = page.table[0].value
    assert list(table.columns) == [
        "Group",
        "Value",
        "Outcomes achieved",
        "Outcomes assessed",
        "Councils that reported",
        "Councils in the group",
    ]
    assert table["Value"].tolist() == ["40.0%", "60.5%", "\\[x\\]", "51.2%"]


def test_the_definition_is_beside_the_table(page):
    said = " ".join(block.value for block in page.markdown)
    assert OUTCOMES.definition in said
    assert OUTCOMES.caveat in said


def test_a_file_starts_with_its_marking_and_what_it_is():
    first = lines(GROUPS)
    assert first[:6] == [
        "OFFICIAL",
        "Demonstration data: invented",
        "Title,Outcomes by region",
        "Period,2021/22",
        "Coverage,22 of 34 councils",
        "Source,Returns",
    ]
    assert "Group,Value (%),Outcomes achieved" in first[10]
    assert first[13].startswith("East,[x]")


def test_a_departments_file_is_marked_and_not_called_invented():
    facts = FACTS._replace(collection="department")
    assert lines(GROUPS, facts)[:2] == ["OFFICIAL-SENSITIVE", "Title,Outcomes by region"]


@pytest.mark.parametrize("start", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\tx", "\rx", " =1"])
def test_a_formula_is_neutralised(start):
    assert safe.neutral(start) == f"'{start}"
    text = "\n".join(lines(GROUPS.assign(group_label=start)))
    assert text.count(f"'{start}") == len(GROUPS)


@pytest.mark.parametrize("number", [-3.2, 4, "-3.2", "+1,200", "12%", "plain"])
def test_numbers_and_plain_words_are_untouched(number):
    assert safe.neutral(number) == number


def test_negative_numbers_stay_numbers_in_files():
    assert "North,-3.5," in "\n".join(lines(GROUPS.assign(value=-3.5)))


def test_withheld_values_keep_their_mark():
    withheld = COUNCILS.assign(value=float("nan"), note="[c]")
    assert labels.for_people(withheld, OUTCOMES)["Value"].unique().tolist() == ["[c]"]
    assert labels.for_files(withheld, OUTCOMES)["Value (%)"].unique().tolist() == ["[c]"]


def test_a_raw_column_name_is_refused():
    with pytest.raises(KeyError, match="secret_column"):
        labels.for_people(pd.DataFrame({"secret_column": [1]}))
    with pytest.raises(KeyError, match="secret_column"):
        labels.for_files(pd.DataFrame({"secret_column": [1]}))


def test_an_unknown_collection_is_refused():
    with pytest.raises(ValueError, match="rumours"):
        marking.marking("rumours")


def test_markdown_in_data_is_shown_and_not_obeyed():
    assert safe.plain("[x](http://a) :red[b] $1 <b>") == (
        "\\[x\\](http://a) \\:red\\[b\\] \\$1 \\<b\\>"
    )
    assert safe.plain("Not known: 54.2% (3 of 4)") == "Not known: 54.2% (3 of 4)"
    assert safe.plain("1. Manage risk") == r"1\. Manage risk"
    assert safe.plain("- a") == r"\- a"


@pytest.mark.parametrize("reason", layout.STATES)
def test_each_empty_state_says_what_to_do_next(reason):
    what, next_step = layout.STATES[reason]
    assert what.endswith(".")
    assert next_step.endswith(".")


def test_stylesheet_and_layout_hold_no_data_in_html():
    source = Path(layout.__file__).read_text(encoding="utf-8")
    assert "unsafe_allow_html" not in source
    assert source.count("st.html(") == 1
