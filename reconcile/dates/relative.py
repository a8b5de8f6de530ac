"""Time counted from the publication: last week, this year, three years ago."""

from __future__ import annotations

from typing import NamedTuple

from reconcile.dates.pieces import DateMatch
from reconcile.dates.when import When
from reconcile.numbers import parse_number
from reconcile.rules.reader import Reader
from reconcile.rules.senses import Sense

UNITS = frozenset({"day", "week", "month", "year", "decade"})
OFFSETS = {"date_last": -1, "date_next": 1, "date_this": 0}


class RelativeUnit(NamedTuple):
    """A unit of time with its offset from the publication, and its last token."""

    last: int
    when: When


def read_offset(r: Reader, i: int) -> tuple[Sense, int] | None:
    """The "last", "next" or "this" at token `i`, and the offset that it means."""
    for category, offset in OFFSETS.items():
        sense = r.get(i, category)
        if sense is not None:
            return sense, offset
    return None


def read_side(r: Reader, k: int) -> int:
    """On which side of the publication a date lies, by the word at token `k` (le 4 août dernier, last summer)."""
    if r.has(k, "time") or r.has(k + 1, "time"):
        return 0
    return -1 if r.has(k, "date_last") else 1 if r.has(k, "date_next") else 0


def _one_unit(r: Reader, i: int) -> Sense | None:
    """A unit of time in the singular, of those that a date can be relative to."""
    time = r.get(i, "time")
    return time if time is not None and time.value.number == "one" and time.value.id in UNITS else None


def read_relative_unit(r: Reader, i: int) -> RelativeUnit | None:
    """Last week, this year, الشهر المقبل: the unit with its offset, in either order."""
    for category, offset in OFFSETS.items():
        word = r.get(i, category)
        if word is not None:
            at = i + word.length
            time = _one_unit(r, at)
            if time is not None:
                return RelativeUnit(at, When(time.value.id, offset=offset))
            if not r.has(at, "time") and r.has(at, "date_quarter_words"):
                return RelativeUnit(at, When("quarter", offset=offset))
    time = _one_unit(r, i)
    if time is None or (r.article and not r.took_article(i)):
        return None
    after = read_offset(r, i + time.length)
    if after is not None and r.rules["dates"].get("relative_after", bool(r.article)):
        word, offset = after
        return RelativeUnit(i + time.length + word.length - 1, When(time.value.id, offset=offset))
    return None


def past_of(r: Reader, j: int) -> int:
    """Past "of" to the unit that is relative, where there is one."""
    return r.past(j, "date_of", limit=2, until=lambda k: read_relative_unit(r, k) is not None)


def relative(r: Reader, i: int) -> DateMatch | None:
    """Last week, next month; "this day" is no date."""
    found = read_relative_unit(r, i)
    if found is None or (found.when.unit == "day" and found.when.offset == 0):
        return None
    return DateMatch(i, found.last, found.when, "date.relative")


def weekend(r: Reader, i: int) -> DateMatch | None:
    """This weekend, over the weekend, le week-end dernier."""
    before = read_offset(r, i)
    j = i + before[0].length if before is not None else i
    word = r.get(j, "date_weekend_words")
    if word is None:
        return None
    last = j + word.length - 1
    after = read_offset(r, last + 1) if before is None and r.rules["dates"].get("relative_after") else None
    if after is not None:
        return DateMatch(i, last + after[0].length, When("weekend", offset=after[1]), "date.weekend")
    alone = before is None and not r.has_any(i - 1, "determiner", "date_day_words")
    if alone or r.has(last + 1, "noun"):
        return None
    return DateMatch(i, last, When("weekend", offset=0 if before is None else before[1]), "date.weekend")


def ago(r: Reader, i: int) -> DateMatch | None:
    """Three years ago, قبل ثلاث سنوات: an amount of time before the publication."""
    before = None if r.rules["dates"].get("ago_after") else r.get(i, "date_ago")
    found = _amount_of_time(r, i if before is None else i + before.length, before is not None)
    if found is None:
        return None
    amount, unit, last = found
    if unit not in UNITS or (before is not None and _from_event(r, last + 1)):
        return None
    half = _half_after(r, last + 1) if unit == "year" else None
    if half is not None:
        amount, unit, last = 12 * amount + 6, "month", half
    more = _smaller(r, last + 1, unit) if before is not None else None
    if more is not None:
        when = When(unit, offset=-amount, more=When(more[1], offset=-more[0]))
        return DateMatch(i, more[2], when, "date.ago")
    if before is None:
        after = r.get(last + 1, "date_ago")
        if after is None:
            return None
        if r.has(last + 1, "date_earlier") and unit == "year" and amount == int(amount):
            return DateMatch(i, last + after.length, When(unit, offset=-amount, lean="previous"), "date.earlier")
        last += after.length
    return DateMatch(i, last, When(unit, offset=-amount), "date.ago")


def _half_after(r: Reader, k: int) -> int | None:
    """The last token of "and a half" at token `k` (il y a un an et demi)."""
    at = r.past_conjunction(k)
    at += r.has(at, "article")
    half = r.get(at, "fraction")
    joined = at > k or r.particle(k)
    return at if joined and half is not None and half.value == 0.5 else None


def _from_event(r: Reader, k: int) -> bool:
    """Whether time is counted back from something that is named and not from now (قبل يومين من المداهمة)."""
    return bool(r.article) and r.has(k, "partitive") and r.is_word(k + 1) and not r.has(k + 1, "relative_day")


def _smaller(r: Reader, j: int, unit: str) -> tuple[int, str, int] | None:
    """The days or weeks that are named after months or years (منذ شهر و21 يوما)."""
    k = j + 1 if r.is_symbol(j, ",\u060c") or r.is_conjunction(j) else j
    if k == j and not r.particle(j):
        return None
    found = _amount_of_time(r, k, False)
    return found if found is not None and unit in ("month", "year") and found[1] in ("day", "week") else None


def _amount_of_time(r: Reader, j: int, prefixed: bool) -> tuple[int, str, int] | None:
    """A whole number of a unit of time from token `j` on, and its last token; one or two may lie in the unit's form."""
    time = r.get(j, "time")
    if time is not None and time.value.number == "two":
        return 2, time.value.id, j
    if time is not None and time.value.number == "one" and prefixed and not r.took_article(j):
        named = r.is_number(j + 1) or r.has_any(j + 1, "mult", "weekday")
        return None if named else (1, time.value.id, j)
    number = parse_number(r, j) if r.is_number(j) or r.senses[j] else None
    if number is None or number.value is None or number.value != int(number.value):
        time = r.get(j + 1, "time") if r.has(j, "article") else None
        return (1, time.value.id, j + 1) if time is not None else None
    time = r.get(number.last + 1, "time")
    return (int(number.value), time.value.id, number.last + 1) if time is not None else None
