"""Amounts as people write them: 260 M USD, 600 K, ≈ 83, 5 – 10 M.

Up to 9,999 in full; compact beyond, where nothing is lost (600,000 is 600 K, 15,432 stays whole); above a million
four digits are enough.
"""

from __future__ import annotations

from functools import cache, lru_cache

from babel.numbers import format_decimal
from babel.units import UnknownUnitError, format_unit

MILLION, FULL_BELOW = 1e6, 1e4
SCALES = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"))
SIGNS = {"about": "≈ ", "almost": "almost ", "vague": "~ "}
LOCALE = "en"
MEASURED = ("mass", "length", "volume", "area", "duration", "speed", "temperature", "energy", "power", "pressure")
CURRENCY_LENGTHS = (3, 4)  # ISO 4217 codes, and crypto's (BTC, USDT)


def amount(value: float, unit: str | None = None) -> str:
    """A number with its unit, short enough for a label; counts carry no noun, since the quantity's label names it.

    >>> amount(260e6, "USD"), amount(600_000), amount(15_432), amount(0.23, "percent"), amount(0)
    ('260 M USD', '600 K', '15,432', '0.23%', '0')
    """
    number = _compact(value)
    if unit is None:
        return number
    if unit == "percent":
        return f"{number}%"
    if unit.isupper() and len(unit) in CURRENCY_LENGTHS:
        return f"{number} {unit}"
    return _measured(value, number, unit)


def stated(
    qualifier: str,
    value: float | None,
    low: float | None,
    high: float | None,
    *,
    low_open: bool = False,
    high_open: bool = False,
    unit: str | None = None,
) -> str:
    """A figure with its hedge, as a sign where the typeface has one: as stated, not as a policy reads it.

    >>> stated("more_than", 15000, 15000, None, low_open=True), stated("between", None, 5e6, 10e6, unit="USD")
    ('> 15 K', '5 M – 10 M USD')
    >>> stated("about", 2e6, None, None, unit="USD"), stated("at_most", 1e4, None, 1e4)
    ('≈ 2 M USD', '≤ 10 K')
    """
    if value is not None and qualifier in ("exact", *SIGNS):
        return f"{SIGNS.get(qualifier, '')}{amount(value, unit)}"
    if low is not None and high is not None:
        if low == high:
            return amount(low, unit)
        return f"{SIGNS.get(qualifier, '')}{amount(low)} – {amount(high, unit)}"
    if low is not None:
        return f"{'>' if low_open else '≥'} {amount(low, unit)}"
    if high is not None:
        return f"{'<' if high_open else '≤'} {amount(high, unit)}"
    return "?" if value is None else amount(value, unit)


def _compact(value: float) -> str:
    size = abs(value)
    for scale, letter in SCALES:
        if size >= scale >= MILLION:
            return f"{_plain(float(f'{value / scale:.4g}'))} {letter}"
        if size >= max(scale, FULL_BELOW) and value % (scale / 10) == 0:
            return f"{_plain(value / scale)} {letter}"
    return _plain(value)


@lru_cache(maxsize=10_000)
def _plain(value: float) -> str:
    digits = "#,##0.####" if abs(value) < 1 else "#,##0.##"
    return format_decimal(value, format=digits, locale=LOCALE)


def _measured(value: float, number: str, unit: str) -> str:
    """Physical units and durations carry their name in CLDR's plural; other nouns are left to the label."""
    known = _cldr_unit(unit)
    if known is None:
        return number
    whole = format_unit(value, known, length="long", locale=LOCALE)
    name = whole.lstrip("-0123456789,.\N{NO-BREAK SPACE} ")
    return f"{number} {name}"


@cache
def _cldr_unit(unit: str) -> str | None:
    """The unit's id in CLDR, null if it is no physical unit; CLDR spells metres and litres the American way."""
    spelling = unit.replace("metre", "meter").replace("litre", "liter")
    for category in MEASURED:
        try:
            format_unit(1, f"{category}-{spelling}", length="long", locale=LOCALE)
        except UnknownUnitError:
            continue
        return f"{category}-{spelling}"
    return None
