"""The grammar of dates: which patterns a token may begin, and ranges of what they find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reconcile.dates.counted import counted_span
from reconcile.dates.days import (
    day_alone,
    day_and_month_in_digits,
    day_first,
    holiday,
    in_blanks,
    month_first,
    named_day,
    numeric,
)
from reconcile.dates.leaning import leaning, told_day
from reconcile.dates.periods import century, decade, fraction_of_year, part, season
from reconcile.dates.pieces import DateMatch
from reconcile.dates.ranges import (
    is_one_night,
    may_join,
    open_end_before,
    second_date,
    since_beginning,
    word_before_date,
)
from reconcile.dates.relative import ago, relative, weekend
from reconcile.dates.spans import span, week_of
from reconcile.dates.weekdays import nth, relative_day, weekday, weekday_of_week
from reconcile.dates.years import years
from reconcile.rules.choice import Choice
from reconcile.rules.reader import Reader
from reconcile.text.passage import DATENUM

BEGAN = "+began"  # of a date when something began that goes on: since the outbreak began in March
Pattern = Callable[[Reader, int], DateMatch | None]

PATTERNS: Choice[Pattern] = Choice(
    (
        (numeric, DATENUM),
        (in_blanks, "#year"),
        (holiday, "holiday"),
        (part, "part date_by_end"),
        (week_of, "time"),
        (span, "ordinal date_final num time date_quarter_words date_half_words #"),
        (counted_span, "date_last date_next date_final num time #"),
        (told_day, "told_day"),
        (leaning, "date_same date_previous date_following time date_quarter_words date_half_words"),
        (weekday_of_week, "weekday_bare time date_last date_next date_this"),
        (nth, "date_final ordinal ordinal_definite weekday weekday_bare time date_day_words num"),
        (weekday, "weekday date_last date_next date_this"),
        (relative_day, "relative_day"),
        (fraction_of_year, "quarter_short half_short date_quarter_words date_half_words ordinal #th"),
        (century, "date_century_words ordinal num #th"),
        (named_day, "#day"),
        (day_first, "ordinal ordinal_definite num date_first_day #day"),
        (day_and_month_in_digits, "#day"),
        (day_alone, "date_day_words"),
        (month_first, "month"),
        (season, "season date_last date_next date_this"),
        (ago, "date_ago num article time #"),
        (weekend, "date_weekend_words date_last date_next date_this"),
        (relative, "date_last date_next date_this time"),
        (decade, "date_decade_words decade #year #day"),
        (years, "date_year_words date_years_dual #year"),
    )
)


def parse_date(r: Reader, i: int) -> DateMatch | None:
    """The longest date that begins at token `i`, ranges and open ends included, or None.

    >>> from reconcile.rules.lexicon import lexicon
    >>> from reconcile.text import Passage
    >>> found = parse_date(Reader(Passage("since May 2019"), lexicon("en")), 1)
    >>> found.first, found.last, found.rule, found.when.open_end
    (0, 2, 'date.month+since', True)
    """
    found = _one_date(r, i)
    return _with_end(r, found) if found is not None else None


def _one_date(r: Reader, i: int) -> DateMatch | None:
    for pattern in PATTERNS.at(r, i):
        found = pattern(r, i)
        if found is not None:
            return found
    return None


def _with_end(r: Reader, found: DateMatch) -> DateMatch:
    """Join a second date into a range, or mark an open end that the word before says."""
    first, last, when, rule = found
    opener = word_before_date(r, first)
    between = r.has(opener, "range_between")
    marked = between or r.has(opener, "range_from")
    if when.end is None and (when.offset is None or marked and when.weekday is not None):
        k = second_date(r, last + 1, between=between)
        other = _one_date(r, k) if k is not None else None
        if k is not None and other is None and r.has(k, "date_day_words"):
            other = _one_date(r, k + 1)  # entre le 3 janvier et le 17 août
        if other is not None and may_join(when, other.when, marked):
            joined = replace(when, end=other.when)
            rule = "date.days" if is_one_night(when, other.when) else "date.range"
            return DateMatch(opener if marked else first, other.last, joined, rule)
    since = open_end_before(r, opener + 1)
    if since is None and when.part is None and since_beginning(r, opener):
        return DateMatch(first, last, when, rule + BEGAN)
    if when.part is None and when.end is None and when.last_day is None and since is not None:
        return DateMatch(since, last, replace(when, open_end=True), rule + "+since")
    until = r.get(opener, "date_until")
    if until is not None and opener == first - 1 and when.offset is None and when.end is None:
        return DateMatch(opener, last, replace(when, open_start=True), rule + "+until")
    return found
