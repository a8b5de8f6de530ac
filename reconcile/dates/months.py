"""Months, counted: the month so many after another, its last day, and the same day some months on."""

from __future__ import annotations

import calendar
from datetime import MAXYEAR, MINYEAR, date


def add_months(year: int, month: int, n: int) -> tuple[int, int]:
    """The year and month that lie n months after (or, below zero, before) a month; the year is not bounded.

    >>> add_months(2020, 11, 3)
    (2021, 2)
    """
    index = year * 12 + month - 1 + n
    return index // 12, index % 12 + 1


def last_of_month(year: int, month: int) -> date:
    """The last day of a month; a ValueError outside the years 1 to 9999."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months_later(day: date, n: int) -> date | None:
    """The same day n months on, or the month's last day where it has none such; None outside the years 1 to 9999.

    >>> months_later(date(2020, 1, 31), 1)
    datetime.date(2020, 2, 29)
    >>> months_later(date(2020, 1, 31), 12 * 90_000) is None
    True
    """
    year, month = add_months(day.year, day.month, n)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month, min(day.day, last_of_month(year, month).day))
