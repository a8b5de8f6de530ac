"""Single-byte encodings told apart by what their text would look like, and Arabic that was stored as it is drawn.

A detector that knows the letters of all languages takes a page with £ and curly quotes for one of an old terminal. News
in Arabic, English and French needs less: letters of one case beside each other, quotation marks where quotations begin
and end, signs of money beside digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

# In the order in which they are met in the news; the first of those that look alike wins.
LATIN = ("cp1252", "iso8859_15", "mac_roman", "cp850", "iso8859_1")
ARABIC = ("cp1256", "iso8859_6", "cp720")
SAMPLE = 200_000  # characters that are looked at
LETTER, ODD, BROKEN = 1.0, -1.0, -3.0
COMMON = "\u00b0\u00ab\u00bb\u2026\u2013\u2014\u2022\u00a0\u00a9\u00ae\u2122\u00a7"
OPENING, CLOSING, APOSTROPHE = "\u201c\u2018\u00ab", "\u201d\u2019\u00bb", "\u2019"
MONEY = "\u00a3\u20ac\u00a5"
ARABIC_PUNCTUATION = "\u060c\u061b\u061f"
LEAST_SHARE = 0.5  # of the odd characters of a text that must look right


def legacy_encoding(raw: bytes) -> str | None:
    """The single-byte encoding in which these bytes look most like a text, or None where they look like none.

    >>> legacy_encoding("It’s £246 million – “83 arrests”.".encode("cp1252"))
    'cp1252'
    """
    best: tuple[float, str] | None = None
    for encoding in (*LATIN, *ARABIC):
        try:
            text = raw[:SAMPLE].decode(encoding)
        except UnicodeDecodeError:
            continue
        looks = _looks(text)
        if looks is not None and (best is None or looks > best[0]):
            best = looks, encoding
    return best[1] if best is not None and best[0] > 0 else None


def _looks(text: str) -> float | None:
    """How well the characters beyond ASCII fit where they stand, on average; None where there is none."""
    marks = [_fits(text, at) for at, c in enumerate(text) if not c.isascii()]
    return sum(marks) / len(marks) if marks else None


def _fits(text: str, at: int) -> float:
    c = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if c.isalpha():
        return _letter_fits(c, before, after)
    if c in MONEY:
        return LETTER if before.isdigit() or after.isdigit() or after == " " else ODD
    if c in OPENING and (not before or before.isspace() or before in "([") and after.strip():
        return LETTER
    if c in CLOSING and before.strip():
        return LETTER
    if c in COMMON or c in ARABIC_PUNCTUATION:
        return LETTER / 2
    return BROKEN if unicodedata.category(c) in ("Cc", "So", "Cn") else ODD


def _letter_fits(c: str, before: str, after: str) -> float:
    script = _script(c)
    beside = [x for x in (before, after) if x.isalpha()]
    if any(_script(x) != script for x in beside) or not beside:
        return ODD if script != "ARABIC" else ODD / 2
    if c.isupper() and (before.islower() or (after.islower() and before.isalpha())):
        return ODD
    return LETTER if script in ("ARABIC", "LATIN") else ODD


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]


# --- Arabic as it is drawn -------------------------------------------------------------------------------------------

_DRAWN = re.compile("[\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]")
_ARABIC_WORD = re.compile("[\u0621-\u064a]+")
_DIGITS = "[0-9\u0660-\u0669]+"
_LEFT_TO_RIGHT = re.compile(rf"{_DIGITS}(?:[.,:/\u066b\u066c%-]{_DIGITS})*%?|[A-Za-z][A-Za-z0-9.'-]*")
_MIRRORED = str.maketrans("()[]{}<>\u00ab\u00bb", ")(][}{><\u00bb\u00ab")
LEAST_WORDS = 3  # of those that only reversed lines have


def undrawn(text: str, words: frozenset[str]) -> tuple[str, str | None]:
    """Arabic letters in their plain forms and their order of reading, and what was mended; `words` are function words
    of the language, by which lines that run backwards are known.

    Some PDFs keep the forms in which letters are drawn, or whole lines from left to right; read as they are, their
    numbers would belong to other words.
    """
    mended: list[str] = []
    if len(_DRAWN.findall(text)) > LEAST_WORDS:
        text = _DRAWN.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
        mended.append("letters in the forms in which they are drawn are put in their plain ones")
    found = Counter(_ARABIC_WORD.findall(text))
    forward = sum(n for word, n in found.items() if word in words)
    backward = sum(n for word, n in found.items() if word[::-1] in words)
    if backward >= LEAST_WORDS and backward > 3 * forward:
        text = "\n".join(_turned(line) for line in text.split("\n"))
        mended.append("lines that ran backwards are put in their order of reading")
    return text, " and ".join(mended) or None


def _turned(line: str) -> str:
    """A line from its end to its beginning; numbers and Latin words keep their order."""
    if not _ARABIC_WORD.search(line):
        return line
    turned = line[::-1].translate(_MIRRORED)
    return _LEFT_TO_RIGHT.sub(lambda found: found.group()[::-1], turned)
