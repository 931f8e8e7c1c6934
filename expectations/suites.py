"""Every dataset's suite: the rules of its contract, then those of its module."""

from collections.abc import Callable

from great_expectations import ExpectationSuite
from great_expectations.expectations.expectation import Expectation

from expectations import assessments, disruptions, incidents, others
from expectations.phrases import Lists, contract, named
from pipelines.datasets import Dataset


# A dataset that is not named here has the rules of its contract and no others.
WIDER: dict[str, Callable[[], list[Expectation]]] = {
    "incidents": incidents.rules,
    "disruptions": disruptions.rules,
    "assessments": assessments.rules,
    "awards": others.awards,
    "caf_profiles": others.caf_profiles,
    "actions": others.actions,
    "returns": others.returns,
    "problems": others.problems,
    "reported_incidents": others.reported_incidents,
    "reported_awards": others.reported_awards,
}


def suite(dataset: Dataset, lists: Lists) -> ExpectationSuite:
    """The suite of one dataset."""
    wider = WIDER.get(dataset.name, list)()
    return named(dataset.name, [*contract(dataset, lists), *wider])
