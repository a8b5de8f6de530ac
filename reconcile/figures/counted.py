"""What a number counts: percent, money, time, a physical unit, or a noun, read from the words after it."""

from __future__ import annotations

from typing import NamedTuple

from reconcile.rules.reader import Reader
from reconcile.rules.senses import Sense
from reconcile.text.passage import HYPHENS


class Counted(NamedTuple):
    """What was found beside a number: its kind and unit, and the last token that it took."""

    kind: str
    last: int
    unit: str | None = None
    noun: str | None = None
    candidates: tuple[str, ...] = ()
    factor: float = 1.0
    rule: str = ""


def read_percent(r: Reader, at: int) -> Counted | None:
    """A percent sign or its words, or percentage points."""
    percent = r.get(at, "percent")
    if percent is not None:
        return Counted("percentage", at + percent.length - 1, "percent", rule="unit.percent")
    share = r.get(at, "share_noun")
    if share is not None:
        return Counted("percentage", at + share.length - 1, share.value.unit, rule="unit.percent_points")
    points = r.get(at, "percent_points")
    if points is not None:
        return Counted("percentage", at + points.length - 1, "percentage point", rule="unit.percent_points")
    return None


def read_unit(r: Reader, at: int, linked: int, *, digits: bool) -> Counted | None:
    """A unit of time or a physical one at token `at`, or else at `linked`; abbreviations only after digits."""
    for category, kind in (("time", "duration"), ("unit", "quantity")):
        for k in (at, linked):
            sense = r.get(k, category)
            if sense is None:
                continue
            if _stands(r, k, sense, digits):
                return _unit(r, k, sense, kind)
            break
    weak = r.get(at, "weak_unit") if digits else None
    measures = weak is not None and not r.glued(at) and r.has(at + weak.length, "partitive")
    return _unit(r, at, weak, "quantity") if weak is not None and measures else None


def _stands(r: Reader, k: int, sense: Sense, digits: bool) -> bool:
    """Whether what was written at `k` may stand there: abbreviations after digits, a letter only glued (40C).

    In a language with a glued article what a number counts has none (قتل خمسة اليوم: five were killed today).
    """
    if r.took_article(k) and not r.has_any(k - 1, "partitive", "fraction", "fraction_plural"):
        return False
    if sense.value.number == "glued":
        return r.glued(k) and not (r.is_word(k - 2) and (r.has(k - 2, "label") or r.capitalised(k - 2)))
    return sense.value.number != "short" or digits


def _unit(r: Reader, k: int, sense: Sense, kind: str) -> Counted:
    last = k + sense.length - 1
    if kind == "quantity":
        return Counted(kind, last, sense.value.id, rule="unit.physical")
    hyphen = last + 1
    if r.is_symbol(hyphen, HYPHENS) and r.glued(hyphen) and r.is_word(hyphen + 1) and r.glued(hyphen + 1):
        last = hyphen + 1  # a 35-year-old: the age takes its last hyphen and word
    return Counted(kind, last, sense.value.id, rule="unit.time")
