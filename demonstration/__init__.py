"""Demonstration data: invented rows for every council contract, from one seed.

The same seed gives the same files, byte for byte, on any day and machine. What was
planted (support, its effect, bad rows) stands in PLANTED.json beside the files.
"""

from collections.abc import Callable
from pathlib import Path

from demonstration.actions import write_actions
from demonstration.arrivals import write_arrivals
from demonstration.councils import councils
from demonstration.dirt import Dirt
from demonstration.disruption_files import write_disruptions
from demonstration.events import write_events, write_stages
from demonstration.funding import write_funding
from demonstration.incident_files import write_incidents
from demonstration.incidents import incidents
from demonstration.ledger import write_budgets, write_payments
from demonstration.period import period_of
from demonstration.problems import write_problems, write_sharing
from demonstration.profiles import write_profiles
from demonstration.resubmissions import write_assessments
from demonstration.returns import write_monthly_returns
from demonstration.shared_events import shared_events
from demonstration.systems import write_systems
from demonstration.truths import Tally, truths
from demonstration.world import World, world
from demonstration.write import Files, make_room
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
