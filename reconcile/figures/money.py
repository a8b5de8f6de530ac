"""Money words beside a number, and which money a bare name means by the countries that the article names."""

from __future__ import annotations

from collections.abc import Sequence
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
    """A sign or code of money that stands before its number; one Latin letter must touch it."""
    sense = r.get(j, "money_before")
    if sense is not None and not (r.is_word(j) and len(r.keys[j]) == 1 and not r.glued(j + 1)):
        return _money(sense.value, None, j + sense.length - 1)
    return read_money(r, j)


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


def countries_named(r: Reader) -> tuple[str, ...]:
    """ISO codes of the countries and nationalities that the passage names, each once, in order."""
    return _codes(r, "country", "nationality")


def countries_meant(r: Reader) -> tuple[str, ...]:
    """The same of cities, regions and institutions that only one country has (Genève, wilaya)."""
    return _codes(r, "within")


def _codes(r: Reader, *categories: str) -> tuple[str, ...]:
    named = [r.first(k, *categories) for k, entry in enumerate(r.entries) if entry is not None]
    return tuple(dict.fromkeys(str(sense.value) for sense in named if sense is not None))


def settle_money(
    candidates: Sequence[str],
    countries: Sequence[str],
    named: frozenset[str],
    tokens: int,
    meant: Sequence[str] = (),
) -> tuple[str | None, tuple[str, ...]]:
    """The code that the article decides on, and the candidates that it leaves.

    A candidate that the article spells out elsewhere wins; else the only candidate whose country is named, or, where
    none or several are, the only one whose cities or institutions are (`meant`). The dollar
    sign is the American one in an article that names no country of another main dollar; a snippet of a few words that
    names no country at all decides nothing (policy in currencies.yml).
    """
    spelled = [c for c in candidates if c in named]
    if len(spelled) == 1:
        return spelled[0], ()
    main = tuple(load_rules("currencies.yml").get("main_dollars") or ())
    dollars = candidates[:1] == ("USD",) and len(candidates) > 2
    usual = [c for c in candidates if not dollars or c in main]
    fitting = _of_countries(usual, countries) or usual
    if len(fitting) > 1:
        fitting = _of_countries(fitting, meant) or _of_countries(fitting, countries)
    if len(fitting) == 1:
        return fitting[0], ()
    long_enough = tokens >= int(load_rules("currencies.yml").get("dollar_settled_from_tokens", 0))
    if dollars and not fitting and (countries or long_enough):
        return "USD", ()
    return None, tuple(fitting) + tuple(c for c in candidates if c not in fitting)


def _of_countries(codes: Sequence[str], countries: Sequence[str]) -> list[str]:
    return [c for c in codes if any(country in countries for country in countries_of(c))]
