"""Whole numbers in Arabic words, by the grammar books and not by the engine's rules, so that each checks the other.

Gender is that of the noun counted (three to ten take the other one), case is nominative or genitive (which newspapers
also use for the accusative). What a scale word counts is masculine, and its own form follows from its count: one ألف,
two ألفان, three آلاف, eleven ألفا, a hundred ألف.
"""

from __future__ import annotations

from dataclasses import dataclass

UNITS_FOR_MASCULINE = ("ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة")
UNITS_FOR_FEMININE = ("ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر")
TENS = ("عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع")
HUNDRED_STEMS = ("ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع")
AND = " و"


@dataclass(frozen=True)
class Scale:
    """A scale word: one of it, the stem of its dual, several, and the accusative that eleven to ninety-nine ask for."""

    size: int
    one: str
    several: str

    @property
    def accusative(self) -> str:
        return self.one + "ا"


SCALES = (
    Scale(10**12, "تريليون", "تريليونات"),
    Scale(10**9, "مليار", "مليارات"),
    Scale(10**6, "مليون", "ملايين"),
    Scale(10**3, "ألف", "آلاف"),
)


@dataclass(frozen=True)
class Style:
    """How a number is written: for a feminine noun or not, in the genitive or not, and how a hundred is spelled."""

    feminine: bool = False
    genitive: bool = False
    hundred: str = "مئة"


STYLES = tuple(
    Style(feminine, genitive, hundred)
    for feminine in (False, True)
    for genitive in (False, True)
    for hundred in ("مئة", "مائة")
)


def spell(n: int, style: Style = Style()) -> str:
    """A whole number from 0 to below 10^15 in words.

    >>> spell(2345)
    'ألفان وثلاثمئة وخمسة وأربعون'
    >>> spell(12_018, Style(feminine=True, genitive=True))
    'اثني عشر ألفا وثماني عشرة'
    """
    if n == 0:
        return "صفر"
    parts: list[str] = []
    for scale in SCALES:
        count, n = divmod(n, scale.size)
        if count:
            parts.append(_scaled(count, scale, style))
    if n:
        parts.append(_below_thousand(n, style))
    return AND.join(parts)


def spell_counted(n: int, style: Style, one: str, several: str, accusative: str) -> str:
    """A number with what it counts; not for numbers that end in one or two, where the noun itself says so."""
    last = n % 100
    noun = several if 3 <= last <= 10 else accusative if last >= 11 else one
    words = spell(n, style)
    if last == 0:
        words = _construct(words, style)
    return f"{words} {noun}"


def _scaled(count: int, scale: Scale, style: Style) -> str:
    if count == 1:
        return scale.one
    if count == 2:
        return scale.one + _dual(style)
    masculine = Style(False, style.genitive, style.hundred)
    words = _below_thousand(count, masculine)
    last = count % 100
    if 3 <= last <= 10:
        return f"{words} {scale.several}"
    if last >= 11:
        return f"{words} {scale.accusative}"
    return f"{_construct(words, style) if last == 0 else words} {scale.one}"


def _construct(words: str, style: Style) -> str:
    """A dual that stands before what it counts drops its last letter (مئتا عامل)."""
    dual = _dual(style)
    stems = (style.hundred[:-1] + "ت", *(scale.one for scale in SCALES))
    return words[:-1] if words.endswith(tuple(stem + dual for stem in stems)) else words


def _below_thousand(n: int, style: Style) -> str:
    hundreds, rest = divmod(n, 100)
    parts = []
    if hundreds:
        parts.append(_hundreds(hundreds, style))
    if rest:
        parts.append(_below_hundred(rest, style))
    return AND.join(parts)


def _hundreds(count: int, style: Style) -> str:
    if count == 1:
        return style.hundred
    if count == 2:
        return style.hundred[:-1] + "ت" + _dual(style)
    return HUNDRED_STEMS[count - 3] + style.hundred


def _below_hundred(n: int, style: Style) -> str:
    if n <= 10:
        return _unit(n, style)
    if n <= 19:
        return _teen(n, style)
    tens, unit = divmod(n, 10)
    word = TENS[tens - 2] + ("ين" if style.genitive else "ون")
    if unit == 0:
        return word
    first = "إحدى" if unit == 1 and style.feminine else _unit(unit, style)
    return first + AND + word


def _unit(n: int, style: Style) -> str:
    if n == 1:
        return "واحدة" if style.feminine else "واحد"
    if n == 2:
        return ("اثنت" if style.feminine else "اثن") + _dual(style)
    return (UNITS_FOR_FEMININE if style.feminine else UNITS_FOR_MASCULINE)[n - 3]


def _teen(n: int, style: Style) -> str:
    ten = "عشرة" if style.feminine else "عشر"
    if n == 11:
        return f"{'إحدى' if style.feminine else 'أحد'} {ten}"
    if n == 12:
        stem = "اثنت" if style.feminine else "اثن"
        return f"{stem}{_dual(style)[:-1]} {ten}"
    return f"{_unit(n - 10, style)} {ten}"


def _dual(style: Style) -> str:
    return "ين" if style.genitive else "ان"
