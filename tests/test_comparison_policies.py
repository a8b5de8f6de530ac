"""Policies read the same words differently; quantities follow them, and `flips` names the word on which it turns."""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from reconcile.comparison import compare, flips, load_policy, policy_names
from reconcile.comparison.exchange import pegs
from reconcile.comparison.intervals import with_reading
from reconcile.comparison.subjects import subject_groups
from reconcile.comparison.verdicts import rules_of_judgement, verdict_rules
from reconcile.comparison.wording import words
from reconcile.errors import InputError, RuleError
from reconcile.judgements import DECISIONS
from tests import make

INF = float("inf")
FLOOD = {"unit": "person", "measure": "people_killed", "event": "flood"}


def told(speaker: str, value: float | None, day: int | None = 1, **fields: Any) -> dict[str, Any]:
    published = None if day is None else date(2024, 5, day)
    row = {"article_id": speaker, "outlet": f"Outlet {speaker}", "speaker": speaker, "value": value}
    return {**row, "published": published, **FLOOD, **fields}


@pytest.mark.parametrize(
    ("policy", "row", "expected"),
    [
        ("news", {"kind": "money", "value": 260e6}, (255e6, 265e6)),
        ("news", {"kind": "money", "value": 600e3}, (550e3, 650e3)),
        ("news", {"kind": "money", "value": 588_123.0}, (588_123.0, 588_123.0)),
        ("strict", {"kind": "money", "value": 260e6}, (260e6, 260e6)),
        ("news", {"value": 83.0}, (83, 83)),
        ("news", {"value": 15000.0}, (14500, 15500)),
        ("news", {"value": 1500.0}, (1500, 1500)),
        ("news", {"value": 60.0, "qualifier": "about"}, (54, 66)),
        ("news", {"kind": "money", "value": 2.4e6, "qualifier": "about"}, (2.28e6, 2.52e6)),
        ("news", {"kind": "money", "value": 300e6, "qualifier": "about"}, (250e6, 350e6)),
        ("news", {"kind": "money", "value": 300e6, "qualifier": "almost"}, (270e6, 300e6)),
        ("news", {"value": 11.0, "low": 11.0, "qualifier": "at_least"}, (11, INF)),
        ("gtd", {"value": 11.0, "low": 11.0, "qualifier": "at_least"}, (11, 11)),
        ("news", {"value": 10.0, "high": 10.0, "qualifier": "at_most"}, (0, 10)),
        ("news", {"kind": "percentage", "value": 5.0, "high": 5.0, "qualifier": "less_than"}, (-INF, 5)),
        ("news", {"low": 12.0, "high": 100.0, "qualifier": "vague"}, (12, 100)),
        ("acled", {"low": 12.0, "high": 100.0, "qualifier": "vague"}, (12, 12)),
        ("news", {"low": 80.0, "high": 90.0, "qualifier": "between"}, (80, 90)),
        ("news", {"value": 0.0}, (0, 0)),
        ("news", {"value": None}, (None, None)),
    ],
)
def test_bounds_as_a_policy_reads_them(
    policy: str, row: dict[str, Any], expected: tuple[float, float]
) -> None:
    read = with_reading(make.claims(row), load_policy(policy))
    assert read.select("read_low", "read_high").row(0) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("policy", "best"),
    [("news", 55.0), ("gtd", 55.0), ("acled", 40.0), ("strict", 55.0)],
)
def test_best_by_the_policy(policy: str, best: float) -> None:
    claims = make.claims(told("union", 40.0, 2), told("hospital", 61.0, 3), told("monitor", 55.0, 4))
    quantity = compare(claims, policy).quantities.row(0, named=True)
    assert (quantity["low"], quantity["best"], quantity["high"], quantity["n_witnesses"]) == (
        40.0,
        best,
        61.0,
        3,
    )
    assert (quantity["grade"], quantity["policy"]) == ("contested", f"{policy}-1")


@pytest.mark.parametrize(
    ("rows", "best"),
    [
        ([told("a", 40.0), told("b", 61.0), told("c", 61.0)], 61.0),
        ([told("a", 40.0), told("b", 61.0)], 40.0),
        ([told("a", 40.0, 2), told("b", 61.0, None)], 40.0),
        ([told("a", 40.0), told("b", 50.0, 9, qualifier="more_than", low=50.0)], 40.0),
        ([told("b", 50.0, 9, qualifier="more_than", low=50.0)], 50.0),
        ([told("a", None, low=10.0, high=100.0, qualifier="vague")], None),
        ([told("a", 40.0, stance="denied", refuted_by="b"), told("b", 12.0), told("c", 14.0)], 14.0),
        ([told("a", 40.0, stance="refuted", refuted_by="z")], None),
    ],
)  # fmt: skip
def test_latest_then_majority_then_lowest(rows: list[dict[str, Any]], best: float | None) -> None:
    assert compare(make.claims(*rows)).quantities.item(0, "best") == best


@pytest.mark.parametrize(
    ("rows", "grade"),
    [
        ([told("a", 40.0)], "weak"),
        ([told("a", 40.0), told("b", 40.0)], "fair"),
        ([told("a", 40.0), told("a", 40.0, 2, article_id="x")], "weak"),
        ([told("a", 40.0, actor="A")], "confirmed"),
        ([told("a", 40.0), told("b", 90.0)], "contested"),
        ([told("a", 40.0, stance="refuted", refuted_by="b")], "contested"),
        ([told("a", 40.0, stance="denied", refuted_by="a")], "discounted"),
    ],
)
def test_grades(rows: list[dict[str, Any]], grade: str) -> None:
    assert compare(make.claims(*rows)).quantities.item(0, "grade") == grade


def test_ten_copies_are_one_witness() -> None:
    sentence = "The river authority said on Monday that twelve people had lost their lives in the valley."
    rows = [
        {"article_id": f"a{at}", "outlet": f"Paper {at}", "value": 12.0, "sentence": sentence + "." * (at % 2), **FLOOD}
        for at in range(10)
    ]  # fmt: skip
    quantity = compare(make.claims(*rows)).quantities.row(0, named=True)
    assert (quantity["n_articles"], quantity["n_witnesses"]) == (10, 1)


def test_an_open_bound_above_all_others_leaves_the_quantity_unbounded() -> None:
    row = compare(make.claims(told("a", 40.0), told("b", 90.0, qualifier="more_than", low=90.0))).quantities
    assert row.select("low", "high").row(0) == (40.0, None)


@pytest.mark.parametrize(
    ("second", "against", "word"),
    [
        ({"value": 58.0, "qualifier": "about", "hedge": "about"}, None, None),
        (
            {"value": None, "low": 12.0, "high": 100.0, "qualifier": "vague", "quote": "dozens"},
            "acled",
            "dozens",
        ),
        ({"value": 40.0, "low": 40.0, "qualifier": "at_least", "hedge": "at least"}, "gtd", "at least"),
    ],
)
def test_the_word_that_flips(second: dict[str, Any], against: str | None, word: str | None) -> None:
    claims = make.claims(told("a", 55.0), told("b", **{"value": None, **second}))
    found = flips(claims, "news", against or "strict")
    assert found["word"].to_list() == ([] if word is None else [word])


def test_every_rule_has_a_sentence_and_every_sentence_a_rule() -> None:
    news = load_policy("news")
    judged = [rule for decision in DECISIONS for rule in rules_of_judgement(decision, news)]
    assert {rule.id for rule in (*verdict_rules(news), *judged)} == set(words()["verdicts"])


def test_the_tables_are_whole() -> None:
    assert policy_names() == ["acled", "gtd", "news", "strict"]
    assert all(load_policy(name).name == name for name in policy_names())
    assert pegs().get_column("unit").is_unique().all()
    assert subject_groups()


def test_a_policy_of_the_user(tmp_path: Path) -> None:
    shipped = resources.files("reconcile.rules").joinpath("policies", "news.yml")
    spec = yaml.safe_load(shipped.read_text(encoding="utf-8"))
    mine = tmp_path / "mine.yml"
    mine.write_text(yaml.safe_dump({**spec, "name": "mine", "version": 3}), encoding="utf-8")
    assert compare(make.claims(told("a", 40.0)), mine).policy == "mine-3"
    mine.write_text(yaml.safe_dump({**spec, "best": ["loudest"]}), encoding="utf-8")
    with pytest.raises(RuleError, match=r"mine\.yml: best\.0: .*news\.yml"):
        load_policy(mine)


def test_two_claims_of_one_id() -> None:
    with pytest.raises(InputError, match="claim_id 'c' is given twice"):
        compare(make.claims(told("a", 1.0, claim_id="c"), told("b", 2.0, claim_id="c")))


def test_no_claims_at_all() -> None:
    result = compare(make.claims())
    assert (result.pairs.height, result.quantities.height, result.alarms.height) == (0, 0, 0)
