"""Rates: a quantity for each day, year or other time (barrels a day, متر مكعب سنويا); it is never an amount."""

from __future__ import annotations

from reconcile.figures.counted import Counted
from reconcile.rules.reader import Reader

AFTER_NAMED_TIME = (
    "date_last",
    "date_next",
    "date_this",
    "date_final",
    "date_ago",
    "date_after",
    "ordinal",
    "num",
)
SUBSTANCE = 2  # words between a unit and its time: barrels of crude oil a day


def with_rate(r: Reader, counted: Counted) -> Counted:
    """A physical quantity with the time for which it holds, where the words after it name one."""
    if counted.kind != "quantity" or counted.unit is None or " per " in counted.unit:
        return counted
    k = counted.last + 1
    last = _last_of_rate(r, k)
    if last is not None:
        unit = f"{counted.unit} per {r.senses[k]['rate'].value}"
        return counted._replace(unit=unit, last=last, rule="unit.rate")
    far = _past_substance(r, k)
    if far is None or _last_of_rate(r, far) is None:
        return counted
    return counted._replace(unit=f"{counted.unit} per {r.senses[far]['rate'].value}", rule="unit.rate")


def _last_of_rate(r: Reader, k: int) -> int | None:
    """The last token of the words for a rate at `k`; "a year ago" and "في السنة الماضية" say when, and are none."""
    rate = r.get(k, "rate")
    if rate is None or r.particle(k):
        return None
    after = k + rate.length
    if rate.length > 1 and (r.is_number(after) or r.has_any(after, "rate_barred", *AFTER_NAMED_TIME)):
        return None  # a day later, but 9 barrels daily after
    return after - 1


def _past_substance(r: Reader, k: int) -> int | None:
    """The token after what is measured (of crude oil), where a rate may stand."""
    if not r.has(k, "partitive"):
        return None
    for at in range(k + 2, k + 3 + SUBSTANCE):
        if not r.is_word(at - 1) or r.has_any(at - 1, "num", "time"):
            return None
        if r.has(at, "rate"):
            return at
    return None
