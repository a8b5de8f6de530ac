"""Weekdays, alone or before the date that they belong to; today and yesterday; the first Tuesday of October."""

from __future__ import annotations

from dataclasses import replace

from reconcile.dates.days import day_and_month_in_digits, day_first, month_first, numeric, read_numbered_month
from reconcile.dates.pieces import (
    COMMAS,
    DAYS,
    DateMatch,
    day_may_follow,
    past_link_to_month,
    read_integer,
    read_month,
)
from reconcile.dates.relative import RelativeUnit, past_of, read_offset, read_relative_unit, read_side
from reconcile.dates.when import When
from reconcile.dates.years import with_year
from reconcile.numbers import parse_digit_ordinal, parse_ordinal_words
from reconcile.rules.reader import Reader
from reconcile.text.passage import DASHES

NTHS = range(1, 6)


def weekday(r: Reader, i: int) -> DateMatch | None:
    """A weekday, alone, with "last" or "next", or before a date that it belongs to."""
    start, direction = i, 0
    offset = read_offset(r, i)
    if offset is not None:
        i, direction = i + offset[0].length, offset[1]
    sense = r.get(i, "weekday")
    ordinal = r.first(i, "ordinal_definite", "ordinal")
    if sense is None or (ordinal is not None and ordinal.length > sense.length):
        return None
    if r.rules["dates"].get("capitalised_months") and not r.capitalised(i):
        return None
    j = i + sense.length
    for category, after in (("date_last", -1), ("date_next", 1)):
        if r.has(j, category):
            return DateMatch(start, j, When("day", weekday=sense.value, offset=after), "date.weekday")
    side = _side_of_both(r, j)
    if side:
        return DateMatch(start, j - 1, When("day", weekday=sense.value, offset=side), "date.weekday")
    week = _week_of(r, j)
    if week is not None:
        when = When("day", weekday=int(sense.value), number=week.when.offset, offset=0)
        return DateMatch(start, week.last, when, "date.weekday_of_week")
    found = _date_of_weekday(r, j)
    if found is not None:
        return found._replace(first=start, when=replace(found.when, weekday=int(sense.value)))
    day = read_integer(r, j)
    if day is not None and day in DAYS and day_may_follow(r, j + 1):
        if not r.is_symbol(j + 1, DASHES + "/:"):
            return DateMatch(start, j, When("day", day=day, weekday=int(sense.value)), "date.day_alone")
    at = j + r.has(j, "determiner")
    nth = parse_digit_ordinal(r, at)
    if nth is not None and nth[0] in DAYS and not r.has(nth[1] + 1, "month"):
        return DateMatch(start, nth[1], When("day", day=nth[0], weekday=int(sense.value)), "date.day_alone")
    numbered = parse_ordinal_words(r, j)
    if numbered is not None and numbered[0] in DAYS and numbered[0] > 5 and r.took_article(j):
        when = When("day", day=numbered[0], weekday=int(sense.value))
        return DateMatch(start, numbered[1], when, "date.day_alone")
    return DateMatch(start, j - 1, When("day", weekday=sense.value, offset=direction), "date.weekday")


def _side_of_both(r: Reader, j: int) -> int:
    """The side that is told after a second weekday for both (الخميس والجمعة المقبلين); 0 where there is none."""
    at = r.past_conjunction(j)
    second = r.get(at, "weekday") if at > j or r.particle(j) else None
    side = read_side(r, at + second.length) if second is not None and r.rules["dates"].get("sides_of_both") else 0
    told = side and r.written(at + 1).endswith(tuple(r.rules["dates"]["sides_of_both"]))
    return side if told else 0


def weekday_of_week(r: Reader, i: int) -> DateMatch | None:
    """The week before its day (الأسبوع المقبل يوم الجمعة), or a bare day of it (ثلاثاء الأسبوع الفائت)."""
    bare = r.get(i, "weekday_bare")
    if bare is not None:
        week, number = _week_of(r, i + bare.length), bare.value
        return None if week is None else _of_week(i, week.last, number, week.when)
    week = _week_of(r, i)
    if week is None:
        return None
    k = week.last + 1
    k += r.has(k, "date_day_words") and r.has(k + 1, "weekday")
    named = r.get(k, "weekday")
    return None if named is None else _of_week(i, k + named.length - 1, named.value, week.when)


def _of_week(first: int, last: int, number: int, week: When) -> DateMatch:
    when = When("day", weekday=int(number), number=week.offset, offset=0)
    return DateMatch(first, last, when, "date.weekday_of_week")


def _week_of(r: Reader, j: int) -> RelativeUnit | None:
    """A week relative to publication from token `j` on, after a word like "of"."""
    relative = read_relative_unit(r, past_of(r, j))
    return relative if relative is not None and relative.when.unit == "week" else None


def _date_of_weekday(r: Reader, j: int) -> DateMatch | None:
    """The day that begins at token `j`, or after a comma and a word like "the day"."""
    for k in (j, j + 1, j + 2):
        if k > j and not (
            r.is_symbol(k - 1, COMMAS + DASHES + "(")
            or r.has_any(k - 1, "date_date_prefixes", "date_day_words", "date_of")
        ):
            return None
        if not r.is_break(k):
            found = numeric(r, k) or day_first(r, k) or month_first(r, k) or day_and_month_in_digits(r, k)
            if found is not None and found.when.unit == "day":
                return found
    return None


def relative_day(r: Reader, i: int) -> DateMatch | None:
    """Yesterday, غدًا, أمس الثلاثاء; words that mean more than a day only alone in their line."""
    sense = r.get(i, "relative_day")
    if sense is None:
        return None
    last = i + sense.length - 1
    named = r.get(last + 1, "weekday")
    if named is not None:
        found = weekday(r, last + 1)
        if found is not None and found.when.weekday is None:
            return found._replace(first=i)
        last += named.length
    elif r.has(i, "weak") and not (r.is_break(i - 1) and r.is_break(last + 1)):
        return None
    return DateMatch(i, last, When("day", offset=int(sense.value)), "date.relative_day")


def nth(r: Reader, i: int) -> DateMatch | None:
    """The first Tuesday of October, آخر يوم من شهر مارس, the last week of September."""
    which, j = _which(r, i)
    if which is not None:
        j += r.has(j, "date_day_words") and r.has_any(j + 1, "weekday", "weekday_bare")
        named = _day_name(r, j)
        j += 1
    else:
        named = _day_name(r, i)
        which, j = _which(r, i + 1)
    if which is None or named is None:
        return None
    month = _month_of(r, i, j)
    if month is None:
        return None
    unit, number = named
    when = replace(month.when, unit="nth_" + unit, number=which, weekday=number)
    return DateMatch(i, month.last, when, "date.nth")


def _month_of(r: Reader, i: int, j: int) -> DateMatch | None:
    """The month from token `j` on: by name, by number, or relative to the publication."""
    month = read_month(r, past_link_to_month(r, j, "date_of"))
    if month is not None:
        return with_year(r, i, month.last, When("month", None, month.number, calendar=month.calendar))
    numbered = read_numbered_month(r, j)
    if numbered is not None:
        return with_year(r, i, numbered[1], When("month", None, numbered[0]))
    relative = read_relative_unit(r, past_of(r, j))
    if relative is None or relative.when.unit != "month":
        return None
    return DateMatch(i, relative.last, relative.when, "")


def _which(r: Reader, i: int) -> tuple[int | None, int]:
    """The ordinal that picks a day (-1 for the last), and the token after it."""
    final = r.get(i, "date_final")
    if final is not None:
        return -1, i + final.length
    ordinal = parse_ordinal_words(r, i)
    if ordinal is not None and ordinal[0] in NTHS:
        return ordinal[0], ordinal[1] + 1
    return None, i


def _day_name(r: Reader, i: int) -> tuple[str, int | None] | None:
    """What is picked: a weekday with its number, a day, or a week."""
    named = r.first(i, "weekday", "weekday_bare")
    if named is not None:
        return "weekday", int(named.value)
    time = r.get(i, "time")
    if time is not None and time.value.number == "one" and time.value.id == "week":
        return "week", None
    return ("day", None) if r.has(i, "date_day_words") else None
