"""Hijri dates to Gregorian days, by the Umm al-Qura table; EDTF marks them as approximate."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from reconcile.dates.when import Interval, Reference, When


def hijri(when: When) -> Interval:
    """Hijri dates by the Umm al-Qura table of hijridate; the sighted moon may differ, so EDTF says about."""
    if when.year is None:
        return Interval(None, None, when.unit, None)
    return _hijri_days(when.year, when.month, when.day)


@lru_cache(maxsize=4096)
def _hijri_days(year: int, month: int | None, day: int | None) -> Interval:
    from hijridate import Hijri

    try:
        start = Hijri(year, month or 1, day or 1).to_gregorian()
        if day is not None:
            end = start
        else:
            last_month = month or 12
            end = Hijri(year, last_month, Hijri(year, last_month, 1).month_length()).to_gregorian()
    except (ValueError, OverflowError):
        return Interval(None, None, None, None)
    first, last = date(start.year, start.month, start.day), date(end.year, end.month, end.day)
    precision = "day" if day is not None else "month" if month is not None else "year"
    edtf = f"{first.isoformat()}~" if first == last else f"{first.isoformat()}~/{last.isoformat()}~"
    return Interval(first, last, precision, edtf)


def hijri_in_gregorian(when: When, reference: Reference) -> Interval:
    """A Hijri month or feast with a Gregorian year: the one that falls into it."""
    year = when.year
    if year is None and reference.published is not None:
        year = reference.published.year
    if year is None or when.month is None:
        return Interval(None, None, when.unit, None)
    about = int((year - 622) * 33 / 32)
    for hijri_year in range(about - 1, about + 3):
        found = _hijri_days(hijri_year, when.month, when.day)
        if found.start is not None and found.start.year == year:
            return found
    return Interval(None, None, when.unit, None)
