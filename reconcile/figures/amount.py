"""Amounts: a number or a range, its sign and unit, its hedge, put together in one pass from left to right."""

from __future__ import annotations

from dataclasses import dataclass

from reconcile.figures.hedges import hedge_after, hedge_before
from reconcile.figures.units import HYPHENS, Counted, noun_before, read_counted, read_money, read_money_before
from reconcile.numbers import Number, parse_number
from reconcile.rules.reader import Reader

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212~"
PLUS = "+"
CHANGE_REACH = 8
MAX_HOPS = 4  # numbers of a hyphenated name (CVE-2023-4863)


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure that is no date: tokens `first` to `last`, the number or both ends of a range, what is counted."""

    first: int
    last: int
    kind: str
    qualifier: str
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    noun: str | None
    candidates: tuple[str, ...]
    hedge: str | None
    form: str
    rules: tuple[str, ...]


def parse_amount(r: Reader, i: int) -> Amount | None:
    """The amount that begins at token `i`, hedges before it included, or None."""
    sign = _sign_before(r, i)
    start = i + sign.last - i + 1 if sign is not None else i
    number = parse_number(r, start)
    if number is None:
        return None
    if sign is not None and number.form not in ("digits", "mixed", "words", "vague", "dual", "scale"):
        return None
    if sign is None and _inside_name(r, i, number):
        return None
    ratio = _ratio(r, i, number)
    if ratio is not None:
        return ratio
    other = _range_end(r, i, number, sign)
    last_number = other if other is not None else number
    counted = _after(r, last_number, sign)
    if counted is None and sign is None:
        counted = _percent_before(r, i, number)
    if other is not None and counted is None and sign is None:
        counted = _between_units(r, number, other)
    definite = number.article or (r.is_word(i - 1) and r.keys[i - 1] == r.article)
    lone_one = number.weak and number.value == 1
    if sign is None and (definite or lone_one or (counted is None and number.weak)):
        before = _counted_before(r, i, number)
        counted = before if before is not None and before.kind in ("count", "duration") else counted
    if not _is_figure(r, i, number, counted, sign, other):
        return None
    return _assemble(r, i, number, other, sign, counted)


def _sign_before(r: Reader, i: int) -> Counted | None:
    """A sign, a code or a name of money that stands before its number."""
    if not (r.has(i, "money") or r.has(i, "money_before")):
        return None
    money = read_money_before(r, i)
    if money is None or money.last + 1 >= r.n:
        return None
    k = money.last + 1
    if r.is_symbol(k, ".") and (r.is_number(k + 1)):
        k += 1
        money = money._replace(last=k - 1)
    if r.is_number(k) and (
        r.glued(k) or r.is_short_money(i) or r.passage.starts[k] - r.passage.ends[k - 1] == 1
    ):
        return money if r.is_short_money(i) or not _counted_as_money(r, i) else None
    return money if r.is_short_money(i) and (r.has(k, "num") or r.has(k, "mult")) else None


def _percent_before(r: Reader, i: int, number: Number) -> Counted | None:
    """A percent sign glued before its digits (%12.5)."""
    if r.has(i - 1, "percent") and r.is_number(i) and r.glued(i) and not r.is_number(i - 2):
        return Counted("percentage", number.last, "percent", rule="unit.percent")
    return None


def _counted_as_money(r: Reader, i: int) -> bool:
    """Whether the money word at `i` closes a number that stands before it ("ten dollars 43")."""
    return (
        r.is_number(i - 1)
        or r.has(i - 1, "num")
        or r.has(i - 1, "mult")
        or r.has(i - 1, "vague")
        or bool(r.article)
    )


def _inside_name(r: Reader, i: int, number: Number) -> bool:
    """Digits glued to letters or a hyphenated word are names (G20, COVID-19), unless the letters are clitics."""
    if not r.is_number(i):
        return False
    if r.glued(i):
        before = i - 1
        if r.is_word(before):
            return r.keys[before] not in r.lexicon.clitic_forms and not r.has(before, "money")
        for _ in range(MAX_HOPS):
            linked = r.is_symbol(before, HYPHENS) and r.glued(before)
            if not (linked and r.is_number(before - 1) and r.glued(before - 1)):
                break
            before -= 2
        if r.is_symbol(before, HYPHENS) and r.glued(before) and r.is_word(before - 1):
            return r.keys[before - 1] not in r.lexicon.clitic_forms
    after = number.last + 1
    if r.glued(after) and r.is_word(after):
        known = any(
            r.has(after, c)
            for c in ("scale_short", "money", "unit", "time", "ordinal_suffix", "percent", "noun", "mult")
        )
        return not known and r.passage.text[r.passage.starts[after]].isascii()
    return False


def _after(r: Reader, number: Number, sign: Counted | None) -> Counted | None:
    single = number.value is not None and abs(number.value) == 1
    counted = read_counted(
        r,
        number.last + 1,
        vague=number.form == "vague" or number.scale >= 1000,
        single=single,
        digits=number.form == "digits",
    )
    if sign is None:
        return counted
    if counted is not None and counted.kind == "money" and _same_money(sign, counted):
        return (
            counted
            if counted.unit is not None
            else counted._replace(unit=sign.unit, candidates=sign.candidates)
        )
    return sign._replace(last=number.last)


def _same_money(sign: Counted, after: Counted) -> bool:
    return sign.unit == after.unit or not after.unit or not sign.unit


def _between_units(r: Reader, number: Number, other: Number) -> Counted | None:
    """The unit of a range that is written after its first end only."""
    counted = _after(r, number, None)
    return counted._replace(last=other.last) if counted is not None and counted.last < other.first else None


def _counted_before(r: Reader, i: int, number: Number) -> Counted | None:
    """The noun before a definite number (الدول الست) or before a lone one (شخص واحد)."""
    if not r.rules.get("ordinal_after_noun"):
        return None
    at = i - 1
    if r.is_word(at) and r.keys[at] == r.article:
        at -= 1
    if number.weak and not number.article and number.value != 1:
        return None
    noun = noun_before(r, at)
    if noun is None:
        return None
    time = r.get(at, "time")
    if time is not None and not r.has(at, "noun"):
        return Counted("duration", number.last, time.value.id, rule="unit.time_before")
    return Counted("count", number.last, noun.unit, noun.id, rule="unit.noun_before")


def _is_figure(
    r: Reader, i: int, number: Number, counted: Counted | None, sign: Counted | None, other: Number | None
) -> bool:
    if sign is not None or other is not None:
        return True
    if number.form == "vague":
        return counted is not None or number.scale >= 1000 or number.low is not None
    if number.form == "fraction":
        if counted is not None and counted.kind != "count":
            return True
        if r.has(number.first, "article") and not r.has(number.last + 1, "partitive"):
            return _alone(r, number)
        after = number.last + 1
        if (
            r.has(after, "partitive")
            or r.definite_word(after)
            or r.has(after, "determiner")
            or _alone(r, number)
        ):
            return True
        if r.possessed(after):
            return True
        return number.last > number.first and not r.has(number.first, "article")
    if number.weak:
        if counted is None or counted.rule == "unit.unknown_noun":
            return _alone(r, number)
        if (
            number.value == 1
            and number.form == "words"
            and counted.rule in ("unit.noun", "unit.noun_by_form")
        ):
            return not r.is_construct_one(i) and counted.noun is not None
        return True
    if (
        number.form in ("scale", "dual")
        and r.definite_word(number.last + 1)
        and not r.has(number.last + 1, "money")
    ):
        return False
    if number.form == "scale" and counted is None:
        return _alone(r, number) or hedge_before(r, i) is not None or r.is_break(number.last + 1)
    return True


def _alone(r: Reader, number: Number) -> bool:
    """Whether the number is all that its line holds, as in a cell of a table."""
    return r.is_break(number.first - 1) and r.is_break(number.last + 1)


def _range_end(r: Reader, i: int, number: Number, sign: Counted | None) -> Number | None:
    """The second end of a range that begins with this number, or None."""
    j = number.last + 1
    opener = i - 1
    between = r.has(opener, "range_between")
    from_ = r.has(opener, "range_from") and not _change_before(r, opener)
    unit_first = read_counted(r, j, vague=False, single=False, digits=True) if between or from_ else None
    spots = [j]
    if unit_first is not None and unit_first.kind in ("money", "percentage", "duration", "quantity"):
        spots.append(unit_first.last + 1)
    elif r.has(j, "money") or r.has(j, "percent"):
        money = r.get(j, "money") or r.get(j, "percent")
        spots.append(j + money.length)
    for spot in spots:
        k = _joined_at(r, spot, between, from_)
        if k is None:
            continue
        again = _sign_before(r, k)
        k = again.last + 1 if again is not None else k
        other = parse_number(r, k) if k < r.n else None
        if other is None or other.value is None or number.value is None:
            continue
        if spot > j and unit_first is None:
            unit_first = read_counted(r, j, vague=False, single=False, digits=True)
        if spot > j and not _same_unit(unit_first, _after(r, other, None)):
            continue
        low = _shared_scale(number, other)
        if low < other.value and other.form != "fraction":
            return other
    return None


def _same_unit(first: Counted | None, second: Counted | None) -> bool:
    """Whether the units at both ends of a range agree, or the second end has none."""
    return first is None or second is None or second.kind == first.kind


def _joined_at(r: Reader, j: int, between: bool, from_: bool) -> int | None:
    """Where the second number would begin if token `j` joins two ends of a range."""
    if j >= r.n:
        return None
    if r.is_symbol(j, DASHES):
        spaced = not r.glued(j)
        if spaced and r.glued(j + 1):
            return None
        return j + 1 if r.is_number(j + 1) or r.has(j + 1, "money") or r.has(j + 1, "num") else None
    if between:
        if r.particle(j):
            return j
        if r.has(j, "range_between_and") or (r.is_word(j) and r.keys[j] in r.lexicon.conjunctions):
            return j + 1
    to = r.get(j, "range_to")
    if to is not None and not r.particle(j):
        if from_ or (r.plain_number(j + to.length) and not _change_before(r, j)):
            return j + to.length
    if r.has(j, "range_or") and r.plain_number(j + 1):
        return j + 1
    if (
        from_
        and r.is_word(j)
        and r.lexicon.bare(r.keys[j]) != r.keys[j]
        and r.keys[j][0] in r.lexicon.to_prefixes
    ):
        return j
    return None


def _change_before(r: Reader, i: int) -> bool:
    """Whether a verb of change stands shortly before ("rose from 5 to 10" are two figures, not a range)."""
    for k in range(i - 1, max(-1, i - CHANGE_REACH), -1):
        if r.is_break(k) or r.is_symbol(k, ".!?\u061f"):
            return False
        if r.has(k, "range_change_verbs"):
            return True
    return False


def _shared_scale(number: Number, other: Number) -> float:
    """The first end of a range, with the scale that it shares with the second (5 to 10 million)."""
    value = number.value or 0.0
    if number.scale == 1 and other.scale >= 1000 and other.value and value <= other.value / other.scale:
        return value * other.scale
    return value


def _ratio(r: Reader, i: int, number: Number) -> Amount | None:
    """One in five, 3 out of 10, 2/3."""
    j = number.last + 1
    if number.value is None or number.form == "fraction":
        return None
    joined = None
    if (
        r.is_symbol(j, "/\u2044")
        and r.is_number(j + 1)
        and r.glued(j)
        and r.glued(j + 1)
        and not r.is_symbol(j + 2, "/")
    ):
        joined = j + 1
    out_of = r.get(j, "ratio_out_of")
    if out_of is not None:
        joined = j + out_of.length
    elif r.has(j, "ratio_in") and _share_of(number, parse_number(r, j + 1)):
        joined = j + 1
    if joined is None:
        return None
    other = parse_number(r, joined)
    if (
        other is None
        or not other.value
        or number.value > other.value * 20
        or r.is_symbol(other.last + 1, "/")
    ):
        return None
    counted = read_counted(r, other.last + 1, vague=False, single=False, digits=other.form == "digits")
    value = number.value / other.value
    if (
        out_of is None
        and r.is_symbol(j, "/")
        and counted is not None
        and counted.kind in ("quantity", "money")
    ):
        factor = counted.factor
        return _finish(
            r, i, counted.last, counted, value * factor, None, None, "number.fraction_digits", "digits"
        )
    last = counted.last if counted is not None and counted.kind == "count" else other.last
    noun = counted.noun if counted is not None and counted.kind == "count" else None
    return _finish(
        r, i, last, Counted("ratio", last, None, noun), value, None, None, "number.ratio", "fraction"
    )


def parse_one_of_every(r: Reader, i: int) -> Amount | None:
    """A child out of every five (طفل من كل خمسة): the noun before the words at token `i` stands for one."""
    out_of = r.get(i, "ratio_out_of")
    noun = r.get(i - 1, "noun")
    if (
        out_of is None
        or noun is None
        or noun.value.number != "one"
        or r.has(i - 2, "num")
        or r.is_number(i - 2)
    ):
        return None
    other = parse_number(r, i + out_of.length)
    if other is None or not other.value or other.value < 2:
        return None
    counted = read_counted(r, other.last + 1, vague=False, single=False, digits=other.form == "digits")
    last = counted.last if counted is not None and counted.kind == "count" else other.last
    ratio = Counted("ratio", last, None, noun.value.id)
    return _finish(r, i - 1, last, ratio, 1 / other.value, None, None, "number.ratio", "fraction")


def _share_of(number: Number, other: Number | None) -> bool:
    """One in five, 3 in 10: few of a round or small number, and no year or place in between."""
    if other is None or not number.value or not other.value or number.scale > 1 or other.form == "vague":
        return False
    small = other.value <= 10 or other.value in (12, 15, 20, 25, 50, 100, 1000, 10_000, 100_000)
    return number.value < other.value and (number.value == 1 or number.value < 10) and small


def _assemble(
    r: Reader, i: int, number: Number, other: Number | None, sign: Counted | None, counted: Counted | None
) -> Amount:
    last = max((other or number).last, counted.last if counted is not None else 0)
    if counted is not None and counted.kind == "count" and number.value is not None and number.value < 0:
        number = number._replace(value=-number.value)  # a dash before things that are counted is a bullet
    first = number.first if sign is None else i
    if counted is not None and counted.rule.endswith("_before") and counted.rule.startswith("unit."):
        first -= 2 if r.is_word(first - 1) and r.keys[first - 1] == r.article else 1
    if counted is not None and counted.kind == "count" and other is None:
        number = _whole(r, number)
    factor = counted.factor if counted is not None else 1.0
    if counted is None:
        counted = _told_before(r, first) or Counted("count", last)
    if number.form == "fraction" and counted.kind == "count":
        counted = counted._replace(kind="ratio", unit=None)
    if other is not None and number.value is not None and other.value is not None:
        low, high = _shared_scale(number, other) * factor, other.value * factor
        return _finish(r, first, last, counted, None, low, high, number.rule, "range")
    if number.value is None:
        low, high = (number.low or 0.0) * factor, (number.high or 0.0) * factor
        return _finish(r, first, last, counted, None, low, high, number.rule, "vague")
    value = number.value * factor
    if counted.kind == "money":
        last, value = _with_subunit(r, last, value, counted)
    elif counted.kind in ("quantity", "duration") and counted.unit is not None:
        added, end = _and_a_half(r, last + 1, counted.unit)
        last, value = (end, value + added) if added else (last, value)
    return _finish(r, first, last, counted, value, None, None, number.rule, number.form)


def _whole(r: Reader, number: Number) -> Number:
    """Things are counted in whole numbers: 2.316 voters are two thousand and some."""
    written = r.keys[number.last]
    if (
        number.form != "digits"
        or number.first != number.last
        or number.value is None
        or number.value == int(number.value)
    ):
        return number
    head, _, tail = written.replace(",", ".").partition(".")
    if len(tail) == 3 and tail.isdecimal() and 1 <= len(head) <= 3:
        return number._replace(value=float(int(head + tail)), rule=number.rule + ".whole")
    return number


def _told_before(r: Reader, first: int) -> Counted | None:
    """A bare number after "killing" or مقتل counts people, one after "aged" years."""
    hedge = hedge_before(r, first)
    at = (hedge.first if hedge is not None else first) - 1
    if r.has(at, "age"):
        return Counted("duration", first, "year", rule="unit.age")
    before = r.get(at, "unit_before") or r.get(at - 1, "unit_before")
    if before is not None:
        return Counted("quantity", first, str(before.value), rule="unit.before")
    return (
        Counted("count", first, "person", rule="unit.people_before") if r.has(at, "people_before") else None
    )


def _with_subunit(r: Reader, last: int, value: float, counted: Counted) -> tuple[int, float]:
    """Dollars and cents: a second number whose unit is a part of the first's."""
    k = last + 1
    if r.is_word(k) and r.keys[k] in r.lexicon.conjunctions:
        k += 1
    if not (r.is_number(k) or r.has(k, "num")):
        return last, value
    part = parse_number(r, k)
    if part is None or part.value is None or not 0 < part.value < 1000:
        return last, value
    sub = read_money(r, part.last + 1)
    if sub is not None and sub.factor < 1 and value == int(value):
        return sub.last, value + part.value * sub.factor
    return last, value


def _finish(
    r: Reader,
    first: int,
    last: int,
    counted: Counted,
    value: float | None,
    low: float | None,
    high: float | None,
    rule: str,
    form: str,
) -> Amount:
    """Add the hedge and say the bounds as stated."""
    if form == "range" and (r.has(first - 1, "range_between") or r.has(first - 1, "range_from")):
        first -= 1
    hedge = hedge_before(r, first)
    after = hedge_after(r, last + 1)
    if hedge is None or (hedge.qualifier == "about" and after is not None):
        hedge = after or hedge
    qualifier = "vague" if form == "vague" else "between" if form == "range" else "exact"
    words = r.written(hedge.first, hedge.last) if hedge is not None else None
    if hedge is not None and hedge.touching:
        first, last = min(first, hedge.first), max(last, hedge.last)
    if qualifier == "exact" and hedge is not None:
        qualifier = hedge.qualifier
    if qualifier == "exact":
        low = high = value
    elif qualifier in ("more_than", "at_least"):
        low = value
    elif qualifier in ("less_than", "at_most"):
        high = value
    elif qualifier == "vague" and hedge is not None:
        if hedge.qualifier in ("more_than", "at_least"):
            high = None
        elif hedge.qualifier in ("less_than", "at_most"):
            low = None
    rules = tuple(
        x for x in (rule, counted.rule, f"hedge.{hedge.qualifier}" if hedge is not None else "") if x
    )
    return Amount(
        first,
        last,
        counted.kind,
        qualifier,
        value,
        low,
        high,
        counted.unit,
        counted.noun,
        counted.candidates,
        words,
        form,
        rules,
    )


def parse_dual(r: Reader, i: int) -> Amount | None:
    """A noun, a time or a money word in the dual: two of it (شخصان، شهرين، دولارين); definite ones refer back."""
    entry = r.entries[i]
    if entry is None or entry.article or r.is_number(i - 1) or r.has(i - 1, "num") or r.has(i - 1, "mult"):
        return None
    for category in ("time", "money", "unit", "noun", "people_of"):
        sense = entry.get(category)
        if sense is None or sense.value.number != "two":
            continue
        last = i + sense.length - 1
        if category == "money":
            counted = read_money(r, i) or Counted(
                "money", last, sense.value.code, candidates=sense.value.candidates
            )
        elif category in ("noun", "people_of"):
            counted = Counted("count", last, sense.value.unit, sense.value.id, rule="unit.dual")
        else:
            counted = Counted(
                "duration" if category == "time" else "quantity", last, sense.value.id, rule="unit.dual"
            )
        two = r.get(counted.last + 1, "num")
        if two is not None and two.value == (2, "unit") and not r.particle(counted.last + 1):
            counted = counted._replace(last=counted.last + 1)
        added, end = _and_a_half(r, counted.last + 1, counted.unit or "")
        value = (2.0 + added) * counted.factor
        return _finish(r, i, max(end, counted.last), counted, value, None, None, "number.dual_noun", "dual")
    return None


def parse_one_and_a_half(r: Reader, i: int) -> Amount | None:
    """A unit and a half (ساعة ونصف): the fraction at token `i` is added to the one unit that stands before it."""
    at = i - 1
    if not r.particle(i) or not r.has(i, "fraction") or r.has(at - 1, "num") or r.is_number(at - 1):
        return None
    sense = r.get(at, "time") or r.get(at, "unit")
    if sense is None or sense.value.number != "one":
        return None
    added, end = _and_a_half(r, i, sense.value.id)
    if not added:
        return None
    counted = Counted("duration" if r.has(at, "time") else "quantity", end, sense.value.id, rule="unit.time")
    return _finish(r, at, end, counted, 1.0 + added, None, None, "number.one_and_a_half", "words")


def _and_a_half(r: Reader, k: int, unit: str) -> tuple[float, int]:
    """A fraction added to a unit named before it, the unit said again or not (طنين ونصف الطن)."""
    fraction = r.get(k, "fraction")
    if fraction is None or not r.particle(k) or r.has(k, "fraction_ambiguous"):
        return 0.0, k - 1
    again = r.get(k + 1, "time") or r.get(k + 1, "unit") or r.get(k + 1, "noun")
    if again is not None and again.value.id == unit:
        return float(fraction.value), k + 1
    if again is not None or r.definite_word(k + 1):
        return 0.0, k - 1
    return float(fraction.value), k
