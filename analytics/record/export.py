"""The awards of the public record to take away, and what is left out of the files."""

from functools import partial

import pandas as pd

from analytics.reading import giving as reading_giving
from analytics.reading import public_record
from analytics.record import giving
from analytics.ui import parts, store
from analytics.ui.awards_file import buttons
from analytics.ui.view import View
from analytics.words import numbers
from analytics.words.marking import marking


def export_record(see: View) -> None:
    """The same of the public record, with what is left out and why."""
    found = see.read(giving.awards)
    totals = store.read(public_record.totals)
    parts.section("Take the awards away", said_of_record(found, totals))
    if found.empty:
        return
    mark = marking(see.collection)
    grants = giving.grants(found, mark)
    writers = {
        "csv": partial(reading_giving.sheet, grants),
        "json": partial(reading_giving.package, grants, mark),
    }
    source = "Announcements; see the page Methods"
    buttons(see, writers, found["gss_code"].nunique(), source)


def said_of_record(found: pd.DataFrame, totals: pd.DataFrame) -> str:
    """What the files of the public record hold, and what they leave out."""
    left = (
        f"{numbers.count(len(totals))} published totals that name no council, such as "
        f"{example(totals)}, stay totals and are not in the files."
        if len(totals)
        else ""
    )
    if found.empty:
        return f"No award of the public record in this choice names a council. {left}"
    second = int(giving.is_second(found).sum())
    kept = found[~giving.is_second(found)]
    untold = int((kept["amount_gbp"].isna() & kept["is_counted"]).sum())
    undated = int(kept["awarded_on"].isna().sum())
    some = [
        f"{numbers.count(len(kept))} grants in the 360Giving standard, one for each "
        "council that an announcement names, with a link to the source.",
        left,
        "A joint award has its amount at one council, and 0 at the others.",
    ]
    if second:
        some.append(
            f"{numbers.count(second)} second {'report' if second == 1 else 'reports'} "
            f"of an award already there {'is' if second == 1 else 'are'} left out."
        )
    if untold or undated:
        some.append(
            f"No amount is known of {numbers.count(untold)} and no date of "
            f"{numbers.count(undated)}: blank in the CSV, apart in the JSON "
            "(incompleteGrants)."
        )
    return " ".join(part for part in some if part)


def example(totals: pd.DataFrame) -> str:
    """The largest of the totals in words: its recipients and amount."""
    row = totals.sort_values("amount_gbp", ascending=False, na_position="last").iloc[0]
    return f"“{row['fund']}: {row['recipients']}, {row['amount_reported']}”"
