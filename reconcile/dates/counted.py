"""So many units of time before or after the publication: the past three weeks, الشهرين الماضيين."""

from __future__ import annotations

from reconcile.dates.pieces import DateMatch
from reconcile.dates.when import When
from reconcile.numbers import parse_number
from reconcile.rules.reader import Reader

UNITS = frozenset(("hour", "day", "week", "month", "year"))
MOST = 100  # of a unit; what lies further back is no span of the news


def counted_span(r: Reader, i: int) -> DateMatch | None:
    """The units that begin at token `i`, in the order of the language, with the word that says on which side they
    lie."""
    found = _article_first(r, i) if r.article else None
    found = found or _side_first(r, i) or (_number_first(r, i) if r.rules["noun_phrase"] == "head_first" else None)
    if found is None:
        return None
    first, last, when = found
    if when.unit not in UNITS or r.has(last + 1, "partitive") and not r.article:
        return None  # the last three days of the siege
    return DateMatch(first, last, when, "date.counted")


def _when(unit: str, count: float | None, side: int) -> When | None:
    if count is None or count != int(count) or not 2 <= count <= MOST or not side:
        return None
    return When(unit, offset=side * int(count), counted=True)


def _side_first(r: Reader, i: int) -> tuple[int, int, When] | None:
    """The past three weeks, آخر 24 ساعة."""
    side = _side(r, i)
    number = parse_number(r, i + 1) if side and r.is_quantity(i + 1) else None
    time = r.get(number.last + 1, "time") if number is not None else None
    if number is None or time is None:
        return None
    when = _when(time.value.id, number.value, side)
    return (i, number.last + time.length, when) if when is not None else None


def _number_first(r: Reader, i: int) -> tuple[int, int, When] | None:
    """Les trois dernières semaines, 24 ساعة الماضية."""
    number = parse_number(r, i) if r.is_quantity(i) else None
    if number is None:
        return None
    k = number.last + 1
    before, time = _side(r, k), r.get(k, "time")
    if before:
        k, time = k + 1, r.get(k + 1, "time")
    if time is None or r.took_article(k):
        return None  # قتل 20 العام الماضي: twenty last year
    k += time.length - 1
    after = 0 if before else _side(r, k + 1)
    when = _when(time.value.id, number.value, before or after)
    return (i, k + bool(after), when) if when is not None else None


def _article_first(r: Reader, i: int) -> tuple[int, int, When] | None:
    """الأسابيع الثلاثة الماضية, الساعات الـ24 الماضية, الشهرين المقبلين: a definite unit, its number, its side."""
    first = i - 2 if r.is_number(i) and r.is_article(i - 1) else i
    time = r.get(first, "time")
    if time is None or not r.took_article(first):
        return None
    if first < i or (r.is_article(first + 1) and r.is_number(first + 2)):
        number = parse_number(r, first + 2)
    else:
        number = parse_number(r, first + 1) if r.has(first + 1, "num") and r.took_article(first + 1) else None
    two = time.value.number == "two" and number is None
    last = first if two else number.last if number is not None else -1
    count = 2.0 if two else number.value if number is not None else None
    side = _side(r, last + 1) if last >= 0 else 0
    when = _when(time.value.id, count, side)
    return (first, last + 1, when) if when is not None else None


def _side(r: Reader, k: int) -> int:
    """-1 for "last", 1 for "next" at token `k`; "previous" leans on another time than now."""
    if r.has(k, "date_previous") and not r.article:
        return 0
    return -1 if r.has_any(k, "date_last", "date_final") else 1 if r.has(k, "date_next") else 0
