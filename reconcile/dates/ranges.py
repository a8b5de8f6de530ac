"""Two dates as the ends of one range, and dates that only begin one (since May)."""

from __future__ import annotations

from reconcile.dates.when import When
from reconcile.rules.reader import Reader
from reconcile.text.passage import DASHES

DAYS_IN_WEEK = 7
BEGINNING_REACH = 8  # words from "since" to the date when something began
OPENER_REACH = 5  # words of a phrase that opens a span of time


def second_date(r: Reader, j: int, *, between: bool) -> int | None:
    """Where the second date would begin, if token `j` joins two ends of a range."""
    if r.is_symbol(j, DASHES):
        return j + 1 if r.glued(j) == r.glued(j + 1) or not r.glued(j) else None
    to = r.get(j, "range_to")
    if to is not None:
        return j + to.length
    if between and r.particle(j):
        return j
    if between and (r.is_conjunction(j) or (r.is_word(j) and r.has(j, "range_between_and"))):
        return j + 1
    return None


def are_ends(a: When, b: When, marked: bool) -> bool:
    """Whether two dates can be the ends of one range: of one unit, or the first leaves out what the second says."""
    if a.alternatives or b.alternatives:
        return False
    if a.year is not None and b.year is not None and a.year > b.year:
        return False
    if a.unit == b.unit:
        return marked or a.year is None or b.year is not None
    return marked and {a.unit, b.unit} <= {"day", "month", "year"}


def may_join(a: When, b: When, marked: bool) -> bool:
    """Whether two dates are the ends of one range: both fixed, the second perhaps by "this year" or "last year", or two
    weekdays (de mercredi à jeudi)."""
    fixed = a.offset is None and (b.offset is None or (b.unit == "year" and b.month is not None))
    return (fixed or marked and _are_weekdays(a, b)) and are_ends(a, b, marked)


def _are_weekdays(a: When, b: When) -> bool:
    """Whether both are weekdays and nothing more, the first one without a "last" or "next" of its own."""
    bare = a.weekday is not None and b.weekday is not None and a.offset == 0 and b.offset is not None
    return bare and a.number is None and b.number is None


def is_one_night(a: When, b: When) -> bool:
    """Whether two dates are weekdays of which one follows the other: the night from Wednesday to Thursday."""
    return a.weekday is not None and b.weekday == a.weekday % DAYS_IN_WEEK + 1


def word_before_date(r: Reader, first: int) -> int:
    """The token before a date, words that only say that a day or a month follows left out; -1 for none."""
    k = first - 1
    while k >= 0 and r.has_any(k, "date_day_words", "date_month_words") and not r.has(k, "date_open_end"):
        k -= 1
    return k


def since_beginning(r: Reader, opener: int) -> bool:
    """Whether "since", the beginning of something and "in" stand before a date (since the outbreak began in March)."""
    began = False
    for k in range(opener, max(-1, opener - BEGINNING_REACH), -1):
        if not r.is_word(k) or r.is_number(k):
            return False
        began = began or r.has(k, "date_beginnings")
        if r.has(k, "date_open_end"):
            return began and not r.has(k, "range_from")
    return False


def open_end_before(r: Reader, first: int) -> int | None:
    """Where the words begin that leave the end of a date open, if they stand right before token `first`."""
    for k in range(max(0, first - OPENER_REACH), first):
        sense = r.get(k, "date_open_end")
        if sense is not None and k + sense.length == first and not r.has(k, "range_from"):
            return k
    return None
