"""Ordinals: the twelfth meeting, عامه الثالث, 12th; only beside what they order, or alone in a line."""

from __future__ import annotations

from reconcile.figures.bounds import Amount
from reconcile.figures.nouns import noun_before, read_noun
from reconcile.numbers import parse_digit_ordinal, parse_ordinal_words
from reconcile.rules.reader import Reader


def parse_ordinal(r: Reader, i: int) -> Amount | None:
    """The ordinal that begins at token `i` (its noun before or after it included), or None."""
    found = parse_digit_ordinal(r, i) or parse_ordinal_words(r, i)
    if found is None:
        return None
    value, last = found
    if value == 1 and r.has(i, "ordinal_definite") and not r.has(i, "ordinal"):
        return None  # per share, each: السهم الواحد
    age = r.get(last + 2, "age") if r.has(last + 1, "partitive") else None
    if age is not None:
        return _age(i, last + 1 + age.length, value)
    digits = r.is_number(i)
    if r.is_break(i - 1) and r.is_break(last + 1):
        return _ordinal(i, last, value, None, "ordinal.alone")
    if r.rules.get("ordinal_after_noun") and not digits:
        return _after_noun(r, i, last, value) or _before_noun(r, i, last, value)
    counted = read_noun(r, last + 1, single=True)
    if counted is not None and counted.noun is not None and counted.rule == "unit.noun":
        return _ordinal(i, counted.last, value, counted.noun, "ordinal.noun")
    time = r.get(last + 1, "time")
    if time is not None:
        return _ordinal(i, last + time.length, value, time.value.id, "ordinal.noun")
    if digits or (value > 20 and r.is_word(last + 1) and not r.has(last + 1, "stop")):
        return _ordinal(i, last, value, None, "ordinal.digits" if digits else "ordinal.compound")
    return None


def _after_noun(r: Reader, i: int, last: int, value: int) -> Amount | None:
    """The order of words is noun, then ordinal; an ordinal before its noun praises more often than it counts."""
    if not r.took_article(i) or not r.is_word(i - 1) or r.particle(i):
        return None
    noun = noun_before(r, i - 1)
    if noun is None or (noun.number == "many" and r.has(i, "num")):
        return None
    return _ordinal(i - 1, last, value, noun.id, "ordinal.noun")


def _before_noun(r: Reader, i: int, last: int, value: int) -> Amount | None:
    """خامس هزيمة: from the second on, an ordinal before an indefinite singular counts as well."""
    noun = r.get(last + 1, "noun")
    if not r.senses[i] or r.took_article(i) or value < 2 or noun is None or noun.value.number != "one":
        return None
    if r.definite_word(last + 1) or r.particle(last + 1) or r.has(i, "num"):
        return None
    return _ordinal(i, last + noun.length, value, noun.value.id, "ordinal.before_noun")


def _age(first: int, last: int, value: int) -> Amount:
    """في الثانية والأربعين من عمره: in the forty-second of his years."""
    number, rules = float(value), ("ordinal.age",)
    return Amount(
        first, last, "duration", "exact", number, number, number, "year", None, (), None, "ordinal", rules
    )


def _ordinal(first: int, last: int, value: int, noun: str | None, rule: str) -> Amount:
    number = float(value)
    return Amount(
        first, last, "ordinal", "exact", number, number, number, noun, noun, (), None, "ordinal", (rule,)
    )
