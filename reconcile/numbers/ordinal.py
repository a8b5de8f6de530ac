"""Ordinals in words and digits: الثاني عشر، الخامسة والعشرين, twenty-first, 12th."""

from __future__ import annotations

from reconcile.rules.reader import Reader
from reconcile.rules.senses import Sense
from reconcile.text.passage import DASHES

LONGEST = 6  # characters of an ordinal in digits: the 10,000th


def parse_ordinal_words(r: Reader, k: int) -> tuple[int, int] | None:
    """An ordinal in words (الثاني عشر، الخامسة والعشرين، twenty-first): its value and last token.

    >>> from reconcile.rules.lexicon import lexicon
    >>> from reconcile.text import Passage
    >>> parse_ordinal_words(Reader(Passage("the twenty-first time"), lexicon("en")), 1)
    (21, 3)
    """
    if not r.senses[k]:
        return None
    sense = r.get(k, "ordinal") or (r.get(k, "ordinal_definite") if r.took_article(k) else None)
    if sense is not None:
        return _with_tens_after(r, k, sense)
    tens = r.get(k, "num")
    if tens is not None:
        compound = _multiple(r, k, tens) or _tens_and_unit(r, k, tens)
        if compound is not None:
            return compound
    if not (r.took_article(k) and r.rules.get("ordinal_after_noun")):
        return None
    mult = r.get(k, "mult")
    if mult is not None:
        return int(mult.value.value), k
    return (int(tens.value[0]), k) if tens is not None and tens.value[1] == "tens" else None


def parse_digit_ordinal(r: Reader, k: int) -> tuple[int, int] | None:
    """An ordinal in digits (12th, 3e): its value and last token."""
    digits = r.keys[k].replace(",", "") if r.is_number(k) and len(r.keys[k]) <= LONGEST else ""
    if not digits.isdecimal():
        return None
    return (int(digits), k + 1) if r.glued(k + 1) and r.has(k + 1, "ordinal_suffix") else None


def _with_tens_after(r: Reader, k: int, unit: Sense) -> tuple[int, int]:
    """An ordinal, with the definite tens that an "and" adds to it (الخامسة والعشرين)."""
    value, last = int(unit.value), k + unit.length - 1
    if value < 10 and unit.length == 1:
        at = r.past_conjunction(last + 1)
        tens = r.get(at, "num")
        joined = bool(r.particle(last + 1)) or at > last + 1
        if tens is not None and joined and tens.value[1] == "tens" and r.took_article(at):
            return value + int(tens.value[0]), at
    return value, last


def _multiple(r: Reader, k: int, unit: Sense) -> tuple[int, int] | None:
    """Two hundredth: a unit that multiplies an ordinal of a hundred or more."""
    hundredth = r.get(k + 1, "ordinal")
    if unit.value[1] != "unit" or hundredth is None or int(hundredth.value) < 100 or r.particle(k + 1):
        return None
    return int(unit.value[0]) * int(hundredth.value), k + 1


def _tens_and_unit(r: Reader, k: int, tens: Sense) -> tuple[int, int] | None:
    """Twenty-first: tens, then the ordinal of a unit."""
    if tens.value[1] not in ("tens", "hundreds"):
        return None
    at = k + tens.length
    at += r.is_symbol(at, DASHES) and r.glued(at)
    unit = r.get(at, "ordinal")
    if unit is None or int(unit.value) >= 10 or r.particle(at):
        return None
    return int(tens.value[0]) + int(unit.value), at
