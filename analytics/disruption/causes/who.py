"""Who did it and what was lost, the kinds within an action, and incident types."""

import pandas as pd

from analytics.charts.matrix import matrix
from analytics.charts.ranking import ranking
from analytics.disruption.causes.found import NOT_KNOWN, Found, count_of, shown
from analytics.reading import patterns
from analytics.reading.disclosure import WITHHELD
from analytics.ui import filters, parts, store
from analytics.words import numbers
from analytics.words.events import INCIDENTS


BESIDE = {"actor": "Who did it", "attribute": "What was lost"}
TYPES = {"rsit": "European reference list", "ico": "Data protection regulator's list"}
TYPE_WORDS = {
    "rsit": "The Reference Security Incident Taxonomy, kept for ENISA, says "
    "what security teams across Europe call it.",
    "ico": "Types as reported to the Information Commissioner's Office; it chooses the "
    "best fit, so one incident has one type.",
}
LISTS = {"variety": "action_variety", "rsit": "rsit_type", "ico": "ico_incident_type"}
MOST = 15
# Words of VERIS that people outside security would not know.
PLAIN = {
    "AitM": "Adversary in the middle (listening in)",
    "Backdoor": "Backdoor (a hidden way in)",
    "Brute force": "Brute force (guessing passwords)",
    "C2": "Command and control (remote orders)",
    "DoS": "Denial of service (flooding)",
    "Exploit misconfig": "Misconfiguration exploited",
    "Exploit vuln": "Known weakness exploited",
    "Gaffe": "Gaffe (a slip of the tongue)",
    "Misdelivery": "Misdelivery (sent to the wrong person)",
    "Pretexting": "Pretexting (an invented story)",
    "Privilege abuse": "Access rights abused",
    "RAT": "Remote access trojan",
    "SQLi": "Database commands injected (SQL)",
    "Spyware/Keylogger": "Spyware or key logger",
    "Trojan": "Trojan (hidden in something useful)",
    "Use of stolen creds": "Stolen passwords used",
    "XSS": "Script put into a web page",
}


def who(found: Found) -> None:
    """The matrix, the varieties of one action, and types where they are told."""
    crossed(found)
    varieties(found)
    types(found)


def crossed(found: Found) -> None:
    """Actions down; across, who did it or what was lost."""
    beside = filters.one_of("Beside the action", BESIDE, "beside")
    actors = found.labels["actor"]
    actor = ""
    if beside == "attribute" and store.viewer().role != "council":
        actor = filters.maybe_one("Done by", actors, "by_whom", placeholder="Anyone")
    names = actors | {"unknown": NOT_KNOWN} if beside == "actor" else patterns.ATTRIBUTES
    frame = found.all(beside, actor=actor or "any")
    frame = frame.assign(
        row=frame["action"].map(found.actions),
        column=frame["part"].map(names),
        text=frame["value"].map(lambda n: "" if pd.isna(n) else numbers.count(n)),
    )
    frame = in_order(frame, list(found.actions), list(names))
    if beside == "attribute" and not frame.loc[frame["part"] == "untold", "value"].any():
        frame = frame[frame["part"] != "untold"]
    by_whom = f" by {actors[actor].lower()} actors" if actor else ""
    chart = store.draw(
        matrix,
        frame,
        value="value",
        rows="row",
        columns="column",
        text="text",
        unknown=WITHHELD,
        indicator=INCIDENTS,
        keys="row",
        edges=edges(frame["value"]),
    )
    said = crossed_sentence(frame, found, beside, actor)
    found.figures.figure(
        chart,
        table=crossed_table(frame, found, beside),
        title=f"{BESIDE[beside]}, by action: {found.counted}{by_whom}, {found.see.period}",
        sentence=f"{said} A click on a row looks into its action below.",
        kind="Heat map",
        key=f"{beside}",
        on_select=lambda label: filters.choose(act=label),
    )


def edges(values: pd.Series) -> list[float]:
    """Edges of the shades: nought by itself, then up to four equal classes."""
    most = max(float(values.max(skipna=True) or 0), 1.0)
    size = 10 ** max(len(str(round(most / 4))) - 1, 0)
    step = max(-(-most / 4 // size) * size, 1)
    return sorted({0.0, 1.0, *(step * n for n in range(1, 5))})


def in_order(frame: pd.DataFrame, down: list[str], across: list[str]) -> pd.DataFrame:
    """Cells in the order of the closed lists."""
    places = frame["action"].map(down.index) * 100 + frame["part"].map(across.index)
    return frame.iloc[places.argsort(kind="stable")].reset_index(drop=True)


def crossed_sentence(frame: pd.DataFrame, found: Found, beside: str, actor: str) -> str:
    """The column with most, the cell with most, and how attributes are counted."""
    sums = frame.groupby("column", sort=False)["value"].sum()
    if not sums.sum():
        return f"No {found.counted} to show."
    cell = frame.nlargest(1, "value").iloc[0]
    most = f"{cell['row']}, {cell['column'].lower()}: {numbers.count(cell['value'])}"
    if beside == "actor":
        ranked = sums.sort_values(ascending=False)
        return (
            f"{ranked.index[0]} actors stand behind "
            f"{count_of(ranked.iloc[0], sums.sum())} of those shown. Most in one cell: "
            f"{most}."
        )
    lost = sums.drop(["None of the three", "Not told"], errors="ignore")
    total = float("nan") if actor or found.whole is None else found.whole["value"]
    named = [
        f"{str(name).lower()} "
        + (numbers.count(n) if numbers.is_unknown(total) else count_of(n, total))
        for name, n in lost.items()
    ]
    return (
        f"Lost: {', '.join(named)}. An incident may lose several of them and counts "
        "under each, so shares do not add up to 100%. Confidentiality: seen or taken "
        "by someone who should not; integrity: changed without authority; "
        f"availability: could not be used. Most in one cell: {most}."
    )


def crossed_table(frame: pd.DataFrame, found: Found, beside: str) -> pd.DataFrame:
    """The matrix as a table, with each action's incidents counted once."""
    cells = frame.assign(said=shown(frame))
    table = cells.pivot(index="row", columns="column", values="said")
    table = table.reindex(index=frame["row"].unique(), columns=frame["column"].unique())
    table.columns.name = None
    every = found.all("action")
    once = shown(every).set_axis(every["action"].map(found.actions))
    table["All of the action, each once"] = once.reindex(table.index)
    return table.rename_axis("Action").reset_index()


def varieties(found: Found) -> None:
    """The kinds within one action, most first."""
    every = found.all("action").set_index("action")["value"]
    if not every.sum():
        return
    action = filters.one_from(
        "Action looked into", found.actions, "act", default=str(every.idxmax()), width=235
    )
    frame = found.all("variety", action=action)
    label = found.actions[action]
    ranked(
        found,
        frame,
        "variety",
        title=f"Kinds of {label.lower()} (VERIS variety)"
        if action != "unknown"
        else "Kinds of incident whose action is not known",
        total=every[action],
        lead="",
        first="Kind",
    )


def types(found: Found) -> None:
    """Incident types of one list, with how many have none."""
    kind = filters.one_of("Types by", TYPES, "typed")
    frame = found.all(kind)
    total = float("nan") if found.whole is None else found.whole["value"]
    ranked(
        found,
        frame,
        kind,
        title=f"Incident types, {TYPES[kind]}",
        total=total,
        lead=f"{TYPE_WORDS[kind]} ",
        first="Type",
    )


def ranked(
    found: Found, frame: pd.DataFrame, way: str, *, title: str, total: float, lead: str, first: str
) -> None:
    """A ranking of varieties or types; those that tell none are said apart."""
    names = found.labels[LISTS[way]]
    is_untold = frame["part"] == patterns.UNTOLD
    untold = frame.loc[is_untold, "value"].sum()
    frame = frame[~is_untold].assign(
        group_label=frame["part"].map(names | PLAIN if way == "variety" else names),
        group_code=frame["part"],
        expected=found.see.expected,
    )
    if frame.empty:
        parts.note(f"{title}: no incident tells it, or none may be shown to you.")
        return
    told = frame["value"].sum()
    top = frame.iloc[0]
    sentence = (
        f"{lead}{top['group_label']} is most common, {count_of(top['value'], told)} of "
        f"those shown, at {numbers.count(top['hits'])} councils."
    )
    if len(frame) > MOST:
        sentence += f" The {MOST} most common of {len(frame)} are drawn."
    if total and not numbers.is_unknown(total):
        sentence += (
            f" {numbers.count(untold)} of {numbers.count(total)} tell none."
            if untold
            else f" All {numbers.count(total)} tell one."
        )
    found.figures.figure(
        ranking,
        frame.head(MOST),
        indicator=INCIDENTS,
        table=ranked_table(frame, first, told),
        title=f"{title}, {found.see.period}",
        sentence=sentence,
        key=way,
    )


def ranked_table(frame: pd.DataFrame, first: str, told: float) -> pd.DataFrame:
    """Varieties or types as people read them."""
    return pd.DataFrame(
        {
            first: frame["group_label"],
            "Incidents": frame["value"].round().astype(int),
            "Share of those shown (%)": (100 * frame["value"] / told).round(1),
            "Councils that had one": frame["hits"].round().astype(int),
        }
    )
