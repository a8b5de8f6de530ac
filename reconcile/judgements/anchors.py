"""Anchors: finding again, in a text that may have changed, the figure that was judged.

A claim's id holds as long as its article's text does. After an edit the figure is looked for by its words: the same
quote in the same article, where what stands around it in its sentence is most alike (rapidfuzz). What stands there
now with another number is no match but a conflict, and is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl
from rapidfuzz import fuzz

from reconcile.judgements.model import Anchor
from reconcile.text import fold

AROUND = 60  # code points kept on either side of a figure
ALIKE = 60.0  # rapidfuzz ratio (0-100) from which the words around are those that were judged
IN_PLACE = 75.0  # from which another number stands in the place of the one that was judged
CLEARLY = 4.0  # by how much one place must be more alike than the next
MOVED = 85.0  # from which a figure in an article of another name is the one that was judged
TELLING = 30  # code points around a figure without which an article of another name is not asked
Row = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """The claim that the anchor means, as its row; or none, and the word of `details.yml` that says why."""

    claim: Row | None
    problem: str | None = None
    now: str | None = None


def anchors_of(claims: pl.DataFrame, claim_ids: Iterable[str]) -> dict[str, Anchor]:
    """The anchors of these claims (schema.CLAIMS), by id; an id that is not there is left out."""
    asked = set(claim_ids)
    articles = claims.filter(pl.col("claim_id").is_in(asked)).get_column("article_id").implode()
    return {
        row["claim_id"]: Anchor(
            row["article_id"], row["quote"], row["before"], row["after"], reading_of(row), row["claim_id"]
        )
        for row in with_surroundings(claims.filter(pl.col("article_id").is_in(articles)))
        if row["claim_id"] in asked
    }


def reading_of(claim: Row) -> str:
    """How the engine reads a figure, in short: a judgement is of this reading.

    >>> reading_of({"qualifier": "more_than", "value": None, "low": 15e3, "high": None, "edtf": None})
    'more_than 15000..'
    """
    if claim["edtf"] is not None:
        return str(claim["edtf"])
    if claim["value"] is not None:
        return f"{claim['qualifier']} {claim['value']:.15g}"
    low, high = ("" if bound is None else f"{bound:.15g}" for bound in (claim["low"], claim["high"]))
    return f"{claim['qualifier']} {low}..{high}"


def with_surroundings(claims: pl.DataFrame) -> list[Row]:
    """The claims as rows, each with `before` and `after`: what stands around its quote in its sentence."""
    rows = claims.sort("article_id", "start", "end").to_dicts()
    begins: dict[tuple[str, str], set[int]] = {}
    for row in rows:
        key = (row["article_id"], row["sentence"])
        possible = {row["start"] - at for at in _places(row["sentence"], row["quote"])}
        begins[key] = begins[key] & possible if begins.get(key) else possible
    for row in rows:
        sentence, quote = row["sentence"] or "", row["quote"] or ""
        # A sentence that stands twice has no one beginning; its figure's first place has the same words around it.
        start = row["start"] - min(begins[row["article_id"], row["sentence"]], default=row["start"])
        at = start if sentence[start : start + len(quote)] == quote else max(0, sentence.find(quote))
        row["before"] = sentence[max(0, at - AROUND) : at]
        row["after"] = sentence[at + len(quote) : at + len(quote) + AROUND]
    return rows


class Ledger:
    """The claims among which anchors are looked for; articles are prepared only as they are asked for."""

    def __init__(self, claims: pl.DataFrame) -> None:
        self.claims = claims
        self._articles: dict[str, list[Row]] = {}

    @cached_property
    def _ids(self) -> dict[str, str]:
        return dict(self.claims.select("claim_id", "article_id").iter_rows())

    def rows(self, article_id: str) -> list[Row]:
        """The claims of one article with what stands around them."""
        if article_id not in self._articles:
            self._articles[article_id] = with_surroundings(self.claims.filter(article_id=article_id))
        return self._articles[article_id]

    def find(self, anchor: Anchor) -> Found:
        """The claim that the anchor means: by its id, else by its words."""
        article = self._ids.get(anchor.claim_id)
        if article is not None:
            return _read_as_judged(
                next(r for r in self.rows(article) if r["claim_id"] == anchor.claim_id), anchor
            )
        rows = self.rows(anchor.article_id)
        if not rows:
            return self._moved(anchor)
        return _in_article(rows, anchor)

    def _moved(self, anchor: Anchor) -> Found:
        """The figure in an article of another name, if its words are clearly the same."""
        if len(anchor.before) + len(anchor.after) < TELLING:
            return Found(None, "absent")
        same = self.claims.filter(pl.col("quote") == anchor.quote).get_column("article_id").unique()
        rows = [row for article in same.sort() for row in self.rows(article) if row["quote"] == anchor.quote]
        near = [row for row in rows if likeness(anchor, row) >= MOVED]
        return _read_as_judged(near[0], anchor) if len(near) == 1 else Found(None, "absent")


def likeness(anchor: Anchor, row: Row) -> float:
    """How alike the words around the figure are, 0 to 100; an anchor that gives none fits everywhere."""
    if not anchor.before.strip() and not anchor.after.strip():
        return 100.0
    ours, theirs = (f"{_plain(before)}\n{_plain(after)}" for before, after in (
        (anchor.before, anchor.after), (row["before"], row["after"]),
    ))  # fmt: skip
    return float(fuzz.ratio(ours, theirs))


def _in_article(rows: Sequence[Row], anchor: Anchor) -> Found:
    ranked = sorted(
        ((likeness(anchor, row), at) for at, row in enumerate(rows)), key=lambda one: (-one[0], one[1])
    )
    written = [(score, at) for score, at in ranked if _plain(rows[at]["quote"]) == _plain(anchor.quote)]
    others = [(score, at) for score, at in ranked if _plain(rows[at]["quote"]) != _plain(anchor.quote)]
    placed = bool(anchor.before.strip() or anchor.after.strip())
    best = written[0][0] if written else 0.0
    if placed and others and others[0][0] >= IN_PLACE and others[0][0] > best + CLEARLY:
        return Found(None, "changed", rows[others[0][1]]["quote"])
    if not written or best < ALIKE:
        return Found(None, "gone")
    if len(written) > 1 and best - written[1][0] < CLEARLY:
        return Found(None, "several")
    return _read_as_judged(rows[written[0][1]], anchor)


def _read_as_judged(row: Row, anchor: Anchor) -> Found:
    """The claim, unless its words are read as another number than the one that was judged."""
    if anchor.reading and anchor.reading != reading_of(row):
        return Found(row, "reread", reading_of(row).replace("_", " "))
    return Found(row)


def _places(sentence: str | None, quote: str | None) -> list[int]:
    if not sentence or not quote:
        return []
    found, at = [], sentence.find(quote)
    while at >= 0:
        found.append(at)
        at = sentence.find(quote, at + 1)
    return found


def _plain(text: str) -> str:
    return " ".join(fold(text).split())
