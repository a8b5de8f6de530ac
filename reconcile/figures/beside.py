"""What stands beside a number and says what it counts: after it, glued or written before it, or told by a word."""

from __future__ import annotations

from reconcile.figures.counted import Counted, read_percent, read_unit
from reconcile.figures.hedges import hedge_before
from reconcile.figures.money import read_money, read_money_before
from reconcile.figures.nouns import noun_before, read_noun
from reconcile.figures.rates import with_rate
from reconcile.numbers import Number
from reconcile.rules.reader import Reader
from reconcile.text.passage import HYPHENS

GROUPS = ",\u202f\u00a0"
LARGEST_MAGNITUDE = 10  # of an earthquake
QUOTES = "\"'\u00ab\u201c\u2018\u201d"
MILLION = 1e6
SCALED = 1000  # the least scale word that may follow a money
AGES = range(1, 120)
MONEY_MARKS = ("sign", "code", "scaled")


def read_counted(r: Reader, j: int, *, vague: bool, single: bool, digits: bool) -> Counted | None:
    """What stands right after a number that ended before token `j`; None if nothing there can be counted.

    `vague` allows an "of" between (millions of dollars), `single` expects a singular noun, `digits` allows unit
    abbreviations.
    """
    hyphen = r.is_symbol(j, HYPHENS) and r.glued(j) and r.glued(j + 1) and r.is_word(j + 1)
    at = j + 1 if hyphen else j
    if r.rules["noun_phrase"] == "head_first" and not r.article and _ranked(r, at):
        at += 1
    quoted = r.is_symbol(at + 1, QUOTES)
    coin = read_money(r, at + 1 + quoted) if r.has(at, "coin") else None
    found = coin or read_percent(r, at)
    if found is not None:
        return found
    linked = at
    if vague and r.has(at, "partitive") and not r.particle(at):
        linked = at + 1
    money = read_money(r, linked)
    if money is not None:
        return money
    if r.particle(j) and not hyphen:
        return None
    if r.has(at, "partitive") and r.has(at + 1, "age"):
        return Counted("duration", at + 1, "year", rule="unit.age")
    unit = read_unit(r, at, linked, digits=digits)
    return with_rate(r, unit) if unit is not None else read_noun(r, at, single=single or hyphen)


def _ranked(r: Reader, k: int) -> bool:
    """An ordinal between a number and what it counts (les trois premiers mois, les cinq dernières années)."""
    return (
        r.has_any(k, "ordinal", "date_final") and r.has_any(k + 1, "time", "noun") and not r.particle(k + 1)
    )


def counted_after(r: Reader, number: Number, sign: Counted | None = None) -> Counted | None:
    """What a number counts by the words after it; a sign before it gives way only to more of the same money."""
    counted = read_counted(
        r,
        number.last + 1,
        vague=number.form == "vague" or number.scale >= 1000 or number.about is not None,
        single=number.value is not None and abs(number.value) == 1,
        digits=number.form in ("digits", "mixed"),
    )
    if counted is not None and counted.rule == "unit.noun" and number.scale >= MILLION:
        if r.has(number.last + 1, "partitive") and r.has(counted.last, "sum_head"):
            counted = None  # 1.2 billion of the loans is a sum, and counts no loans
    if counted is not None and counted.kind == "money" and number.scale == 1 and number.form == "digits":
        counted = _with_scale_after(r, counted)
    if sign is None:
        return None if counted is not None and _is_no_specification(r, number, counted) else counted
    if counted is None or counted.kind != "money" or not _same_money(sign, counted):
        return sign._replace(last=number.last)
    return (
        counted if counted.unit is not None else counted._replace(unit=sign.unit, candidates=sign.candidates)
    )


def _with_scale_after(r: Reader, money: Counted) -> Counted:
    """Money with its scale word after it (125 USD million)."""
    mult = r.get(money.last + 1, "mult")
    if mult is None or mult.value.value < SCALED or r.particle(money.last + 1) or mult.value.form == "about":
        return money
    return money._replace(factor=money.factor * mult.value.value, last=money.last + mult.length)


def _is_no_specification(r: Reader, number: Number, counted: Counted) -> bool:
    """Whether an unknown word after 11 to 99 lacks the ending that what they specify has (28 لعلاج, but 28 مرفقا)."""
    endings = tuple(r.rules.get("specification_endings") or ())
    if not endings or counted.rule != "unit.unknown_noun" or number.value is None:
        return False
    specified = r.written(counted.last).rstrip(r.rules["tanwin"]).endswith(endings)
    return 11 <= abs(number.value) % 100 <= 99 and not specified


def _same_money(sign: Counted, after: Counted) -> bool:
    if sign.unit is None and after.unit is not None:
        return after.unit in sign.candidates  # $1.5 billion Ethereum are dollars
    return sign.unit == after.unit or not after.unit


def read_sign(r: Reader, i: int) -> Counted | None:
    """A sign, a code or a name of money that stands before its number."""
    word = r.first(i, "money", "money_before")
    money = read_money_before(r, i) if word is not None else None
    if word is None or money is None or money.last + 1 >= r.n:
        return None
    short = word.value.number in MONEY_MARKS
    k = money.last + 1
    if word.value.number == "scaled" and not _is_scaled(r, k):
        return None
    if r.is_symbol(k, ".") and r.is_number(k + 1):
        money = money._replace(last=k)
        k += 1
    if r.is_number(k) and (r.glued(k) or short or r.passage.starts[k] - r.passage.ends[k - 1] == 1):
        return money if short or not _closes_number(r, i) else None
    return money if short and r.has_any(k, "num", "mult") else None


def _is_scaled(r: Reader, k: int) -> bool:
    """Whether the digits at `k` have groups of thousands, or a scale after them (N2,500, N150m, N3 billion)."""
    grouped = any(mark in r.keys[k][1:-3] for mark in GROUPS)
    return r.is_number(k) and (
        grouped or r.has(k + 1, "mult") or (r.glued(k + 1) and r.has(k + 1, "scale_short"))
    )


def _closes_number(r: Reader, i: int) -> bool:
    """Whether the money word at `i` closes a number that stands before it ("ten dollars 43")."""
    return r.is_number(i - 1) or r.has_any(i - 1, "num", "mult", "vague") or bool(r.article)


def percent_before(r: Reader, i: int, number: Number) -> Counted | None:
    """A percent sign glued before its digits (%12.5)."""
    if r.has(i - 1, "percent") and r.is_number(i) and r.glued(i) and not r.is_number(i - 2):
        return Counted("percentage", number.last, "percent", rule="unit.percent")
    return None


def counted_before(r: Reader, i: int, number: Number) -> Counted | None:
    """The noun before a definite number (الدول الست) or before a lone one (شخص واحد)."""
    if not r.rules.get("ordinal_after_noun") or (number.weak and not number.article and number.value != 1):
        return None
    at = i - 2 if r.is_article(i - 1) else i - 1
    noun = noun_before(r, at)
    if noun is None:
        return None
    time = r.get(at, "time")
    if time is not None and not r.has(at, "noun"):
        return Counted("duration", number.last, time.value.id, rule="unit.time_before")
    return Counted("count", number.last, noun.unit, noun.id, rule="unit.noun_before")


def told_before(r: Reader, first: int) -> Counted | None:
    """A bare number after "killing" or مقتل counts people, one after "aged" years."""
    hedge = hedge_before(r, first)
    at = (hedge.first if hedge is not None else first) - 1
    if r.has(at, "age") or _is_age_of_name(r, first):
        return Counted("duration", first, "year", rule="unit.age")
    young = hedge is not None and hedge.last == hedge.first and hedge.qualifier in ("less_than", "more_than")
    named = r.get(at, "noun") if young else None
    if named is not None and named.value.unit == "person":
        return Counted("duration", first, "year", rule="unit.age")  # children under five
    unit = r.get(at, "unit_before") or r.get(at - 1, "unit_before")
    number = r.numbers.get(first)
    if unit is not None and (number is None or number.value is None or number.value <= LARGEST_MAGNITUDE):
        return Counted("quantity", first, str(unit.value), rule="unit.before")
    group = r.get(at - 1, "people_before")
    if (group is not None and group.length == 2) or r.has(at, "people_before"):
        return Counted("count", first, "person", rule="unit.people_before")
    return None


def _is_age_of_name(r: Reader, first: int) -> bool:
    """Whether bare digits between commas after a name tell its age (Mary Doe, 45, was among the dead)."""
    if r.rules["script"] != "latin" or not (r.is_symbol(first - 1, ",") and r.is_symbol(first + 1, ",")):
        return False
    named = first >= 3 and all(r.is_word(k) and r.capitalised(k) for k in (first - 2, first - 3))
    place = r.has_any(first - 2, "country", "nationality", "month", "weekday", "noun")
    return named and not place and r.keys[first].isdecimal() and int(r.keys[first]) in AGES
