"""The command line: python -m pipelines and one of the commands below.

Exit codes: 0 clean, 10 some rows quarantined, 20 a file refused; 1 and 2 are crashes
and usage. `--json` prints the counts for a machine and nothing else.
"""

import sys

import typer

from pipelines.commands import building, giving, making, profiles, receiving
from pipelines.commands.common import console
from pipelines.errors import BuildError


# Great Expectations takes seconds to import, so only the commands that use it do.
app = typer.Typer(
    add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False
)
for command in (
    building.build,
    receiving.check,
    receiving.submit,
    receiving.withdraw,
    receiving.receipts,
    receiving.verify,
    giving.template,
    giving.dictionary,
    giving.export,
    profiles.profiles,
    making.demo,
    making.reference,
):
    app.command()(command)
app.command(name="list")(giving.list_datasets)


def main() -> None:
    """Run the command line; an error that a person can act on has no traceback."""
    try:
        app()
    except BuildError as error:
        console.print(f"Stopped: {error}", markup=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
