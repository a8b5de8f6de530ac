"""The grammar of dates: what words and digits say of time, in any order that the three languages use.

Every function takes a reader and a token index and gives a match or None; none of them resolves anything. Words come
from the `dates:` section of the language's rules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from reconcile.dates.when import When
from reconcile.numbers import parse_number
from reconcile.rules.reader import Reader
from reconcile.text.passage import DATENUM, NUMBER

DASHES = "-\u2010\u2011\u2012\u2013\u2014"
COMMAS = ",\u060c"
JOINS = "/-.\u2010\u2013"
FIRST_YEAR, LAST_YEAR = 1800, 2100
HIJRI_YEARS = (1250, 1500)


class DateMatch(NamedTuple):
    """A date as stated and the tokens that it took."""

    first: int
    last: int
    when: When
    rule: str


class _Year(NamedTuple):
    last: int
    year: int | None
    offset: int | None
    calendar: str


def parse_date(r: Reader, i: int) -> DateMatch | None:
    """The longest date that begins at token `i`, ranges and open ends included, or None."""
    found = _simple(r, i)
    if found is None:
        return None
    return _with_end(r, found)


def _simple(r: Reader, i: int) -> DateMatch | None:
    for pattern in _patterns_for(r, i) if 0 <= i < r.n else ():
        found = pattern(r, i)
        if found is not None:
            return found
    return None


def _with_end(r: Reader, found: DateMatch) -> DateMatch:
    """Join a second date into a range, or mark an open end that the word before says."""
    first, last, when, rule = found
    opener = first - 1
    while opener >= 0 and _before_date(r, opener):
        opener -= 1
    between, from_ = r.has(opener, "range_between"), r.has(opener, "range_from")
    if when.end is None and when.offset is None:
        k = _second_date(r, last + 1, between, from_)
        other = _simple(r, k) if k is not None else None
        if other is not None and other.when.offset is None and _pairs(when, other.when, between or from_):
            joined = replace(when, end=other.when)
            return DateMatch(opener if between or from_ else first, other.last, joined, "date.range")
    since = _open_end_before(r, opener + 1)
    if when.part is None and when.end is None and when.last_day is None and since is not None:
        return DateMatch(since, last, replace(when, open_end=True), rule + "+since")
    return found


def _before_date(r: Reader, k: int) -> bool:
    """Whether token `k` only says that a day or a month follows."""
    return (r.has(k, "date_day_words") or r.has(k, "date_month_words")) and not r.has(k, "date_open_end")


def _open_end_before(r: Reader, first: int) -> int | None:
    """Where the words begin that leave the end of a date open, if they stand right before token `first`."""
    for k in range(max(0, first - 3), first):
        sense = r.get(k, "date_open_end")
        if sense is not None and k + sense.length == first and not r.has(k, "range_from"):
            return k
    return None


def _pairs(a: When, b: When, marked: bool) -> bool:
    """Whether two dates can be the ends of one range: of one unit, or the first leaves out what the second says."""
    if a.alternatives or b.alternatives:
        return False
    if a.year is not None and b.year is not None and a.year > b.year:
        return False
    if a.unit == b.unit:
        return marked or a.year is None or b.year is not None
    return marked and {a.unit, b.unit} <= {"day", "month", "year"}


def _second_date(r: Reader, j: int, between: bool, from_: bool) -> int | None:
    if r.is_symbol(j, DASHES):
        return j + 1 if r.glued(j) == r.glued(j + 1) or not r.glued(j) else None
    to = r.get(j, "range_to")
    if to is not None:
        return j + to.length
    if between and r.particle(j):
        return j
    if between and r.is_word(j) and (r.keys[j] in r.lexicon.conjunctions or r.has(j, "range_between_and")):
        return j + 1
    return None


# --- pieces -----------------------------------------------------------------------------------------------------


def _int_at(r: Reader, k: int) -> int | None:
    if r.is_number(k) and r.keys[k].isdecimal() and len(r.keys[k]) <= 4:
        return int(r.keys[k])
    return None


def _month(r: Reader, k: int) -> tuple[str, int, int] | None:
    """Calendar, number and last token of a month name; a second name of the same month beside it belongs to it."""
    sense = r.get(k, "month")
    if sense is None:
        return None
    if r.rules["dates"].get("capitalised_months") and not r.capitalised(k):
        return None
    name, number = sense.value
    last = k + sense.length - 1
    for mark in ("/", "-", "("):
        if r.is_symbol(last + 1, mark):
            again = r.get(last + 2, "month")
            if again is not None and again.value == sense.value:
                end = last + 1 + again.length
                last = end + 1 if mark == "(" and r.is_symbol(end + 1, ")") else end
                break
    return name, number, last


def _year(r: Reader, k: int, *, linked: bool = True) -> _Year | None:
    """A year from token `k`, with the words between (of, in the year, a comma): digits, words or "last year"."""
    j = k
    if linked:
        if r.is_symbol(j, COMMAS + "/.-\u2013"):
            j += 1
        hops = 0
        while hops < 3 and r.has(j, "date_of") and not _year_word(r, j):
            j += 1
            hops += 1
    word = _year_word(r, j)
    if word:
        relative = _relative_unit(r, j)
        if relative is not None and relative[1].unit == "year":
            return _Year(relative[0], None, relative[1].offset, "gregorian")
        j += word
    value = _int_at(r, j)
    if value is not None and len(r.keys[j]) == 4:
        return _with_era(r, j, value)
    if word or (linked and any(r.has(j, c) for c in ("mult", "dual", "num"))):
        number = parse_number(r, j)
        if number is not None and number.value is not None and FIRST_YEAR <= number.value <= LAST_YEAR:
            return _Year(number.last, int(number.value), None, "gregorian")
    if linked and not word:
        relative = _relative_unit(r, j)
        if relative is not None and relative[1].unit == "year" and j > k:
            return _Year(relative[0], None, relative[1].offset, "gregorian")
    return None


def _year_word(r: Reader, j: int) -> int:
    sense = r.get(j, "date_year_words")
    return sense.length if sense is not None else 0


def _with_era(r: Reader, j: int, value: int) -> _Year | None:
    era = r.get(j + 1, "era")
    paren = r.is_symbol(j + 1, "(")
    if era is None and paren:
        era = r.get(j + 2, "era")
    if era is not None and era.value == "hijri" and HIJRI_YEARS[0] <= value <= HIJRI_YEARS[1]:
        return _Year(j + era.length, value, None, "hijri")
    if FIRST_YEAR <= value <= LAST_YEAR:
        last = j + era.length if era is not None and era.value == "gregorian" and r.glued(j + 1) else j
        return _Year(last, value, None, "gregorian")
    if HIJRI_YEARS[0] <= value <= HIJRI_YEARS[1]:
        return _Year(j, value, None, "hijri?")
    return None


def _day_number(r: Reader, k: int) -> tuple[int, int] | None:
    """A day of a month from token `k` (digits, a cardinal or an ordinal) and its last token."""
    value = _int_at(r, k)
    if value is not None:
        if not 1 <= value <= 31 or len(r.keys[k]) > 2:
            return None
        return value, k + 1 if r.glued(k + 1) and r.has(k + 1, "ordinal_suffix") else k
    ordinal = parse_ordinal_words(r, k)
    if ordinal is not None and 1 <= ordinal[0] <= 31:
        return ordinal
    if r.has(k, "num"):
        number = parse_number(r, k)
        if number is not None and number.value is not None and number.value in range(1, 32):
            return int(number.value), number.last
    return None


def parse_ordinal_words(r: Reader, k: int) -> tuple[int, int] | None:
    """An ordinal in words (الثاني عشر، الخامسة والعشرين، twenty-first): its value and last token."""
    sense = r.get(k, "ordinal") or (r.get(k, "ordinal_definite") if _article_at(r, k) else None)
    if sense is not None:
        value, last = int(sense.value), k + sense.length - 1
        if value < 10 and sense.length == 1:
            after, at = r.get(last + 1, "num"), last + 1
            if r.is_word(at) and r.keys[at] in r.lexicon.conjunctions:
                after, at = r.get(at + 1, "num"), at + 1
            joined = r.particle(last + 1) or at > last + 1
            if after is not None and joined and after.value[1] == "tens" and r.entries[at].article:  # type: ignore[union-attr]
                return value + int(after.value[0]), at
        return value, last
    tens = r.get(k, "num")
    hundredth = r.get(k + 1, "ordinal") if tens is not None and tens.value[1] == "unit" else None
    if tens is not None and hundredth is not None and int(hundredth.value) >= 100 and not r.particle(k + 1):
        return int(tens.value[0]) * int(hundredth.value), k + 1
    if r.has(k, "mult") and _article_at(r, k) and r.rules.get("ordinal_after_noun"):
        return int(r.get(k, "mult").value.value), k
    if tens is not None and tens.value[1] in ("tens", "hundreds"):
        at = k + tens.length
        at += 1 if r.is_symbol(at, DASHES) and r.glued(at) else 0
        after = r.get(at, "ordinal")
        if after is not None and int(after.value) < 10 and not r.particle(at):
            return int(tens.value[0]) + int(after.value), at
    value = tens.value if tens is not None else None
    entry = r.entries[k] if 0 <= k < r.n else None
    if (
        value is not None
        and entry is not None
        and entry.article
        and value[1] == "tens"
        and r.rules.get("ordinal_after_noun")
    ):
        return int(value[0]), k
    return None


def _link(r: Reader, j: int) -> int:
    """Past the words and marks that may stand between a day and its month."""
    if r.is_symbol(j, JOINS) and not r.is_break(j + 1):
        j += 1
    hops = 0
    while hops < 3 and (r.has(j, "date_of") or r.has(j, "date_month_words")) and not r.has(j, "month"):
        j += 1
        hops += 1
    return j


def _link_words(r: Reader, j: int) -> int:
    hops = 0
    while hops < 2 and r.has(j, "date_of") and _relative_unit(r, j) is None:
        j += 1
        hops += 1
    return j


def _in_month(r: Reader, first: int, last: int, when: When) -> DateMatch:
    """A date with its month read: look for the year after it."""
    year = _year(r, last + 1)
    if year is None:
        return DateMatch(first, last, when, "date." + when.unit)
    if year.offset is not None:
        return DateMatch(
            first, year.last, replace(when, unit="year", offset=year.offset), "date." + when.unit
        )
    kind = when.calendar if year.calendar == "hijri?" else year.calendar
    if when.calendar == "hijri":
        kind = "hijri_in_gregorian" if year.calendar == "gregorian" else "hijri"
    return DateMatch(first, year.last, replace(when, year=year.year, calendar=kind), "date." + when.unit)


# --- patterns, tried in order ------------------------------------------------------------------------------------


def _numeric(r: Reader, i: int) -> DateMatch | None:
    """11/22/2019, 2016-04-21, 14-09-1432 هـ; where both orders are possible, both are kept."""
    if r.kinds[i] != DATENUM:
        return None
    parts = [int(x) for x in r.keys[i].replace("/", "-").replace(".", "-").split("-")]
    era = r.get(i + 1, "era")
    hijri = era is not None and era.value == "hijri"
    last = i + (era.length if hijri and era is not None else 0)
    if len(r.keys[i].replace("/", "-").replace(".", "-").split("-")[0]) == 4:
        year, month, day = parts
    else:
        day, month, year = parts
        if year < 100:
            year += 2000 if year < 70 else 1900
    if hijri or HIJRI_YEARS[0] <= year <= HIJRI_YEARS[1]:
        if 1 <= month <= 12 and 1 <= day <= 30:
            return DateMatch(i, last, When("day", year, month, day, calendar="hijri"), "date.numeric.hijri")
        return None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    iso = len(r.keys[i]) >= 8 and r.keys[i][:4].isdecimal()
    options = [(month, day)] if iso else [(month, day), (day, month)]
    valid = [d for d in (_valid(year, m, d) for m, d in options) if d is not None]
    if not valid:
        return None
    if len(set(valid)) == 2:
        order = r.rules["dates"].get("order")
        if order == "dmy_always":
            valid = valid[:1]
        else:
            return DateMatch(
                i, last, When("day", alternatives=(valid[0], valid[1])), "date.numeric.ambiguous"
            )
    chosen = valid[0]
    return DateMatch(i, last, When("day", chosen.year, chosen.month, chosen.day), "date.numeric")


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _part(r: Reader, i: int) -> DateMatch | None:
    """Early, mid or late in a month, a year or a decade."""
    sense = r.get(i, "part")
    if sense is None:
        return None
    j = i + sense.length
    j += 1 if r.is_symbol(j, DASHES) and r.glued(j) and r.glued(j + 1) else 0
    hops = 0
    while hops < 3 and (r.has(j, "date_of") or r.has(j, "date_month_words")) and not r.has(j, "month"):
        if _relative_unit(r, j) is not None:
            break
        j += 1
        hops += 1
    month = _month(r, j)
    if month is not None:
        found = _in_month(r, i, month[2], When("month", None, month[1], part=sense.value, calendar=month[0]))
        return found._replace(rule="date.part_of_month")
    numbered = _numbered_month(r, i + sense.length)
    if numbered is not None:
        return _in_month(r, i, numbered[1], When("month", None, numbered[0], part=sense.value))
    relative = _relative_unit(r, j)
    if relative is not None and relative[1].unit in ("month", "year"):
        return DateMatch(i, relative[0], replace(relative[1], part=sense.value), "date.part.relative")
    year = _year(r, j, linked=False)
    if year is not None and year.calendar == "gregorian" and _decade_suffix(r, year.last + 1) is None:
        when = When("year", year.year, part=sense.value, offset=year.offset)
        return DateMatch(i, year.last, when, "date.part_of_year")
    decade = _decade(r, j)
    if decade is not None:
        return DateMatch(i, decade.last, replace(decade.when, part=sense.value), "date.part_of_decade")
    return None


def _weekday(r: Reader, i: int) -> DateMatch | None:
    """A weekday, alone, with "last" or "next", or before a date that it belongs to."""
    start = i
    last_word = r.get(i, "date_last") or r.get(i, "date_next") or r.get(i, "date_this")
    direction = -1 if r.has(i, "date_last") else 1 if r.has(i, "date_next") else 0
    if last_word is not None and r.has(i + last_word.length, "weekday"):
        i += last_word.length
    elif last_word is not None:
        return None
    sense = r.get(i, "weekday")
    ordinal = r.get(i, "ordinal_definite") or r.get(i, "ordinal")
    if sense is None or ordinal is not None and ordinal.length > sense.length:
        return None
    if r.rules["script"] == "latin" and not r.capitalised(i) and r.rules["dates"].get("capitalised_months"):
        return None
    last = i + sense.length - 1
    j = last + 1
    if r.has(j, "date_last"):
        return DateMatch(start, j, When("day", weekday=sense.value, offset=-1), "date.weekday")
    if r.has(j, "date_next"):
        return DateMatch(start, j, When("day", weekday=sense.value, offset=1), "date.weekday")
    for k in (j, j + 1, j + 2):
        if k > j and not (
            r.is_symbol(k - 1, COMMAS + DASHES + "(")
            or r.has(k - 1, "date_date_prefixes")
            or r.has(k - 1, "date_day_words")
            or r.has(k - 1, "date_of")
        ):
            break
        found = (
            _numeric(r, k) or _day_first(r, k) or _month_first(r, k) or _day_month(r, k)
            if k < r.n and not r.is_break(k)
            else None
        )
        if found is not None and found.when.unit == "day":
            return found._replace(first=start)
    day = _int_at(r, j)
    if (
        day is not None
        and 1 <= day <= 31
        and _day_may_follow(r, j + 1)
        and not r.is_symbol(j + 1, DASHES + "/:")
    ):
        return DateMatch(start, j, When("day", day=day), "date.day_alone")
    return DateMatch(start, last, When("day", weekday=sense.value, offset=direction), "date.weekday")


def _relative_day(r: Reader, i: int) -> DateMatch | None:
    sense = r.get(i, "relative_day")
    if sense is None:
        return None
    last = i + sense.length - 1
    weekday = r.get(last + 1, "weekday")
    if weekday is not None:
        found = _weekday(r, last + 1)
        if found is not None and found.when.weekday is None:
            return found._replace(first=i)
        last += weekday.length
    elif r.has(i, "weak") and not (r.is_break(i - 1) and r.is_break(last + 1)):
        return None
    return DateMatch(i, last, When("day", offset=int(sense.value)), "date.relative_day")


def _day_first(r: Reader, i: int) -> DateMatch | None:
    """19 November 2019, الثاني من أغسطس, 07/نوفمبر/2021; lists and ranges of days (يومي 19 و20 نوفمبر)."""
    day = _day_number(r, i)
    if day is None:
        return None
    days = [day[0]]
    last = day[1]
    while len(days) < 7:
        month = _month(r, _link(r, last + 1))
        if month is not None:
            name, number, end = month
            last_day = max(days) if len(days) > 1 else None
            when = When("day", None, number, min(days), last_day=last_day, calendar=name)
            found = _in_month(r, i, end, when)
            return found if last_day is None else found._replace(rule="date.days")
        relative = _relative_unit(r, _link_words(r, last + 1))
        if (
            relative is not None
            and relative[1].unit == "month"
            and len(days) == 1
            and relative[1].day is None
        ):
            return DateMatch(i, relative[0], replace(relative[1], day=days[0]), "date.day.relative")
        numbered = _numbered_month(r, last + 1)
        if numbered is not None and len(days) == 1:
            return _in_month(r, i, numbered[1], When("day", None, numbered[0], days[0]))
        k = _next_day(r, last + 1)
        following = _day_number(r, k) if k is not None else None
        if following is None:
            return None
        days.append(following[0])
        last = following[1]
    return None


def _numbered_month(r: Reader, j: int) -> tuple[int, int] | None:
    """ "Of the tenth month": a month word and its number."""
    k = j
    hops = 0
    while hops < 2 and r.has(k, "date_of") and not r.has(k, "date_month_words"):
        k += 1
        hops += 1
    if k == j or not r.has(k, "date_month_words"):
        return None
    relative = _relative_unit(r, k)
    if relative is not None:
        return None
    value = _day_number(r, k + 1)
    if value is not None and 1 <= value[0] <= 12:
        return value
    return None


def _next_day(r: Reader, j: int) -> int | None:
    if r.is_symbol(j, DASHES):
        return j + 1
    if r.is_symbol(j, COMMAS):
        return j + 2 if r.is_word(j + 1) and r.keys[j + 1] in r.lexicon.conjunctions else j + 1
    if r.has(j, "range_to"):
        return j + r.get(j, "range_to").length
    if r.is_word(j) and r.keys[j] in r.lexicon.conjunctions:
        return j + 1
    return j if r.particle(j) else None


def _month_first(r: Reader, i: int) -> DateMatch | None:
    """November 19, 2019; November 2019; November alone where the name is no other word."""
    month = _month(r, i)
    if month is None:
        return None
    name, number, last = month
    j = last + 1
    j += 1 if r.is_symbol(j, "-.") and r.is_number(j + 1) and r.glued(j + 1) else 0
    day = _day_number(r, j)
    if day is not None and _day_may_follow(r, day[1] + 1):
        days = [day[0]]
        end = day[1]
        k = _next_day(r, end + 1) if not r.is_symbol(end + 1, COMMAS) else None
        second = _day_number(r, k) if k is not None else None
        if second is not None and second[0] > days[0] and not r.has(second[1] + 1, "month") and k is not None:
            if _day_may_follow(r, second[1] + 1):
                days.append(second[0])
                end = second[1]
        last_day = days[-1] if len(days) > 1 else None
        return _in_month(r, i, end, When("day", None, number, days[0], last_day=last_day, calendar=name))
    found = _in_month(r, i, last, When("month", None, number, calendar=name))
    if found.when.year is None and found.when.offset is None:
        marked = r.has(i - 1, "date_month_words") or r.has(i - 1, "part")
        if r.has(i, "month_ambiguous") and not (marked or _after_in(r, i) or _begins_range(r, i, last)):
            return None
        if found.when.calendar == "hijri" and not marked:
            return found if not r.has(i, "month_ambiguous") else None
        relative = r.get(last + 1, "date_last") or r.get(last + 1, "date_next")
        if relative is not None:
            return found._replace(last=last + relative.length)
    return found


def _begins_range(r: Reader, i: int, last: int) -> bool:
    """From March to May: a month name that a range makes sure of."""
    if not (r.has(i - 1, "range_from") or r.has(i - 1, "range_between")):
        return r.has(i - 1, "range_to") and r.has(i - 2, "month")
    k = _second_date(r, last + 1, r.has(i - 1, "range_between"), True)
    return k is not None and r.has(k, "month")


def _after_in(r: Reader, i: int) -> bool:
    if r.rules["script"] != "latin":
        return False
    return (
        r.has(i - 1, "date_in")
        or r.has(i - 1, "date_last")
        or r.has(i - 1, "date_next")
        or r.has(i - 1, "date_this")
    )


def _day_may_follow(r: Reader, j: int) -> bool:
    """Whether a number after a month name is a day: nothing counted follows it."""
    if r.is_break(j) or not r.is_word(j):
        return not r.is_symbol(j, "%\u066a$\u20ac\u00a3")
    return not any(
        r.has(j, c) for c in ("noun", "mult", "money", "unit", "time", "percent", "scale_short", "people")
    )


def _day_month(r: Reader, i: int) -> DateMatch | None:
    """22/04, 4/22 where a word or a leading zero says that it is a date; 2/2013."""
    a, b = _int_at(r, i), _int_at(r, i + 2)
    if a is None or b is None or not r.is_symbol(i + 1, "/-") or not (r.glued(i + 1) and r.glued(i + 2)):
        return None
    if r.is_symbol(i + 3, "/-") and r.glued(i + 3):
        return None
    if len(r.keys[i + 2]) == 4 and 1 <= a <= 12 and len(r.keys[i]) <= 2 and 1900 <= b <= LAST_YEAR:
        return DateMatch(i, i + 2, When("month", b, a), "date.numeric.month")
    padded = "0" in (r.keys[i][0], r.keys[i + 2][0]) and len(r.keys[i]) == len(r.keys[i + 2]) == 2
    marked = r.has(i - 1, "date_day_words") or r.has(i - 1, "weekday")
    if r.is_symbol(i + 1, "-"):
        padded = False
    if not (padded or marked) or max(a, b) > 31 or min(a, b) > 12 or min(a, b) < 1:
        return None
    if a <= 12 and b <= 12 and a != b:
        return None
    day, month = (a, b) if b <= 12 else (b, a)
    return _in_month(r, i, i + 2, When("day", None, month, day))


def _holiday(r: Reader, i: int) -> DateMatch | None:
    """A feast with its year, or of the publication year."""
    sense = r.get(i, "holiday")
    if sense is None:
        return None
    name, month, day = sense.value
    found = _in_month(r, i, i + sense.length - 1, When("day", None, month, day, calendar=name))
    if name == "hijri" and found.when.year is None:
        found = found._replace(when=replace(found.when, calendar="hijri_in_gregorian"))
    return found._replace(rule="date.holiday")


def _nth(r: Reader, i: int) -> DateMatch | None:
    """The first Tuesday of October, آخر يوم من شهر مارس, the last week of September."""
    which, j = _which(r, i)
    if which is not None:
        j += (
            1
            if r.has(j, "date_day_words") and (r.has(j + 1, "weekday") or r.has(j + 1, "weekday_bare"))
            else 0
        )
        named = _day_name(r, j)
        j += 1
    else:
        named = _day_name(r, i)
        which, j = _which(r, i + 1)
    if which is None or named is None:
        return None
    at = _link(r, j)
    month = _month(r, at)
    numbered = _numbered_month(r, j) if month is None else None
    if month is not None:
        inner = _in_month(r, i, month[2], When("month", None, month[1], calendar=month[0]))
    elif numbered is not None:
        inner = _in_month(r, i, numbered[1], When("month", None, numbered[0]))
    else:
        relative = _relative_unit(r, _link_words(r, j))
        if relative is None or relative[1].unit != "month":
            return None
        inner = DateMatch(i, relative[0], relative[1], "")
    unit, weekday = named
    when = replace(inner.when, unit="nth_" + unit, number=which, weekday=weekday)
    return DateMatch(i, inner.last, when, "date.nth")


def _which(r: Reader, i: int) -> tuple[int | None, int]:
    final = r.get(i, "date_final")
    if final is not None:
        return -1, i + final.length
    ordinal = parse_ordinal_words(r, i) if 0 <= i < r.n else None
    if ordinal is not None and 1 <= ordinal[0] <= 5:
        return ordinal[0], ordinal[1] + 1
    return None, i


def _day_name(r: Reader, i: int) -> tuple[str, int | None] | None:
    weekday = r.get(i, "weekday") or r.get(i, "weekday_bare")
    if weekday is not None:
        return "weekday", int(weekday.value)
    time = r.get(i, "time")
    if time is not None and time.value.number == "one" and time.value.id == "week":
        return "week", None
    return ("day", None) if r.has(i, "date_day_words") else None


def _day_alone(r: Reader, i: int) -> DateMatch | None:
    """يوم 27: a day of the month whose month is left out."""
    if not r.has(i, "date_day_words") or not r.rules["dates"].get("day_word_decides"):
        return None
    whole = _day_first(r, i + 1) if i + 1 < r.n else None
    if whole is not None:
        return whole._replace(first=i)
    value = _int_at(r, i + 1)
    if (
        value is None
        or not 1 <= value <= 31
        or not _day_may_follow(r, i + 2)
        or r.is_symbol(i + 2, DASHES + "/")
    ):
        return None
    if r.is_symbol(i + 2, ".") and r.has(i + 3, "month"):
        return None
    if r.has(i + 2, "time") or (r.particle(i + 2) and r.has(i + 2, "num")):
        return None
    return DateMatch(i, i + 1, When("day", day=value), "date.day_alone")


def _years(r: Reader, i: int) -> DateMatch | None:
    """In the year 2014; the years 2015 and 2017; 2015-17."""
    dual = r.get(i, "date_years_dual")
    if dual is not None:
        a = _int_at(r, i + dual.length)
        k = i + dual.length + 1
        k += 1 if (r.is_word(k) and (r.keys[k] in r.lexicon.conjunctions)) or r.is_symbol(k, DASHES) else 0
        to = r.get(k, "range_to")
        k += to.length if to is not None else 0
        b = _int_at(r, k)
        if a is not None and b is not None and FIRST_YEAR <= a < b <= LAST_YEAR:
            opener = i - 1 if r.has(i - 1, "range_between") else i
            return DateMatch(opener, k, When("year", a, end=When("year", b)), "date.years")
        return None
    if _year_word(r, i):
        year = _year(r, i, linked=False)
        if year is not None:
            kind = "hijri" if year.calendar.startswith("hijri") else "gregorian"
            return DateMatch(
                i, year.last, When("year", year.year, offset=year.offset, calendar=kind), "date.year"
            )
        return None
    return _bare_year(r, i)


def _bare_year(r: Reader, i: int) -> DateMatch | None:
    value = _int_at(r, i)
    if value is None or len(r.keys[i]) != 4:
        return None
    era = _with_era(r, i, value)
    if era is None or era.year is None:
        return None
    if era.calendar == "hijri":
        return DateMatch(i, era.last, When("year", era.year, calendar="hijri"), "date.year.hijri")
    if era.calendar != "gregorian" or not 1900 <= value <= LAST_YEAR:
        return None
    suffix = _decade_suffix(r, i + 1)
    if suffix is not None and value % 10 == 0:
        return DateMatch(i, suffix, When("decade", value), "date.decade")
    short = _short_range(r, i, value)
    if short is not None:
        return short
    if r.is_symbol(i - 1, DASHES) and r.glued(i - 1) and r.glued(i) and r.written(i - 2).isupper():
        return None
    glued_before = r.glued(i) and not (r.is_word(i - 1) and r.keys[i - 1] in r.lexicon.clitic_forms)
    if glued_before and not r.is_symbol(i - 1, "([\u00ab\"'\u201c" + DASHES + "/,\u060c"):
        return None
    if any(
        r.has(i + 1, c) for c in ("noun", "mult", "money", "unit", "percent", "people", "time")
    ) and not _names_one(r, i + 1):
        if not (r.has(i - 1, "date_in") or _clitic_in(r, i)) or r.has(i + 1, "money") or r.has(i + 1, "mult"):
            return None
    if (
        r.is_symbol(i - 1, "$\u20ac\u00a3#")
        or r.is_symbol(i + 1, "%\u066a$\u20ac\u00a3")
        or r.has(i - 1, "money")
    ):
        return None
    if r.has(i - 1, "hedge") and not r.has(i - 1, "date_in"):
        return None
    return DateMatch(i, i, When("year", value), "date.year.bare")


def _names_one(r: Reader, k: int) -> bool:
    """A singular noun after a year is named by it (the 2014 election), where numbers take plurals."""
    noun = r.get(k, "noun")
    return noun is not None and noun.value.number == "one" and r.rules["noun_phrase"] == "head_last"


def _clitic_in(r: Reader, i: int) -> bool:
    return r.glued(i) and r.is_word(i - 1) and r.keys[i - 1] in r.lexicon.clitic_forms


def _decade_suffix(r: Reader, k: int) -> int | None:
    if r.glued(k) and r.is_word(k) and r.keys[k] == "s":
        return k
    if (
        r.is_symbol(k, "'\u2019")
        and r.glued(k)
        and r.is_word(k + 1)
        and r.keys[k + 1] == "s"
        and r.glued(k + 1)
    ):
        return k + 1
    return None


def _short_range(r: Reader, i: int, value: int) -> DateMatch | None:
    """2015-17, 2015/16."""
    if r.is_symbol(i + 1, DASHES + "/") and r.glued(i + 1) and r.glued(i + 2):
        tail = _int_at(r, i + 2)
        if (
            tail is not None
            and len(r.keys[i + 2]) == 2
            and value % 100 < tail
            and not r.is_symbol(i + 3, DASHES + "/")
        ):
            return DateMatch(
                i, i + 2, When("year", value, end=When("year", value // 100 * 100 + tail)), "date.years"
            )
    return None


def _decade(r: Reader, i: int) -> DateMatch | None:
    start = i
    if r.has(i, "date_decade_words") or r.has(i, "date_of"):
        i += 1
    sense = r.get(i, "decade")
    if sense is not None:
        named = _century(r, i + 1 + r.has(i + 1, "date_of"))
        if named is not None and named.when.year is not None:
            return DateMatch(
                start, named.last, When("decade", named.when.year + int(sense.value)), "date.decade"
            )
        last = i + 2 if r.has(i + 1, "date_century_words") and r.has(i + 2, "date_last") else i
        century = 2000 if int(sense.value) < 20 else 1900
        return DateMatch(start, last, When("decade", century + int(sense.value)), "date.decade")
    value = _int_at(r, i)
    if value is not None and len(r.keys[i]) == 4 and value % 10 == 0:
        suffix = _decade_suffix(r, i + 1)
        if suffix is not None:
            return DateMatch(start, suffix, When("decade", value), "date.decade")
    return None


def _fraction_of_year(r: Reader, i: int) -> DateMatch | None:
    """Quarters and halves: الربع الأول من 2020, the first half of 2021, Q3 2021."""
    for unit, top in (("quarter", 4), ("half", 2)):
        short = r.get(i, f"{unit}_short")
        if short is not None:
            number, last = int(short.value), i + short.length - 1
        else:
            named = _numbered_part(r, i, f"date_{unit}_words")
            if named is None or not 1 <= named[0] <= top:
                continue
            number, last = named
        year = _year(r, last + 1)
        if year is None:
            if short is not None or (unit == "half" and not _time_of_year(r, last + 1)):
                continue
            return DateMatch(i, last, When(unit, number=number), f"date.{unit}")
        if year.offset is not None:
            return DateMatch(i, year.last, When("year", number=number, offset=year.offset), f"date.{unit}")
        return DateMatch(i, year.last, When(unit, year.year, number=number), f"date.{unit}")
    return None


def _time_of_year(r: Reader, j: int) -> bool:
    return False


def _numbered_part(r: Reader, i: int, category: str) -> tuple[int, int] | None:
    """A unit word with its ordinal, in either order."""
    if r.has(i, category):
        ordinal = parse_ordinal_words(r, i + 1)
        if ordinal is not None and r.entries[i + 1] is not None and r.entries[i + 1].article:  # type: ignore[union-attr]
            return ordinal
    ordinal = parse_ordinal_words(r, i) or _digit_ordinal(r, i)
    if ordinal is not None and r.has(ordinal[1] + 1, category) and not r.rules.get("ordinal_after_noun"):
        return ordinal[0], ordinal[1] + 1
    return None


def _digit_ordinal(r: Reader, i: int) -> tuple[int, int] | None:
    value = _int_at(r, i)
    if value is not None and r.glued(i + 1) and r.has(i + 1, "ordinal_suffix"):
        return value, i + 1
    return None


def _century(r: Reader, i: int) -> DateMatch | None:
    named = _numbered_part(r, i, "date_century_words")
    if named is None or not 10 <= named[0] <= 30:
        return None
    return DateMatch(i, named[1], When("century", (named[0] - 1) * 100), "date.century")


def _season(r: Reader, i: int) -> DateMatch | None:
    start = i
    before = r.get(i, "date_last") or r.get(i, "date_next") or r.get(i, "date_this")
    if before is not None:
        i += before.length
    sense = r.get(i, "season")
    if sense is None or r.has(i, "month"):
        return None
    year = _year(r, i + 1)
    if year is not None and year.year is not None:
        return DateMatch(i, year.last, When("season", year.year, season=sense.value), "date.season")
    if before is None and not (r.has(i + 1, "date_last") or r.has(i + 1, "date_next")):
        return None
    return DateMatch(
        start, i if before is not None else i + 1, When("season", season=sense.value), "date.season"
    )


def _relative_unit(r: Reader, i: int) -> tuple[int, When] | None:
    """Last week, this year, الشهر المقبل: the last token and the unit with its offset."""
    for category, offset in (("date_last", -1), ("date_next", 1), ("date_this", 0)):
        word = r.get(i, category)
        if word is not None:
            time = r.get(i + word.length, "time")
            if time is not None and time.value.number == "one" and time.value.id in _UNITS:
                return i + word.length, When(time.value.id, offset=offset)
            if time is None and r.has(i + word.length, "date_quarter_words"):
                return i + word.length, When("quarter", offset=offset)
    entry = r.entries[i] if 0 <= i < r.n else None
    time = r.get(i, "time")
    if time is None or time.value.number != "one" or time.value.id not in _UNITS:
        return None
    if r.article and entry is not None and not entry.article:
        return None
    for category, offset in (("date_last", -1), ("date_next", 1), ("date_this", 0)):
        word = r.get(i + time.length, category)
        if word is not None and r.rules["dates"].get("relative_after", bool(r.article)):
            return i + time.length + word.length - 1, When(time.value.id, offset=offset)
    return None


_UNITS = {"day", "week", "month", "year", "decade"}


def _relative(r: Reader, i: int) -> DateMatch | None:
    found = _relative_unit(r, i)
    if found is None:
        return None
    if found[1].unit == "day" and found[1].offset == 0:
        return None
    return DateMatch(i, found[0], found[1], "date.relative")


def _ago(r: Reader, i: int) -> DateMatch | None:
    """Three years ago, قبل ثلاث سنوات: an amount of time before the publication."""
    before = r.get(i, "date_ago")
    prefix = before is not None and not r.rules["dates"].get("ago_after")
    j = i + before.length if prefix and before is not None else i
    amount: float | None = None
    time = r.get(j, "time")
    if time is not None and time.value.number == "two":
        amount, last = 2.0, j
    elif time is not None and time.value.number == "one" and prefix and not _article_at(r, j):
        if r.is_number(j + 1) or r.has(j + 1, "mult"):
            return None
        amount, last = 1.0, j
    else:
        number = parse_number(r, j) if j < r.n and (r.is_number(j) or r.entries[j] is not None) else None
        if number is None or number.value is None or number.value != int(number.value):
            article = r.get(j, "article")
            time = r.get(j + 1, "time") if article is not None else None
            if time is None:
                return None
            amount, last = 1.0, j + 1
        else:
            time = r.get(number.last + 1, "time")
            amount, last = number.value, number.last + 1
    if time is None or time.value.id not in _UNITS:
        return None
    if not prefix:
        after = r.get(last + 1, "date_ago")
        if after is None:
            return None
        last += after.length
    return DateMatch(i, last, When(time.value.id, offset=-int(amount)), "date.ago")


def _article_at(r: Reader, j: int) -> bool:
    entry = r.entries[j] if 0 <= j < r.n else None
    return entry is not None and entry.article


# The patterns in the order in which they are tried, and the categories of a token that each may begin with;
# "#" stands for digits.
PATTERNS: tuple[tuple[Callable[[Reader, int], DateMatch | None], str], ...] = (
    (_holiday, "holiday"),
    (_part, "part"),
    (_nth, "date_final ordinal ordinal_definite weekday weekday_bare time date_day_words num"),
    (_weekday, "weekday date_last date_next date_this"),
    (_relative_day, "relative_day"),
    (_fraction_of_year, "quarter_short half_short date_quarter_words date_half_words ordinal #"),
    (_century, "date_century_words ordinal num #"),
    (_day_first, "ordinal ordinal_definite num #"),
    (_day_month, "#"),
    (_day_alone, "date_day_words"),
    (_month_first, "month"),
    (_season, "season date_last date_next date_this"),
    (_ago, "date_ago num article time #"),
    (_relative, "date_last date_next date_this time"),
    (_decade, "date_decade_words decade #"),
    (_years, "date_year_words date_years_dual #"),
)
_BY_CATEGORY = tuple((pattern, frozenset(categories.split())) for pattern, categories in PATTERNS)
_FOR_DIGITS = tuple(pattern for pattern, categories in _BY_CATEGORY if "#" in categories)
_FOR_SENSES: dict[frozenset[str], tuple[Callable[[Reader, int], DateMatch | None], ...]] = {}


def _patterns_for(r: Reader, i: int) -> tuple[Callable[[Reader, int], DateMatch | None], ...]:
    kind = r.kinds[i]
    if kind == NUMBER:
        return _FOR_DIGITS
    if kind == DATENUM:
        return (_numeric,)
    entry = r.entries[i]
    if entry is None:
        return ()
    senses = frozenset(entry.senses)
    if senses not in _FOR_SENSES:
        _FOR_SENSES[senses] = tuple(
            pattern for pattern, categories in _BY_CATEGORY if not categories.isdisjoint(senses)
        )
    return _FOR_SENSES[senses]


__all__ = ["DateMatch", "parse_date", "parse_ordinal_words"]
