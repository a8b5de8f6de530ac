"""The pieces of a date: days and months in digits, words or names, and the words that link them.

Every function takes a reader and a token index and gives what it found with its last token, or None; none of them
resolves anything. Words come from the `dates:` section of the language's rules.
"""

from __future__ import annotations

from typing import NamedTuple

from reconcile.dates.when import When
from reconcile.numbers import parse_digit_ordinal, parse_number, parse_ordinal_words
from reconcile.rules.reader import Reader

COMMAS = ",\u060c"
JOINS = "/-.\u2010\u2013"
MONEY_AND_PERCENT = "%\u066a$\u20ac\u00a3"
DAYS = range(1, 32)
MONTHS = range(1, 13)


class DateMatch(NamedTuple):
    """A date as stated and the tokens that it took."""

    first: int
    last: int
    when: When
    rule: str


class Month(NamedTuple):
    """A month by name: its calendar, its number and its last token."""

    calendar: str
    number: int
    last: int


def read_integer(r: Reader, k: int) -> int | None:
    """Up to four digits at token `k`, without separators."""
    if r.is_number(k) and r.keys[k].isdecimal() and len(r.keys[k]) <= 4:
        return int(r.keys[k])
    return None


def read_month(r: Reader, k: int) -> Month | None:
    """The month name at token `k`; a second name of the same month beside it belongs to it."""
    sense = r.get(k, "month")
    if sense is None:
        return None
    if r.rules["dates"].get("capitalised_months") and not r.capitalised(k):
        return None
    name, number = sense.value
    last = k + sense.length - 1
    beside = r.get(last + 1, "month")
    if beside is not None and beside.value == sense.value and r.keys[last + 1] != r.keys[k]:
        return Month(name, number, last + beside.length)
    for mark in ("/", "-", "("):
        if r.is_symbol(last + 1, mark):
            again = r.get(last + 2, "month")
            if again is not None and again.value == sense.value:
                end = last + 1 + again.length
                last = end + 1 if mark == "(" and r.is_symbol(end + 1, ")") else end
                break
    return Month(name, number, last)


def read_day(r: Reader, k: int) -> tuple[int, int] | None:
    """A day of a month from token `k` (digits, a cardinal or an ordinal) and its last token."""
    value = read_integer(r, k)
    if value is not None:
        if value not in DAYS or len(r.keys[k]) > 2:
            return None
        return parse_digit_ordinal(r, k) or (value, k)
    ordinal = parse_ordinal_words(r, k)
    if ordinal is not None and ordinal[0] in DAYS:
        return ordinal
    if r.has(k, "date_first_day"):
        return 1, k
    if r.has(k, "num"):
        number = parse_number(r, k)
        if number is not None and number.value is not None and number.value in DAYS:
            return int(number.value), number.last
    return None


def past_link_to_month(r: Reader, j: int, link: str = "date_day_of") -> int:
    """Past the words and marks that may stand between a day and its month; "in" is none (killed 12 in March).

    What is picked by an ordinal takes it as well, by `link` (the last week in September).
    """
    if r.is_symbol(j, JOINS) and not r.is_break(j + 1):
        j += 1
    return r.past(j, link, "date_month_words", limit=3, until=lambda k: r.has(k, "month"))


def _heads_day(r: Reader, j: int) -> bool:
    """Whether a singular noun is named by the day before it, where numbers take plurals (but May 5 police officers)."""
    if r.rules["noun_phrase"] != "head_last" or r.has_any(j, "mult", "money", "unit", "time", "people"):
        return False
    after = r.get(j + 1, "noun")
    return after is None or after.value.number != "many"


def day_may_follow(r: Reader, j: int) -> bool:
    """Whether a number before token `j` and after a month name is a day: nothing counted follows it."""
    if not r.is_word(j):
        return not r.is_symbol(j, MONEY_AND_PERCENT)
    noun = r.get(j, "noun")
    if noun is not None and noun.value.number == "one" and _heads_day(r, j):
        return True  # the March 5 attack
    if r.has_any(j, "noun", "mult", "money", "unit", "time", "percent", "scale_short"):
        return False
    return not r.has(j, "people") or r.is_quantity(j + 1)  # March 15 dead, but June 22 killed 20
