"""Fractions that begin a number: half, two thirds, نصف مليار, ثلاثة أرباع المليون."""

from __future__ import annotations

from reconcile.numbers.number import Number
from reconcile.rules.reader import Reader
from reconcile.text.passage import HYPHENS


def parse_fraction(r: Reader, i: int) -> Number | None:
    """The fraction that begins at token `i`, multiplied where a scale word follows (half a million)."""
    found = _fraction_at(r, i)
    if found is None:
        return None
    value, j = found
    at = j + 1 if r.has(j, "partitive") and not r.has(j, "mult") else j
    at += r.is_symbol(at, HYPHENS) and r.glued(at) and r.glued(at + 1)
    at += _is_one(r, at)
    mult = r.get(at, "mult")
    if mult is not None and not r.particle(at) and mult.value.value >= 12:
        scale = mult.value.value
        if mult.value.form != "many" or r.took_article(at):
            about = at if mult.value.form == "about" else None
            return Number(value * scale, i, at, scale=scale, rule="number.fraction_of_scale", about=about)
    article = r.took_article(i)
    unit = at - 1 if r.has(at, "time") else j - 1  # half an hour, trois quarts d'heure
    return Number(value, i, unit, form="fraction", weak=True, article=article, rule="number.fraction")


def _is_one(r: Reader, k: int) -> bool:
    """Whether token `k` is an article, or the "one" that is one in this language (d'un million)."""
    one = r.get(k, "num")
    return r.has(k, "article") or (one is not None and one.value[0] == 1 and "counts_one" in r.rules["numbers"])


def _fraction_at(r: Reader, i: int) -> tuple[float, int] | None:
    """The value of a fraction and the token after it."""
    num, fraction = r.get(i, "num"), r.get(i, "fraction")
    if num is not None:
        counted = _counted_parts(r, i, int(num.value[0]), i + num.length)
        if counted is not None:
            return counted
    if r.has(i, "article") and i + 1 < r.n:
        after = r.get(i + 1, "fraction")
        limited = r.has(i - 1, "exact") or i in r.hedge_ends  # only a fifth
        if after is not None and (limited or not r.has(i + 1, "ordinal") or r.has(i + 2, "partitive")):
            return after.value, i + 2
        return None
    if fraction is None or (r.has(i, "fraction_ambiguous") and not (r.definite_word(i + 1) or _marked(r, i))):
        return None
    return fraction.value, i + 1


def _marked(r: Reader, i: int) -> bool:
    """Whether the vowel mark of a fraction is written on its first letter (خُمس is a fifth, خمس may be five)."""
    mark = r.rules.get("fraction_mark", "")
    return bool(mark) and mark in r.written(i)[:3]


def _counted_parts(r: Reader, i: int, count: int, k: int) -> tuple[float, int] | None:
    """Three quarters, one third: a count and the parts that it counts, from token `k` on."""
    if r.is_symbol(k, HYPHENS) and r.glued(k):
        k += 1
    if r.particle(k):
        return None
    plural, single = r.get(k, "fraction_plural"), r.get(k, "fraction")
    if plural is not None and 1 < count < 100:
        return count * plural.value, k + 1
    if single is not None and count == 1 and not r.has(i, "fraction_ambiguous"):
        return single.value, k + 1
    return None
