"""One new file is all that a new indicator needs: its theme, card and objective follow."""

import shutil
from types import SimpleNamespace

import duckdb
import pytest

from analytics.overview import view as overview
from analytics.reading import lookups
from analytics.reading.viewer import Viewer
from analytics.ui.view import View
from pipelines.load import SQL
from pipelines.measure import measure_one


VIEWER = Viewer(role="analyst")
FILE = SQL / "indicators" / "risk_maturity" / "systems_supported.sql"


@pytest.fixture
def added(made, tmp_path) -> str:
    """A warehouse with one more indicator, of a new theme, for an objective that has one."""
    text = FILE.read_text(encoding="utf-8")
    path = tmp_path / "supply_chain" / "suppliers_known.sql"
    path.parent.mkdir()
    lines = [
        "objective = 3" if line.startswith("objective =") else line for line in text.splitlines()
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    copy = tmp_path / "warehouse.duckdb"
    shutil.copy(made.warehouse.published, copy)
    with duckdb.connect(str(copy)) as connection:
        measure_one(connection, path)
    return str(copy)


def test_a_theme_that_the_list_lacks_comes_last_under_a_title_made_from_its_code(added):
    assert lookups.themes(added, VIEWER) == {
        "risk_maturity": "Risk maturity",
        "service_disruption": "Service disruption",
        "funding_impact": "Funding impact",
        "supply_chain": "Supply chain",
    }


def test_a_card_follows_from_the_header(added):
    see = SimpleNamespace(measures=lookups.all_indicators(added, VIEWER))
    keys = [each.key for each in View.cards(see, "systems")]
    assert "suppliers_known" in keys and len(keys) == 5


def test_both_measures_of_one_objective_are_shown(added, monkeypatch):
    measures = lookups.all_indicators(added, VIEWER)
    drawn: list[tuple[str, str]] = []
    monkeypatch.setattr(overview.store, "read", lambda read: read(added, VIEWER))
    monkeypatch.setattr(overview.parts, "section", lambda *words: None)
    monkeypatch.setattr(overview.layout, "headlines", lambda cards: drawn.extend(cards))
    monkeypatch.setattr(
        overview.figures, "card", lambda see, about, objective: (objective, about.key)
    )
    overview.five_objectives(SimpleNamespace(measures=measures))
    third = lookups.objectives(added, VIEWER)[3]
    shown = [key for name, key in drawn if name == third]
    assert len(shown) == 2 and "suppliers_known" in shown
