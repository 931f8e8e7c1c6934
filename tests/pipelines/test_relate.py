"""Relate: a row whose parent was set aside is kept, unlinked, and listed."""

import pytest

from pipelines.errors import BuildError
from tests.support.rows import row
from tests.support.warehouse import Installation


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    """One good incident, one set aside, a disruption of each, and a stray payment."""
    installation = Installation(tmp_path_factory.mktemp("relate"))
    good = row("incidents", incident_ref="INC-2025-0001")
    bad = row("incidents", incident_ref="INC-2025-0002", action="Ransom ware")
    first = row("disruptions", disruption_id="DIS-0001", incident_ref="INC-2025-0001")
    second = row("disruptions", disruption_id="DIS-0002", incident_ref="INC-2025-0002")
    installation.put("incidents", [good, bad])
    installation.put("disruptions", [first, second])
    installation.put("award_payments", [row("award_payments", award_id="AWD-NONE")])
    installation.build()
    return installation


def test_a_child_of_a_quarantined_parent_is_kept_unlinked(warehouse):
    links = "select disruption_id, incident_ref from core.disruptions order by 1"
    assert warehouse.read(links) == [("DIS-0001", "INC-2025-0001"), ("DIS-0002", None)]


def test_it_is_listed_as_a_note_with_what_it_named(warehouse):
    notes = "select dataset, rule_id, value from quality.notes order by 1, 2, 3"
    assert warehouse.read(notes) == [
        ("award_payments", "has_award", "AWD-NONE"),
        ("disruptions", "has_incident", "INC-2025-0002"),
    ]


def test_a_folder_that_is_no_dataset_stops_the_build(tmp_path):
    installation = Installation(tmp_path)
    stray = installation.put("incidents", [row("incidents")]).parent
    stray.rename(stray.with_name("incident"))
    with pytest.raises(BuildError, match="incident in raw belongs to no dataset"):
        installation.build()
