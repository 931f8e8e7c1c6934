"""The awards to take away as 360Giving grants: those that may be named, and the
public record's."""

from functools import partial

from analytics.reading import awards, giving
from analytics.ui import parts
from analytics.ui.awards_file import buttons
from analytics.ui.view import View
from analytics.words import numbers
from analytics.words.marking import INVENTED, marking


def export(see: View) -> None:
    """Two downloads of the same awards, and what is in them."""
    found = see.read(awards.awards)
    parts.section("Take the awards away", said(len(found), see))
    if found.empty:
        return
    mark = marking(see.collection)
    writers = {
        "csv": partial(giving.as_csv, found, see.collection, mark),
        "json": partial(giving.as_json, found, see.collection, mark),
    }
    buttons(see, writers, found["gss_code"].nunique(), "Awards ledger")


def said(rows: int, see: View) -> str:
    """What the files hold, in sentences."""
    if not rows:
        return "No award in this scope may be named to you."
    invented = (
        f" {INVENTED}, and every award in the files says so in its identifier, title, "
        "description and funder."
        if see.collection == "demonstration"
        else ""
    )
    return (
        f"{numbers.count(rows)} grants in the 360Giving standard, one for each council "
        "in an award: a joint award has its amount at the lead, and 0 at partners. "
        f"Only awards that you may see by name are in the files.{invented}"
    )
