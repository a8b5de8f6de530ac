"""Frames for tests: a row of the contract's schema from the few fields that the test is about."""

from __future__ import annotations

import hashlib
from typing import Any

import polars as pl

from reconcile import schema
from reconcile.evidence import read_sentences
from reconcile.text import Passage

CLAIM_DEFAULTS: dict[str, Any] = {
    "article_id": "a",
    "language": "en",
    "start": 0,
    "end": 1,
    "quote": "1",
    "sentence": "1",
    "kind": "count",
    "role": "claim",
    "qualifier": "exact",
    "low_open": False,
    "high_open": False,
    "unit_candidates": [],
    "stance": "asserted",
    "epistemic": "asserted",
    "scope": "total",
    "rule": "test",
    **{name: [] for name, kind in schema.CLAIMS.items() if isinstance(kind, pl.List)},
}


def claims(*rows: dict[str, Any]) -> pl.DataFrame:
    """Claims with sensible defaults; an exact row that gives only `value` gets equal bounds; ids are c0, c1, …"""
    full = []
    for i, row in enumerate(rows):
        merged = {**CLAIM_DEFAULTS, "claim_id": f"c{i}", **row}
        merged["words"] = row.get("words", _words(merged["sentence"]))
        if merged["qualifier"] == "exact" and "low" not in row and "high" not in row:
            merged["low"] = merged["high"] = merged.get("value")
        full.append(merged)
    return schema.frame(full, schema.CLAIMS)


def _words(sentence: str) -> list[int]:
    """The words of a sentence as `evidence` gives them."""
    return list(dict.fromkeys(word for told in read_sentences(Passage(sentence), None) for word in told.words))


def articles(*rows: dict[str, Any]) -> pl.DataFrame:
    """Articles with sensible defaults; ids are a0, a1, …"""
    full = []
    for i, row in enumerate(rows):
        text = row.get("text", "")
        merged = {
            "article_id": f"a{i}",
            "language": "en",
            "published_basis": "unknown",
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            **row,
        }
        full.append(merged)
    return schema.frame(full, schema.ARTICLES)
