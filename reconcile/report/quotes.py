"""A claim as the report prints it: the sentence it stands in, with the figure marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from reconcile.charts.standing import described

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "ps", "ckb")
LONGEST_SENTENCE = 600


@dataclass(frozen=True)
class Quote:
    """One claim with its sentence in three parts, of which the middle one is the figure as written.

    `direction` is a value for HTML's `dir`; all texts are as the article has them, not yet escaped.
    """

    claim_id: str
    article_id: str
    outlet: str
    language: str | None
    direction: str
    published: date | None
    before: str
    marked: str
    after: str
    stated: str
    label: str | None
    kind: str
    role: str
    speaker: str | None
    stance: str
    refuted_by: str | None
    epistemic: str
    scope: str
    part_of: str | None
    duplicate_of: str | None
    quantity_id: str | None

    @property
    def rejected(self) -> bool:
        """Whether the article itself says that the figure is wrong."""
        return self.stance in ("denied", "refuted")


def direction_of(language: str | None) -> str:
    """The value of HTML's `dir` for a text of this language; the browser decides where the language is unknown.

    >>> direction_of("ar"), direction_of("en"), direction_of(None)
    ('rtl', 'ltr', 'auto')
    """
    if language is None:
        return "auto"
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def in_context(text: str, sentence: str | None, start: int, end: int, quote: str) -> tuple[str, str, str]:
    """What stands before the figure in its sentence, the figure, and what stands after it.

    The offsets decide where a sentence holds the same figure twice; where text and offsets do not fit (a table
    edited by hand), the quote is looked for in the sentence, and failing that printed alone.

    >>> in_context("One. Five of five came. Two.", "Five of five came.", 13, 17, "five")
    ('Five of ', 'five', ' came.')
    """
    if text[start:end] != quote:
        before, found, after = (sentence or "").partition(quote)
        return _shortened(before, quote, after) if found else ("", quote, "")
    if sentence is None:
        return "", quote, ""
    first = text.rfind(sentence, 0, start + len(sentence))
    while first > start:
        first = text.rfind(sentence, 0, first + len(sentence) - 1)
    last = first + len(sentence)
    if first < 0 or last < end:
        return "", quote, ""
    return _shortened(text[first:start], quote, text[end:last])


def _shortened(before: str, quote: str, after: str) -> tuple[str, str, str]:
    """A very long "sentence" (a list, a page without full stops) cut around the figure."""
    room = LONGEST_SENTENCE // 2
    if len(before) > room:
        before = "\N{HORIZONTAL ELLIPSIS}" + before[-room:].partition(" ")[2]
    if len(after) > room:
        after = after[:room].rpartition(" ")[0] + "\N{HORIZONTAL ELLIPSIS}"
    return before, quote, after


def quotes(articles: pl.DataFrame, claims: pl.DataFrame, quantities: pl.DataFrame) -> dict[str, Quote]:
    """Every claim by its id, in the order of the articles and of the text."""
    texts = dict(articles.select("article_id", pl.col("text").fill_null("")).iter_rows())
    rows = described(articles, claims, quantities)
    return {row["claim_id"]: _quote(row, texts.get(row["article_id"], "")) for row in rows.iter_rows(named=True)}


def _quote(row: Mapping[str, Any], text: str) -> Quote:
    quote = row["quote"] or ""
    before, marked, after = in_context(text, row["sentence"], row["start"] or 0, row["end"] or 0, quote)
    same = {name: row[name] for name in _SAME}
    return Quote(**same, direction=direction_of(row["language"]), before=before, marked=marked, after=after)


_SAME = (
    "claim_id",
    "article_id",
    "outlet",
    "language",
    "published",
    "stated",
    "label",
    "kind",
    "role",
    "speaker",
    "stance",
    "refuted_by",
    "epistemic",
    "scope",
    "part_of",
    "duplicate_of",
    "quantity_id",
)
