"""Money words beside a number, and which money a bare name means by the countries that the article names."""

from __future__ import annotations

from functools import cache

from reconcile.figures.counted import Counted
from reconcile.rules.files import load_rules
from reconcile.rules.reader import Reader
from reconcile.rules.senses import Money


def read_money(r: Reader, j: int) -> Counted | None:
    """Money words from token `j`: a name, a name and a nationality in either order, a code or a sign."""
    if r.particle(j) or r.preposition(j):
        return None
    country = r.first(j, "nationality", "country")
    if country is not None:
        k = j + country.length
        money = r.first(k, "money", "money_weak")
        if money is not None and not r.particle(k):
            return _money(money.value, country.value, k + money.length - 1)
    money = r.get(j, "money") or (r.get(j, "money_after") if _closes_quantity(r, j - 1) else None)
    weak = r.get(j, "money_weak") if money is None else None
    sense = money or weak
    if sense is None:
        return None
    last = j + sense.length - 1
    things = r.get(last + 1, "noun") if sense.value.number == "one" and _is_coin(sense.value.code) else None
    if things is not None and things.value.number == "many" and not r.article:
        return None  # 16 bitcoin payments
    after = r.get(last + 1, "nationality")
    if after is not None and not r.particle(last + 1) and len(sense.value.candidates) > 1:
        settled = _money(sense.value, after.value, last + after.length)
        if settled is not None:
            return settled
    if money is None and not (
        r.is_quantity(j - 1) and len(sense.value.candidates) == 1 and sense.value.factor == 1.0
    ):
        return None
    return _money(sense.value, None, last)


def _closes_quantity(r: Reader, k: int) -> bool:
    """Whether a number or its scale, written out or short (Mds), ends at token `k`."""
    return r.is_quantity(k) or r.has(k, "scale_short")


def read_money_before(r: Reader, j: int) -> Counted | None:
    """A sign or code of money that stands before its number; one Latin letter must touch it, and the longer one of two
    wins (R is the rand, R$ the real)."""
    sense, longer = r.get(j, "money_before"), r.get(j, "money")
    if sense is not None and longer is not None and longer.length > sense.length:
        sense = None
    if sense is not None and not (r.is_word(j) and len(r.keys[j]) == 1 and not r.glued(j + 1)):
        return _money(sense.value, None, j + sense.length - 1)
    return read_money(r, j)


def _is_coin(code: str | None) -> bool:
    return code in (load_rules("currencies.yml").get("crypto") or ())


def _money(money: Money, country: str | None, last: int) -> Counted | None:
    if country is not None:
        codes = [c for c in money.candidates if country in countries_of(c)]
        if not codes:
            return None
        return Counted("money", last, codes[0], factor=money.factor, rule="unit.money.country")
    if money.code is not None:
        return Counted("money", last, money.code, factor=money.factor, rule="unit.money")
    return Counted(
        "money", last, None, candidates=money.candidates, factor=money.factor, rule="unit.money.candidates"
    )


@cache
def countries_of(code: str) -> tuple[str, ...]:
    """The countries whose money a code is: its own table row, else the country of its first two letters."""
    listed = (load_rules("currencies.yml").get("countries") or {}).get(code)
    return tuple(listed) if listed is not None else (code[:2],)
