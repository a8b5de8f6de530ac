"""Magnitudes without a number: tens, hundreds, thousands, a few million, and a couple or a pair."""

from __future__ import annotations

from reconcile.numbers.chain import scale_at
from reconcile.numbers.number import Number
from reconcile.rules.reader import Reader

FEW = (3.0, 10.0)
# A bare "millions" is two or more of them and fewer than the next scale word (METHODS).
VAGUE_TOP = {1e3: 1e6, 1e6: 1e9, 1e9: 1e12, 1e12: 1e15}


def parse_vague(r: Reader, i: int) -> Number | None:
    """Tens, hundreds, thousands, millions without a number before them, and their products."""
    vague, few, base = r.get(i, "vague"), r.get(i, "few"), _bare_scale(r, i)
    if few is not None:
        (low, high), j = FEW, i + few.length
    elif vague is not None:
        (low, high), j = vague.value, i + vague.length
    elif base is not None:
        low, high, j = base if base == 1000 else 2 * base, VAGUE_TOP.get(base, base * 1000), i + 1
    else:
        return None
    bare = base if few is None and vague is None else None
    scaled = bare if bare is not None else 1.0
    products = 0
    while j < r.n:
        at = j + r.has(j, "partitive") if j + 1 < r.n else j
        mult = r.get(at, "mult")
        if mult is None or mult.value.value < 100 or r.particle(at):
            break
        factor = mult.value.value
        if (at > j and mult.value.form != "many") or (scaled > 1 and factor <= scaled):
            break
        low, high, scaled = low * factor, high * factor, factor
        if bare is not None:
            high = min(high, bare * factor * 1000)
        j = at + 1
        products += 1
    if few is not None and not products:
        return None
    article = r.took_article(i)
    return Number(None, i, j - 1, low, high, "vague", scaled, rule="number.vague", article=article)


def _bare_scale(r: Reader, i: int) -> float | None:
    """The weight of a plural scale word that no number multiplies (millions)."""
    mult = r.get(i, "mult")
    if mult is None or mult.value.form != "many" or mult.value.value < 1000 or r.has(i, "num"):
        return None
    return float(mult.value.value)


def parse_pair(r: Reader, i: int) -> Number | None:
    """A couple, a pair, and a couple of thousand."""
    pair = r.get(i + 1, "pair") if r.has(i, "article") else None
    if pair is None:
        return None
    end = i + 2 if r.has(i + 2, "partitive") else i + 1
    scale = scale_at(r, end + 1)
    if scale is not None and scale >= 12:
        return Number(pair.value * scale, i, end + 1, scale=scale, rule="number.pair")
    alone = r.is_break(i - 1) and r.is_break(end + 1)
    if not alone and end == i + 1 and (not r.is_word(end + 1) or r.has(end + 1, "stop")):
        return None  # a couple who laundered millions
    return Number(float(pair.value), i, end, rule="number.pair")
