"""The five published articles, read by hand: each required figure is right in value, unit, qualifier, date and span.

The articles and the gold lie beside the project; where they do not, there is nothing to test.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import reconcile

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
ARTICLES = SHARED / "articles"
GOLD = SHARED / "gold" / "articles.jsonl"
NEAR_KINDS = ({"count", "quantity"}, {"ratio", "percentage"})
NEAR_QUALIFIERS = ({"about", "almost"},)

pytestmark = pytest.mark.skipif(
    not GOLD.exists(), reason="the gold of the published articles is not beside the project"
)


@cache
def gold() -> tuple[dict[str, Any], ...]:
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    rows = (json.loads(line) for line in lines if line.strip())
    return tuple({**row, "article_id": Path(row["article"]).stem} for row in rows)


@cache
def claims() -> tuple[dict[str, Any], ...]:
    return tuple(reconcile.extract(reconcile.read_articles(ARTICLES)).to_dicts())


def touching(want: dict[str, Any]) -> list[dict[str, Any]]:
    """The claims whose span meets that of the figure wanted."""
    return [
        c
        for c in claims()
        if c["article_id"] == want["article_id"] and c["start"] < want["end"] and want["start"] < c["end"]
    ]


def faults(want: dict[str, Any], got: dict[str, Any]) -> Iterator[str]:
    """What a claim says otherwise than the gold."""
    if want["kind"] != got["kind"] and {want["kind"], got["kind"]} not in NEAR_KINDS:
        yield f"kind {got['kind']}"
    elif want["kind"] == "date":
        yield from _date_faults(want, got)
    elif want["kind"] != "time":
        yield from _amount_faults(want, got)
    if not _digits_of(want) <= set(range(got["start"], got["end"])):
        yield f"span «{got['quote']}»"


def _digits_of(want: dict[str, Any]) -> set[int]:
    """Where the digits of the figure stand: a quote may be wider or narrower, but it covers the number."""
    return {want["start"] + i for i, char in enumerate(want["quote"]) if char.isdecimal()}


def _date_faults(want: dict[str, Any], got: dict[str, Any]) -> Iterator[str]:
    start, end = (str(got[k]) if got[k] is not None else None for k in ("date_start", "date_end"))
    ends = {want["date_end"], None} if want.get("accept_open_end") else {want["date_end"]}
    if start != want["date_start"] or end not in ends:
        yield f"date {start}..{end}"


def _amount_faults(want: dict[str, Any], got: dict[str, Any]) -> Iterator[str]:
    qualifier = want["qualifier"]
    allowed = {qualifier, *want.get("accept_qualifier", [])}
    if got["qualifier"] not in allowed and {qualifier, got["qualifier"]} not in NEAR_QUALIFIERS:
        yield f"qualifier {got['qualifier']}"
    if want.get("unit") is not None and got["unit"] != want["unit"]:
        yield f"unit {got['unit']}"
    if qualifier == "vague":
        low, high = want.get("low_at_least"), want.get("high_at_most")
        if got["value"] is not None or not _is(low, got["low"]) or not _is(high, got["high"]):
            yield f"vague as {got['value']} [{got['low']}, {got['high']}]"
        return
    for name in _stated(qualifier):
        if not _is(want.get(name), got[name]):
            yield f"{name} {got[name]}"


def _stated(qualifier: str) -> tuple[str, ...]:
    if qualifier in ("exact", "about", "almost"):
        return ("value",)
    return ("low", "high")


def _is(want: float | None, got: float | None) -> bool:
    if want is None or got is None:
        return want is None and got is None
    return math.isclose(want, got, rel_tol=1e-6)


def misses() -> list[str]:
    out = []
    for want in gold():
        if not want["required"]:
            continue
        said = [list(faults(want, got)) for got in touching(want)]
        if [] not in said:
            off = "; ".join(", ".join(s) for s in said) or "not found"
            out.append(f"{want['article_id']} «{want['quote']}»: {off}")
    return out


def extras() -> list[str]:
    known = {c["claim_id"] for want in gold() for c in touching(want)}
    return [
        f"{c['article_id']} «{c['quote']}» {c['kind']} {c['value']} {c['unit']}"
        for c in claims()
        if c["claim_id"] not in known and c["role"] == "claim" and c["kind"] != "time"
    ]


def test_required_figures_are_right() -> None:
    required = sum(g["required"] for g in gold())
    wrong = misses()
    print(f"gold: {required - len(wrong)} of {required} right")
    assert not wrong, "\n".join(wrong)


def test_no_figure_is_made_up() -> None:
    assert not extras(), "\n".join(extras())


def test_quotes_slice_back() -> None:
    texts = {a["article_id"]: a["text"] for a in reconcile.read_articles(ARTICLES).to_dicts()}
    for c in claims():
        assert texts[c["article_id"]][c["start"] : c["end"]] == c["quote"]


def test_furniture_is_no_claim() -> None:
    """Datelines, clock times, counters and form fields keep their role out of the claims."""
    for want in gold():
        if want["role"] != "claim":
            roles = {c["role"] for c in touching(want) if c["kind"] == want["kind"]}
            assert "claim" not in roles, want["quote"]
