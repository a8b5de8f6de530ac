"""Amounts: a number or a range, its sign and unit, its hedge, put together in one pass from left to right."""

from __future__ import annotations

from dataclasses import dataclass

from reconcile.figures.beside import (
    counted_after,
    counted_before,
    percent_before,
    read_sign,
    told_before,
)
from reconcile.figures.bounds import Amount, Bounds, state
from reconcile.figures.counted import Counted
from reconcile.figures.halves import added_half, added_part, lasts
from reconcile.figures.hedges import hedge_before
from reconcile.figures.money import read_money
from reconcile.figures.names import GLUED, begins_name, is_inside_name, name_rule
from reconcile.figures.ranges import range_end, shared_scale
from reconcile.figures.ratios import parse_ratio, times_after
from reconcile.numbers import Number, parse_number
from reconcile.rules.reader import Reader

RATE_REACH = 14  # tokens from a word for a rate to its number
MOST_OF_NOUN = 3  # words of what a rate counts
KNOWN_NOUNS = ("unit.noun", "unit.noun_by_form")


@dataclass(frozen=True, slots=True)
class _Parts:
    """A number, the other end of its range, the sign before it and what it counts."""

    number: Number
    other: Number | None
    sign: Counted | None
    counted: Counted | None


def parse_amount(r: Reader, i: int) -> Amount | None:
    """The amount that begins at token `i`, hedges before it included, or None."""
    sign = read_sign(r, i)
    number = parse_number(r, sign.last + 1 if sign is not None else i)
    if number is None:
        return None
    if sign is not None and number.form == "fraction":
        return None
    if sign is None and is_inside_name(r, i):
        return None
    if sign is None and begins_name(r, i, number):
        named = Counted("count", number.last + 1, rule=GLUED)
        return state(r, i, named.last, named, Bounds(number.value), number.rule, "name")
    ratio = (times_after(r, i, number) if sign is None else None) or parse_ratio(r, i, number)
    if ratio is not None:
        return ratio
    other = range_end(r, i, number)
    named_by = name_rule(r, i, number) if sign is None and other is None else None
    if named_by is not None:
        counted = Counted("count", number.last, rule=named_by)
        return state(r, i, number.last, counted, Bounds(number.value), number.rule, "name")
    parts = _Parts(number, other, sign, _counted(r, i, number, other, sign))
    return _assemble(r, i, parts) if _is_figure(r, i, parts) else None


def _counted(r: Reader, i: int, number: Number, other: Number | None, sign: Counted | None) -> Counted | None:
    """What the amount counts, by what stands after it, else before it."""
    percent = percent_before(r, i, number) if sign is None and other is None else None
    if percent is not None:
        return percent
    counted = counted_after(r, other if other is not None else number, sign)
    if sign is not None:
        return counted
    if counted is None and other is None:
        counted = _after_hedge(r, number)
    if counted is None and other is not None:
        counted = _after_first_end(r, number, other)
    definite = (number.article or r.is_article(i - 1)) and not r.particle(i)
    if definite or _repeats_dual(r, i, number) or (number.weak and (number.value == 1 or counted is None)):
        before = counted_before(r, i, number)
        counted = before if before is not None else counted
    return counted


def _repeats_dual(r: Reader, i: int, number: Number) -> bool:
    """Whether a "two" only says again what the noun before it may say by its form (متهمين اثنين)."""
    noun = r.get(i - 1, "noun") if r.article and number.value == 2 and number.form == "words" else None
    if noun is None or noun.value.number != "many" or r.particle(i):
        return False
    return not (r.is_number(i - 2) or r.has_any(i - 2, "num", "mult"))


def _after_hedge(r: Reader, number: Number) -> Counted | None:
    """What is counted after a hedge that stands between (20 or more schools)."""
    hedge = r.get(number.last + 1, "hedge_after")
    if hedge is None:
        return None
    after = number._replace(last=number.last + hedge.length)
    counted = counted_after(r, after)
    known = counted is not None and counted.unit is not None and counted.last > after.last
    return counted if known else None


def _after_first_end(r: Reader, number: Number, other: Number) -> Counted | None:
    """The unit of a range that is written after its first end only."""
    counted = counted_after(r, number)
    return counted._replace(last=other.last) if counted is not None and counted.last < other.first else None


def _is_figure(r: Reader, i: int, parts: _Parts) -> bool:
    """Whether a number with what stands beside it says how much, and is no mere word."""
    number, counted = parts.number, parts.counted
    if parts.sign is not None or parts.other is not None:
        return True
    if _is_some_day(r, i, number, counted):
        return False
    if number.form == "vague":
        return counted is not None or number.scale >= 1000 or number.low is not None
    if number.form == "fraction":
        return _is_fraction_of_something(r, number, counted)
    if number.weak:
        if counted is None or counted.rule == "unit.unknown_noun":
            return _alone(r, number)
        if number.value == 1 and number.form == "words" and counted.rule in KNOWN_NOUNS:
            return counted.noun is not None and (not _picks_one(r, i) or hedge_before(r, i) is not None)
        return True
    after = number.last + 1
    if number.form in ("scale", "dual") and r.definite_word(after) and not r.has(after, "money"):
        return False
    if number.form == "scale" and counted is None:
        return _alone(r, number) or hedge_before(r, i) is not None or r.is_break(after)
    return True


def _is_some_day(r: Reader, i: int, number: Number, counted: Counted | None) -> bool:
    """Whether "one day" only says some day, where "one" is also the article (un jour), and not how long."""
    if number.value != 1 or number.form != "words" or counted is None or counted.kind != "duration":
        return False
    return counted.unit == "day" and "counts_one" in r.rules["numbers"] and not lasts(r, i)


def _picks_one(r: Reader, i: int) -> bool:
    """Whether the "one" at `i` only picks one of many ("one of the", أحد الخبراء) and counts nothing."""
    if r.has(i + 1, "partitive") or r.definite_word(i + 1):
        return True
    if "counts_one" in r.rules["numbers"]:  # "one" is also the article: only "one single" counts
        return not r.has(i + 1, "counts_one")
    return r.rules["noun_phrase"] == "head_first" and r.has(i + 1, "noun")


def _is_fraction_of_something(r: Reader, number: Number, counted: Counted | None) -> bool:
    if counted is not None and counted.kind != "count":
        return True
    after = number.last + 1
    if _is_part_in_order(r, number):
        return False
    with_article = r.has(number.first, "article")
    if _alone(r, number) or hedge_before(r, number.first) is not None or _after_link(r, number.first):
        return True
    if with_article and not r.has(after, "partitive"):
        return False
    if r.has_any(after, "partitive", "determiner") or r.definite_word(after) or r.possessed(after):
        return True
    return number.last > number.first and not with_article


def _after_link(r: Reader, first: int) -> bool:
    """Whether words that point to a whole, or that tell the size of a change, stand right before a fraction (dont la
    moitié, منها الثلث، بمقدار الثلثين)."""
    first -= r.has(first - 1, "determiner")
    return r.has(first - 1, "change_size") or r.follows(first, "figure_link")


def _is_part_in_order(r: Reader, number: Number) -> bool:
    """Whether a half or a quarter is told from others by its place (the second half, الربع السابق): it is no share."""
    first, after = number.first, number.last + 1
    if first < number.last:
        return False
    ordered = r.has_any(after, "ordinal", "date_last", "date_next", "date_this", "date_same", "date_previous")
    if ordered and r.definite_word(first) and r.definite_word(after):
        return True
    return r.has_any(first - 1, "ordinal", "date_same", "date_previous") and not r.article


def _alone(r: Reader, number: Number) -> bool:
    """Whether the number is all that its line holds, as in a cell of a table."""
    return r.is_break(number.first - 1) and r.is_break(number.last + 1)


def _assemble(r: Reader, i: int, parts: _Parts) -> Amount:
    """The tokens, the value and the unit of an amount, from its parts."""
    number, other, counted = parts.number, parts.other, parts.counted
    last = max((other or number).last, counted.last if counted is not None else 0)
    first = number.first if parts.sign is None else i
    if counted is not None and counted.kind == "count":
        number = _of_things(r, number) if other is None else _unsigned(number)
    if counted is not None and counted.rule in ("unit.noun_before", "unit.time_before"):
        first -= 2 if r.is_article(first - 1) else 1
    if counted is None:
        counted = told_before(r, first) or Counted("count", last)
    if number.form == "fraction" and counted.kind == "count":
        counted = counted._replace(kind="ratio", unit=None)
    factor = counted.factor
    if other is not None and number.value is not None and other.value is not None:
        ends = Bounds(None, shared_scale(number, other) * factor, other.value * factor)
        return state(r, first, last, counted, ends, number.rule, "range")
    if number.value is None:
        vague = Bounds(None, (number.low or 0.0) * factor, (number.high or 0.0) * factor)
        return state(r, first, last, counted, vague, number.rule, "vague")
    value = number.value * factor
    below = r.get(last + 1, "below_zero") if counted.kind in ("quantity", "count") else None
    if below is not None:
        last, value = last + below.length, -abs(value)
    if counted.kind == "money":
        last, value = _with_subunit(r, last, value)
    elif counted.kind in ("quantity", "duration") and counted.unit is not None:
        half = added_half(r, last + 1, counted.unit) or added_part(r, last + 1, counted.unit)
        if half is not None:
            last, value = half.last, value + half.value
    bounds, inner = Bounds(value, about=number.about), number.last + 1
    return state(r, first, last, counted, bounds, number.rule, number.form, inner=inner)


def _unsigned(number: Number) -> Number:
    """A dash before things that are counted is a bullet, and no minus."""
    if number.value is None or number.value >= 0:
        return number
    return number._replace(value=-number.value)


def _of_things(r: Reader, number: Number) -> Number:
    """Things are counted in whole numbers: 2.316 voters are two thousand and some."""
    number = _unsigned(number)
    if number.form != "digits" or number.first != number.last or number.value is None:
        return number
    if number.value == int(number.value):
        return number
    head, _, tail = r.keys[number.last].replace(",", ".").partition(".")
    if set(head) <= {"0", "\u0660"} or _is_rate(r, number):
        return number
    if len(tail) == 3 and tail.isdecimal() and 1 <= len(head) <= 3:
        return number._replace(value=float(int(head + tail)), rule=number.rule + ".whole")
    return number


def _is_rate(r: Reader, number: Number) -> bool:
    """Whether a number with decimals is an average or a rate: words for one stand before it, or "per" after."""
    if any(r.has(k, "rate_head") for k in r.earlier(number.first, RATE_REACH)):
        return True
    return any(r.has_any(k, "rate_link", "rate") for k in range(number.last + 1, number.last + 2 + MOST_OF_NOUN))


def _with_subunit(r: Reader, last: int, value: float) -> tuple[int, float]:
    """Dollars and cents: a second number whose unit is a part of the first's."""
    k = r.past_conjunction(last + 1)
    part = parse_number(r, k) if r.is_number(k) or r.has(k, "num") else None
    if part is None or part.value is None or not 0 < part.value < 1000:
        return last, value
    sub = read_money(r, part.last + 1)
    if sub is not None and sub.factor < 1 and value == int(value):
        return sub.last, value + part.value * sub.factor
    return last, value
