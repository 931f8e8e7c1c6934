"""How does one council compare with councils like it, and what happened there?"""

import pandas as pd

from analytics.charts.spine import spine
from analytics.council import timeline
from analytics.reading import comparison, lookups, marts
from analytics.ui import filters, layout, parts, store
from analytics.ui.view import View
from analytics.words import numbers as formats


PEERS = {
    "neighbours": "ONS nearest neighbours",
    "type": "Same type of council",
    "region": "Same region",
    "england": "All of England",
}


def peers_of(see: View, kind: str) -> pd.DataFrame:
    """The peer set chosen: gss_code and council_name, without the council itself."""
    if kind == "neighbours":
        return store.read(lookups.neighbours, see.gss_code)
    everyone = store.read(lookups.all_councils)
    own = everyone[everyone["gss_code"] == see.gss_code].iloc[0]
    column = {"type": "council_type", "region": "region"}.get(kind)
    alike = everyone if column is None else everyone[everyone[column] == own[column]]
    return alike[alike["gss_code"] != see.gss_code]


def profile(see: View, theme: str, name: str, table: pd.DataFrame, against: str) -> None:
    """One theme's indicators as a spine chart and a table."""
    rows = table[table["theme"] == theme]
    known = rows.dropna(subset="value")
    first = known[known["band"] == "A"]["title"].tolist()
    last = known[known["band"] == "D"]["title"].tolist()
    sentence = (
        f"{see.council_name} has figures for {len(known)} of {len(rows)} measures. "
        f"Best quarter: {', '.join(first) or 'none'}. "
        f"Lowest quarter: {', '.join(last) or 'none'}."
    )
    title = f"{name}: {see.council_name} beside {against}, {see.period}"
    see.figure(
        spine,
        rows,
        table=for_reading(rows),
        title=title,
        sentence=sentence,
        coverage=f"{int(rows['peers'].max())} peers with figures",
        source="See each measure on the page Methods",
        key=f"spine-{theme}",
    )


def for_reading(rows: pd.DataFrame) -> pd.DataFrame:
    """The table behind the chart, each number in its own unit."""
    numbers = {
        "value": "This council",
        "median": "Peers' median",
        "low": "Peers' lowest",
        "high": "Peers' highest",
    }
    shown = pd.DataFrame({"Measure": rows["title"]})
    for column, heading in numbers.items():
        pairs = zip(rows["unit"], rows[column], strict=True)
        shown[heading] = [formats.in_words(unit, number) for unit, number in pairs]
    shown["Rank"] = [
        f"{int(place)} of {of}" if pd.notna(place) else "not known"
        for place, of in zip(rows["rank"], rows["of"], strict=True)
    ]
    shown["Quarter (A best)"] = rows["band"].replace("", "not judged")
    return shown


def benchmark(see: View) -> None:
    """The peer set, then each theme."""
    if not see.gss_code:
        parts.note(
            "Choose a council above, under “Council to pick out”. Its figures then stand "
            "beside its ONS statistical nearest neighbours, its type or its region."
        )
        return
    kind = filters.one_of("Compare with", PEERS, "peers")
    peers = peers_of(see, kind)
    against = (
        PEERS[kind][0].lower() + PEERS[kind][1:]
        if kind != "neighbours"
        else ("its ONS nearest neighbours")
    )
    if len(peers) <= 40:
        parts.note("Peers: " + ", ".join(peers["council_name"]) + ".")
    frame = see.read(marts.benchmark, see.gss_code, tuple(peers["gss_code"]))
    table = comparison.beside_peers(frame, list(see.measures))
    if table["value"].isna().all():
        layout.empty("nothing_matches")
        return
    for theme, name in store.read(lookups.themes).items():
        profile(see, theme, name, table, against)


PARTS = {"benchmark": ("Beside its peers", benchmark), "timeline": ("Timeline", timeline.own)}


def draw(see: View) -> None:
    """The part that is chosen."""
    parts.one_part(see, PARTS)
