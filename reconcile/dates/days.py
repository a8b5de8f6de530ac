"""Days and months of a calendar: in digits, by name, in either order, alone, listed, and feasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reconcile.dates.pieces import (
    COMMAS,
    DAYS,
    MONTHS,
    DateMatch,
    Month,
    day_may_follow,
    past_link_to_month,
    read_day,
    read_integer,
    read_month,
)
from reconcile.dates.ranges import second_date
from reconcile.dates.relative import past_of, read_relative_unit, read_side
from reconcile.dates.when import When
from reconcile.dates.years import FIRST_BARE_YEAR, FIRST_YEAR, HIJRI_YEARS, LAST_YEAR, spelled_year, with_year
from reconcile.rules.reader import Reader
from reconcile.text.passage import DASHES, DATENUM

CHANGE_REACH = 12  # tokens
MOST_DAYS = 7  # in one list of days


def numeric(r: Reader, i: int) -> DateMatch | None:
    """11/22/2019, 2016-04-21, 14-09-1432 هـ; where both orders are possible, both are kept."""
    if r.kinds[i] != DATENUM:
        return None
    written = r.keys[i].replace("/", "-").replace(".", "-").split("-")
    iso = len(written[0]) == 4
    first, month, third = (int(digits) for digits in written)
    year, day = (first, third) if iso else (third, first)
    if year < 100 and not iso:
        year += 2000 if year < 70 else 1900
    era = r.get(i + 1, "era")
    hijri = era.length if era is not None and era.value == "hijri" else 0
    if hijri or year in HIJRI_YEARS:
        if month not in MONTHS or not 1 <= day <= 30:
            return None
        when = When("day", year, month, day, calendar="hijri")
        return DateMatch(i, i + hijri, when, "date.numeric.hijri")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    options = [_calendar_day(year, month, day)] + ([] if iso else [_calendar_day(year, day, month)])
    valid = [option for option in options if option is not None]
    if len(set(valid)) == 2 and "." in r.keys[i]:
        valid = valid[:1]  # with points the day comes first wherever it is written so
    if len(set(valid)) == 2:
        return DateMatch(i, i, When("day", alternatives=(valid[0], valid[1])), "date.numeric.ambiguous")
    if not valid:
        return None
    return DateMatch(i, i, When("day", valid[0].year, valid[0].month, valid[0].day), "date.numeric")


def in_blanks(r: Reader, i: int) -> DateMatch | None:
    """2009 03 09: year, month and day with blanks, each written in full."""
    digits = [r.keys[k] for k in (i, i + 1, i + 2) if r.is_number(k) and r.keys[k].isdecimal()]
    if [len(d) for d in digits] != [4, 2, 2] or r.is_number(i + 3) or r.is_number(i - 1):
        return None
    day = _calendar_day(*map(int, digits)) if FIRST_BARE_YEAR <= int(digits[0]) <= LAST_YEAR else None
    when = When("day", day.year, day.month, day.day) if day is not None else None
    return DateMatch(i, i + 2, when, "date.numeric") if when is not None and digits[1][0] == "0" else None


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_and_month_in_digits(r: Reader, i: int) -> DateMatch | None:
    """22/04, 4/22 where a word or a leading zero says that it is a date; 2/2013."""
    a, b = read_integer(r, i), read_integer(r, i + 2)
    if a is None or b is None or not r.is_symbol(i + 1, "/-") or not (r.glued(i + 1) and r.glued(i + 2)):
        return None
    if r.is_symbol(i + 3, "/-") and r.glued(i + 3):
        return None
    one, other = r.keys[i], r.keys[i + 2]
    if len(other) == 4 and a in MONTHS and len(one) <= 2 and FIRST_BARE_YEAR <= b <= LAST_YEAR:
        return DateMatch(i, i + 2, When("month", b, a), "date.numeric.month")
    padded = "0" in (one[0], other[0]) and len(one) == len(other) == 2
    slash = r.is_symbol(i + 1, "/")
    marked = r.has_any(i - 1, "date_day_words", "weekday") or (slash and _after_time_word(r, i))
    if not (marked or padded and slash) or max(a, b) not in DAYS or min(a, b) not in MONTHS:
        return None
    if marked and slash and _is_share(r, i + 3):
        return None
    if a in MONTHS and b in MONTHS and a != b:
        if not slash:
            return None  # the 3-2 win
        return with_year(r, i, i + 2, When("day", None, b, a, swaps=True))
    day, month = (a, b) if b in MONTHS else (b, a)
    return with_year(r, i, i + 2, When("day", None, month, day))


def _after_time_word(r: Reader, i: int) -> bool:
    """Whether a word before two numbers with a slash says that they are a day (since 7/10, حتى 5/3)."""
    return r.has_any(i - 1, "date_slash_preps", "date_open_end", "date_until")


def _is_share(r: Reader, k: int) -> bool:
    """Whether what follows two numbers with a slash is what they are a share of (in 2/3 of cases, 3/4 cup)."""
    return r.has_any(k, "partitive", "unit", "percent", "money") or r.definite_word(k)


def named_day(r: Reader, i: int) -> DateMatch | None:
    """9/11: a day of history that has its digits as a name."""
    if not (r.is_symbol(i + 1, "/") and r.glued(i + 1) and r.glued(i + 2)) or r.is_symbol(i + 3, "/"):
        return None
    written = f"{r.keys[i]}/{r.keys[i + 2]}"
    named = (r.rules["dates"].get("named_days") or {}).get(written)
    if named is None:
        return None
    return DateMatch(i, i + 2, When("day", named.year, named.month, named.day), "date.named_day")


def day_first(r: Reader, i: int) -> DateMatch | None:
    """19 November 2019, الثاني من أغسطس, 07/نوفمبر/2021; lists and ranges of days (يومي 19 و20 نوفمبر)."""
    found = read_day(r, i)
    days: list[int] = []
    while found is not None and len(days) < MOST_DAYS:
        days.append(found[0])
        last = found[1]
        month = read_month(r, past_link_to_month(r, last + 1))
        if month is not None:
            by_ordinal = r.has_any(i, "ordinal", "ordinal_definite")
            apart = by_ordinal and r.rules.get("ordinal_after_noun") and r.has(last + 1, "stop")
            return None if apart else _days_of(r, i, days, month)
        if len(days) == 1:
            alone = _day_of_unnamed_month(r, i, days[0], last)
            if alone is not None:
                return alone
        elif r.has(i - 1, "range_from") and days == sorted(days) and not _after_change(r, i):
            relative = read_relative_unit(r, past_of(r, last + 1))
            if relative is not None and relative.when.unit == "month":
                when = replace(relative.when, day=days[0], last_day=days[-1])
                return DateMatch(i - 1, relative.last, when, "date.days.relative")
        k = _next_day(r, last + 1)
        found = read_day(r, k) if k is not None else None
    return None


def _after_change(r: Reader, i: int) -> bool:
    """Whether a verb of change stands before two numbers: then they are amounts, and no days."""
    return any(r.has_any(k, "range_change_verbs", "change_falls") for k in r.earlier(i, CHANGE_REACH))


def _days_of(r: Reader, i: int, days: list[int], month: Month) -> DateMatch:
    last_day = max(days) if len(days) > 1 else None
    when = When("day", None, month.number, min(days), last_day=last_day, calendar=month.calendar)
    found = with_year(r, i, month.last, when)
    return found if last_day is None else found._replace(rule="date.days")


def _day_of_unnamed_month(r: Reader, i: int, day: int, last: int) -> DateMatch | None:
    """The third of last month, the third of the tenth month; what is counted before "last month" is none."""
    at = past_of(r, last + 1)
    said = r.has_any(i - 1, "date_year_preps", "date_day_words", "range_from")
    counted = at == last + 1 and r.is_number(last) and not said
    relative = read_relative_unit(r, at) if not counted else None
    if relative is not None and relative.when.unit == "month":
        return DateMatch(i, relative.last, replace(relative.when, day=day), "date.day.relative")
    numbered = read_numbered_month(r, last + 1)
    return with_year(r, i, numbered[1], When("day", None, numbered[0], day)) if numbered is not None else None


def read_numbered_month(r: Reader, j: int) -> tuple[int, int] | None:
    """Of the tenth month: the number after a month word, and its last token."""
    k = r.past(j, "date_of", limit=2, until=lambda at: r.has(at, "date_month_words"))
    if k == j or not r.has(k, "date_month_words") or read_relative_unit(r, k) is not None:
        return None
    value = read_day(r, k + 1)
    return value if value is not None and value[0] in MONTHS else None


def _next_day(r: Reader, j: int) -> int | None:
    """Where the next day of a list or range would stand, if token `j` goes on with one."""
    if r.is_symbol(j, DASHES):
        return j + 1
    if r.is_symbol(j, COMMAS):
        return r.past_conjunction(j + 1)
    to = r.get(j, "range_to")
    if to is not None:
        return j + to.length
    if r.is_conjunction(j):
        return j + 1 + r.has(j + 1, "date_day_words")  # le 14 et le 15 mars
    return j if r.particle(j) else None


def month_first(r: Reader, i: int) -> DateMatch | None:
    """November 19, 2019; November 2019; November alone where the name is no other word."""
    month = read_month(r, i)
    if month is None:
        return None
    return _month_and_days(r, i, month) or _month_without_day(r, i, month)


def _month_and_days(r: Reader, i: int, month: Month) -> DateMatch | None:
    """November 19, November 19-21."""
    j = month.last + 1
    j += r.is_symbol(j, "-.") and r.is_number(j + 1) and r.glued(j + 1)
    day = read_day(r, j)
    if day is None or spelled_year(r, j) is not None:
        return None
    if not (day_may_follow(r, day[1] + 1) or _on_day(r, i, day[1] + 1)):
        return None
    end, last_day = day[1], None
    k = _next_day(r, end + 1) if not r.is_symbol(end + 1, COMMAS) else None
    second = read_day(r, k) if k is not None else None
    if second is not None and second[0] > day[0] and not r.has(second[1] + 1, "month"):
        if day_may_follow(r, second[1] + 1):
            last_day, end = second
    when = When("day", None, month.number, day[0], last_day=last_day, calendar=month.calendar)
    return with_year(r, i, end, when)


def _on_day(r: Reader, i: int, after: int) -> bool:
    """Whether "on" makes a day of a number that people might be counted by (police on May 5 arrested several)."""
    return r.has_any(i - 1, "date_day_words") and r.has(after, "people") and not r.has(after, "noun")


def _two_months(r: Reader, i: int, month: Month) -> DateMatch | None:
    """November and December 2023: two months on end."""
    k = month.last + 1
    joined = r.is_conjunction(k) or bool(r.particle(k))
    at = r.past_conjunction(k)
    second = read_month(r, at) if joined else None
    if second is None or second.number != month.number + 1 or second.calendar != month.calendar != "hijri":
        return None
    if month.calendar != "gregorian" or read_day(r, second.last + 1) is not None:
        return None
    if r.has(at, "month_name") and _is_given_name(r, at, second.last):
        return None
    return with_year(r, i, second.last, When("month", None, months=(month.number, second.number)))


def _month_without_day(r: Reader, i: int, month: Month) -> DateMatch | None:
    both = _two_months(r, i, month)
    if both is not None:
        return both
    found = with_year(r, i, month.last, When("month", None, month.number, calendar=month.calendar))
    if found.when.year is not None or found.when.offset is not None:
        return found
    marked = r.has_any(i - 1, "date_month_words", "part")
    if r.has(i, "month_name") and _is_given_name(r, i, month.last):
        return None
    ambiguous = r.has(i, "month_ambiguous")
    sure = marked or _after_in(r, i) or _begins_range(r, i, month.last)
    if ambiguous and (r.has(i, "num") or not sure):  # sept. is September, sept is seven as well
        return None
    if found.when.calendar == "hijri" and not marked:
        return found if not ambiguous else None
    side = read_side(r, i - 1) if r.rules["noun_phrase"] == "head_last" else 0
    if side and not found.when.toward:
        return found._replace(when=replace(found.when, toward=side))
    return found


def _is_given_name(r: Reader, i: int, last: int) -> bool:
    """Whether a month's name is that of a person: beside a capitalised word that is none of time (April Jones)."""
    if r.has_any(i - 1, "date_year_preps", "date_last", "date_next", "date_this", "date_month_preps", "part"):
        return False
    if r.is_word(i - 1) and r.capitalised(i - 1) and not r.senses[i - 1] and not r.is_break(i - 2):
        return True
    k = last + 1
    return r.is_word(k) and r.capitalised(k) and not r.has_any(k, "weekday", "month", "holiday", "stop")


def _begins_range(r: Reader, i: int, last: int) -> bool:
    """From March to May: a month name that a range makes sure of."""
    if not r.has_any(i - 1, "range_from", "range_between"):
        return r.has(i - 1, "range_to") and r.has(i - 2, "month")
    k = second_date(r, last + 1, between=r.has(i - 1, "range_between"))
    return k is not None and r.has(k, "month")


def _after_in(r: Reader, i: int) -> bool:
    """Whether a word before a month name says that it is one (in May, last March, في مارس), where its look does not."""
    if r.rules["script"] != "latin":
        return r.has(i - 1, "date_year_preps") and not r.preposition(i)
    return r.has_any(
        i - 1, "date_in", "date_last", "date_next", "date_this", "date_month_preps"
    )


def day_alone(r: Reader, i: int) -> DateMatch | None:
    """يوم 27: a day of the month whose month is left out."""
    if not r.has(i, "date_day_words") or not r.rules["dates"].get("day_word_decides"):
        return None
    whole = day_first(r, i + 1)
    if whole is not None:
        return whole._replace(first=i)
    after = i + 2
    value = read_integer(r, i + 1)
    if value is None or value not in DAYS or not day_may_follow(r, after):
        return None
    if r.is_symbol(after, DASHES + "/") or (r.is_symbol(after, ".") and r.has(i + 3, "month")):
        return None
    k = _next_day(r, after)
    second = read_integer(r, k) if k is not None and r.has(i, "date_two_days") else None
    if k is not None and second is not None and value < second <= max(DAYS) and day_may_follow(r, k + 1):
        return DateMatch(i, k, When("day", day=value, last_day=second), "date.days")
    if r.has(after, "time") or (r.particle(after) and r.has(after, "num")):
        return None
    return DateMatch(i, i + 1, When("day", day=value), "date.day_alone")


def holiday(r: Reader, i: int) -> DateMatch | None:
    """A feast with its year, or of the publication year."""
    sense = r.get(i, "holiday")
    if sense is None:
        return None
    name, month, day = sense.value
    found = with_year(r, i, i + sense.length - 1, When("day", None, month, day, calendar=name))
    if name == "hijri" and found.when.year is None:
        found = found._replace(when=replace(found.when, calendar="hijri_in_gregorian"))
    return found._replace(rule="date.holiday")
