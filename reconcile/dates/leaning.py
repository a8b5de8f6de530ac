"""Dates that lean on one named before them: the previous month, the same quarter of last year, الشهر الذي سبقه."""

from __future__ import annotations

from reconcile.dates.pieces import DateMatch
from reconcile.dates.relative import read_relative_unit
from reconcile.dates.when import When
from reconcile.dates.years import read_year
from reconcile.rules.reader import Reader

CATEGORIES = ("date_same", "date_previous", "date_following")
BESIDE = {"date_previous": ("previous", -1), "date_following": ("following", 1)}
UNITS = ("day", "week", "month", "year")
PARTS = (("date_quarter_words", "quarter"), ("date_half_words", "half"))


def leaning(r: Reader, i: int) -> DateMatch | None:
    """The unit at token `i` with "same" or "previous" beside it, in the order of the language."""
    for category in CATEGORIES:
        word = r.get(i, category)
        unit = _unit(r, i + word.length) if word is not None else None
        if word is not None and unit is not None:
            return _lean(r, i, i + word.length, unit, category)
    unit = _unit(r, i) if r.took_article(i) else None
    for category in CATEGORIES:
        word = r.get(i + 1, category)
        if unit is not None and word is not None:
            return _lean(r, i, i + word.length, unit, category)
    return None


def told_day(r: Reader, i: int) -> DateMatch | None:
    """The day before, le lendemain, اليوم التالي: counted from the day that the text named last."""
    told = r.get(i, "told_day")
    if told is None or r.has_any(i + told.length, "article", "determiner", "noun", "relative_day", "time"):
        return None  # the day before the attack
    lean = "previous" if told.value < 0 else "following"
    return DateMatch(i, i + told.length - 1, When("day", offset=int(told.value), lean=lean), "date.told_day")


def _unit(r: Reader, k: int) -> str | None:
    for category, unit in PARTS:
        if r.has(k, category) and not r.has(k, "time"):
            return unit
    time = r.get(k, "time")
    fits = time is not None and time.value.number == "one" and time.value.id in UNITS
    return str(time.value.id) if time is not None and fits else None


def _lean(r: Reader, first: int, last: int, unit: str, category: str) -> DateMatch | None:
    if category in BESIDE:
        lean, offset = BESIDE[category]
        return DateMatch(first, last, When(unit, offset=offset, lean=lean), f"date.{lean}")
    if unit in ("week", "year"):
        return None
    year, relative = read_year(r, last + 1), read_relative_unit(r, last + 1)
    if year is not None:
        when = When(unit, year.year, offset=year.offset, lean="same")
        return DateMatch(first, year.last, when, "date.same")
    if relative is not None and relative.when.unit == "year":
        when = When(unit, offset=relative.when.offset, lean="same")
        return DateMatch(first, relative.last, when, "date.same")
    ago = r.get(last + 3, "date_ago") if r.has(last + 1, "article") else None
    time = r.get(last + 2, "time")
    if ago is None or time is None or time.value.id != "year":
        return None
    return DateMatch(first, last + 3, When(unit, offset=-1, lean="same"), "date.same")
