"""Outcomes: which principles and outcomes are met least, where, and by whom."""

from dataclasses import replace

import pandas as pd

from analytics.charts.composition import composition
from analytics.charts.matrix import matrix
from analytics.charts.spine import spine
from analytics.charts.trend import trend
from analytics.maturity.outcomes import reads
from analytics.reading import caf, comparison, lookups
from analytics.reading.disclosure import WITHHELD
from analytics.ui import filters, layout, parts, store
from analytics.ui.caf import (
    COUNTED,
    EDGES,
    SHARE,
    UNITS,
    Maturity,
    labelled,
    outcome_names,
    pick_outcome,
)
from analytics.words import maturity, numbers, sentences


EVERY_UNIT = {"objective": "4 objectives"} | UNITS
ACROSS = {"year": "Years", "region": "Regions", "type": "Types of council"}
ORDERS = {"gap": "Least met first", "code": "In the order of the framework"}
LEAST = 5


def draw(found: Maturity) -> None:
    """Levels, the heat map, one council beside its peers, and one outcome in full."""
    unit = filters.one_of("Show", EVERY_UNIT, "level", default="principle")
    order = filters.one_of("Order", ORDERS, "order")
    levels(found, unit, order)
    across = filters.one_of("Across", ways(found), "across")
    bar = filters.one_of("Outcomes counted", COUNTED, "counted") if across == "year" else "all"
    heat(found, unit, across, order, bar)
    if found.see.gss_code:
        beside_peers(found)
    one_outcome(found)


def ways(found: Maturity) -> dict[str, str]:
    """What the heat map may be cut by; a council picked out can stand beside others."""
    own = {"council": "One council"}
    return ACROSS | own if found.see.gss_code else ACROSS


def ordered(rows: pd.DataFrame, order: str) -> list[str]:
    """Codes of a whole, those least met first or as the framework has them."""
    by = ["value", "code"] if order == "gap" else ["code"]
    return rows.sort_values(by, na_position="last")["code"].tolist()


def levels(found: Maturity, unit: str, order: str) -> None:
    """How many councils reach which level of each outcome: never a mean."""
    rows = found.read_latest(reads.outcomes, unit=unit)
    known = rows.dropna(subset="numerator")
    if known.empty:
        layout.empty("nothing_matches")
        return
    known = known.set_index("code", drop=False).loc[ordered(known, order)]
    counts = known[list(reads.LEVELS)]
    whole = counts.sum(axis=1)
    data = pd.concat(
        [
            pd.DataFrame(
                {
                    "row_label": labelled(known),
                    "part": label,
                    "count": counts[name],
                    "value": 100 * counts[name] / whole,
                    "code": known["code"],
                }
            )
            for name, label in reads.LEVELS.items()
        ]
    )
    least = known[known["value"].notna()].sort_values("value").head(LEAST)
    sentence = (
        "Least met, of what the profile asks for: "
        + "; ".join(
            f"{name} {numbers.value('percent', value)}"
            for name, value in zip(labelled(least), least["value"], strict=True)
        )
        + ". Bars show the level that counts for each council: for objectives B and C "
        "that of its weakest critical system."
    )
    table = known[["code", "name", *reads.LEVELS, "value", "councils"]]
    chart = store.draw(
        composition,
        data,
        parts=tuple(reads.LEVELS.values()),
        keys="code" if unit == "outcome" else None,
    )
    found.figure(
        chart,
        table=table.rename(
            columns=reads.LEVELS
            | {
                "code": "Code",
                "name": unit.capitalize(),
                "value": f"Meets the profile, {found.profile} (%)",
            }
        ),
        title=f"Levels of each {unit}, CAF {found.version}, {found.place}",
        sentence=sentence,
        kind="Distribution chart",
        coverage=found.coverage(known["councils"].max()),
        key="levels",
        on_select=pick_outcome(found) if unit == "outcome" else None,
    )


def heat(found: Maturity, unit: str, across: str, order: str, bar: str) -> None:
    """The share of the profile met, cell by cell."""
    rows = one_bar(found, unit) if bar == "comparable" else cut(found, unit, across)
    whole = found.read_latest(reads.outcomes, unit=unit)
    codes = [code for code in ordered(whole, order) if code in set(rows["code"])]
    rows = rows[rows["code"].isin(codes)].copy()
    if rows["value"].isna().all():
        layout.empty("nothing_matches")
        return
    places = {code: n for n, code in enumerate(codes)}
    rows["place"] = rows["code"].map(places)
    rows = rows.sort_values(["place", "column_order"], kind="stable")
    rows["row"] = labelled(rows)
    about = replace(SHARE, title=f"Profile outcomes met ({found.profile})")
    names = {"value": "value", "rows": "row", "columns": "column"}
    keys = {"keys": "code"} if unit == "outcome" else {}
    events = marked(found, rows) if across == "year" or bar == "comparable" else None
    chart = store.draw(matrix, rows, indicator=about, edges=EDGES, events=events, **names, **keys)
    if bar == "comparable":
        sentence = sentences.matrix_sentence(rows, indicator=about, **names) + (
            " Comparable outcomes only, and every year judged by what CAF 4.0 asks for."
        )
    elif across == "year":
        sentence = sentences.matrix_sentence(rows, indicator=about, **names) + (
            " Each year is judged by the profile of its own CAF version; figures for "
            "4.0 are re-based and not comparable with those for 3.2."
        )
    else:
        sentence = cells_sentence(rows)
    found.figure(
        chart,
        table=rows[["row", "column", "value", "councils", "note"]].rename(
            columns={"row": unit.capitalize(), "column": "Column"}
        ),
        title=f"{about.title} by {unit}, {found.place}",
        sentence=sentence,
        kind="Heat map",
        coverage=found.coverage(whole["councils"].max()),
        period=found.see.period if across == "year" else found.year,
        key="heat",
        on_select=pick_outcome(found) if unit == "outcome" else None,
    )


def cells_sentence(rows: pd.DataFrame) -> str:
    """Name the cells with least and most, and count those withheld."""
    known = rows.dropna(subset="value").sort_values("value", kind="stable")
    least, most = known.iloc[0], known.iloc[-1]
    said = (
        f"Least: {least['row']} in {least['column']}, "
        f"{numbers.value('percent', least['value'])}. Most: {most['row']} in "
        f"{most['column']}, {numbers.value('percent', most['value'])}."
    )
    withheld = int((rows["note"] == WITHHELD).sum())
    return said + (f" {withheld} cells are withheld." if withheld else "")


def marked(found: Maturity, rows: pd.DataFrame) -> pd.DataFrame | None:
    """Events to mark, by the year's column, which names its CAF version besides."""
    events = found.see.marks_by("year")
    if events is None:
        return None
    columns = {str(name).split(" ")[0]: name for name in rows["column"].unique()}
    return events.assign(period_label=events["period_label"].map(columns))


def cut(found: Maturity, unit: str, across: str) -> pd.DataFrame:
    """Rows of the heat map with `column` and `column_order`."""
    if across == "year":
        return by_year(found, unit)
    if across == "council":
        return by_place(found, unit)
    rows = found.read_latest(reads.outcomes, by=across, unit=unit)
    order = {label: n for n, label in enumerate(rows["group_label"].unique())}
    return rows.assign(column=rows["group_label"], column_order=rows["group_label"].map(order))


def by_year(found: Maturity, unit: str) -> pd.DataFrame:
    """Years beside one another; codes of 3.2 stand under what they became in 4.0."""
    rows = found.read(reads.outcomes, unit=unit)
    if unit == "outcome" and rows["caf_version"].nunique() > 1:
        listed = store.read(caf.profile, found.see.collection, found.scope.profile)
        named = listed.set_index(["caf_version", "outcome_code"])["thread"]
        now = rows["caf_version"] == found.version
        keys = pd.MultiIndex.from_frame(rows[["caf_version", "code"]])
        rows = rows.assign(code=rows["code"].where(now, named.reindex(keys).to_numpy()))
        rows = rows.dropna(subset="code")
        names = outcome_names(found)
        rows["name"] = [
            names.get(code, str(code)).removeprefix(f"{code} ") for code in rows["code"]
        ]
    labels = [
        f"{found.label_of(moment)} CAF {version}"
        for moment, version in zip(rows["period"], rows["caf_version"], strict=True)
    ]
    return rows.assign(column=labels, column_order=rows["period"])


def one_bar(found: Maturity, unit: str) -> pd.DataFrame:
    """Years beside one another over comparable outcomes, judged by the last version.

    Levels are counted council by council, so the share that reaches another level
    than was asked for can be taken from the same counts.
    """
    rows = by_year(found, "outcome")
    listed = store.read(caf.profile, found.see.collection, found.scope.profile)
    asked = listed[(listed["caf_version"] == found.version) & listed["thread"].notna()]
    asked = asked[asked["required"] > 1].set_index("outcome_code")
    rows = rows[rows["code"].isin(asked.index)].copy()
    needs_all = rows["code"].map(asked["required"]) == 3
    rows["numerator"] = rows["achieved"] + rows["partly"].where(~needs_all, 0)
    rows["denominator"] = rows["achieved"] + rows["partly"] + rows["not_achieved"]
    if unit != "outcome":
        of = f"{unit}_code"
        names = asked.drop_duplicates(of).set_index(of)
        rows["code"] = rows["code"].map(asked[of])
        by = ["code", "column", "column_order", "period", "caf_version"]
        rows = rows.groupby(by, as_index=False).agg(
            numerator=("numerator", lambda some: some.sum(min_count=1)),
            denominator=("denominator", lambda some: some.sum(min_count=1)),
            councils=("councils", "max"),
            note=("note", "max"),
        )
        rows["name"] = rows["code"].map(names[unit])
    rows["value"] = 100 * rows["numerator"] / rows["denominator"].where(rows["denominator"] > 0)
    return rows


def by_place(found: Maturity, unit: str) -> pd.DataFrame:
    """The council picked out, its ONS neighbours and everyone."""
    own = caf.alone(found.latest, found.see.gss_code)
    peers = tuple(store.read(lookups.neighbours, found.see.gss_code)["gss_code"])
    near = replace(found.latest, regions=(), groups=(), councils=peers, peers_of=found.see.gss_code)
    all_of_them = replace(near, councils=(), peers_of="")
    columns = [
        (found.see.council_name, store.read(reads.outcomes, own, by="council", unit=unit)),
        ("ONS neighbours", store.read(reads.outcomes, near, unit=unit)),
        ("England", store.read(reads.outcomes, all_of_them, unit=unit)),
    ]
    return pd.concat(
        [rows.assign(column=name, column_order=n) for n, (name, rows) in enumerate(columns)],
        ignore_index=True,
    )


def beside_peers(found: Maturity) -> None:
    """The council picked out on a spine chart of the principles."""
    see = found.see
    peers = tuple(store.read(lookups.neighbours, see.gss_code)["gss_code"])
    frame = store.read(reads.principles_beside_peers, found.latest, see.gss_code, peers)
    whole = found.read_latest(reads.outcomes, unit="principle")
    measures = [
        replace(SHARE, key=code, title=name, theme="principles")
        for code, name in zip(whole["code"], labelled(whole), strict=True)
    ]
    rows = comparison.beside_peers(frame, measures)
    if rows["value"].isna().all():
        parts.note(f"{see.council_name} has no assessment in {found.year}.")
        return
    if not rows["peers"].max():
        parts.note(f"No ONS neighbour of {see.council_name} has figures to show.")
        return
    behind = rows[rows["value"] < rows["q1"]]["title"].tolist()
    ahead = rows[rows["value"] > rows["q3"]]["title"].tolist()
    sentence = (
        f"{see.council_name} is behind three quarters of its ONS neighbours on "
        f"{', '.join(behind) or 'no principle'}, and ahead of three quarters on "
        f"{', '.join(ahead) or 'none'}."
    )
    shown = rows[["title", "value", "low", "median", "high", "rank", "of"]].rename(
        columns={"title": "Principle", "value": f"{see.council_name} (%)"}
    )
    found.figure(
        spine,
        rows,
        table=shown,
        title=f"{see.council_name} beside its ONS neighbours, by principle",
        sentence=sentence,
        coverage=f"{int(rows['peers'].max())} peers with figures",
        key="spine",
    )


def one_outcome(found: Maturity) -> None:
    """One outcome in full: over the years, by region, who is below, what is done."""
    names = outcome_names(found)
    chosen = filters.maybe_one("Look into an outcome", names, "outcome", placeholder="No outcome")
    if not chosen:
        parts.note(
            "Choose an outcome, or click it in a chart above, to see how it moved, "
            "where it is met least, and what is being done."
        )
        return
    parts.section(f"{names[chosen]}, CAF {found.version}")
    over_time(found, chosen, names[chosen])
    by_region(found, chosen, names[chosen])
    who(found, chosen, names[chosen])


def over_time(found: Maturity, code: str, name: str) -> None:
    """The outcome along its thread."""
    judged = by_year(found, "outcome")
    judged = judged.assign(
        group_code="judged", group_label="As judged", basis="CAF " + judged["caf_version"]
    )
    bar = one_bar(found, "outcome").assign(group_code="bar", group_label="Re-based", basis="")
    rows = pd.concat([judged, bar])
    rows = rows[rows["code"] == code]
    data = rows.assign(
        period=pd.to_datetime(rows["period"]),
        expected=found.see.expected,
        period_label=[found.label_of(moment) for moment in rows["period"]],
    )
    about = replace(SHARE, title=f"{name}: meets the profile")
    if data["value"].isna().all():
        return
    sentence = sentences.trend_sentence(data, about, "judged")
    if (data["group_code"] == "bar").any():
        sentence += " " + sentences.trend_sentence(data, about, "bar")
    else:
        sentence += " It has no comparable outcome in CAF 3.2."
    found.figure(
        trend,
        data,
        indicator=about,
        highlight=("judged", "bar"),
        annotations=found.see.marks(),
        table=data[["group_label", "period_label", "basis", "value", "councils", "note"]],
        title=f"{name}, {found.place}",
        sentence=sentence,
        coverage=found.coverage(data["councils"].iloc[-1]),
        period=found.see.period,
        key="outcome-trend",
    )


def by_region(found: Maturity, code: str, name: str) -> None:
    """Levels of the outcome, region by region."""
    rows = found.read_latest(reads.outcomes, by="region")
    rows = rows[rows["code"] == code].dropna(subset="numerator")
    if rows.empty:
        return
    rows = rows.sort_values("value")
    whole = rows[list(reads.LEVELS)].sum(axis=1)
    data = pd.concat(
        [
            pd.DataFrame(
                {
                    "row_label": rows["group_label"],
                    "part": label,
                    "count": rows[key],
                    "value": 100 * rows[key] / whole,
                }
            )
            for key, label in reads.LEVELS.items()
        ]
    )
    shown = tuple(reads.LEVELS.values())
    found.figure(
        composition,
        data,
        parts=shown,
        table=rows[["group_label", *reads.LEVELS, "councils"]].rename(columns=reads.LEVELS),
        title=f"{name}: levels by region",
        sentence=maturity.composition_sentence(data, parts=shown),
        kind="Distribution chart",
        coverage=found.coverage(rows["councils"].sum()),
        key="outcome-regions",
    )


def gap_of(found: Maturity, code: str) -> pd.DataFrame:
    """The gaps on one outcome; none for a council, which sees its own alone."""
    if found.scope.is_of_others(store.viewer()):
        return pd.DataFrame()
    gaps = found.read_latest(caf.gaps)
    return gaps[(gaps["group_code"] == code) & (gaps["caf_version"] == found.version)]


def who(found: Maturity, code: str, name: str) -> None:
    """Councils below the profile on the outcome, and whether an action answers it."""
    rows = found.read_latest(reads.outcomes, by="council")
    rows = rows[(rows["code"] == code) & (rows["numerator"] < rows["denominator"])]
    gap = gap_of(found, code)
    said = f"{numbers.count(len(rows))} councils that you may see are below the profile"
    if len(gap) and pd.notna(gap["unanswered"].iloc[0]):
        said += (
            f"; of {numbers.count(gap['denominator'].iloc[0])} gaps on it, "
            f"{numbers.count(gap['unanswered'].iloc[0])} have no improvement action"
        )
    levels = rows[list(reads.LEVELS)].idxmax(axis=1).map(reads.LEVELS)
    listing = pd.DataFrame({"Council": rows["group_label"], "Level": levels})
    if len(listing):
        parts.listing(
            listing.sort_values("Council"),
            title=f"{name}: councils below the profile",
            sentence=f"{said}.",
            period=found.year,
            coverage=found.coverage(len(listing)),
            source="CAF assessments",
            collection=found.see.collection,
            key="outcome-councils",
        )
    else:
        parts.note(f"{said}.")
