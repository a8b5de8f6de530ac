"""Ratios: one in five, 3 out of 10, 2/3, طفل من كل خمسة."""

from __future__ import annotations

from reconcile.figures.beside import read_counted
from reconcile.figures.bounds import Amount, Bounds, state
from reconcile.figures.counted import Counted
from reconcile.figures.hedges import hedge_before
from reconcile.figures.names import NUMBERED
from reconcile.numbers import Number, parse_number
from reconcile.rules.reader import Reader
from reconcile.text import fold
from reconcile.text.passage import HYPHENS

SLASHES = "/\u2044"
ROUND_WHOLES = frozenset((12, 15, 20, 25, 50, 100, 1000, 10_000, 100_000))
LONGEST_NOUN = 12  # tokens; a noun phrase between a number and the whole that it is out of
LARGEST_WHOLE = 100_000  # one person in a hundred thousand; beyond, two numbers are no ratio
MOST_OF_WHOLE = 20  # a ratio above it is no share: 300 out of 2 is read as two figures


def parse_ratio(r: Reader, i: int, number: Number) -> Amount | None:
    """The ratio whose first number begins at token `i`, or None."""
    if number.value is None or number.form == "fraction":
        return None
    j = number.last + 1
    if _is_slash(r, j) and r.written(i, j + 1) in r.rules["ratios"].get("named", ()):
        return state(r, i, j + 1, Counted("count", j + 1, rule=NUMBERED), Bounds(number.value), "number.ratio", "name")
    if _is_all_day(r, j, number):
        return state(r, i, j + 2, Counted("count", j + 2, rule=NUMBERED), Bounds(number.value), "number.ratio", "name")
    out_of = r.get(j, "ratio_out_of")
    slash = _is_slash(r, j) and out_of is None
    if out_of is not None:
        k = j + out_of.length
    elif slash or (r.has(j, "ratio_in") and _is_share(number, parse_number(r, j + 1))):
        k = j + 1
    elif _is_to_one(r, i, j, number):
        return state(r, i, j + 1, Counted("ratio", j + 1), Bounds(number.value), "number.ratio", "fraction")
    else:
        return _with_noun_between(r, i, number)
    other = parse_number(r, k)
    if other is None or not other.value or number.value > other.value * MOST_OF_WHOLE:
        return None
    if r.is_symbol(other.last + 1, "/"):
        return None
    counted = _counted(r, other)
    value = number.value / other.value
    if slash and counted is not None and counted.kind in ("quantity", "money"):
        share = Bounds(value * counted.factor)
        return state(r, i, counted.last, counted, share, "number.fraction_digits", "digits")
    return _ratio(r, i, other, counted, value, None)


def _is_all_day(r: Reader, j: int, number: Number) -> bool:
    """24h/24, 7 jours sur 7: all day, or every day; the words say the same number twice."""
    if not r.has(j, "time") or not (r.is_symbol(j + 1, SLASHES) or r.has(j + 1, "ratio_out_of")):
        return False
    other = parse_number(r, j + 2)
    return other is not None and other.value == number.value and other.last == j + 2


def parse_fraction_of(r: Reader, i: int) -> Amount | None:
    """A fraction of what a possessive points back to (نصفهم)."""
    fraction = r.get(i, "fraction_of")
    if fraction is None or r.took_article(i):
        return None
    share = Bounds(float(fraction.value))
    return state(r, i, i, Counted("ratio", i), share, "number.fraction_of", "fraction")


def parse_multiple(r: Reader, i: int) -> Amount | None:
    """Twice as many, double the sum, ضعفي العدد; what may be another word needs a hedge before it or a dual form."""
    multiple = r.get(i, "multiple")
    if multiple is None or (r.took_article(i) and hedge_before(r, i) is None):
        return None
    k = i + multiple.length
    if r.article:
        dual = r.stem(i) != fold(r.rules["ratios"]["multiples"][2][0])
        told = hedge_before(r, i) is not None or (dual and (r.definite_word(k) or r.possessed(k)))
    else:
        told = r.has(k, "after_multiple") or hedge_before(r, i) is not None
    if not told:
        return None
    return state(
        r, i, k - 1, Counted("ratio", k - 1), Bounds(float(multiple.value)), "number.multiple", "fraction"
    )


def times_after(r: Reader, i: int, number: Number) -> Amount | None:
    """Three times as many, ثلاثة أضعاف: a number that multiplies what it is compared with."""
    k = number.last + 1
    k += r.is_symbol(k, HYPHENS) and r.glued(k) and r.glued(k + 1)
    if number.value is None or number.form == "fraction" or not r.has(k, "times") or r.particle(k):
        return None
    if not r.article and not r.has(k + 1, "after_multiple"):
        return None
    return state(r, i, k, Counted("ratio", k), Bounds(number.value), "number.times", number.form)


def _counted(r: Reader, other: Number) -> Counted | None:
    return read_counted(r, other.last + 1, vague=False, single=False, digits=other.form == "digits")


def _ratio(
    r: Reader, first: int, other: Number, counted: Counted | None, value: float, noun: str | None
) -> Amount:
    last = other.last
    if counted is not None and counted.kind == "count":
        last, noun = counted.last, noun or counted.noun
    return state(
        r, first, last, Counted("ratio", last, None, noun), Bounds(value), "number.ratio", "fraction"
    )


def _with_noun_between(r: Reader, i: int, number: Number) -> Amount | None:
    """One person out of ten, deux enfants sur trois: the noun stands between the two numbers."""
    ahead = r.senses[number.last + 2 : number.last + 2 + LONGEST_NOUN]
    if not any("ratio_out_of" in senses or "ratio_in" in senses for senses in ahead):
        return None
    single = number.value == 1
    counted = read_counted(r, number.last + 1, vague=False, single=single, digits=number.form == "digits")
    if counted is None or counted.kind != "count" or number.value is None:
        return None
    last = counted.last
    if r.rules["noun_phrase"] == "head_first" and r.is_word(last + 1) and not r.has_any(
        last + 1, "num", "mult", "stop", "ratio_out_of", "ratio_in", "time", "money"
    ):
        last += 1  # un professeur gréviste sur huit
    out_of, after_in = r.get(last + 1, "ratio_out_of"), r.has(last + 1, "ratio_in")
    length = out_of.length if out_of is not None else 1
    other = parse_number(r, last + 1 + length) if out_of is not None or after_in else None
    if other is None or other.value is None or not number.value < other.value < LARGEST_WHOLE:
        return None
    if out_of is None and not (single and _is_share(number, other)):
        return None
    after = _counted(r, other)
    if after is not None and after.rule != "unit.unknown_noun" and after.noun != counted.noun:
        return None
    return _ratio(r, i, other, None, number.value / other.value, counted.noun)


def _is_slash(r: Reader, j: int) -> bool:
    """Whether token `j` is a slash right between two numbers, of which no third one follows."""
    joined = r.is_symbol(j, SLASHES) and r.is_number(j + 1) and r.glued(j) and r.glued(j + 1)
    return joined and not r.is_symbol(j + 2, "/")


def _is_to_one(r: Reader, i: int, j: int, number: Number) -> bool:
    """Whether "to one" ends a ratio: outnumbered by two to one, at a rate of 10 to 1; a change is no ratio."""
    one = parse_number(r, j + 1) if r.has(j, "range_to") else None
    if one is None or one.value != 1 or one.last > j + 1 or not number.value or number.value <= 1:
        return False
    changed = r.has_any(i - 1, "range_from", "range_between", "range_change_verbs")
    after = r.is_word(j + 2) and not r.has(j + 2, "stop")
    return not (changed or after or r.has(j, "hedge") or r.is_symbol(j + 2, "-/:%$"))


def _is_share(number: Number, other: Number | None) -> bool:
    """One in five, 3 in 10: few of a round or small number, and no year or place in between."""
    if other is None or not number.value or not other.value or number.scale > 1 or other.form == "vague":
        return False
    small = other.value <= 10 or other.value in ROUND_WHOLES
    return number.value < other.value and number.value < 10 and small


def parse_one_of_every(r: Reader, i: int) -> Amount | None:
    """A child out of every five (طفل من كل خمسة): the noun before the words at token `i` stands for one."""
    out_of, noun = r.get(i, "ratio_out_of"), r.get(i - 1, "noun")
    if out_of is None or noun is None or noun.value.number != "one":
        return None
    if r.has(i - 2, "num") or r.is_number(i - 2) or "counts_one" in r.rules["numbers"]:
        return None
    other = parse_number(r, i + out_of.length)
    if other is None or not other.value or other.value < 2:
        return None
    return _ratio(r, i - 1, other, _counted(r, other), 1 / other.value, noun.value.id)
