"""The demonstration data: repeatable, clean but where planted, true to its record."""

import csv
import datetime as dt
import filecmp
import inspect
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from demonstration import write_demonstration
from demonstration.councils import OLD_CODES
from demonstration.period import MOST_YEARS
from demonstration.write import CONTRACTS, make_room
from pipelines.errors import BuildError
from settings import settings


KEYS = {
    "incidents": ["gss_code", "incident_ref"],
    "disruptions": ["gss_code", "disruption_id"],
    "assessments": ["assessment_id", "system_id", "outcome_code"],
    "critical_systems": ["system_id"],
    "actions": ["action_id"],
    "awards": ["award_id", "gss_code"],
    "award_payments": ["payment_id"],
    "programme_budgets": ["programme", "financial_year", "objective"],
    "caf_profiles": ["profile", "caf_version", "outcome_code"],
    "events": ["event_id"],
    "caf_stage_events": ["gss_code", "stage"],
    "returns": ["gss_code", "dataset", "period_starts_on"],
    "problems": ["problem_id"],
    "sharing": ["sharing_id"],
}
DATASETS = set(KEYS)
# The date on which the council of a row must have existed.
DATES = {
    "incidents": "detected_at",
    "disruptions": "started_at",
    "assessments": "completed_on",
    "critical_systems": "first_listed_on",
    "actions": "created_on",
    "awards": "awarded_on",
    "award_payments": "paid_on",
    "events": "happened_on",
    "caf_stage_events": "entered_on",
    "returns": "period_starts_on",
    "problems": "recorded_on",
    "sharing": "listed_on",
}
MET = {"Not achieved": 0, "Partially achieved": 1, "Achieved": 2}


PAIRS = [
    ("occurred_at", "detected_at"),
    ("detected_at", "contained_at"),
    ("contained_at", "recovered_at"),
    ("started_at", "restored_at"),
    ("completed_on", "reviewed_on"),
    ("created_on", "completed_on"),
    ("awarded_on", "starts_on"),
    ("starts_on", "ends_on"),
    ("rto_hours", "mtpd_hours"),
]


def columns(dataset: str) -> list[dict[str, str]]:
    """The contract of a dataset, with the columns that all share."""
    found = []
    for name in (dataset, "common"):
        with (CONTRACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found += list(csv.DictReader(file))
    return found


@cache
def codes(name: str) -> frozenset[str]:
    """Codes of a closed list."""
    path = settings.reference / "lists" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(row["code"] for row in csv.DictReader(file))


@cache
def lives() -> dict[str, tuple[str, str]]:
    """First and last day of each council, also under the code that it had before."""
    with (settings.reference / "councils.csv").open(encoding="utf-8") as file:
        found = {
            row["gss_code"]: (row["started_on"] or "0000", row["ended_on"] or "9999")
            for row in csv.DictReader(file)
        }
    return found | {old: found[new] for new, old in OLD_CODES.items()}


@cache
def is_of_type(kind: str, value: str) -> bool:
    """Whether a value reads as its type."""
    try:
        if kind == "integer":
            int(value)
        elif kind in ("decimal", "money", "hours"):
            float(value)
        elif kind == "date":
            dt.date.fromisoformat(value)
        elif kind == "timestamp":
            return dt.datetime.fromisoformat(value).tzinfo is not None
        elif kind == "council":
            return value in lives()
        elif kind == "boolean":
            return value in ("true", "false")
    except ValueError:
        return False
    return True


def cell_faults(column: dict[str, str], value: str) -> list[str]:
    """What is wrong with one value by its contract."""
    name = column["column"]
    if value == "":
        return [f"{name} missing"] if column["required"] == "yes" else []
    if not is_of_type(column["type"], value):
        return [f"{name} is no {column['type']}: {value}"]
    faults = []
    if column["allowed"] and value not in codes(column["allowed"]):
        faults.append(f"{name} not in list: {value}")
    if column["pattern"] and not re.fullmatch(column["pattern"], value):
        faults.append(f"{name} pattern: {value}")
    if column["type"] in ("date", "timestamp"):
        # No invented day is after the last file came.
        last = "2026-09-28" if column["maximum"] == "received" else "9999"
        if not (column["minimum"] or "0") <= value[:10] <= last:
            faults.append(f"{name} out of time: {value}")
        return faults
    size = len(value) if column["type"] in ("text", "list") else float_of(value)
    if column["minimum"] and size < float(column["minimum"]):
        faults.append(f"{name} too small: {value}")
    if column["maximum"] and size > float(column["maximum"]):
        faults.append(f"{name} too large: {value}")
    return faults


def float_of(value: str) -> float:
    """A number, or 0 for what is none."""
    return float(value) if re.fullmatch(r"-?[0-9.]+", value) else 0.0


def row_faults(row: dict[str, str]) -> list[str]:
    """What is wrong between the columns of one row."""
    faults = [
        f"{later} before {first}"
        for first, later in PAIRS
        if row.get(first) and row.get(later) and moment(row[later]) < moment(row[first])
    ]
    if bool(row.get("ncsc_category")) != bool(row.get("ncsc_category_source")):
        faults.append("category without source")
    if "lgsl_id" in row and bool(row["lgsl_id"]) == bool(row["corporate_service"]):
        faults.append("not exactly one service")
    if row.get("lens") and (row["lens"] == "BC") != bool(row["system_id"]):
        faults.append("system and lens differ")
    if row.get("cost_response_gbp") and not (row["cost_status"] and row["price_basis"]):
        faults.append("cost without status or price basis")
    if row.get("funding_model"):
        is_round = row["funding_model"] == "round"
        faults += ["round number"] * (is_round != bool(row["round_no"]))
    return faults + caf_faults(row)


def moment(text: str) -> Any:
    """Something that can be compared with others of its column."""
    return dt.datetime.fromisoformat(text) if "-" in text else float(text)


@cache
def has_partial() -> dict[tuple[str, str], bool]:
    """Whether an outcome of a version can be partially achieved."""
    with (settings.reference / "caf_outcomes.csv").open(encoding="utf-8") as file:
        return {
            (row["caf_version"], row["outcome_code"]): row["has_partial"] == "true"
            for row in csv.DictReader(file)
        }


def caf_faults(row: dict[str, str]) -> list[str]:
    """What is wrong with the CAF outcome of a row."""
    code = row.get("outcome_code") or row.get("root_cause_outcome")
    if not code:
        return []
    known = has_partial().get((row["caf_version"], code))
    if known is None:
        return [f"{code} is not in {row['caf_version']}"]
    judged = (row.get("self_status"), row.get("review_status"))
    return ["partial where none"] if "Partially achieved" in judged and not known else []


def life_faults(dataset: str, row: dict[str, str]) -> list[str]:
    """Whether the council existed on the row's date."""
    text = row.get(DATES.get(dataset, ""), "")
    begun, ended = lives().get(row.get("gss_code", ""), ("0000", "9999"))
    day = text[:10]
    return [] if not day or begun <= day <= ended else [f"no council on {day}"]


def broken(dataset: str, rows: list[dict[str, str]]) -> list[str]:
    """All that is wrong with rows of a dataset, by its contract and between columns."""
    wanted, found, seen = columns(dataset), [], set()
    for row in rows:
        faults = [f for c in wanted for f in cell_faults(c, row[c["column"]])]
        faults += life_faults(dataset, row) + ([] if faults else row_faults(row))
        found += [f"{fault} in {row}" for fault in faults]
        key = tuple(row[name] for name in KEYS[dataset]) + (row["record_version"],)
        # Assessments may come again in a later file with the same version.
        if dataset != "assessments" and key in seen:
            found.append(f"same key: {key}")
        seen.add(key)
    return found


@dataclass(frozen=True)
class Made:
    """One run: its folder, its counts and its record of what was planted."""

    out: Path
    counts: dict[str, int]
    planted: dict[str, Any]

    def lines(self, dataset: str) -> Iterator[tuple[str, int, dict[str, str]]]:
        """File, line and row of a dataset, in order of arrival."""
        for path in sorted((self.out / dataset).glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                for line, row in enumerate(csv.DictReader(file), 2):
                    yield f"{dataset}/{path.name}", line, row

    def sizes(self, dataset: str) -> dict[str, int]:
        """Rows in each file of a dataset, counted without reading them."""
        return {
            path.name: path.read_bytes().count(b"\n") - 1
            for path in sorted((self.out / dataset).glob("*.csv"))
        }

    def good(self, dataset: str) -> list[dict[str, str]]:
        """Rows that were not spoiled, the latest version of each last."""
        bad = {(each["file"], each["line"]) for each in self.planted["bad_rows"]}
        return [r for name, n, r in self.lines(dataset) if (name, n) not in bad]


def make(out: Path, *, years: int, seed: int = 7, scale: int = 1) -> Made:
    """Write demonstration data and read back what was planted."""
    counts = write_demonstration(
        out, seed=seed, years=years, scale=scale, reference=settings.reference
    )
    planted = json.loads((out / "PLANTED.json").read_text(encoding="utf-8"))
    return Made(out, counts, planted)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Four years, which see councils abolished in 2023 and both CAF versions."""
    return make(tmp_path_factory.mktemp("made"), years=4)


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """One year, to compare other runs with."""
    return make(tmp_path_factory.mktemp("short"), years=1)


def files(folder: Path) -> list[str]:
    """Names of all files below a folder."""
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_the_same_seed_gives_the_same_bytes(short: Made, tmp_path: Path) -> None:
    again = make(tmp_path, years=1)
    names = files(short.out)
    assert names == files(again.out)
    assert filecmp.cmpfiles(short.out, again.out, names, shallow=False)[0] == names


def test_a_second_run_leaves_nothing_of_the_first(tmp_path: Path) -> None:
    (tmp_path / "incidents").mkdir()
    (tmp_path / "incidents" / "1999-00-1.csv").touch()
    with pytest.raises(BuildError, match="Give another folder"):
        make_room(tmp_path)
    (tmp_path / "PLANTED.json").touch()
    make_room(tmp_path)
    assert files(tmp_path) == ["PLANTED.json"]


@pytest.mark.parametrize("wrong", [{"years": 0}, {"years": 7}, {"scale": 0}])
def test_sizes_out_of_reach_are_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(BuildError, match="give 1"):
        make(tmp_path, **{"years": 1} | wrong)
    assert not files(tmp_path)


def test_another_seed_gives_other_rows(short: Made, tmp_path: Path) -> None:
    other = make(tmp_path, years=1, seed=8)
    # What the programme decides is the same for every seed.
    decided = ("programme", "caf_profiles")
    names = [n for n in files(short.out) if not any(word in n for word in decided)]
    same, _, _ = filecmp.cmpfiles(short.out, other.out, names, shallow=False)
    assert not same


def test_scale_multiplies_incidents_and_disruptions_only(short: Made, tmp_path: Path) -> None:
    larger = make(tmp_path, years=1, scale=3)
    for dataset in DATASETS:
        ratio = larger.counts[dataset] / short.counts[dataset]
        wanted = 3 if dataset in ("incidents", "disruptions") else 1
        assert ratio == pytest.approx(wanted, rel=0.06), dataset


def test_every_council_contract_is_written(made: Made) -> None:
    assert set(made.counts) == DATASETS
    for dataset in DATASETS:
        assert sum(made.sizes(dataset).values()) == made.counts[dataset]


def test_row_counts_are_plausible(made: Made) -> None:
    assert 5_000 < made.counts["incidents"] < 8_500
    assert 8_000 < made.counts["disruptions"] < 13_000
    assert 100_000 < made.counts["assessments"] < 150_000


def test_about_two_rows_in_a_hundred_are_superseded(made: Made) -> None:
    for dataset in ("incidents", "disruptions", "assessments"):
        sizes = made.sizes(dataset)
        later = sum(n for name, n in sizes.items() if "corrections" in name)
        assert 0.008 < later / made.counts[dataset] < 0.035, dataset


def test_councils_are_those_of_the_day(made: Made) -> None:
    ended, begun = dt.date(2023, 3, 31), dt.date(2023, 4, 1)
    old, new = "E07000026", "E06000063"  # Allerdale, and Cumberland after it
    days = {
        code: [
            dt.date.fromisoformat(row["period_starts_on"])
            for row in made.good("returns")
            if row["gss_code"] == code
        ]
        for code in (old, new)
    }
    assert days[old] and max(days[old]) <= ended
    assert days[new] and min(days[new]) >= begun


def test_rows_that_were_not_planted_keep_the_contracts(made: Made) -> None:
    for dataset in sorted(DATASETS):
        rows = made.good(dataset)
        # A third of the assessments shows as much as all, in a third of the time.
        rows = rows[::3] if dataset == "assessments" else rows
        found = broken(dataset, rows)
        assert not found, f"{dataset}: {found[:5]}"


def test_planted_rows_are_where_the_record_says(made: Made) -> None:
    rows = {
        (name, line): row
        for dataset in {each["dataset"] for each in made.planted["bad_rows"]}
        for name, line, row in made.lines(dataset)
    }
    kinds = Counter(each["kind"] for each in made.planted["bad_rows"])
    assert kinds["unknown_council"] and kinds["duplicate_key"]
    for each in made.planted["bad_rows"]:
        row = rows[each["file"], each["line"]]
        if each["kind"] == "unknown_council":
            assert row["gss_code"] == "E06999999"
        if each["kind"] == "unreadable_date":
            assert row[each["column"]] in ("31/02/2024", "soon")
        if each["kind"] == "required_missing":
            assert row[each["column"]] == ""


def test_every_fault_that_a_row_can_show_breaks_the_contract(made: Made) -> None:
    shown = {"unknown_council", "unreadable_date", "required_missing", "not_in_list"}
    wanted = {
        (each["file"], each["line"])
        for each in made.planted["bad_rows"]
        if each["kind"] in shown or each["kind"].startswith("negative")
    }
    for dataset in ("incidents", "disruptions", "returns"):
        for name, line, row in made.lines(dataset):
            if (name, line) in wanted:
                assert broken(dataset, [row]), (name, line)


def test_a_few_rows_carry_the_codes_of_before(made: Made) -> None:
    codes = {row["gss_code"] for row in made.good("incidents")}
    assert codes & set(OLD_CODES.values())


def test_rows_stand_only_in_months_with_a_data_return(made: Made) -> None:
    now = {old: new for new, old in OLD_CODES.items()}
    returned = {
        (row["gss_code"], row["dataset"], row["period_starts_on"])
        for _, _, row in made.lines("returns")
        if row["return_kind"] != "nil"
    }
    dates = {"incidents": "detected_at", "disruptions": "started_at"}
    for dataset, column in dates.items():
        for row in made.good(dataset):
            # Near midnight at a month's end London may be in another month than UTC.
            if row[column][8:10] in ("01", "28", "29", "30", "31"):
                continue
            month = f"{row[column][:7]}-01"
            code = now.get(row["gss_code"], row["gss_code"])
            # A planted fault may have taken the code from the return itself.
            either = {(code, dataset, month), ("E06999999", dataset, month)}
            assert either & returned


def test_support_went_to_weaker_councils(made: Made) -> None:
    years = made.planted["maturity"]["by_year"]
    funded = years["funded"]["2023/24"]["share_met_unaided"]
    assert funded < years["never_funded"]["2023/24"]["share_met"] - 0.05
    assert 170 < made.planted["treated_councils"] < 210


def test_the_planted_effect_is_of_the_size_asked_for(made: Made) -> None:
    effect = made.planted["maturity"]
    assert effect["at_4_quarters"]["effect"] == pytest.approx(0.06, abs=0.02)
    assert effect["at_8_or_more_quarters"]["effect"] == pytest.approx(0.10, abs=0.02)


def test_the_rows_show_the_effect_that_the_record_states(made: Made) -> None:
    treated = set(made.planted["treated"])
    shares = shares_met(made, "2024/25")
    funded = [share for code, share in shares.items() if code in treated]
    stated = made.planted["maturity"]["by_year"]["funded"]["2024/25"]
    seen = sum(funded) / len(funded)
    assert seen == pytest.approx(stated["share_met"], abs=0.003)
    assert seen - stated["share_met_unaided"] == pytest.approx(0.06, abs=0.03)


def required(profile: str = "baseline") -> dict[tuple[str, str], int]:
    """Scores that a profile asks for, by version and outcome."""
    with (settings.reference / "caf_profiles.csv").open(encoding="utf-8") as file:
        return {
            (row["caf_version"], row["outcome_code"]): MET[row["required_level"]]
            for row in csv.DictReader(file)
            if row["profile"] == profile
        }


def latest(made: Made, period: str = "") -> list[dict[str, str]]:
    """Judged rows that count, of one year or of all, each as it was last sent."""
    found = {
        (row["assessment_id"], row["outcome_code"], row["system_id"]): row
        for row in made.good("assessments")
        if row["assessment_period"] == (period or row["assessment_period"])
        and row["status"] in ("submitted", "completed")
    }
    return [row for row in found.values() if row["self_status"] != "Not assessed"]


def outcomes_met(
    made: Made, period: str, *, is_reviewed: bool = False
) -> dict[str, dict[str, bool]]:
    """Whether each outcome is met, by council, by the weakest critical system; the
    reviewer's judgement counts where there is one, if asked for."""
    wanted = required()
    worst: dict[str, dict[str, bool]] = {}
    for row in latest(made, period):
        status = (is_reviewed and row["review_status"]) or row["self_status"]
        outcome = row["outcome_code"]
        is_met = MET[status] >= wanted[row["caf_version"], outcome]
        own = worst.setdefault(row["gss_code"], {})
        own[outcome] = own.get(outcome, True) and is_met
    return worst


def shares_met(made: Made, period: str) -> dict[str, float]:
    """Share of profile outcomes met by council, by its own judgement."""
    met = outcomes_met(made, period)
    return {code: sum(own.values()) / len(own) for code, own in met.items()}


def test_councils_rise_to_the_profile_until_caf_4_asks_for_more(made: Made) -> None:
    years = {"2022/23": 39, "2023/24": 39, "2024/25": 39, "2025/26": 41}
    share, whole = [], []
    for year, outcomes in years.items():
        met = list(outcomes_met(made, year, is_reviewed=True).values())
        share.append(sum(sum(own.values()) for own in met) / sum(map(len, met)))
        known = [own for own in met if len(own) == outcomes or not all(own.values())]
        whole.append(sum(all(own.values()) for own in known) / len(known))
    assert share[0] < share[1] - 0.04 < share[2] - 0.08
    assert share[2] == pytest.approx(0.78, abs=0.03)
    assert share[3] == pytest.approx(0.70, abs=0.03)
    assert whole[0] < 0.05 < 0.07 < whole[2] < 0.12
    assert 0.005 < whole[3] < 0.045


def test_reviewers_lower_far_more_often_than_they_raise(made: Made) -> None:
    steps = Counter(
        MET[row["self_status"]] - MET[row["review_status"]]
        for row in latest(made)
        if row["review_status"]
    )
    assert steps[0] > 0.7 * steps.total()
    assert steps[1] > 5 * steps[2] > 0
    assert 0 < 10 * (steps[-1] + steps[-2]) < steps[1]


def test_systems_on_old_ground_are_weaker_but_not_by_much(made: Made) -> None:
    wanted = required()
    systems = {row["system_id"]: row for row in made.good("critical_systems")}
    met: dict[str, list[bool]] = {}
    for row in latest(made):
        if row["system_id"] in systems:
            found = systems[row["system_id"]]
            level = MET[row["self_status"]]
            is_met = level >= wanted[row["caf_version"], row["outcome_code"]]
            for name in (found["hosting_type"], f"legacy {found['is_legacy']}"):
                met.setdefault(name, []).append(is_met)
    share = {name: sum(each) / len(each) for name, each in met.items()}
    assert 0.03 < share["legacy false"] - share["legacy true"] < 0.12
    assert 0.03 < share["cloud"] - share["on_premises"] < 0.12


def test_some_assessments_are_incomplete(made: Made) -> None:
    listed: dict[str, list[dict[str, str]]] = {}
    for _, _, row in made.lines("critical_systems"):
        if row["record_version"] == "1":
            listed.setdefault(row["gss_code"], []).append(row)
    few = sum(len(systems) < 3 for systems in listed.values())
    assert 0.01 < few / len(listed) < 0.06
    counts = Counter(gap for each in whole_rows(made) for gap in gaps(each, listed))
    share = {gap: counts[gap] / counts["all"] for gap in counts}
    assert share["only the council"] == pytest.approx(0.05, abs=0.02)
    assert share["a system"] == pytest.approx(0.04, abs=0.02)
    assert share["outcomes"] == pytest.approx(0.03, abs=0.02)


def whole_rows(made: Made) -> list[list[dict[str, str]]]:
    """Rows of each assessment that is not a draft, spoiled ones too."""
    found: dict[str, list[dict[str, str]]] = {}
    for _, _, row in made.lines("assessments"):
        if row["status"] in ("submitted", "completed"):
            found.setdefault(row["assessment_id"], []).append(row)
    return list(found.values())


def gaps(rows: list[dict[str, str]], listed: dict[str, list[dict[str, str]]]) -> Iterator[str]:
    """What one assessment leaves out; a spoiled row may lose one outcome by itself."""
    yield "all"
    version, done = rows[0]["caf_version"], max(row["completed_on"] for row in rows)
    council = rows[0]["assessment_id"].split("-")[1]
    asked = {n["system_id"] for n in listed[council] if n["first_listed_on"] <= done}
    sent = {row["system_id"] for row in rows} - {""}
    if not sent:
        yield "only the council"
    elif asked - sent:
        yield "a system"
    codes = {row["outcome_code"] for row in rows}
    missing = {code for known, code in required() if known == version} - codes
    if sent and len(missing) > 1:
        yield "outcomes"


def test_the_example_profile_lies_between_baseline_and_enhanced(made: Made) -> None:
    low, high = required("baseline"), required("enhanced")
    rows = made.good("caf_profiles")
    asked = {(r["caf_version"], r["outcome_code"]): r["required_level"] for r in rows}
    assert set(asked) == set(low)
    scores = {key: MET[level] for key, level in asked.items()}
    assert all(low[key] <= scores[key] <= high[key] for key in scores)
    assert sum(low.values()) < sum(scores.values()) < sum(high.values())


def test_hours_are_shortened_by_the_stated_factor(made: Made) -> None:
    hours = made.planted["disruption_hours"]
    assert hours["hours"] / hours["hours_unaided"] == pytest.approx(0.8)


def test_the_envelope_is_85_million_and_awards_stay_below(made: Made) -> None:
    budgets = made.good("programme_budgets")
    awards = {row["award_id"] + row["gss_code"]: row for row in made.good("awards")}
    committed = sum(float(r["amount_awarded_gbp"] or 0) for r in awards.values())
    assert sum(float(row["envelope_gbp"]) for row in budgets) == 85_000_000
    assert 40_000_000 < committed < 85_000_000


def test_payments_never_exceed_the_award(made: Made) -> None:
    paid: Counter[str] = Counter()
    for row in made.good("award_payments"):
        paid[row["award_id"]] += float(row["amount_paid_gbp"])  # type: ignore[assignment]
    for row in made.good("awards"):
        if row["role"] == "lead":
            assert paid[row["award_id"]] <= float(row["amount_awarded_gbp"])


def test_problem_costs_are_the_product(made: Made) -> None:
    rows = made.good("problems")
    assert len({row["gss_code"] for row in rows}) == 9
    for row in rows:
        product = float(row["unit_cost_gbp"]) * float(row["volume"])
        product *= float(row["frequency_per_year"])
        assert float(row["annual_cost_gbp"]) == pytest.approx(product, abs=0.01)


def test_headers_are_the_contracts(made: Made) -> None:
    with (CONTRACTS / "common.csv").open(encoding="utf-8") as file:
        shared = [row["column"] for row in csv.DictReader(file)]
    _, _, row = next(made.lines("incidents"))
    assert list(row)[-len(shared) :] == shared


def test_the_command_says_how_many_years_there_are_at_most():
    from pipelines.commands import making

    assert f"at most {MOST_YEARS}." in inspect.getsource(making.demo)
