"""Which words are units: currencies from CLDR, physical units from Pint, and from `units.yml` what both lack.

Counted nouns are no closed list; they are English words in the singular, in small Latin letters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

_NOUN = re.compile(r"[a-z]+(?:[ _-][a-z]+)*")


@lru_cache(maxsize=1)
def _listed() -> dict[str, frozenset[str]]:
    lists = yaml.safe_load(Path(__file__).with_name("units.yml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in lists.items()}


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    from babel import Locale

    return frozenset(Locale("en").currencies) | _listed()["coins"]


def is_currency(unit: str) -> bool:
    """Whether this is an ISO 4217 code or a coin.

    >>> is_currency("IQD"), is_currency("BTC"), is_currency("DOLLAR")
    (True, True, False)
    """
    return unit in _currencies()


@lru_cache(maxsize=4096)
def is_measure(unit: str) -> bool:
    """Whether this is the English singular name of a physical unit.

    >>> is_measure("kilogram"), is_measure("barrel"), is_measure("bananas")
    (True, True, False)
    """
    if unit in _listed()["measures"]:
        return True
    name = re.sub(r"\s+", "_", unit.replace(" per ", "/"))
    return all(_in_pint(word) for word in re.sub(r"\b(?:square|cubic)_", "", name).split("/"))


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
        return unit in _listed()["percentages"]
    if kind == "duration":
        return unit in _listed()["times"]
    if kind == "quantity":
        return is_measure(unit)
    return _NOUN.fullmatch(unit) is not None
