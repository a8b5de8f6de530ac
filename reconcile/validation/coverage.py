"""Completeness: the digits of an article that lie in no claim, and the reasons for which some may.

Digits need no claim inside an address, a telephone number or a version (opaque tokens), inside a name that ends in
digits (G20, Covid-19, F-16), or as the number of a list item at the start of a line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

import polars as pl

from reconcile.text import Passage
from reconcile.text.passage import OPAQUE

_DIGITS = re.compile(r"\d+")
# Letters that have case belong to scripts in which a particle is never glued to a number.
_NAME_BEFORE = re.compile(r"(?:^|[^\W\d_]*)[^\W\d_]-?\Z")
_NAME_REACH = 24
_LIST_ITEM = re.compile(r"(?:^|\n)[ \t]*\(?\Z")
_LIST_MARK = re.compile(r"[.)\-\u2013][)\s]")


def uncovered_figures(articles: pl.DataFrame, claims: pl.DataFrame) -> list[str | None]:
    """For each article, its uncovered digits as `digits at offset, …`; null where there are none.

    >>> articles = pl.DataFrame({"article_id": ["a"], "text": ["The G20 met 3 times in 7 towns."]})
    >>> claims = pl.DataFrame({"article_id": ["a"], "start": [12], "end": [19]})
    >>> uncovered_figures(articles, claims)
    ['7 at 23']
    """
    spans = _spans(claims)
    found: list[str | None] = []
    for article_id, text in articles.select("article_id", "text").iter_rows():
        bare = list(_bare_digits(text or "", spans.get(article_id, [])))
        kept = _without_reasoned(text, bare) if bare else []
        found.append(", ".join(f"{text[start:end]} at {start}" for start, end in kept) or None)
    return found


def _spans(claims: pl.DataFrame) -> dict[str, list[tuple[int, int]]]:
    """The spans of each article's claims, in order and merged where they overlap."""
    ordered = claims.select("article_id", "start", "end").drop_nulls().sort("article_id", "start", "end")
    grouped = ordered.group_by("article_id", maintain_order=True).agg("start", "end")
    return {
        article_id: _merged(zip(starts, ends, strict=True))
        for article_id, starts, ends in grouped.iter_rows()
    }


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _bare_digits(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    starts = [start for start, _ in spans]
    for match in _DIGITS.finditer(text):
        at = bisect_right(starts, match.start()) - 1
        if at < 0 or spans[at][1] < match.end():
            yield match.span()


def _without_reasoned(text: str, digits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    passage = Passage(text)
    return [
        (start, end)
        for start, end in digits
        if passage.kinds[passage.token_at(start)] != OPAQUE
        and not _in_name(text, start)
        and not _lists(text, start, end)
    ]


def _in_name(text: str, start: int) -> bool:
    """Whether the digits end a name of letters that have case: G20, Covid-19, but not the second half of 10-12."""
    before = _NAME_BEFORE.search(text[max(0, start - _NAME_REACH) : start])
    if before is None:
        return False
    first = before.group().rstrip("-")
    return (
        bool(first)
        and first[0].lower() != first[0].upper()
        and (first[0].isupper() or "-" not in before.group())
    )


def _lists(text: str, start: int, end: int) -> bool:
    """Whether the digits number an item of a list: first on their line, with a mark and a blank behind them."""
    return _LIST_ITEM.search(text[max(0, start - _NAME_REACH) : start]) is not None and bool(
        _LIST_MARK.match(text, end)
    )
