"""Years, alone or after a month; pairs and ranges of years."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from reconcile.dates.pieces import COMMAS, DAYS, MONEY_AND_PERCENT, DateMatch, day_may_follow, read_integer
from reconcile.dates.relative import read_relative_unit, read_side
from reconcile.dates.when import When
from reconcile.numbers import parse_number
from reconcile.rules.reader import Reader
from reconcile.text.passage import DASHES

FIRST_YEAR, LAST_YEAR = 1800, 2100
FIRST_BARE_YEAR = 1900  # four digits with nothing that says "year" are one from here on
HIJRI_YEARS = range(1250, 1501)
SHORT_OF_2000 = 30  # two digits up to here are of this century
CENTURY_HALVES = range(18, 21)
BEFORE_YEAR = COMMAS + "/.-\u2013"
OPENING_MARKS = "([\u00ab\"'\u201c" + DASHES + "/" + COMMAS


class Year(NamedTuple):
    """A year and its last token: its number, or its offset from the publication ("last year")."""

    last: int
    year: int | None
    offset: int | None
    calendar: str  # gregorian, hijri, or "hijri?" where only the number suggests it
    told: int | None = None  # counted from the year that the text named last


def read_year(r: Reader, k: int, *, linked: bool = True) -> Year | None:
    """A year from token `k`, with the words between (of, in the year, a comma): digits, words or "last year"."""
    j = k
    if linked:
        if r.is_symbol(j, BEFORE_YEAR) and not (r.is_symbol(j, ".") and not r.is_number(j + 1)):
            j += 1
        told = r.get(_past_of_told(r, j), "told_year")
        if told is not None:
            return Year(_past_of_told(r, j) + told.length - 1, None, None, "gregorian", int(told.value))
        j = r.past(j, "date_of", limit=3, until=lambda at: r.has(at, "date_year_words"))
    word = r.get(j, "date_year_words")
    if word is not None:
        found = _relative_year(r, j)
        if found is not None:
            return found
        j += word.length
    value = read_integer(r, j)
    if value is not None and len(r.keys[j]) == 4:
        return with_era(r, j, value)
    short = _short_year(r, j) or spelled_year(r, j) if linked and word is None else None
    if short is not None:
        return short
    if word is not None or (linked and r.has_any(j, "mult", "dual", "num")):
        number = parse_number(r, j)
        if number is not None and number.value is not None and FIRST_YEAR <= number.value <= LAST_YEAR:
            return Year(number.last, int(number.value), None, "gregorian")
    return _relative_year(r, j) if linked and word is None and not r.is_symbol(j + 2, "'\u2019") else None


def _short_year(r: Reader, j: int) -> Year | None:
    """Two digits that can be no day right after a month or a season (mai 68), or with an apostrophe (May '68)."""
    marked = r.is_symbol(j, "'\u2019\u2018") and r.glued(j + 1)
    at = j + marked
    if not (r.is_number(at) and r.keys[at].isdecimal() and len(r.keys[at]) == 2):
        return None
    if not marked and not (r.has_any(j - 1, "month", "season") and int(r.keys[at]) > max(DAYS)):
        return None
    if not day_may_follow(r, at + 1) or r.is_symbol(at + 1, DASHES + "/:") or r.glued(at + 1) and r.is_word(at + 1):
        return None
    value = int(r.keys[at])
    return Year(at, value + (1900 if value > SHORT_OF_2000 else 2000), None, "gregorian")


def spelled_year(r: Reader, j: int) -> Year | None:
    """Eighteen seventy-one, twenty twenty: a year said in two halves."""
    first = r.get(j, "num") if r.rules["dates"].get("spelled_years") else None
    if first is None or first.value[0] not in CENTURY_HALVES:
        return None
    second = parse_number(r, j + first.length)
    if second is None or second.form != "words" or second.value is None or not 10 <= second.value < 100:
        return None
    value = int(first.value[0]) * 100 + int(second.value)
    return Year(second.last, value, None, "gregorian") if FIRST_YEAR <= value <= LAST_YEAR else None


def _past_of_told(r: Reader, j: int) -> int:
    """Past "of the" to words for the year that the text named last."""
    return r.past(j, "date_of", limit=3, until=lambda at: r.has(at, "told_year"))


def _relative_year(r: Reader, j: int) -> Year | None:
    found = read_relative_unit(r, j)
    if found is None or found.when.unit != "year":
        return None
    return Year(found.last, None, found.when.offset, "gregorian")


def with_era(r: Reader, j: int, value: int) -> Year | None:
    """The four digits at token `j` as a year, by the era that follows or else by their size."""
    era = r.get(j + 1, "era")
    if era is None and r.is_symbol(j + 1, "("):
        era = r.get(j + 2, "era")
    if era is not None and era.value == "hijri" and value in HIJRI_YEARS:
        return Year(j + era.length, value, None, "hijri")
    if FIRST_YEAR <= value <= LAST_YEAR:
        last = j + era.length if era is not None and era.value == "gregorian" and r.glued(j + 1) else j
        return Year(last, value, None, "gregorian")
    return Year(j, value, None, "hijri?") if value in HIJRI_YEARS else None


def with_year(r: Reader, first: int, last: int, when: When) -> DateMatch:
    """A date with its month read: take the year after it, if there is one."""
    rule = "date." + when.unit
    year = read_year(r, last + 1)
    if year is None and r.article and r.has(last + 1, "date_this") and r.definite_word(last + 1):
        return DateMatch(first, last + 1, replace(when, unit="year", offset=0), rule)  # مارس الجاري
    if year is None:
        side = read_side(r, last + 1)
        return DateMatch(first, last + 1 if side else last, replace(when, toward=side), rule)
    if year.offset is not None:
        return DateMatch(first, year.last, replace(when, unit="year", offset=year.offset), rule)
    if year.told is not None:
        return DateMatch(first, year.last, replace(when, told_year=year.told), rule)
    kind = when.calendar if year.calendar == "hijri?" else year.calendar
    if when.calendar == "hijri":
        kind = "hijri_in_gregorian" if year.calendar == "gregorian" else "hijri"
    return DateMatch(first, year.last, replace(when, year=year.year, calendar=kind), rule)


def years(r: Reader, i: int) -> DateMatch | None:
    """In the year 2014; the years 2015 and 2017; 2015-17; a bare 2014."""
    if r.has(i, "date_years_dual"):
        return _two_years(r, i)
    if not r.has(i, "date_year_words"):
        return _bare_year(r, i)
    year = read_year(r, i, linked=False)
    if year is None:
        return None
    kind = "hijri" if year.calendar.startswith("hijri") else "gregorian"
    return DateMatch(i, year.last, When("year", year.year, offset=year.offset, calendar=kind), "date.year")


def _two_years(r: Reader, i: int) -> DateMatch | None:
    """The years 2015 and 2017, after a word for two years."""
    dual = r.get(i, "date_years_dual")
    at = i + dual.length if dual is not None else i
    k = at + 1
    k += r.is_conjunction(k) or r.is_symbol(k, DASHES)
    to = r.get(k, "range_to")
    k += to.length if to is not None else 0
    a, b = read_integer(r, at), read_integer(r, k)
    if a is None or b is None or not FIRST_YEAR <= a < b <= LAST_YEAR:
        return None
    opener = i - 1 if r.has(i - 1, "range_between") else i
    return DateMatch(opener, k, When("year", a, end=When("year", b)), "date.years")


def _bare_year(r: Reader, i: int) -> DateMatch | None:
    value = read_integer(r, i)
    if value is None or len(r.keys[i]) != 4:
        return None
    era = with_era(r, i, value)
    if era is None or era.year is None:
        return None
    if era.calendar == "hijri":
        return DateMatch(i, era.last, When("year", era.year, calendar="hijri"), "date.year.hijri")
    first = FIRST_YEAR if _in_old_year(r, i) else FIRST_BARE_YEAR
    if era.calendar != "gregorian" or not first <= value <= LAST_YEAR:
        return None
    suffix = decade_suffix(r, i + 1)
    if suffix is not None and value % 10 == 0:
        return DateMatch(i, suffix, When("decade", value), "date.decade")
    short = _short_range(r, i, value)
    if short is not None:
        return short
    if _part_of_name(r, i) or _counts(r, i):
        return None
    return DateMatch(i, i, When("year", value), "date.year.bare")


def _in_old_year(r: Reader, i: int) -> bool:
    """Whether a preposition of time stands before four digits and nothing that they could count after them."""
    return r.has(i - 1, "date_year_preps") and (not r.is_word(i + 1) or r.has(i + 1, "stop"))


def _part_of_name(r: Reader, i: int) -> bool:
    """Whether four digits are glued to something that makes them a name (AB-2014, covid2019)."""
    if not r.glued(i):
        return False
    if r.is_symbol(i - 1, DASHES) and r.glued(i - 1) and r.written(i - 2).isupper():
        return True
    return not (r.is_clitic(i - 1) or r.is_symbol(i - 1, OPENING_MARKS))


def _counts(r: Reader, i: int) -> bool:
    """Whether four digits count what stands beside them, and are no year."""
    if r.has_any(i + 1, "noun", "mult", "money", "unit", "percent", "people", "time"):
        glued_in = r.glued(i) and r.is_clitic(i - 1) and not r.is_conjunction(i - 1)
        in_year = r.has(i - 1, "date_in") or glued_in
        if not _named_by_year(r, i + 1) and (not in_year or r.has_any(i + 1, "money", "mult")):
            return True
    if r.is_symbol(i - 1, "$\u20ac\u00a3#") or r.is_symbol(i + 1, MONEY_AND_PERCENT) or r.has(i - 1, "money"):
        return True
    hedge = r.hedge_ends.get(i)
    return hedge is not None and not r.has(i - 1, "date_in") and hedge[1] != "at_most"


def _named_by_year(r: Reader, k: int) -> bool:
    """A singular noun after a year is named by it, or begins something else, where numbers take plurals (the 2014
    election; la loi de finances 2025 table sur)."""
    noun = r.get(k, "noun")
    return noun is not None and noun.value.number == "one" and not r.article


def decade_suffix(r: Reader, k: int) -> int | None:
    """The last token of the "s" or "'s" that is glued to a decade (1990s)."""
    at = k + 1 if r.is_symbol(k, "'\u2019") and r.glued(k) else k
    return at if r.is_word(at) and r.keys[at] == "s" and r.glued(at) else None


def _short_range(r: Reader, i: int, value: int) -> DateMatch | None:
    """2015-17, 2015/16, 2015/2016."""
    if not (r.is_symbol(i + 1, DASHES + "/") and r.glued(i + 1) and r.glued(i + 2)):
        return None
    tail = read_integer(r, i + 2)
    if tail is None or r.is_symbol(i + 3, DASHES + "/"):
        return None
    if tail == value + 1 and r.is_symbol(i + 1, "/"):
        return DateMatch(i, i + 2, When("year", value, end=When("year", tail)), "date.years")
    if len(r.keys[i + 2]) != 2 or value % 100 >= tail:
        return None
    end = When("year", value // 100 * 100 + tail)
    return DateMatch(i, i + 2, When("year", value, end=end), "date.years")
