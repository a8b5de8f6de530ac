"""The shipped digests: one quantity has one measure and one event, in whatever language and words it is told."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from reconcile.articles import read_articles
from reconcile.claims import extract

DIGESTS = Path(__file__).resolve().parents[1] / "data" / "articles"
CATALYST, SEIZURE, CLAIM = "operation-catalyst", "us-doj-crypto-seizure-2020", "isis-300m-claim"


@pytest.fixture(scope="module")
def claims() -> pl.DataFrame:
    return extract(read_articles(DIGESTS)).filter(pl.col("role") == "claim")


@pytest.mark.parametrize(
    ("kind", "value", "measures", "events", "least"),
    [
        ("count", 83, {"people_arrested"}, {CATALYST}, 8),
        ("count", 160, {"suspects_identified"}, {CATALYST}, 4),
        ("count", 15_000, {"people_screened"}, {CATALYST}, 4),
        ("count", 25, {"people_arrested"}, {CATALYST}, 2),
        ("count", 11, {"people_arrested"}, {CATALYST}, 2),
        ("count", 6, {"countries_involved"}, {CATALYST}, 4),
        ("count", 29, {"people_arrested"}, {"france-crypto-voucher-network-2020"}, 1),
        ("count", 300, {"accounts_seized"}, {SEIZURE}, 4),
        ("count", 150, {"accounts_seized"}, {SEIZURE}, 1),
        ("count", 4, {"accounts_seized"}, {SEIZURE}, 4),
        ("count", 2, {"people_charged"}, {SEIZURE}, 2),
        # One outlet takes the sum that was traced for the sum that was seized; that is the news, not a mistake of ours.
        ("money", 260e6, {"funds_identified", "funds_seized"}, {CATALYST}, 7),
        ("money", 600e3, {"funds_seized"}, {CATALYST}, 5),
        ("money", 2e6, {"funds_seized"}, {SEIZURE}, 3),
        ("money", 300e6, {"funds_held"}, {CLAIM}, 2),
        ("money", 246e6, {"funds_held"}, {CLAIM}, 1),
        ("money", 10e3, {"campaign_proceeds"}, {CLAIM}, 2),
    ],
)
def test_one_quantity_has_one_measure_and_event(
    claims: pl.DataFrame, kind: str, value: float, measures: set[str], events: set[str], least: int
) -> None:
    told = claims.filter(pl.col("kind") == kind, pl.col("value") == value)
    assert told.height >= least
    assert set(told["measure"]) == measures
    assert set(told["event"]) == events


def test_vague_figures_have_them_too(claims: pl.DataFrame) -> None:
    vague = claims.filter(pl.col("qualifier") == "vague", pl.col("event").is_not_null())
    assert set(vague.select("measure", "event").unique().rows()) == {
        ("people_arrested", CATALYST),
        ("funds_seized", SEIZURE),
    }


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("The seizure covered 300 accounts and 12 domains.", ["accounts_seized"] * 2),
        ("The freezing order hit 14 wallets. It covered 9 domains too.", ["accounts_seized"] * 2),
        ("Police seized 12 pistols, along with $40,000 in cash.", ["weapons_seized", "funds_seized"]),
        ("Two men were arrested, the minister said, together with 5 women.", ["people_arrested"] * 2),
        ("وشملت المصادرة 300 حساب وأربعة مواقع.", ["accounts_seized"] * 2),
        (
            "صودرت ملايين الدولارات، إلى جانب أربعة مواقع و300 حساب.",
            ["funds_seized", *["accounts_seized"] * 2],
        ),
    ],
)
def test_verbs_are_shared_and_carried(text: str, measures: list[str]) -> None:
    assert extract(pl.DataFrame({"article_id": ["a"], "text": [text]}))["measure"].to_list() == measures
