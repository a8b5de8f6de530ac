"""Folding: many spellings of a word to the one under which the rules know it.

Folding never touches offsets: tokens keep the span of what was written, and only their lookup key is folded.
It is meant to lose what writers use at random (vowel marks, tatweel, hamza seats, accents, case) and nothing else.
"""

from __future__ import annotations

import re
import unicodedata

ARABIC_LETTERS = {
    "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
    "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER WAW WITH HAMZA ABOVE}": "\N{ARABIC LETTER WAW}",
    "\N{ARABIC LETTER YEH WITH HAMZA ABOVE}": "\N{ARABIC LETTER YEH}",
}
LATIN_LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ı": "i", "ł": "l", "đ": "d"}
APOSTROPHES = {"\N{RIGHT SINGLE QUOTATION MARK}": "'"}
TATWEEL = "\N{ARABIC TATWEEL}"
BIDI_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
JOINERS = "\u200b-\u200d\u2060-\u2064\ufeff\u00ad\u034f\u180e\ufe00-\ufe0f"

_LETTERS = str.maketrans({**ARABIC_LETTERS, **LATIN_LETTERS, **APOSTROPHES, TATWEEL: ""})
# Letters of which the two tables above make the key by themselves, as they do of most words: Latin ones without
# accents, Arabic ones without marks.
ARABIC = "\u0621-\u063a\u0641-\u064a"
PLAIN_LETTERS = f"[A-Za-z]+|[{ARABIC}]+"
_PLAIN = re.compile(f"[{ARABIC}]+")
_SEATS = tuple((letter, key) for letter, key in ARABIC_LETTERS.items() if re.match(f"[{ARABIC}]", letter))
_DROPPED = {"Mn", "Cf"}


def fold_plain(word: str) -> str:
    """The key of a word that is all PLAIN_LETTERS: letter by letter, which is faster than a table."""
    if word.isascii():
        return word.lower()
    for letter, key in _SEATS:
        if letter in word:
            word = word.replace(letter, key)
    return word


def fold(word: str) -> str:
    """The key of a word: no marks, no tatweel, one alef, one yeh, one heh, no accents, lower case.

    >>> fold("شخصًا") == fold("شخصا"), fold("مليـون") == fold("مليون"), fold("Août") == fold("aout")
    (True, True, True)
    """
    if word.isascii():
        return word.lower()
    plain = word.translate(_LETTERS)
    if _PLAIN.fullmatch(plain):
        return plain
    plain = unicodedata.normalize("NFKC", word).translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", plain.casefold())
    return "".join(c for c in decomposed if unicodedata.category(c) not in _DROPPED).translate(_LETTERS)
