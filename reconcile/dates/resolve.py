"""Resolution: what a date says, and what is known of its article, to an interval of days.

Resolving needs a `Reference`: the publication date if it is known, and the years that the article names. What neither
decides stays open: the bounds are None and EDTF says what is known ("XXXX-11-19"). Parts of years and months follow
METHODS (UCDP): early is January to April, or days 1 to 10.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import MAXYEAR, date, timedelta

from reconcile.dates.hijri import hijri, hijri_in_gregorian
from reconcile.dates.months import add_months, last_of_month, months_later
from reconcile.dates.when import Interval, Reference, When

YEAR_PARTS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
MONTH_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
WEEKS_OF_MONTH = {
    "week_1": (1, 7),
    "week_2": (8, 14),
    "week_3": (15, 21),
    "week_4": (22, 28),
    "week_last": (-6, 0),
}
DECADE_PARTS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
# Northern meteorological seasons, as ISO 8601-2 numbers them; winter begins in December of the year that is named.
SEASONS = {"spring": (21, 3), "summer": (22, 6), "autumn": (23, 9), "winter": (24, 12)}
PARTS_OF_YEAR = {"quarter": 4, "half": 2}
MONTHS_IN = {"day": 0, "month": 1, "quarter": 3, "half": 6, "year": 12}
WEDNESDAY, SATURDAY = 2, 5  # as date.weekday counts
SOON_DAYS = 92  # a date without a year is at most so far ahead of publication; else it lies behind it


def resolve(when: When, reference: Reference) -> Interval:
    """The interval that a date means, given a reference; unknown parts are never invented.

    >>> resolve(When("month", 2020, 9), Reference())
    Interval(start=datetime.date(2020, 9, 1), end=datetime.date(2020, 9, 30), precision='month', edtf='2020-09')
    >>> resolve(When("day", None, 11, 19), Reference()).edtf
    'XXXX-11-19'
    """
    if when.end is not None:
        return _range(when, when.end, reference)
    found = _single(when, reference)
    if found.start is None and found.end is None:
        return found
    if when.span_months and found.end is not None:
        return _months_to(found.end, when.span_months)
    if when.week and found.start is not None:
        return _week_about(found.start, when.week)
    if when.open_start:
        return Interval(None, found.end, found.precision, f"../{found.edtf}")
    if when.open_end:
        return Interval(found.start, None, found.precision, f"{found.edtf}/..")
    return found


def _week_about(day: date, side: str) -> Interval:
    """The week from Monday to Sunday that holds a day, or the seven days that begin or end with it."""
    back = {"of": day.weekday(), "from": 0, "to": 6}[side]
    start = day - timedelta(days=back)
    return Interval(start, start + timedelta(days=6), "week", f"{start}/{start + timedelta(days=6)}")


def _months_to(end: date, months: int) -> Interval:
    """So many months, the last of which ends on a day: the three months to 30 June begin on 1 April."""
    start = months_later(end + timedelta(days=1), -months)
    return Interval(start, end, "month", f"{start}/{end}")


def _range(first: When, last: When, reference: Reference) -> Interval:
    if last.offset is not None and first.offset is None:
        last = _with_year_of(last, reference)
    if last.year is None and first.year is not None and last.offset is None:
        last = replace(last, year=first.year)
    if first.year is None and last.year is not None:
        first = replace(first, year=last.year)
        if first.month is not None and last.month is not None and first.month > last.month:
            first = replace(first, year=last.year - 1)
    if first.offset is not None:
        return _weekdays(first, last, reference)
    a, b = _single(first, reference), _single(last, reference)
    if a.start is None or b.end is None:
        return Interval(None, None, b.precision, f"{a.edtf}/{b.edtf}")
    if a.start > b.end and first.year is None and first.month is not None and last.month is not None:
        b = _single(replace(last, year=a.start.year + (last.month < first.month)), reference)
    if b.end is None or a.start > b.end:
        return Interval(None, None, b.precision, None)
    return Interval(a.start, b.end, a.precision, f"{a.edtf}/{b.edtf}")


def _with_year_of(when: When, reference: Reference) -> When:
    """A month of this or last year with that year in figures; the same where nothing says when that is."""
    end = _single(when, reference).end
    if end is None or when.unit != "year":
        return when
    return replace(when, unit="day" if when.day is not None else "month", year=end.year, offset=None)


def _weekdays(first: When, last: When, reference: Reference) -> Interval:
    """Two weekdays: the last as if alone, the first before it."""
    b = _single(last, reference)
    if b.start is None or b.end is None:
        return Interval(None, None, "day", None)
    a = _single(first, Reference(b.start))
    assert a.start is not None
    return Interval(a.start, b.end, "day", f"{a.edtf}/{b.edtf}")


def _single(when: When, reference: Reference) -> Interval:
    if when.alternatives:
        return _ambiguous(when, reference)
    if when.swaps:
        return _swapping(when, reference)
    if when.lean is not None:
        return _leaning(when, reference)
    if when.counted and when.offset is not None and reference.published is not None:
        return _counted(when.unit, when.offset, reference.published)
    if when.offset is not None:
        return _relative(when, reference)
    if when.unit.startswith("nth_"):
        return _nth(when, reference)
    if when.calendar == "hijri":
        return hijri(when)
    if when.calendar == "hijri_in_gregorian":
        return hijri_in_gregorian(when, reference)
    if when.month is None and when.day is not None:
        return _day_of_left_out_month(when, reference)
    return _gregorian(when, reference)


def _ambiguous(when: When, reference: Reference) -> Interval:
    """03/04/2020: day or month first, by the article's habit, by what is not after publication, by the habit of the
    language, else both."""
    day_first, month_first = when.alternatives
    if reference.day_first is not None:
        chosen = day_first if reference.day_first else month_first
        return Interval(chosen, chosen, "day", chosen.isoformat())
    if reference.published is not None:
        possible = [d for d in when.alternatives if d <= reference.published]
        near = [d for d in possible if d == reference.published]
        if near or len(possible) == 1:
            chosen = (near or possible)[0]
            return Interval(chosen, chosen, "day", chosen.isoformat())
    if reference.usual is not None:
        chosen = day_first if reference.usual else month_first
        return Interval(chosen, chosen, "day", chosen.isoformat())
    dates = ",".join(sorted(d.isoformat() for d in when.alternatives))
    return Interval(None, None, "day", f"[{dates}]")


def _swapping(when: When, reference: Reference) -> Interval:
    """7/10 by the article's habit, else open: the tenth of July or the seventh of October."""
    first = reference.usual if reference.day_first is None else reference.day_first
    if first is None:
        days = sorted((f"XXXX-{when.month:02d}-{when.day:02d}", f"XXXX-{when.day:02d}-{when.month:02d}"))
        return Interval(None, None, "day", f"[{','.join(days)}]")
    plain = replace(when, swaps=False)
    return _single(plain if first else replace(plain, month=when.day, day=when.month), reference)


def _gregorian(when: When, reference: Reference) -> Interval:
    year = when.year
    if when.told_year is not None:
        named = [found.start.year for found in reference.named if found.start is not None]
        told = reference.year if reference.year is not None else named[-1] if named else None
        if told is None:
            return Interval(None, None, when.unit, _edtf_without_year(when))
        year = told + when.told_year
    if year is None and when.unit != "century":
        year = _year_left_out(when, reference)
    if year is None:
        return Interval(None, None, when.unit, _edtf_without_year(when))
    return _in_year(when, year)


def _edtf_without_year(when: When) -> str | None:
    if when.month is None:
        return None
    month = f"XXXX-{when.month:02d}"
    if when.day is None:
        return month
    return f"{month}-{when.day:02d}" + (f"/{month}-{when.last_day:02d}" if when.last_day is not None else "")


def _year_left_out(when: When, reference: Reference) -> int | None:
    """The year of a date that names none: the last not long after publication, else the one named before it."""
    published = reference.published
    if published is None:
        return reference.year
    if when.month is None and when.number is None and when.months is None and not when.toward:
        return published.year
    if when.months is not None:
        return published.year - (published.month < when.months[1])
    starts = [(start, year) for year, start in _starts(when, published.year) if _on_weekday(when, start)]
    if when.toward > 0:
        ahead = [(start, year) for start, year in starts if start > published]
        return min(ahead)[1] if ahead else published.year
    begun = when.month is None and (when.number is not None or when.months is not None)
    most = -1 if when.toward < 0 else 0 if begun else SOON_DAYS
    soon = [(start, year) for start, year in starts if (start - published).days <= most]
    return max(soon)[1] if soon else published.year


def _on_weekday(when: When, start: date) -> bool:
    """Whether a day falls on the weekday that the text gives it, if it gives one."""
    return when.weekday is None or when.unit != "day" or start.isoweekday() == when.weekday


def _starts(when: When, year: int) -> list[tuple[int, date]]:
    found = [(y, _in_year(when, y).start) for y in (year - 1, year, year + 1)]
    return [(y, start) for y, start in found if start is not None]


def _in_year(when: When, year: int) -> Interval:
    if not 1 <= year <= 9999:
        return Interval(None, None, when.unit, None)
    if when.unit == "decade":
        return _years(year, year + 9, when.part, f"{year // 10:03d}X", "decade")
    if when.unit == "century":
        return _years(year, year + 99, when.part, f"{year // 100:02d}XX", "century")
    if when.months is not None:
        return _months_of(year, *when.months)
    if when.season is not None:
        code, first = SEASONS[when.season]
        return _part_of_year(year, first, 3, "season", code)
    if when.unit == "quarter" and when.number is not None:
        return _part_of_year(year, 3 * when.number - 2, 3, "quarter", 32 + when.number)
    if when.unit == "half" and when.number is not None:
        return _part_of_year(year, 6 * when.number - 5, 6, "half", 39 + when.number)
    if when.month is None:
        if when.part is None:
            return Interval(date(year, 1, 1), date(year, 12, 31), "year", f"{year:04d}")
        a, b = YEAR_PARTS[when.part]
        return Interval(
            date(year, a, 1), last_of_month(year, b), "month", f"{year:04d}-{a:02d}/{year:04d}-{b:02d}"
        )
    if when.day is None:
        return _month(when, year, when.month)
    return _days(when, year, when.month, when.day)


def _months_of(year: int, first: int, last: int) -> Interval:
    end = last_of_month(year, last)
    return Interval(date(year, first, 1), end, "month", f"{year:04d}-{first:02d}/{year:04d}-{last:02d}")


def _part_of_year(year: int, first: int, months: int, unit: str, code: int) -> Interval:
    """So many months from the first on, under the code that ISO 8601-2 gives this part of a year."""
    end_year, end_month = add_months(year, first, months - 1)
    if end_year > MAXYEAR:
        return Interval(None, None, unit, None)
    return Interval(date(year, first, 1), last_of_month(end_year, end_month), unit, f"{year}-{code}")


def _month(when: When, year: int, month: int) -> Interval:
    last = last_of_month(year, month)
    if when.part is None:
        return Interval(date(year, month, 1), last, "month", f"{year:04d}-{month:02d}")
    if when.part in WEEKS_OF_MONTH:
        a, b = WEEKS_OF_MONTH[when.part]
        a, b = (a, b) if a > 0 else (last.day + a, last.day + b)
    else:
        a, b = MONTH_PARTS[when.part]
    start, end = date(year, month, a), date(year, month, min(b, last.day))
    return Interval(start, end, "day", f"{start.isoformat()}/{end.isoformat()}")


def _days(when: When, year: int, month: int, day: int) -> Interval:
    try:
        start = date(year, month, day)
        end = date(year, month, when.last_day) if when.last_day is not None else start
    except ValueError:
        return Interval(None, None, "day", None)
    return Interval(
        start, end, "day", start.isoformat() if start == end else f"{start.isoformat()}/{end.isoformat()}"
    )


def _years(first: int, last: int, part: str | None, edtf: str, precision: str) -> Interval:
    if part is not None and precision == "decade":
        a, b = DECADE_PARTS[part]
        first, last, edtf = first + a, first + b, f"{first + a:04d}/{first + b:04d}"
    if not 1 <= first <= last <= 9999:
        return Interval(None, None, precision, None)
    return Interval(date(first, 1, 1), date(last, 12, 31), precision, edtf)


def _nth(when: When, reference: Reference) -> Interval:
    """The n-th (or last, -1) weekday, day or week of a month; weeks are those that begin in it, on a Monday."""
    year = when.year if when.year is not None else _year_left_out(When("month", month=when.month), reference)
    if year is None or when.month is None or when.number is None or when.calendar != "gregorian":
        return Interval(None, None, "week" if when.unit == "nth_week" else "day", None)
    last = last_of_month(year, when.month)
    days = [date(year, when.month, d) for d in range(1, last.day + 1)]
    if when.unit != "nth_day":
        weekday = when.weekday if when.unit == "nth_weekday" else 1
        days = [d for d in days if d.isoweekday() == weekday]
    index = when.number - 1 if when.number > 0 else -1
    if index >= len(days):
        return Interval(None, None, "day", None)
    day = days[index]
    if when.unit == "nth_week":
        return Interval(day, day + timedelta(days=6), "week", f"{day}/{day + timedelta(days=6)}")
    return _day_interval(day)


def _day_of_left_out_month(when: When, reference: Reference) -> Interval:
    """Day 27 of a month that is not named: the last such day up to publication, or the nearest on its weekday."""
    day, weekday = when.day or 1, when.weekday
    base = reference.published
    if base is None:
        return Interval(None, None, "day", f"XXXX-XX-{day:02d}")
    for months in (0, -1, -2) if weekday is None else (0, -1, 1, -2, -3):
        year, month = add_months(base.year, base.month, months)
        if day > last_of_month(year, month).day:
            continue
        found = date(year, month, day)
        if found <= base if weekday is None else found.isoweekday() == weekday:
            return _days(replace(when, weekday=None), year, month, day)
    return Interval(None, None, "day", f"XXXX-XX-{day:02d}")


def _week(base: date, n: int) -> Interval:
    monday = base - timedelta(days=base.weekday()) + timedelta(weeks=n)
    sunday = monday + timedelta(days=6)
    return Interval(monday, sunday, "week", f"{monday}/{sunday}")


def _weekend(base: date, n: int) -> Interval:
    """Saturday and Sunday: the last (-1) or next (1) ones whole, or those of now: on a Wednesday nothing says which."""
    day = base.weekday()
    if n == 0 and day == WEDNESDAY:
        return Interval(None, None, "day", None)
    saturday = base - timedelta(days=day) + timedelta(days=SATURDAY)
    if n < 0 or (n == 0 and day < WEDNESDAY):
        saturday -= timedelta(weeks=1)
    elif n > 0 and day >= SATURDAY:
        saturday += timedelta(weeks=1)
    sunday = saturday + timedelta(days=1)
    return Interval(saturday, sunday, "day", f"{saturday}/{sunday}")


def _relative(when: When, reference: Reference) -> Interval:
    base = reference.published
    if base is None or when.offset is None:
        return Interval(None, None, when.unit, None)
    n = when.offset
    if when.unit == "day" and when.weekday is not None and when.number is not None:
        monday = base - timedelta(days=base.weekday()) + timedelta(weeks=when.number)
        return _day_interval(monday + timedelta(days=when.weekday - 1))
    if when.number is not None and when.unit in ("quarter", "half"):
        return _in_year(replace(when, offset=None), base.year + n)
    try:
        if when.unit.startswith("nth_"):
            year, month = add_months(base.year, base.month, n)
            return _nth(replace(when, offset=None, year=year, month=month), reference)
        if when.weekday is not None:
            return _weekday(when.weekday, n, base)
        if when.more is not None:
            earlier = _relative(replace(when, more=None), reference)
            back = months_later(base, n if when.unit == "month" else 12 * n)
            return earlier if earlier.start is None else _relative(when.more, Reference(back))
        if when.unit == "day":
            return _day_interval(base + timedelta(days=n))
        if when.unit in ("week", "weekend"):
            return _week(base, n) if when.unit == "week" else _weekend(base, n)
        if when.unit == "month":
            year, month = add_months(base.year, base.month, n)
            if when.day is not None:
                return _days(When("day", last_day=when.last_day), year, month, when.day)
            return _month(when, year, month)
        if when.unit == "year":
            return _in_year(replace(when, offset=None, unit=_finest(when)), base.year + n)
        if when.unit == "decade":
            first = base.year // 10 * 10 + 10 * n
            return _years(first, first + 9, when.part, f"{first // 10:03d}X", "decade")
        if when.unit in PARTS_OF_YEAR:
            return _part_beside(when.unit, base, n)
    except (ValueError, OverflowError):
        return Interval(None, None, when.unit, None)
    return Interval(None, None, when.unit, None)


def _counted(unit: str, n: int, base: date) -> Interval:
    """So many units of time that end with the reference, or begin with it."""
    try:
        if unit in ("month", "year"):
            other = months_later(base, n if unit == "month" else 12 * n)
        else:
            days = {"hour": 1 / 24, "day": 1, "week": 7}[unit] * n
            other = base + timedelta(days=int(days) if days == int(days) else int(days + (1 if n > 0 else -1)))
    except OverflowError:
        other = None
    if other is None:
        return Interval(None, None, "day", None)
    start, end = min(base, other), max(base, other)
    return Interval(start, end, "day", f"{start}/{end}")


def _part_beside(unit: str, day: date, n: int) -> Interval:
    """The quarter or half of a year that lies n of them after the one of a day."""
    parts = PARTS_OF_YEAR[unit]
    index = day.year * parts + (day.month - 1) * parts // 12 + n
    return _in_year(When(unit, number=index % parts + 1), index // parts)


def _leaning(when: When, reference: Reference) -> Interval:
    """The previous or next one, or the same of another year, of what the text named last; else as if it leaned on
    nothing."""
    fits = _spans if when.lean == "same" else _lies_within
    last = next((found for found in reversed(reference.named) if fits(found, when.unit)), None)
    if last is None or last.start is None:
        if when.lean == "following" and when.unit == "day":
            return Interval(None, None, "day", None)  # the day after one that nobody names
        unit = when.unit if when.lean != "same" else "year"
        return _single(replace(when, lean=None, unit=unit), reference)
    if when.lean != "same":
        beside = when.offset or 0
        if when.unit in PARTS_OF_YEAR:
            return _part_beside(when.unit, last.start, beside)
        return _relative(When(when.unit, offset=beside), Reference(last.start))
    year = when.year
    if year is None and reference.published is not None:
        year = reference.published.year + (when.offset or 0)
    if year is None or last.end is None:
        return Interval(None, None, when.unit, None)
    if when.unit in PARTS_OF_YEAR:
        return _part_beside(when.unit, last.start.replace(year=year, day=1), 0)
    return _in_year(
        When(when.unit, month=last.start.month, day=last.start.day if when.unit == "day" else None), year
    )


def _spans(found: Interval, unit: str) -> bool:
    """Whether an interval is one day, month, quarter, half or year."""
    if found.start is None or found.end is None or unit not in MONTHS_IN:
        return False
    if unit == "day":
        return found.start == found.end
    months = MONTHS_IN[unit]
    whole = found.start.day == 1 and (found.start.month - 1) % months == 0
    return whole and months_later(found.start, months) == found.end + timedelta(days=1)


def _lies_within(found: Interval, unit: str) -> bool:
    """Whether an interval is no longer than one day, month, quarter, half or year, so that the next one follows."""
    if found.start is None or found.end is None or unit not in MONTHS_IN:
        return False
    if unit == "day":
        return found.start == found.end
    after = months_later(found.start.replace(day=1), MONTHS_IN[unit])
    return after is not None and found.end < after and (unit != "year" or found.start.year == found.end.year)


def _finest(when: When) -> str:
    if when.months is not None:
        return "month"
    if when.number is not None:
        return "half"
    return "day" if when.day is not None else "month" if when.month is not None else "year"


def _weekday(weekday: int, direction: int, base: date) -> Interval:
    """The nearest such weekday before (-1), after (1) or at the reference and before it (0)."""
    if direction > 0:
        ahead = (weekday - base.isoweekday()) % 7 or 7
        return _day_interval(base + timedelta(days=ahead))
    back = (base.isoweekday() - weekday) % 7
    if direction < 0 and back == 0:
        back = 7
    return _day_interval(base - timedelta(days=back))


def _day_interval(day: date) -> Interval:
    return Interval(day, day, "day", day.isoformat())
