"""The money: envelope, awards and payments, to whom and by which funding model."""

import pandas as pd

from analytics.charts.columns import columns
from analytics.charts.ranking import ranking
from analytics.charts.trend import trend
from analytics.funding.money import reads, sums
from analytics.funding.money.chart import waterfall
from analytics.funding.money.choices import PLACES, SPLITS, Money, chosen
from analytics.funding.money.choices import real_terms_words as real
from analytics.funding.money.export import export
from analytics.reading import lookups
from analytics.reading.disclosure import WITHHELD
from analytics.reading.marts import period_label
from analytics.ui import filters, layout, parts
from analytics.ui.figures import own_group
from analytics.ui.layout import Card
from analytics.ui.view import View
from analytics.words import numbers, sentences
from analytics.words.money import MODELS, measure


LINES = {"envelope_gbp": "Envelope", "awarded_gbp": "Awarded", "paid_gbp": "Paid"}
PER = {"per_resident": "Per resident", "per_council": "Per council"}
UNITS = {"per_resident": "gbp_per_resident", "per_council": "gbp"}
OUT_OF = {
    "per_resident": "Money awarded over all years shown, for each resident.",
    "per_council": "Money awarded over all years shown, over all councils, funded or not.",
}
READING = (
    "The envelope is money set aside, for England. What is awarded is promised to a "
    "council, and what is paid has left. Totals that name no council are never spread "
    "over councils: the public record keeps them apart."
)
RUNNING = measure("Running total", "gbp", "Sums up to the end of each year.")


def draw(see: View) -> None:
    """Headlines, from envelope to what is left, years, places, models, the files."""
    found = chosen(see)
    if not see.expected or (found.unread[0].empty and found.unread[1].empty):
        layout.empty("nothing_matches")
        return
    parts.note(READING + real(found))
    if found.totals.empty and found.envelopes.empty:
        layout.empty("nothing_matches")
        return
    headlines(found)
    reconciled(found)
    listing(found)
    running_totals(found)
    places(found)
    models(found)
    export(see)


def money(amount: float) -> str:
    """An amount in words; a sum with a withheld part is withheld."""
    return "withheld" if pd.isna(amount) else numbers.value("gbp", amount)


def share(part: float, whole: float, of: str) -> str:
    """One amount as a percentage of another; nothing where there is no other."""
    if pd.isna(part) or pd.isna(whole) or not whole:
        return ""
    return f"{100 * part / whole:.0f}% of {of}"


def headlines(found: Money) -> None:
    """Envelope, awarded, what is left, paid; per resident and per council."""
    left = found.envelope - found.england
    place = f", {found.see.place}" if found.is_narrow else ""
    england = ", England" if found.is_narrow else ""
    name = "Over-committed" if left < 0 else found.left
    cards = [
        Card(f"Envelope{england}", money(found.envelope), note=f"{found.years}, {found.prices}"),
        Card(
            f"Awarded{place}",
            money(found.awarded),
            "",
            found.coverage,
            share(found.awarded, found.envelope, f"the envelope{england}"),
        ),
        Card(f"{name}{england}", money(abs(left)), note="Envelope less all that was awarded"),
        Card(
            f"Paid{place}",
            money(found.paid),
            note=share(found.paid, found.awarded, "what was awarded"),
        ),
        *per_head(found, place),
    ]
    layout.headlines([*cards, *own_card(found)])


def per_head(found: Money, place: str) -> list[Card]:
    """Awarded for each resident, and for each council."""
    rows = found.places("england")
    if rows.empty:
        return []
    row = rows.iloc[0]
    known = (
        "withheld"
        if pd.isna(row["per_resident"])
        else numbers.value("gbp_per_resident", row["per_resident"])
    )
    councils = numbers.count(row["expected"])
    return [
        Card(
            f"Awarded per resident{place}",
            known,
            note=f"{money(row['per_council'])} per council, over all {councils}",
        )
    ]


def own_card(found: Money) -> list[Card]:
    """The council picked out by itself."""
    see = found.see
    if not see.gss_code or see.place == see.council_name:
        return []
    rows = found.places_of(see.of_council(), "council")
    if rows.empty:
        return []
    row = rows.iloc[0]
    each = numbers.value("gbp_per_resident", row["per_resident"])
    return [
        Card(
            f"Awarded, {see.council_name}",
            money(row["awarded_gbp"]),
            note=f"{each} per resident; {money(row['paid_gbp'])} paid",
        )
    ]


def reconciled(found: Money) -> None:
    """From the envelope, over what was awarded, to what is left of it."""
    elsewhere = found.england - found.awarded if found.is_narrow else None
    if pd.isna(found.england) or pd.isna(found.awarded):
        return
    frame = sums.steps(found.envelope, found.parts, elsewhere, left=found.left)
    by = SPLITS[found.split].lower()
    title = f"From the envelope to what is left, by {by}, {found.years}"
    found.figures.figure(
        waterfall,
        frame,
        table=frame[["label", "value"]].set_axis(["Step", f"Amount, {found.prices} (£)"], axis=1),
        title=title,
        sentence=reconciled_words(found, frame),
        key="reconciled",
    )


def reconciled_words(found: Money, frame: pd.DataFrame) -> str:
    """What the waterfall adds up to, in a sentence."""
    last = frame.iloc[-1]
    spent = frame[frame["kind"] == "award"].nlargest(1, "value")
    most = (
        f" Most went to {spent.iloc[0]['label']}, {money(spent.iloc[0]['value'])}."
        if len(spent) > 1 or len(frame) > 3
        else ""
    )
    whole = f"{money(found.envelope)} was set aside and {money(found.england)} awarded"
    if last["kind"] == "over":
        end = f"over-committed by {money(last['value'])}"
    else:
        end = f"{money(last['value'])} is {found.left[:1].lower()}{found.left[1:]}"
    untold = found.totals["untold"].sum()
    unknown = (
        f" {numbers.count(untold)} awards have no amount on file: unknown, not nought."
        if untold
        else ""
    )
    if found.split in ("programme", "objective", "year"):
        over = found.parts["awarded_gbp"] > found.parts["envelope_gbp"]
        names = found.parts.loc[over, "label"].tolist()
        if names and not found.is_narrow:
            unknown += f" Awarded beyond its own envelope: {sentences.joined(names)}."
    return f"{whole}: {end}.{most}{unknown}"


def listing(found: Money) -> None:
    """The ledger part by part, each against its own envelope where it has one."""
    frame = found.parts
    data = pd.DataFrame({SPLITS[found.split]: frame["label"]})
    if frame["envelope_gbp"].notna().any() and not found.is_narrow:
        data["Envelope (£)"] = frame["envelope_gbp"].fillna(0).round()
    data["Awarded (£)"] = frame["awarded_gbp"].round()
    if "Envelope (£)" in data:
        data["Unallocated (£)"] = data["Envelope (£)"] - data["Awarded (£)"]
    data["Paid (£)"], data["Awards"] = frame["paid_gbp"].round(), frame["awards"]
    if found.split in PLACES:
        data["Per resident (£)"] = frame["per_resident"].round(2)
        data["Per council (£)"] = frame["per_council"].round()
        data["Councils that received money"] = frame["funded"]
        data["Councils"] = frame["expected"]
    data = data.astype(object).where(data.notna(), WITHHELD)
    minus = " A negative unallocated amount is over-committed." if "Unallocated (£)" in data else ""
    parts.listing(
        data,
        title=f"The ledger by {SPLITS[found.split].lower()}, {found.years}",
        sentence=f"Amounts {found.prices}; payments by the year of payment, awards by "
        f"the year of the award.{minus}",
        period=found.years,
        coverage=found.coverage,
        source=found.source,
        collection=found.see.collection,
        key="ledger-parts",
    )


def running_totals(found: Money) -> None:
    """Envelope, awarded and paid, added up year by year."""
    yearly = sums.running(found.envelopes, found.totals)
    lines = {
        name: label
        for name, label in LINES.items()
        if not (found.is_narrow and name == "envelope_gbp")
    }
    named = yearly.rename(columns={f"total_{name}": f"sum of {name}" for name in lines})
    long = named.melt(
        ["period", "period_label"], [f"sum of {name}" for name in lines], "group_code"
    )
    codes = long["group_code"].str.removeprefix("sum of ")
    data = long.assign(
        group_code=codes,
        group_label=codes.map(lines),
        basis="",
        councils=found.see.expected,
        expected=found.see.expected,
        numerator=long["value"],
        denominator=float("nan"),
        period=pd.to_datetime(long["period"]),
    )
    last = yearly.iloc[-1]
    of = "" if found.is_narrow else (f" of an envelope of {money(last['total_envelope_gbp'])}")
    sentence = (
        f"By the end of {last['period_label']}, {money(last['total_awarded_gbp'])}{of} "
        f"had been awarded and {money(last['total_paid_gbp'])} paid."
    )
    table = yearly[["period_label", *lines]].rename(
        columns={name: f"{label} (£)" for name, label in lines.items()}
    )
    found.figures.figure(
        trend,
        data,
        indicator=RUNNING,
        highlight=tuple(lines),
        annotations=found.see.marks(),
        table=table,
        title=f"{lines_words(lines)}, running totals, {found.years}",
        sentence=sentence,
        key="running",
    )


def lines_words(lines: dict[str, str]) -> str:
    """The lines of a figure within its title: only the first has a capital."""
    said = sentences.joined([label.lower() for label in lines.values()])
    return f"{said[:1].upper()}{said[1:]}"


def places(found: Money) -> None:
    """Regions or types of council beside one another, for their size."""
    by = found.split if found.split in PLACES else "region"
    per = filters.one_of("Regions and types compared", PER, "per")
    frame = found.places(by)
    data = frame.assign(value=frame[per], councils=frame["funded"])
    if data["value"].isna().all():
        return
    shown = data.dropna(subset="value")
    title = f"Awarded {PER[per].lower()}"
    unit = measure(title, UNITS[per], OUT_OF[per])
    whole = found.places("england").iloc[0]
    reference = None if pd.isna(whole[per]) else (found.see.place, whole[per])
    table = data[
        ["group_label", "awarded_gbp", "per_resident", "per_council", "funded", "expected"]
    ]
    table = (
        table.astype(object)
        .where(table.notna(), WITHHELD)
        .set_axis(
            [
                SPLITS[by],
                "Awarded (£)",
                "Per resident (£)",
                "Per council (£)",
                "Councils that received money",
                "Councils",
            ],
            axis=1,
        )
    )
    found.figures.figure(
        ranking,
        data,
        indicator=unit,
        reference=reference,
        highlight=own_group(found.see, by),
        keys="group_label",
        table=table,
        title=f"{title} by {SPLITS[by].lower()}, {found.years}",
        sentence=sentences.ranking_sentence(shown, unit, reference) + withheld_words(data),
        key="places",
    )


def withheld_words(data: pd.DataFrame) -> str:
    """Which groups are withheld: what was awarded to them is on file, and not told."""
    names = data.loc[data["value"].isna(), "group_label"].tolist()
    return f" Withheld: {sentences.joined(names)}." if names else ""


def models(found: Money) -> None:
    """What came by numbered rounds and what by continuous funding, year by year."""
    rows = found.entries[found.entries["measure"] == "awarded"]
    rows = rows[rows["funding_model"].isin(list(MODELS))]
    if rows.empty:
        return
    by = rows.groupby(["period_label", "funding_model"])["amount_gbp"]
    data = by.apply(lambda some: some.sum(skipna=False)).reset_index(name="value")
    years = sorted(found.totals["period_label"].unique())
    every = pd.MultiIndex.from_product([years, list(MODELS)])
    known = data.set_index(["period_label", "funding_model"])["value"]
    # A year and model without an award is nought; one that is withheld has no value.
    filled = known.reindex(every).mask(~every.isin(known.index), 0.0)
    data = filled.rename_axis(["period_label", "part"]).reset_index()
    data["part"] = data["part"].map(MODELS)
    switch, said = switched(found, years)
    wide = data.pivot(index="period_label", columns="part", values="value")
    wide = wide.reindex(columns=list(MODELS.values())).astype(object)
    wide.columns = [f"{name} (£)" for name in wide]
    found.figures.figure(
        columns,
        data,
        parts=list(MODELS.values()),
        unit="gbp",
        divider=switch,
        table=wide.where(wide.notna(), WITHHELD).rename_axis("period_label").reset_index(),
        title=f"Awarded by rounds and by continuous funding, {found.years}",
        sentence=models_words(found) + said,
        key="models",
    )


def models_words(found: Money) -> str:
    """How much came by each model, over how many awards."""
    by = sums.by_part(found.entries, found.envelopes, "model", found.totals)
    told = by[by["part"].isin(list(MODELS)) & by["awarded_gbp"].notna()]
    said = [
        f"{MODELS[row['part']].lower()} gave {money(row['awarded_gbp'])} in "
        f"{numbers.count(row['awards'])} awards"
        for _, row in told.iterrows()
    ]
    text = sentences.joined(said) or "amounts by model are withheld"
    return f"{text[:1].upper()}{text[1:]}."


def switched(found: Money, years: list[str]) -> tuple[tuple[str, str] | None, str]:
    """Where to draw the switch, and which changes of programme are on record."""
    rows = found.see.read(reads.switches)
    labels = [period_label(day, "year") for day in rows["continuous"]]
    marks = [
        (label, f"{name} goes continuous")
        for label, name in zip(labels, rows["programme_label"], strict=True)
        if label in years[1:]
    ]
    events = found.see.read(lookups.annotations, ("programme_change",))
    told = [f"{row['title']} ({row['happened_on']:%-d %B %Y})" for _, row in events.iterrows()]
    said = f" Changes of programme on record: {'; '.join(told)}." if told else ""
    if marks:
        said = f" The dotted line: {marks[0][1]}, in {marks[0][0]}.{said}"
    return (marks[0] if marks else None), said
