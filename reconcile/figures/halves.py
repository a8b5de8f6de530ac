"""Amounts without a number of their own: duals (شخصان، شهرين), and "a unit and a half" (ساعة ونصف)."""

from __future__ import annotations

from typing import NamedTuple

from reconcile.figures.bounds import Amount, Bounds, state
from reconcile.figures.counted import Counted
from reconcile.figures.hedges import before_hedge
from reconcile.figures.money import read_money
from reconcile.numbers import parse_number
from reconcile.rules.files import load_rules
from reconcile.rules.reader import Reader
from reconcile.rules.senses import TWOS

NO_NOUN = ("stop", "num", "mult", "dual", "month", "hedge", "weekday", "relative_day", "partitive")
SUBJECT = 3  # tokens from a verb to what it takes, its subject between them
GAP = 12  # tokens from a verb to the clause that leaves it out
MOST_AFTER_TWO = 1000  # the other end of a range that begins with two
UNIT_KINDS = {"time": "duration", "unit": "quantity"}


class Half(NamedTuple):
    """A fraction that is added to an amount, and its last token."""

    value: float
    last: int


def added_half(r: Reader, k: int, unit: str) -> Half | None:
    """A fraction added to a unit named before it, the unit said again or not (طنين ونصف الطن)."""
    at = _past_and(r, k)
    fraction = r.get(at, "fraction") if at is not None else None
    if at is None or fraction is None or r.has(at, "fraction_ambiguous"):
        return None
    k = at
    again = r.first(k + 1, "time", "unit", "noun") if not r.particle(k + 1) else None
    if again is not None:
        return Half(float(fraction.value), k + 1) if again.value.id == unit else None
    return Half(float(fraction.value), k) if not r.definite_word(k + 1) else None


def added_part(r: Reader, k: int, unit: str) -> Half | None:
    """A smaller unit added to a larger one (two tonnes and 340 kilograms), as a fraction of the larger."""
    sizes = (load_rules("units.yml").get("parts") or {}).get(unit)
    joined = r.is_conjunction(k) or bool(r.particle(k))
    if sizes is None or not joined:
        return None
    at = r.past_conjunction(k)
    number = parse_number(r, at) if r.is_quantity(at) else None
    if number is None or number.value is None:
        return None
    part = r.first(number.last + 1, "time", "unit")
    size = sizes.get(part.value.id) if part is not None else None
    if part is None or size is None or not 0 < number.value < size:
        return None
    return Half(number.value / size, number.last + part.length)


def _past_and(r: Reader, k: int) -> int | None:
    """Where the fraction stands that an "and" adds: at `k` itself if it is glued, else after it (deux ans et demi)."""
    if r.particle(k):
        return k
    if not r.is_conjunction(k):
        return None
    article = r.has(k + 1, "article")
    at = k + 2 if article else k + 1
    of_something = article and r.has(at + 1, "partitive")
    return at if r.stem(at) in r.lexicon.fraction_added and not of_something else None


def parse_one_and_a_half(r: Reader, i: int) -> Amount | None:
    """A unit and a half: the fraction at token `i` is added to the one unit that stands before it."""
    at = i - 1
    if not r.has(i, "fraction") or not r.particle(i) or r.has(at - 1, "num") or r.is_number(at - 1):
        return None
    category = "time" if r.has(at, "time") else "unit"
    sense = r.get(at, category)
    if sense is None or sense.value.number != "one":
        return None
    half = added_half(r, i, sense.value.id)
    if half is None:
        return None
    counted = Counted(UNIT_KINDS[category], half.last, sense.value.id, rule="unit.time")
    return state(r, at, half.last, counted, Bounds(1.0 + half.value), "number.one_and_a_half", "words")


def parse_one_of_time(r: Reader, i: int) -> Amount | None:
    """One of a unit of time after its article, where words say that it is how long something lasts, or "and a half"
    follows (for an hour, a year and a half); alone the article counts nothing (a day later, twice a week)."""
    at = i if r.article else i + 1
    time = r.get(at, "time") if r.has(i, "article") or r.article else None
    if time is None or time.value.number != "one" or r.took_article(at):
        return None
    last = at + time.length - 1
    half = added_half(r, last + 1, time.value.id)
    barred = r.has_any(last + 1, "date_ago", "told_day", "rate_barred", "noun", "partitive", "article", "time", "month")
    barred = barred or r.is_number(last + 1) or (r.has(last + 1, "num") and not r.particle(last + 1))
    if half is None and (barred or not lasts(r, i)):
        return None
    last, value = (half.last, 1.0 + half.value) if half is not None else (last, 1.0)
    counted = Counted("duration", last, time.value.id, rule="unit.time")
    return state(r, i, last, counted, Bounds(value), "number.article", "words")


def lasts(r: Reader, i: int) -> bool:
    """Whether a word for how long something lasts stands before an amount of time, or before a comma as earlier in the
    sentence (the attack lasted an hour; the siege, a week)."""
    at = before_hedge(r, i) - 1
    if r.has(at, "lasting") or (r.article and any(r.has(k, "lasting") for k in r.earlier(at + 1, SUBJECT))):
        return True
    return r.is_symbol(at, ",") and any(r.has(k, "lasting") for k in r.earlier(at, GAP)) and not r.is_word(i + 2)


def parse_dual(r: Reader, i: int) -> Amount | None:
    """A noun, a time or a money word in the dual: two of it (شخصان، شهرين، دولارين); definite ones refer back."""
    if r.took_article(i) or r.is_number(i - 1) or r.has_any(i - 1, "num", "mult"):
        return None
    counted = _two_of(r, i)
    if counted is None:
        return None
    two = r.get(counted.last + 1, "num")
    if two is not None and two.value == (2, "unit") and not r.particle(counted.last + 1):
        counted = counted._replace(last=counted.last + 1)
    unit, k = counted.unit or "", counted.last + 1
    half = added_half(r, k, unit) or added_part(r, k, unit) or Half(0.0, counted.last)
    other = _range_from_dual(r, i, half.last + 1, counted)
    if other is not None:
        ends = Bounds(None, 2.0 * counted.factor, other.value * counted.factor)
        return state(r, i, other.last, counted, ends, "number.dual_noun", "range")
    bounds = Bounds((2.0 + half.value) * counted.factor)
    return state(r, i, half.last, counted, bounds, "number.dual_noun", "dual")


def _range_from_dual(r: Reader, i: int, k: int, counted: Counted) -> Half | None:
    """The other end of a range whose first end is a dual (بين سنتين وست سنوات، من سنتين إلى ست، حاجزين أو ثلاثة)."""
    between = r.has(i - 1, "range_between") and bool(r.particle(k))
    joined = r.has(k, "range_or") or (r.has(k, "range_to") and not r.particle(k) and len(r.keys[k]) > 1)
    number = parse_number(r, k + joined) if between or joined else None
    unit = r.first(number.last + 1, *TWOS) if number is not None else None
    if number is None or number.value is None or not 2 < number.value <= MOST_AFTER_TWO:
        return None
    if unit is None:
        alone = joined and number.scale == 1 and not r.has_any(number.last + 1, "percent", "scale_short")
        return Half(number.value, number.last) if alone else None
    same = getattr(unit.value, "id", None) in (counted.unit, counted.noun)
    return Half(number.value, number.last + unit.length) if same else None


def _two_of(r: Reader, i: int) -> Counted | None:
    """What the dual at token `i` is two of."""
    for category in TWOS:
        sense = r.get(i, category)
        if sense is None or not (sense.value.number == "two" or _is_marked_dual(r, i, sense.value.number)):
            continue
        last, value = i + sense.length - 1, sense.value
        if category == "money":
            return read_money(r, i) or Counted("money", last, value.code, candidates=value.candidates)
        if category in UNIT_KINDS:
            return Counted(UNIT_KINDS[category], last, value.id, rule="unit.dual")
        return Counted("count", last, value.unit, value.id, rule="unit.dual")
    return _two_in_construct(r, i)


def _is_marked_dual(r: Reader, i: int, number: str) -> bool:
    """Whether a form that is also a plural is written with the vowel mark of the dual (متهمَين)."""
    return number == "many" and r.written(i).endswith(tuple(r.rules.get("dual_marks", ())))


def _two_in_construct(r: Reader, i: int) -> Counted | None:
    """A dual that lost its last letter before a noun (ناقلتا نفط), where its form or that noun leaves no doubt."""
    sense, after = r.get(i, "noun_construct"), i + 1
    if sense is None or not r.is_word(after) or r.particle(after) or r.preposition(after):
        return None
    if r.definite_word(after) or r.has_any(after, *NO_NOUN) or r.possessed(after):
        return None
    marked = r.written(i).endswith(tuple(r.rules["dual_marks"]))
    lone = None if marked else r.rules["lone_endings"].get(sense.value.number)
    if lone == "mark" or (lone == "noun" and not _is_plain_noun(r, after)):
        return None
    return Counted("count", i, sense.value.unit, sense.value.id, rule="unit.dual")


def _is_plain_noun(r: Reader, k: int) -> bool:
    """Whether token `k` is a known noun without an ending that it could share with an adjective."""
    written = r.written(k).rstrip(r.rules["tanwin"])
    return r.has(k, "noun") and not written.endswith(tuple(r.rules["lone_endings"]))
