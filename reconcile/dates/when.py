"""A date as stated, with what it leaves out, and the interval of days that it is resolved to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class When:
    """What the words of a date say; every field that they leave out is None.

    `unit` is the finest thing named: day, week, month, season, quarter, half, year, decade, century. `offset` counts
    such units from the reference (yesterday is day -1). `toward` says on which side of the reference a date lies that
    leaves its year out (le 4 août dernier: -1); `more` is a smaller amount of time that is taken off as well (a month
    and 21 days ago). `months` are the first and last of several on end, `span_months` how many end with the date. It
    may `lean` on the one of its unit that the text names before it: the previous month, the same quarter of last year;
    `told_year` counts from the year that the text named last (in May of the following year: 1).
    """

    unit: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    number: int | None = None  # of a quarter, half or decade
    season: str | None = None
    weekday: int | None = None
    part: str | None = None
    offset: int | None = None
    calendar: str = "gregorian"
    end: When | None = None
    open_end: bool = False
    toward: int = 0
    more: When | None = None
    alternatives: tuple[date, ...] = ()
    months: tuple[int, int] | None = None
    span_months: int = 0
    lean: str | None = None
    open_start: bool = False
    told_year: int | None = None
    week: str = ""  # the week "of" a day, or "from" or "to" it
    swaps: bool = False  # day and month may be the other way round: 7/10 in a language with both habits
    counted: bool = False  # all the units up to the offset: the past three weeks


@dataclass(frozen=True, slots=True)
class Interval:
    """Days meant, both inclusive; None is open or unknown. `edtf` says the same, with what is unknown marked."""

    start: date | None
    end: date | None
    precision: str | None
    edtf: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """What a date may lean on: when the article was published, the year and the dates that it names before."""

    published: date | None = None
    year: int | None = None
    day_first: bool | None = None
    named: tuple[Interval, ...] = ()
    usual: bool | None = None  # whether the language puts the day first, where it has one habit
