"""The thread from incident to award: a twin in plain Python, disclosure, the view."""

from collections import Counter
from datetime import date

import pytest

from analytics.funding.thread import reads
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError, Viewer
from tests.support.pages import NOTHING, cells, failures, figures, opened, said


VIEW = {"view": "The thread"}
OWN = Viewer("council", "E09000012")


def year_of(day: date) -> date:
    return date(day.year - (day.month < 4), 4, 1)


@pytest.fixture
def rows(demo):
    """Rows of core tables as plain dictionaries."""

    def read(select: str) -> list[dict]:
        return demo.rows(select).astype(object).to_dict("records")

    return read


def same_as(rows) -> dict[tuple[str, str], str]:
    """Outcome that counts as one across versions, by version and code."""
    return {
        (row["caf_version"], row["outcome_code"]): row["thread"]
        for row in rows("select * from core.threads")
    }


def named(version: str, code: str, known: dict) -> str:
    return known.get((version, code), f"{version} {code}")


def test_every_link_of_an_incident_agrees_with_its_twin(demo, rows):
    known = same_as(rows)
    levels: dict = {}
    for row in rows("select * from core.council_outcomes where level is not null"):
        key = (row["gss_code"], named(row["caf_version"], row["outcome_code"], known))
        year = row["financial_year"].date()
        least = min(levels.get(key, {}).get(year, 9), int(row["level"]))
        levels.setdefault(key, {})[year] = least
    awards = {row["award_id"] for row in rows("select award_id from core.awards")}
    acted, funded = set(), set()
    for row in rows("select * from core.actions where action_status <> 'stopped'"):
        key = (row["gss_code"], named(row["caf_version"], row["outcome_code"], known))
        acted.add(key)
        if row["award_id"] in awards:
            funded.add(key)
    expected: Counter = Counter()
    for row in rows(
        "select gss_code, root_cause_outcome, caf_version, detected_month "
        "from core.incidents where incident_status = 'Confirmed' "
        "and detected_month is not null"
    ):
        expected["denominator"] += 1
        code = row["root_cause_outcome"]
        if not isinstance(code, str):
            continue
        key = row["gss_code"], named(row["caf_version"], code, known)
        year = year_of(row["detected_month"].date())
        told = levels.get(key, {})
        before = [level for when, level in sorted(told.items()) if when <= year][-1:]
        after = [level for when, level in sorted(told.items()) if when > year][-1:]
        expected.update(
            {
                "named": 1,
                "known": len(before),
                "below": before < [3] if before else 0,
                "acted": key in acted,
                "funded": key in funded,
                "assessed_since": len(after),
                "risen": bool(before and after and after > before),
                "fallen": bool(before and after and after < before),
            }
        )
    found = reads.whole(Reader(demo.path, LOCAL_ANALYST, demo.scope())).iloc[0]
    assert {key: found[key] for key in expected} == dict(expected)
    assert min(expected.values()) > 0


def test_outcomes_add_up_to_the_whole(demo):
    whole = reads.whole(Reader(demo.path, LOCAL_ANALYST, demo.scope())).iloc[0]
    each = reads.by_outcome(Reader(demo.path, LOCAL_ANALYST, demo.scope()))
    for name in ("denominator", *reads.LINKS):
        assert each[name].sum() == whole[name]


def test_awards_are_those_of_the_core(demo, rows):
    expected = Counter(
        row["programme"]
        for row in rows(
            "select programme, gss_code, award_id from core.awards "
            "where awarded_month is not null and gss_code is not null "
            "group by all"
        )
    )
    found = reads.by_programme(Reader(demo.path, LOCAL_ANALYST, demo.scope()))
    inside = demo.scope()
    assert found["denominator"].sum() <= sum(expected.values())
    assert (found["numerator"] <= found["denominator"]).all()
    assert (found["risen"] + found["fallen"] <= found["known"]).all()
    assert inside.since < inside.until


def test_a_council_sees_the_whole_and_its_own_and_no_part_of_others(demo):
    scope = demo.scope()
    whole = reads.whole(Reader(demo.path, OWN, scope))
    assert whole["denominator"].notna().all()
    for read in (reads.by_outcome, reads.by_programme):
        with pytest.raises(NotAllowedError, match="own alone"):
            read(Reader(demo.path, OWN, scope))
    alone = Scope(scope.collection, scope.since, scope.until, councils=(OWN.gss_code,))
    assert len(reads.by_outcome(Reader(demo.path, OWN, alone)))
    assert len(reads.own(Reader(demo.path, OWN, scope), OWN.gss_code))
    for read in (reads.own, reads.own_awards):
        with pytest.raises(NotAllowedError, match="own council"):
            read(Reader(demo.path, OWN, scope), "E06000052")
    for part in ({"regions": ("London",)}, {"councils": ("E06000052",)}):
        with pytest.raises(NotAllowedError):
            reads.whole(Reader(demo.path, OWN, demo.scope(**part)))


@pytest.mark.parametrize("asked", [{}, {"council": "Hackney"}, {"region": "London"}])
def test_the_view_tells_the_thread_from_either_end(shown, asked):
    app = opened("funding_impact", **VIEW, **asked)
    assert failures(app) == []
    assert [figure.key for figure in figures(app)] == ["thread", "thread-outcomes", "thread-awards"]
    assert ("share a row" in said(app)) == ("council" in asked)
    assert not NOTHING & set(cells(app))


def test_missing_links_are_counted_not_hidden(shown):
    app = opened("funding_impact", **VIEW)
    table = figures(app)[0].tables[0]
    there = table["There"].astype(str).str.replace(",", "").astype(int)
    missing = table["Missing"].astype(str).str.replace(",", "").astype(int)
    out_of = table["Out of"].astype(str).str.replace(",", "").astype(int)
    assert (there + missing == out_of).all()
    assert missing.sum() > 0
