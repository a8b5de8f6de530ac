"""Characters that nobody sees, and what they do to the numbers that a reader sees.

Most are harmless: marks of direction, joiners, soft hyphens, accents on a digit; a number is read without them. Two
sorts change what is seen, and no number that they touch is believed: an override of direction, inside which "38" is
shown as "83", and a stroke through a digit, which may take it back.

Source: Unicode Standard Annex 9 (explicit directional overrides); Unicode Technical Report 36, section 3.
"""

from __future__ import annotations

import re

from reconcile.text.fold import BIDI_CONTROLS, JOINERS

RIGHT_TO_LEFT_OVERRIDE = "\u202e"
ACCENTS = "\u0300-\u036f\u0483-\u0489\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
STROKES = "\u0335-\u0338\u20d2\u20d3\u20d8-\u20da\u20e5\u20e6\u20ea\u20eb"
_BETWEEN = r"\d.,:/\u066b\u066c"
# Inside a number anything that is not seen; after its last digit only what is drawn on it.
INSIDE_NUMBER = re.compile(
    rf"(?<=[{_BETWEEN}])[{BIDI_CONTROLS}{JOINERS}\u0640{ACCENTS}]+(?=[{_BETWEEN}])"
    rf"|(?<=\d)[{ACCENTS}{JOINERS}]*[{ACCENTS}][{ACCENTS}{JOINERS}]*"
)
_REVERSED = re.compile("\u202e([^\u202c\n]*)")
_STRUCK = re.compile(rf"\d[{ACCENTS}{JOINERS}]*[{STROKES}]")
_NUMBER = re.compile(r"\d")
MOST_NAMED = 3


def disguised(text: str) -> list[tuple[int, int]]:
    """Spans of a text in which a reader sees other numbers than are written, in order.

    >>> disguised("Police held \u202e38\u202c people."), disguised("Police held 83 people.")
    ([(13, 15)], [])
    """
    spans = []
    if RIGHT_TO_LEFT_OVERRIDE in text:
        spans += [found.span(1) for found in _REVERSED.finditer(text) if _NUMBER.search(found[1])]
    if not text.isascii():
        spans += [found.span() for found in _STRUCK.finditer(text)]
    return sorted(spans)


def told(text: str) -> str | None:
    """What a reader of the result should know of the characters that nobody sees; null where there is nothing.

    >>> told("Police held 8\u20603 people.")
    'numbers are read without the characters inside them that nobody sees (at offset 13)'
    """
    if text.isascii():
        return None
    left_out = [found.start() for found in INSIDE_NUMBER.finditer(text)]
    spans = [start for start, _ in disguised(text)]
    parts = []
    if left_out:
        parts.append(f"numbers are read without the characters inside them that nobody sees ({_at(left_out)})")
    if spans:
        what = "what is written is not what a reader sees, and its numbers are compared with nothing"
        parts.append(f"{what} ({_at(spans)})")
    return " and ".join(parts) or None


def _at(offsets: list[int]) -> str:
    more = f" and {len(offsets) - MOST_NAMED} more" if len(offsets) > MOST_NAMED else ""
    return f"at offset {', '.join(map(str, offsets[:MOST_NAMED]))}{more}"
