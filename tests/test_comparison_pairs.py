"""The labelled pairs of `corpus/pairs`: of each, the verdict, the reason and the words that the detail must hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from reconcile.comparison import compare
from tests import make

FOLDER = Path(__file__).parent / "corpus" / "pairs"
SHORT = {"n": "value", "q": "qualifier", "by": "speaker", "day": "published", "text": "sentence"}
ARABIC = range(0x600, 0x700)


def side(name: str, fields: dict[str, Any], one_article: bool) -> dict[str, Any]:
    """A claim's row from a side of the corpus: the short keys spelt out, and the bounds that the qualifier has."""
    row = {SHORT.get(key, key): value for key, value in fields.items()}
    row.setdefault("language", "ar" if any(ord(letter) in ARABIC for letter in row["sentence"]) else "en")
    article = "one" if one_article else name
    base = {
        "claim_id": name,
        "article_id": article,
        "outlet": f"Outlet {article}",
        "qualifier": "exact",
        "quote": row["sentence"],
    }
    number = row["value"]
    if isinstance(number, list):
        bounds = {
            "value": None,
            "low": float(number[0]),
            "high": float(number[1]),
            "high_open": row["qualifier"] == "vague",
        }
    else:
        bounds = {"value": float(number)} | {
            "exact": {"low": float(number), "high": float(number)},
            "more_than": {"low": float(number), "low_open": True},
            "at_least": {"low": float(number)},
            "less_than": {"high": float(number), "high_open": True},
            "at_most": {"high": float(number)},
        }.get(row.get("qualifier", "exact"), {})
    return base | row | bounds


def pairs() -> list[Any]:
    """Every pair of the corpus as a test's parameter; a known failure must fail."""
    cases = []
    for path in sorted(FOLDER.glob("*.yml")):
        spec = yaml.safe_load(path.read_text(encoding="utf-8"))
        for number, pair in enumerate(spec["pairs"], start=1):
            marks = [pytest.mark.xfail(reason=pair["why"], strict=True)] if pair.get("known_failure") else []
            cases.append(pytest.param(spec["defaults"], pair, id=f"{path.stem}-{number}", marks=marks))
    return cases


PAIRS = pairs()


@pytest.fixture(scope="module")
def verdicts() -> dict[str, dict[str, Any]]:
    """Every pair on its own ground: events and claim ids are set apart by the pair's name, and one run does all."""
    rows, wanted = [], []
    for case in PAIRS:
        defaults, pair = case.values
        rows += claims_of(str(case.id), defaults, pair)
        wanted.append(str(case.id))
    found = compare(make.claims(*rows)).pairs
    names = [pl.col(column).str.split(":").list.first().alias(column) for column in ("claim_a", "claim_b")]
    own = found.with_columns(name=names[0]).filter(names[0] == names[1])
    return {row["name"]: row for row in own.iter_rows(named=True)}


def claims_of(name: str, defaults: dict[str, Any], pair: dict[str, Any]) -> list[dict[str, Any]]:
    rows = []
    for letter in "ab":
        row = side(letter, defaults | pair[letter], pair.get("in_one_article", False))
        named = {
            key: f"{name}:{row[key]}"
            for key in ("claim_id", "article_id", "event", "part_of", "duplicate_of")
            if row.get(key)
        }
        rows.append(row | named)
    return rows


@pytest.mark.parametrize(("defaults", "pair"), PAIRS)
def test_pair(
    defaults: dict[str, Any],
    pair: dict[str, Any],
    verdicts: dict[str, dict[str, Any]],
    request: pytest.FixtureRequest,
) -> None:
    found = verdicts[request.node.callspec.id]
    assert (found["verdict"], found["reason"]) == (pair["verdict"], pair.get("reason")), found["detail"]
    if "look_alike" in pair:
        assert found["look_alike"] == pair["look_alike"], found["detail"]
    assert pair.get("says", "") in found["detail"]


def test_the_corpus_is_broad() -> None:
    texts = [[pair[letter]["text"] for letter in "ab"] for _, pair in (case.values for case in PAIRS)]
    arabic = [[any(ord(letter) in ARABIC for letter in text) for text in both] for both in texts]
    assert len(PAIRS) >= 120
    assert len(list(FOLDER.glob("*.yml"))) >= 10
    assert sum(one != other for one, other in arabic) >= 40, "pairs of an Arabic and another text"
    assert len({case.values[1]["verdict"] for case in PAIRS}) == 9
