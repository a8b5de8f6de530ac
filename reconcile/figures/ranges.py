"""The second end of a range of numbers: 5 to 10 million, between 3 and 5, من 10 إلى 12, 20-30."""

from __future__ import annotations

from collections.abc import Iterator

from reconcile.figures.beside import counted_after, read_counted, read_sign
from reconcile.figures.counted import Counted
from reconcile.numbers import Number, parse_number
from reconcile.rules.reader import Reader
from reconcile.text.passage import DASHES

JOINING = DASHES + "\u2212~"
CHANGES = ("range_change_verbs", "change_falls")
CHANGE_REACH = 12  # tokens from a verb of change to the first of its two figures
SCALED = 1000  # the least scale word that two numbers share
NEAR = 10  # times; numbers further from one another are no two ends of one change
REPEATED_UNITS = ("money", "percentage", "duration", "quantity")


def range_end(r: Reader, i: int, number: Number) -> Number | None:
    """The second end of a range that begins with the number at token `i`, or None."""
    if number.value is None:
        return None
    j = number.last + 1
    between = r.has(i - 1, "range_between")
    from_ = r.has(i - 1, "range_from") and not _after_change(r, i - 1)
    for spot in _after_first_end(r, j, between or from_):
        k = _joined_at(r, spot, between, from_)
        if k is None:
            continue
        sign = read_sign(r, k)
        other = parse_number(r, sign.last + 1 if sign is not None else k)
        if other is None or other.value is None:
            continue
        if spot > j and not _same_unit(_unit_after(r, j), counted_after(r, other)):
            continue
        if _is_change(number, other):
            return None
        of_parts = (number.form == "fraction", other.form == "fraction")
        if shared_scale(number, other) < other.value and of_parts in ((False, False), (True, True)):
            return other
    return None


def _is_change(number: Number, other: Number) -> bool:
    """Whether the first number is the larger once it shares the scale of the second (from 4 to 2.5 billion)."""
    if number.scale != 1 or other.scale < SCALED or not number.value or not other.value or number.form == "fraction":
        return False
    coefficient = other.value / other.scale
    return coefficient < number.value <= coefficient * NEAR


def _unit_after(r: Reader, j: int) -> Counted | None:
    return read_counted(r, j, vague=False, single=False, digits=True)


def _after_first_end(r: Reader, j: int, marked: bool) -> Iterator[int]:
    """Where the first end may stop: right after its number, or after a unit that both ends say."""
    yield j
    unit = _unit_after(r, j) if marked else None
    if unit is not None and unit.kind in REPEATED_UNITS:
        yield unit.last + 1
        return
    word = r.first(j, "money", "percent")
    if word is not None:
        yield j + word.length


def _same_unit(first: Counted | None, second: Counted | None) -> bool:
    """Whether the units at both ends of a range agree, or the second end has none."""
    return first is None or second is None or second.kind == first.kind


def _joined_at(r: Reader, j: int, between: bool, from_: bool) -> int | None:
    """Where the second number would begin if token `j` joins two ends of a range."""
    if r.is_symbol(j, JOINING):
        lopsided = not r.glued(j) and r.glued(j + 1)
        return j + 1 if not lopsided and (r.is_number(j + 1) or r.has_any(j + 1, "money", "num")) else None
    if between:
        if r.particle(j):
            return j
        if r.has(j, "range_between_and") or r.is_conjunction(j):
            return j + 1
    to = r.get(j, "range_to")
    if to is not None and not r.particle(j):
        k = j + to.length
        signed = r.has_any(k, "money", "money_before") and r.is_number(k + 1)
        if from_ or ((r.is_quantity(k) or signed) and not _after_change(r, j)):
            return k
    if r.has(j, "range_or") and r.is_quantity(j + 1):
        return j + 1
    return j if from_ and _has_glued_to(r, j) else None


def _has_glued_to(r: Reader, j: int) -> bool:
    """Whether a "to" is glued to the word at `j` (لعشرة)."""
    return r.is_word(j) and r.keys[j][0] in r.lexicon.to_prefixes and r.stem(j) != r.keys[j]


def _after_change(r: Reader, i: int) -> bool:
    """Whether a verb of change stands shortly before ("rose from 5 to 10" are two figures, not a range)."""
    return any(r.has_any(k, *CHANGES) for k in r.earlier(i, CHANGE_REACH))


def shared_scale(number: Number, other: Number) -> float:
    """The first end of a range, with the scale that it shares with the second (5 to 10 million)."""
    value = number.value or 0.0
    if number.scale == 1 and other.scale >= 1000 and other.value and value <= other.value / other.scale:
        return value * other.scale
    return value
