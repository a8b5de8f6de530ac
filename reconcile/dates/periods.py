"""Periods that are no single day, month or year: decades, centuries, quarters, halves, seasons, and parts of them."""

from __future__ import annotations

from dataclasses import replace

from reconcile.dates.days import read_numbered_month
from reconcile.dates.pieces import DateMatch, read_integer, read_month
from reconcile.dates.relative import read_offset, read_relative_unit, read_side
from reconcile.dates.when import When
from reconcile.dates.years import decade_suffix, read_year, with_year
from reconcile.numbers import parse_digit_ordinal, parse_ordinal_words
from reconcile.rules.reader import Reader
from reconcile.text.passage import DASHES

FRACTIONS = (("quarter", 4), ("half", 2))
CENTURIES = range(1, 31)
WEEKS = frozenset(("week_1", "week_2", "week_3", "week_4", "week_last"))  # parts that only a month has


def part(r: Reader, i: int) -> DateMatch | None:
    """Early, mid or late in a month, a year or a decade; all of it up to its end (by the end of May)."""
    by_end = r.get(i, "date_by_end")
    sense = by_end or r.get(i, "part")
    if sense is None:
        return None
    early, open_start = (None, True) if by_end is not None else (sense.value, False)
    j = i + sense.length
    j += r.is_symbol(j, DASHES) and r.glued(j) and r.glued(j + 1)
    j = r.past(
        j,
        "date_of",
        "date_month_words",
        limit=3,
        until=lambda k: r.has(k, "month") or read_relative_unit(r, k) is not None,
    )
    month = read_month(r, j)
    if month is not None:
        when = When("month", None, month.number, part=early, open_start=open_start, calendar=month.calendar)
        return with_year(r, i, month.last, when)._replace(rule="date.part_of_month")
    if early in WEEKS:
        return None
    numbered = read_numbered_month(r, i + sense.length)
    if numbered is not None:
        return with_year(
            r, i, numbered[1], When("month", None, numbered[0], part=early, open_start=open_start)
        )
    relative = read_relative_unit(r, j)
    if relative is not None and relative.when.unit in ("month", "year"):
        return DateMatch(
            i, relative.last, replace(relative.when, part=early, open_start=open_start), "date.part.relative"
        )
    year = read_year(r, j, linked=False)
    if year is not None and year.calendar == "gregorian" and decade_suffix(r, year.last + 1) is None:
        when = When("year", year.year, part=early, open_start=open_start, offset=year.offset)
        return DateMatch(i, year.last, when, "date.part_of_year")
    quarter = fraction_of_year(r, j) if by_end is not None else None
    if quarter is not None:
        return quarter._replace(first=i, when=replace(quarter.when, open_start=True))
    named = decade(r, j) if by_end is None else None
    if named is not None:
        return DateMatch(
            i, named.last, replace(named.when, part=early, open_start=open_start), "date.part_of_decade"
        )
    return None


def decade(r: Reader, i: int) -> DateMatch | None:
    """The nineties, التسعينيات من القرن الماضي, the 1990s."""
    start = i
    i += not r.has(i, "decade") and r.has_any(i, "date_decade_words", "date_of")
    sense = r.get(i, "decade")
    if sense is not None:
        return _named_decade(r, start, i + sense.length - 1, int(sense.value))
    short = _short_decade(r, start, i)
    if short is not None:
        return short
    value = read_integer(r, i)
    suffix = decade_suffix(r, i + 1)
    if value is None or len(r.keys[i]) != 4 or value % 10 != 0 or suffix is None:
        return None
    return DateMatch(start, suffix, When("decade", value), "date.decade")


def _short_decade(r: Reader, start: int, i: int) -> DateMatch | None:
    """The '90s, the 90s: two digits with an "s" after an apostrophe or "the"; "in her 90s" is an age."""
    value, suffix = read_integer(r, i), decade_suffix(r, i + 1)
    if value is None or suffix is None or len(r.keys[i]) != 2 or value % 10 != 0:
        return None
    marked = r.is_symbol(i - 1, "'\u2019\u2018") and r.glued(i)
    before = i - 1 - r.has(i - 1, "part")
    if not marked and r.keys[before] not in r.rules["dates"].get("decade_articles", ()):
        return None
    return DateMatch(start - marked, suffix, When("decade", value + (1900 if value >= 20 else 2000)), "date.decade")


def _named_decade(r: Reader, start: int, last: int, tens: int) -> DateMatch:
    """A decade by name, which is a whole year (1990) or counts in the century that is named or meant."""
    named = century(r, last + 1 + r.has(last + 1, "date_of"))
    if named is not None and named.when.year is not None:
        return DateMatch(start, named.last, When("decade", named.when.year + tens), "date.decade")
    if r.has(last + 1, "date_century_words") and r.has(last + 2, "date_last"):
        last += 2
    first = tens if tens >= 100 else tens + (2000 if tens < 20 else 1900)
    return DateMatch(start, last, When("decade", first), "date.decade")


def century(r: Reader, i: int) -> DateMatch | None:
    """The nineteenth century."""
    named = _numbered(r, i, "date_century_words")
    if named is None or named[0] not in CENTURIES or r.has(named[1] + 1, "date_before_era"):
        return None
    return DateMatch(i, named[1], When("century", (named[0] - 1) * 100), "date.century")


def fraction_of_year(r: Reader, i: int) -> DateMatch | None:
    """Quarters and halves: الربع الأول من 2020, the first half of 2021, Q3 2021."""
    for unit, top in FRACTIONS:
        short = r.get(i, f"{unit}_short")
        if short is not None:
            number, last = int(short.value), i + short.length - 1
        else:
            named = _numbered(r, i, f"date_{unit}_words") or _final(r, i, f"date_{unit}_words", top)
            if named is None or not 1 <= named[0] <= top:
                relative = _relative_part(r, i, f"date_{unit}_words", unit)
                if relative is not None:
                    return relative
                continue
            number, last = named
        year = read_year(r, last + 1)
        if year is None:
            if short is not None or not _stands_alone(r, unit, last):
                continue
            if r.has(i, "date_last"):  # the last quarter, of no year: the one before this
                return DateMatch(i, last, When(unit, offset=-1), f"date.{unit}")
            return DateMatch(i, last, When(unit, number=number), f"date.{unit}")
        if year.offset is not None:
            return DateMatch(i, year.last, When(unit, number=number, offset=year.offset), f"date.{unit}")
        return DateMatch(i, year.last, When(unit, year.year, number=number), f"date.{unit}")
    return None


def _stands_alone(r: Reader, unit: str, last: int) -> bool:
    """Whether a quarter or a half without a year is one of a year, and no part of a game or of something else."""
    if unit == "half" and not r.rules["dates"].get("half_alone"):
        return False
    return not (
        r.has(last + 1, "partitive") and not r.has_any(last + 2, "date_year_words", "article", "stop")
    )


def _relative_part(r: Reader, i: int, category: str, unit: str) -> DateMatch | None:
    """This quarter, الربع الحالي, النصف المقبل: after the unit; where it stands before, see `relative`."""
    after = read_offset(r, i + 1) if r.has(i, category) and r.took_article(i) else None
    if after is None or not r.rules["dates"].get("relative_after", bool(r.article)):
        return None
    return DateMatch(i, i + after[0].length, When(unit, offset=after[1]), f"date.{unit}")


def _numbered(r: Reader, i: int, category: str) -> tuple[int, int] | None:
    """A unit word with its ordinal, in either order: the number and the last token."""
    if r.has(i, category):
        after = parse_ordinal_words(r, i + 1)
        if after is not None and r.took_article(i + 1):
            return after
    ordinal = parse_ordinal_words(r, i) or parse_digit_ordinal(r, i)
    if ordinal is None or r.rules.get("ordinal_after_noun"):
        return None
    at = ordinal[1] + 1
    at += r.is_symbol(at, DASHES) and r.glued(at) and r.glued(at + 1)
    return (ordinal[0], at) if r.has(at, category) else None


def _final(r: Reader, i: int, category: str, number: int) -> tuple[int, int] | None:
    """The last quarter, in either order of the words."""
    after = r.has(i, category) and r.has(i + 1, "date_final") and r.stem(i + 1) == r.keys[i + 1]
    if after and r.definite_word(i + 1):  # النصف الأخير, and not النصف الآخر
        return number, i + 1
    if r.has(i, "date_final") and r.has(i + 1, category):
        return number, i + 1
    return None


def season(r: Reader, i: int) -> DateMatch | None:
    """Last summer, the summer of 2014; a season alone names no time."""
    start = i
    before = read_offset(r, i)
    if before is not None:
        i += before[0].length
    sense = r.get(i, "season")
    if sense is None or r.has(i, "month"):
        return None
    first, i = i, i + sense.length - 1
    year = read_year(r, i + 1)
    if year is not None and year.year is not None:
        return DateMatch(first, year.last, When("season", year.year, season=sense.value), "date.season")
    side = read_side(r, start if before is not None else i + 1)
    if before is None and not side:
        return None
    last = i if before is not None else i + 1
    return DateMatch(start, last, When("season", season=sense.value, toward=side), "date.season")
