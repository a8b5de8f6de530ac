"""Months on end as one date: the first six months of 2024, three months to 30 June, الأشهر التسعة الأولى من 2023."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from reconcile.dates.days import day_first, month_first, numeric
from reconcile.dates.pieces import DateMatch
from reconcile.dates.when import When
from reconcile.dates.years import read_year
from reconcile.numbers import parse_number, parse_ordinal_words
from reconcile.rules.reader import Reader

MONTHS_OF = {"month": 1, "year": 12}
QUARTER, YEAR = 3, 12  # months


def week_of(r: Reader, i: int) -> DateMatch | None:
    """The week of a day, or the one that begins or ends with it: the week of September 30th, la semaine du 2 mars."""
    time = r.get(i, "time")
    if time is None or (time.value.id, time.value.number) != ("week", "one"):
        return None
    k = i + time.length
    side = 1 if r.has(k, "week_starts") else -1 if r.has(k, "week_ends") else 0
    construct = r.article and not side and r.is_number(k)  # أسبوع 30 سبتمبر
    if not side and not construct and not r.has(k, "partitive"):
        return None
    k = k if construct else r.past(k + 1, "date_of", "date_day_words", "determiner", limit=2)
    day = numeric(r, k) or day_first(r, k) or month_first(r, k)
    if day is None or day.when.unit != "day" or day.when.last_day is not None or day.when.offset is not None:
        return None
    return DateMatch(i, day.last, replace(day.when, week=("of", "from", "to")[side]), "date.week_of")


class Months(NamedTuple):
    """So many months by their words, the side of a year that they lie on (first 1, last -1), and the last token."""

    size: int
    side: int
    last: int


def span(r: Reader, i: int) -> DateMatch | None:
    """Months of a year, or months up to a day, that begin at token `i`; None where it says neither."""
    months = _months(r, i)
    if months is None:
        return None
    return _of_year(r, i, months) if months.side else _up_to(r, i, months)


def _months(r: Reader, i: int) -> Months | None:
    """First six months, the three months, الأشهر التسعة الأولى, أول تسعة أشهر; a lone quarter or year."""
    side, at = _side(r, i)
    time = r.get(at, "time")
    if time is not None and r.took_article(at) and time.value.number != "one":
        return _counted_before(r, at, time.value.id)
    number = parse_number(r, at) if r.is_number(at) or r.has(at, "num") else None
    if number is None or number.value is None or number.value != int(number.value):
        return _lone_unit(r, at) if not side and at == i else None
    k = number.last + 1
    if not side:
        side, k = _side(r, k)
    time = r.get(k, "time")
    if time is None or time.value.id not in MONTHS_OF:
        return None
    k += time.length
    if not side and r.article:
        side, k = _side(r, k)
    return _sized(int(number.value) * MONTHS_OF[time.value.id], side, k - 1)


def _counted_before(r: Reader, at: int, unit: str) -> Months | None:
    """The noun before its number and ordinal (الأشهر التسعة الأولى)."""
    number = parse_number(r, at + 1) if r.has(at + 1, "num") and r.took_article(at + 1) else None
    if number is None or number.value is None or unit not in MONTHS_OF:
        return None
    side, k = _side(r, number.last + 1)
    return _sized(int(number.value) * MONTHS_OF[unit], side, k - 1)


def _sized(count: int, side: int, last: int) -> Months | None:
    return Months(count, side, last) if 0 < count <= YEAR else None


def _side(r: Reader, k: int) -> tuple[int, int]:
    """1 for "first" and -1 for "last" at token `k`, with the token after it; 0 and `k` for neither."""
    final = r.get(k, "date_final")
    if final is not None:
        return -1, k + final.length
    ordinal = parse_ordinal_words(r, k) if r.has_any(k, "ordinal", "ordinal_definite") else None
    return (1, ordinal[1] + 1) if ordinal is not None and ordinal[0] == 1 else (0, k)


def _lone_unit(r: Reader, at: int) -> Months | None:
    """A quarter, a half or a year, which only the day of its end makes a date (the year to March)."""
    for category, count in (("date_quarter_words", QUARTER), ("date_half_words", 2 * QUARTER)):
        if r.has(at, category):
            return Months(count, 0, at)
    time = r.get(at, "time")
    return (
        Months(YEAR, 0, at)
        if time is not None and (time.value.id, time.value.number) == ("year", "one")
        else None
    )


def _of_year(r: Reader, i: int, months: Months) -> DateMatch | None:
    """The months of a year that is named, in digits or relative to publication, or of "the year"."""
    if months.size == YEAR:
        return None
    first = 1 if months.side > 0 else YEAR + 1 - months.size
    when = When("month", months=(first, first + months.size - 1))
    year = read_year(r, months.last + 1)
    if year is not None and year.last > months.last + 1:
        unit = "month" if year.offset is None else "year"
        return DateMatch(
            i, year.last, replace(when, unit=unit, year=year.year, offset=year.offset), "date.months_of_year"
        )
    k = r.past(
        months.last + 1, "date_of", "partitive", limit=3, until=lambda at: r.has(at, "date_year_words")
    )
    this_year = r.has(k, "date_year_words") and k > months.last + 1 and (not r.article or r.took_article(k))
    return DateMatch(i, k, when, "date.months_of_year") if this_year else None


def _up_to(r: Reader, i: int, months: Months) -> DateMatch | None:
    """The months that end on a day or with a month."""
    until = r.get(months.last + 1, "date_span_end")
    if until is None:
        return None
    k = months.last + 1 + until.length
    end = numeric(r, k) or day_first(r, k) or month_first(r, k)
    if end is None or end.when.unit not in ("day", "month") or end.when.offset is not None:
        return None
    if end.when.last_day is not None or end.when.part is not None:
        return None
    return DateMatch(i, end.last, replace(end.when, span_months=months.size), "date.months_to")
