"""Which words are units: currencies from CLDR, physical units from Pint, and the rules' own.

Counted nouns are no closed list; they are English words in the singular, in Latin letters.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reconcile.rules.files import load_rules

# The contract's words for a share, and for the difference of two.
PERCENTAGES = ("percent", "percentage point", "basis point")

_NOUN = re.compile(r"[A-Za-z\u00c0-\u00ff]+(?:[ _'-][A-Za-z\u00c0-\u00ff]+)*")


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    from babel import Locale

    return frozenset(Locale("en").currencies) | frozenset(load_rules("currencies.yml").get("crypto") or ())


def is_currency(unit: str) -> bool:
    """Whether this is an ISO 4217 code or a coin.

    >>> is_currency("IQD"), is_currency("BTC"), is_currency("DOLLAR")
    (True, True, False)
    """
    return unit in _currencies()


@lru_cache(maxsize=4096)
def is_measure(unit: str) -> bool:
    """Whether this is the English singular name of a physical unit.

    >>> is_measure("kilogram"), is_measure("barrel per day"), is_measure("bananas")
    (True, True, False)
    """
    rules = load_rules("units.yml")
    if unit in (rules.get("physical") or ()):
        return True
    amount, per, time = unit.rpartition(" per ")
    if per:
        return is_measure(amount) and time in (rules.get("duration") or ())
    return _in_pint(re.sub(r"\s+", "_", re.sub(r"^(?:square|cubic) ", "", unit)))


@lru_cache(maxsize=4096)
def _in_pint(name: str) -> bool:
    try:
        return name in _registry()
    except (AttributeError, ValueError):
        return False


@lru_cache(maxsize=1)
def _registry():  # type: ignore[no-untyped-def]  # Pint's registry class is made at run time
    import pint

    return pint.UnitRegistry()


def is_unit_of(kind: str, unit: str) -> bool:
    """Whether a figure of this kind can have this unit.

    >>> is_unit_of("money", "USD"), is_unit_of("percentage", "USD"), is_unit_of("count", "person")
    (True, False, True)
    """
    if kind == "money":
        return is_currency(unit)
    if kind == "percentage":
        return unit in PERCENTAGES
    if kind == "duration":
        return unit in (load_rules("units.yml").get("duration") or ())
    if kind == "quantity":
        return is_measure(unit)
    return _NOUN.fullmatch(unit) is not None
