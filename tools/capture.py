"""Writes down what every view shows, so that two states of the house can be compared.

    python -m tools.capture OUT.jsonl            one line per figure, list and row of cards
    python -m tools.capture --compare OLD NEW    what is gone, new or different

Six scopes: everything, a region, a council, one year, a district with its region, and
the public record. Frames and charts are kept as hashes of
what they hold to nine figures, words as they are. A figure is
found again by its scope and key, whatever view it stands in.
"""

import base64
import hashlib
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analytics.ui import layout, parts
from tests.support.pages import VIEWS, app_of


SCOPES: dict[str, dict[str, str]] = {
    "all": {},
    "region": {"region": "London"},
    "council": {"council": "Hackney"},
    "year": {"from": "2024/25", "to": "2024/25"},
    "district": {"council": "Broadland", "region": "East of England"},
    "public": {"data": "public_record"},
}
WORDS = ("title", "sentence", "alt", "coverage", "period", "source")
Record = dict[str, Any]


def short_hash(text: str) -> str:
    """Sixteen digits that change when the text does."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def hash_frame(frame: pd.DataFrame) -> str:
    """The same for the cells and headings of a frame."""
    return short_hash(frame.to_csv(index=False, float_format="%.9g"))


def round_numbers(part: Any) -> Any:
    """A part of a chart with numbers to nine figures: sums may differ in the last."""
    if isinstance(part, float):
        return float(f"{part:.9g}")
    if isinstance(part, dict) and {"bdata", "dtype"} <= part.keys():
        numbers = np.frombuffer(base64.b64decode(part["bdata"]), dtype=part["dtype"])
        return round_numbers(numbers.tolist())
    if isinstance(part, dict):
        return {name: round_numbers(each) for name, each in part.items()}
    return [round_numbers(each) for each in part] if isinstance(part, list) else part


def remember_figures(records: list[Record]) -> None:
    """From now on, each figure, list and row of cards that is drawn is recorded too."""
    figure, listing, headlines = layout.figure, parts.listing, layout.headlines

    def figure_seen(chart: Any, **told: Any) -> None:
        traces = json.dumps(round_numbers(json.loads(chart.to_json())["data"]), sort_keys=True)
        kept = {name: told[name] for name in WORDS}
        marks = {"data": hash_frame(told["data"]), "traces": short_hash(traces)}
        records.append({"kind": "figure", "key": told["key"], **kept, **marks})
        figure(chart, **told)

    def listing_seen(data: pd.DataFrame, **told: Any) -> None:
        kept = {name: told[name] for name in WORDS if name in told}
        records.append({"kind": "listing", "key": told["key"], **kept, "data": hash_frame(data)})
        listing(data, **told)

    def headlines_seen(cards: Any) -> None:
        title = "|".join(card.label for card in cards)
        said = short_hash(repr(list(cards)))
        records.append({"kind": "cards", "key": "cards", "title": title, "data": said})
        headlines(cards)

    layout.figure, parts.listing, layout.headlines = figure_seen, listing_seen, headlines_seen


def capture(path: Path) -> None:
    """Run every view with every scope, and write what it showed."""
    logging.disable(logging.WARNING)
    records: list[Record] = []
    remember_figures(records)
    with path.open("w", encoding="utf-8") as out:
        for view, (page, asked) in VIEWS.items():
            for scope, chosen in SCOPES.items():
                records.clear()
                app = app_of(page, **asked, **chosen).run()
                for failure in app.exception:
                    print(view, scope, failure.message)
                for record in records:
                    out.write(json.dumps({"view": view, "scope": scope, **record}) + "\n")


def read_records(path: Path) -> dict[tuple[str, ...], Record]:
    """Records by scope, kind, key and, of cards, their labels."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        named = record["title"] if record["kind"] == "cards" else ""
        found[record["scope"], record["kind"], record["key"], named] = record
    return found


def differences(old: Path, new: Path) -> Iterator[str]:
    """One line for each record that is gone, new or different, and in what."""
    before, after = read_records(old), read_records(new)
    for place in sorted(before.keys() | after.keys()):
        name = ", ".join(part for part in place if part)
        if place not in after:
            yield f"gone: {name}"
        elif place not in before:
            yield f"new: {name}"
        else:
            ours, theirs = before[place], after[place]
            parts_known = [*WORDS, "data", "traces"]
            both = [part for part in parts_known if part in ours and part in theirs]
            changed = [part for part in both if ours[part] != theirs[part]]
            if changed:
                yield f"different ({', '.join(changed)}): {name}"
    same = sum(before.get(place) is not None for place in after)
    yield f"{len(before)} before, {len(after)} after, {same} found again"


if __name__ == "__main__":
    if sys.argv[1] == "--compare":
        print("\n".join(differences(Path(sys.argv[2]), Path(sys.argv[3]))))
    else:
        capture(Path(sys.argv[1]))
