"""Demonstration data: invented rows for every council contract, from one seed.

The same seed gives the same files, byte for byte, on any day and machine. What was
planted (support, its effect, bad rows) stands in PLANTED.json beside the files.
"""

from collections.abc import Callable
from pathlib import Path

from pipelines.demonstration.actions import write_actions
from pipelines.demonstration.arrivals import write_arrivals
from pipelines.demonstration.councils import councils
from pipelines.demonstration.dirt import Dirt
from pipelines.demonstration.disruption_files import write_disruptions
from pipelines.demonstration.events import write_events, write_stages
from pipelines.demonstration.funding import write_funding
from pipelines.demonstration.incident_files import write_incidents
from pipelines.demonstration.incidents import incidents
from pipelines.demonstration.ledger import write_budgets, write_payments
from pipelines.demonstration.period import period_of
from pipelines.demonstration.problems import write_problems, write_sharing
from pipelines.demonstration.profiles import write_profiles
from pipelines.demonstration.resubmissions import write_assessments
from pipelines.demonstration.returns import write_monthly_returns
from pipelines.demonstration.shared_events import shared_events
from pipelines.demonstration.systems import write_systems
from pipelines.demonstration.truths import Tally, truths
from pipelines.demonstration.world import World, world
from pipelines.demonstration.write import Files, make_room
from pipelines.errors import BuildError


__all__ = ["write_demonstration"]
Progress = Callable[[str], None]


def write_demonstration(
    out: Path,
    *,
    seed: int = 7,
    years: int = 5,
    scale: int = 1,
    reference: Path,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Write all files under `out`; returns rows written by dataset.

    `scale` multiplies incidents and disruptions and leaves the rest as it is.
    """
    if scale < 1:
        raise BuildError(f"scale is {scale}; give 1 or more")
    say = progress or (lambda message: None)
    spoil = Dirt(seed, period_of(years), councils(reference, seed=seed))
    make_room(out)
    files = Files(out, spoil)
    made = world(files, reference, seed=seed, years=years, scale=scale)
    tally = Tally()
    try:
        write_profiles(files, reference)
        write_yearly(made, tally, say)
        write_streams(made, tally, say)
    finally:
        files.close()
    write_arrivals(out)
    files.planted(truths(made, tally))
    return dict(sorted(files.rows.items()))


def write_yearly(made: World, tally: Tally, say: Progress) -> None:
    """Everything but incidents and disruptions."""
    say("critical systems, funding and events")
    write_systems(made)
    write_payments(made, write_funding(made))
    write_budgets(made)
    write_events(made)
    write_stages(made)
    write_problems(made)
    write_sharing(made)
    say("assessments and actions")
    write_actions(made, write_assessments(made, tally))


def write_streams(made: World, tally: Tally, say: Progress) -> None:
    """Incidents, disruptions and their returns, one council at a time."""
    shared, every = shared_events(made), made.in_period()
    for n, council in enumerate(every, 1):
        batch = incidents(made, council, shared)
        refs = write_incidents(made, batch)
        local = write_disruptions(made, batch, refs, tally)
        write_monthly_returns(made, batch, local)
        if n % 50 == 0 or n == len(every):
            say(f"incidents and disruptions: {n} of {len(every)} councils")
