"""Ordinals: the twelfth meeting, عامه الثالث, 12th; only beside what they order, or alone in a line."""

from __future__ import annotations

from reconcile.figures.bounds import Amount
from reconcile.figures.names import NUMBERED, is_group
from reconcile.figures.nouns import noun_before, read_noun
from reconcile.numbers import parse_digit_ordinal, parse_ordinal_words
from reconcile.rules.reader import Reader
from reconcile.text.passage import HYPHENS


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
        return (
            _after_noun(r, i, last, value)
            or _before_noun(r, i, last, value)
            or _alone_in_order(r, i, last, value)
        )
    linked = _alone_in_order(r, i, last, value)
    if linked is not None:
        return linked
    counted = read_noun(r, last + 1, single=True)
    if counted is not None and counted.noun is not None and counted.rule == "unit.noun":
        return _ordinal(i, counted.last, value, counted.noun, "ordinal.noun")
    k = last + 1 + r.has(last + 1, "ordinal_filler")
    time = r.get(k, "time")
    if time is not None:
        return _ordinal(i, k + time.length - 1, value, time.value.id, "ordinal.noun")
    if r.has(k, "ordinal_head"):
        return _ordinal(i, k, value, str(r.senses[k]["ordinal_head"].value), "ordinal.noun")
    if digits or (value > 20 and r.is_word(last + 1) and not r.has(last + 1, "stop")):
        return _ordinal(i, last, value, None, "ordinal.digits" if digits else "ordinal.compound")
    return _before_unknown(r, i, last, value)


def _alone_in_order(r: Reader, i: int, last: int, value: int) -> Amount | None:
    """The fifth of its kind, السابعة على التوالي: words after an ordinal that say that it orders."""
    link = r.get(last + 1, "ordinal_link")
    if link is None or (r.article and not r.took_article(i)):
        return None
    return _ordinal(i, last, value, None, "ordinal.linked")


def _before_unknown(r: Reader, i: int, last: int, value: int) -> Amount | None:
    """The seventh heaven: after a determiner an ordinal orders a word that the rules do not know as well."""
    k = last + 1
    if (
        not (r.is_word(k) and r.has_any(i - 1, "article", "determiner"))
        or r.capitalised(k)
        or r.capitalised(i)
    ):
        return None
    known = r.senses[k] and not r.senses[k].keys() <= {"label", "page_part"}
    ending = r.is_symbol(k + 1, HYPHENS) and r.glued(k + 1)
    return _ordinal(i, k, value, None, "ordinal.unknown_noun") if not known and not ending else None


def _after_noun(r: Reader, i: int, last: int, value: int) -> Amount | None:
    """The order of words is noun, then ordinal; an ordinal before its noun praises more often than it counts."""
    if not r.took_article(i) or not r.is_word(i - 1) or r.particle(i):
        return None
    noun = noun_before(r, i - 1)
    if r.has(i - 1, "ordinal_name") or is_group(r, i, last):
        return _ordinal(i - 1, last, value, None, NUMBERED)
    if noun is None:
        return _after_unknown(r, i, last, value)
    if noun.number == "many" and r.has(i, "num"):
        return None
    return _ordinal(i - 1, last, value, noun.id, "ordinal.noun")


def _after_unknown(r: Reader, i: int, last: int, value: int) -> Amount | None:
    """الحزمة الثالثة: an ordinal after a definite word that the rules do not know, if that is no part of a name."""
    before = i - 1
    if not r.has_any(i, "ordinal", "ordinal_definite") or r.has(before, "ordinal_after_name"):
        return None
    if r.has(before, "ordinal_head"):
        return _ordinal(before, last, value, None, "ordinal.noun")
    known = any(not c.startswith("date_") for c in r.senses[before])
    if known or not r.definite_word(before) or len(r.keys[before]) < len(r.article) + 3:
        return None
    return _ordinal(before, last, value, None, "ordinal.unknown_noun")


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
