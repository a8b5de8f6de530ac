"""A passage: one article's text as tokens with code-point offsets, and its sentences.

Everything above this layer speaks of token indexes; `starts` and `ends` lead back to the text, so that
`text[starts[i]:ends[j]]` is always what was written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from reconcile.text.fold import BIDI_CONTROLS, JOINERS, fold

THIN_SPACES = " \u00a0\u2007\u2009\u202f"
GROUP_MARKS = ",.'\u2019\u066c\u060c" + THIN_SPACES
DECIMAL_MARKS = ".,\u066b\u060c"
PUNCTUATION = (
    r"!-/:-@\[-`{-~\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00bf\u00d7\u00f7"
    "\u0600-\u060f\u061b\u061d-\u061f\u066a-\u066d\u06d4\u06dd"
    "\u2010-\u2027\u2030-\u205e\u2070-\u209c\u20a0-\u20cf\u2100-\u2bff\u3001-\u303f"
    "\ufd3e\ufd3f\ufdfc\uff01-\uff0f\uff1a-\uff20\uffe0-\uffe6\U0001f000-\U0001faff"
)

# Kinds of token, one letter each, as `Passage.kinds` spells them.
WORD, NUMBER, SYMBOL, NEWLINE, DATENUM, CLOCK, OPAQUE = "wnsbdco"

_GROUPED = (
    rf"\d{{1,3}}(?:(?P<group>[{GROUP_MARKS}])\d{{3}})(?:(?P=group)\d{{3}})*(?!\d)(?:[{DECIMAL_MARKS}]\d+)?"
)
_TOKEN = re.compile(
    rf"""
    (?P<w>[^\s\d_{PUNCTUATION}]+)
  | (?P<o>(?<=[:/@.])//[^\s<>"'»«)\]]+|(?<![\w.])[@\#]\w+)
  | (?P<d>(?<![\w/.-])(?:\d{{4}}(?P<y>[/.-])\d{{1,2}}(?P=y)\d{{1,2}}
        |\d{{1,2}}(?P<m>[/.-])\d{{1,2}}(?P=m)(?:\d{{4}}|\d{{2}}))(?![\d/]|[.-]\d))
  | (?P<c>(?<![\d:])\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?![\d:]))
  | (?P<n>{_GROUPED}|(?<![\w.,\u066b])[.\u066b]\d+(?![\d.])|\d+[{DECIMAL_MARKS}]\d+(?![{DECIMAL_MARKS}]\d)|\d+)
  | (?P<b>\n)
  | (?P<s>\S)
    """,
    re.VERBOSE,
)
# Runs of characters that carry no figure although they hold digits or words: addresses, mails, versions, telephones.
_OPAQUE = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'»«)\]]+"
    r"|[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|(?<![\w.,])v?\d+(?:\.\d+){2,}(?![\d,])"
    r"|(?<![\w.])\+\d[\d ()-]{7,}\d"
    r"|(?<!\w)(?:[a-z0-9-]+\.)+(?:com|org|net|gov|edu|info|io)(?:/\S*)?(?!\w)",
    re.IGNORECASE,
)
_MAYBE_OPAQUE = re.compile(r"://|www\.|@|\d\.\d+\.\d|\+\d|\.(?:com|org|net|gov|edu|info|io)\b", re.IGNORECASE)
_GROUPS_OR_DATE = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})|\d{4}\.\d{1,2}\.\d{1,2}")

_INVISIBLE = re.compile(rf"[{BIDI_CONTROLS}{JOINERS}]+")
_INVISIBLE_IN_NUMBER = re.compile(
    rf"(?<=[\d.,:/\u066b\u066c])[{BIDI_CONTROLS}{JOINERS}\u0640]+(?=[\d.,:/\u066b\u066c])"
)

_SENTENCE_END = re.compile(r"""[.!?\u061f\u06d4\u2026]+["'\u00bb\u201d\u2019)\]]*(?=\s|$|[^\W\d_a-z])|\n+""")
_INITIAL = re.compile(r"(?:^|[\s(.\u00ab\"'])[^\W\d_]{1}$")


class _Folded(dict[str, str]):
    """Keys of words, each folded once."""

    def __missing__(self, word: str) -> str:
        if len(self) > FOLDED_WORDS:
            self.clear()
        key = self[word] = fold(word)
        return key


FOLDED_WORDS = 300_000  # distinct words kept; beyond, the table begins anew
_FOLDED = _Folded()


class Passage:
    """One text, tokenised once for every stage above.

    `kinds[i]` is one of w(ord), n(umber), s(ymbol), b (line break), d (numeric date), c(lock), o(paque: an address,
    a telephone number, a version). `keys[i]` is the folded word, or what was written for the other kinds.

    >>> p = Passage("أوقفت 83 شخصًا.")
    >>> p.kinds, p.written(1, 2)
    ('wnws', '83 شخصًا')
    """

    __slots__ = ("text", "clean", "starts", "ends", "kinds", "keys", "_shift", "__dict__")

    def __init__(self, text: str) -> None:
        self.text = text
        self.clean, self._shift = _without_inner_marks(text)
        starts: list[int] = []
        ends: list[int] = []
        kinds: list[str] = []
        keys: list[str] = []
        opaque = _opaque_spans(self.clean)
        folded = _FOLDED
        for match in _TOKEN.finditer(self.clean):
            kind = match.lastgroup
            key = match[0]
            if kind == WORD:
                key = folded[key]
                if not key:
                    continue
            start, end = match.span()
            if opaque and _inside(opaque, start):
                if starts and kinds[-1] == OPAQUE and _inside(opaque, starts[-1]) == _inside(opaque, start):
                    ends[-1] = end
                    continue
                kind = OPAQUE
            starts.append(start)
            ends.append(end)
            kinds.append(kind)  # type: ignore[arg-type]
            keys.append(key)
        if self._shift:
            starts = [self._original(s) for s in starts]
            ends = [self._original(e - 1) + 1 for e in ends]
        self.starts, self.ends, self.kinds, self.keys = starts, ends, "".join(kinds), keys

    def __len__(self) -> int:
        return len(self.keys)

    def written(self, first: int, last: int) -> str:
        """What the text has from token `first` to token `last`, both included."""
        return self.text[self.starts[first] : self.ends[last]]

    def glued(self, i: int) -> bool:
        """Whether token `i` touches the token before it, with nothing between."""
        return i > 0 and self.starts[i] == self.ends[i - 1]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Start and end offsets of the sentences, in order; they hold no line break and no blank at either side."""
        text = self.text
        spans: list[tuple[int, int]] = []
        begin = 0
        for match in _SENTENCE_END.finditer(text):
            if text[match.start()] == "." and _INITIAL.search(
                text, max(begin, match.start() - 3), match.start()
            ):
                continue
            _append_stripped(
                spans, text, begin, match.start() if text[match.start()] == "\n" else match.end()
            )
            begin = match.end()
        _append_stripped(spans, text, begin, len(text))
        return spans

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_index(self, offset: int) -> int:
        """The number of the sentence that holds the code point at `offset` (the one before it for blanks between)."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    @cached_property
    def _breaks(self) -> list[int]:
        return [i for i, kind in enumerate(self.kinds) if kind == NEWLINE]

    def line(self, i: int) -> tuple[int, int]:
        """The first token of the line that holds token `i`, and the one after its last."""
        breaks = self._breaks
        at = bisect_right(breaks, i)
        return (breaks[at - 1] + 1 if at else 0), (breaks[at] if at < len(breaks) else len(self.kinds))

    def token_at(self, offset: int) -> int:
        """The index of the last token that starts at or before `offset`."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def _original(self, offset: int) -> int:
        """The offset in `text` of the character that stands at `offset` in `clean`."""
        at = bisect_right(self._shift, (offset, len(self.text))) - 1
        return offset + (self._shift[at][1] if at >= 0 else 0)


def _without_inner_marks(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without the invisible marks that stand inside numbers, and how far offsets shift from where on."""
    if text.isascii() or not _INVISIBLE_IN_NUMBER.search(text):
        return text, []
    parts: list[str] = []
    shift: list[tuple[int, int]] = []
    done = kept = 0
    for match in _INVISIBLE_IN_NUMBER.finditer(text):
        parts.append(text[done : match.start()])
        kept += match.start() - done
        done = match.end()
        shift.append((kept, done - kept))
    parts.append(text[done:])
    return "".join(parts), shift


def _opaque_spans(text: str) -> list[tuple[int, int]]:
    if not _MAYBE_OPAQUE.search(text):
        return []
    return [(m.start(), m.end()) for m in _OPAQUE.finditer(text) if not _GROUPS_OR_DATE.fullmatch(m.group())]


def _inside(spans: list[tuple[int, int]], offset: int) -> tuple[int, int] | None:
    at = bisect_right(spans, (offset, 1 << 60)) - 1
    return spans[at] if at >= 0 and spans[at][1] > offset else None


def _append_stripped(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
