"""A passage: one article's text as tokens with code-point offsets, and its sentences.

Everything above this layer speaks of token indexes; `starts` and `ends` lead back to the text, so that
`text[starts[i]:ends[j]]` is always what was written.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cache, cached_property
from itertools import accumulate, chain
from operator import itemgetter, sub

from reconcile.text.fold import ARABIC, BIDI_CONTROLS, PLAIN_LETTERS, fold, fold_plain
from reconcile.text.hidden import INSIDE_NUMBER

THIN_SPACES = " \u00a0\u2007\u2009\u202f"
GROUP_MARKS = ",.'\u2019\u066c\u060c" + THIN_SPACES
DECIMAL_MARKS = ".,\u066b\u060c"
OPENING_QUOTES = frozenset("\u00ab\u201c\u2018")
CLOSING_QUOTES = frozenset("\u00bb\u201d\u2019")
EITHER_QUOTES = frozenset('"')
HYPHENS = "-\u2010\u2011"
DASHES = HYPHENS + "\u2012\u2013\u2014"
PUNCTUATION = (
    r"!-/:-@\[-`{-~\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00bf\u00d7\u00f7"
    "\u0600-\u060f\u061b\u061d-\u061f\u066a-\u066d\u06d4\u06dd"
    "\u2010-\u2027\u2030-\u205e\u2070-\u209c\u20a0-\u20cf\u2100-\u2bff\u3001-\u303f"
    "\ufd3e\ufd3f\ufdfc\uff01-\uff0f\uff1a-\uff20\uffe0-\uffe6\U0001f000-\U0001faff" + BIDI_CONTROLS
)

# Kinds of token, one letter each, as `Passage.kinds` spells them.
WORD, NUMBER, SYMBOL, NEWLINE, DATENUM, CLOCK, OPAQUE = "wnsbdco"


def _grouped(mark: str) -> str:
    return rf"\d{{1,3}}(?:[{mark}]\d{{3}})+(?!\d)(?:[{DECIMAL_MARKS}]\d+)?"


def _dated(mark: str) -> str:
    return rf"\d{{4}}[{mark}]\d{{1,2}}[{mark}]\d{{1,2}}|\d{{1,2}}[{mark}]\d{{1,2}}[{mark}](?:\d{{4}}|\d{{2}})"


# No group captures, so that `findall` gives every piece of the text, blanks included, and offsets are sums of lengths.
# An elided word keeps its apostrophe (d'euros is two words): one consonant, or what ends in "qu", before a letter.
_ELISION = r"['\u2019](?:(?<=[qQ][uU].)|(?<=[cdjlmnstCDJLMNST].)(?<!\w\w.))(?=[\w\u00ab\u201c\"]|\Z)"
_WORD = rf"[^\s\d_{PUNCTUATION}]+(?:{_ELISION})?"
_DATENUM = rf"(?:(?<![\w/.-])|(?<=[{ARABIC}]))(?:{'|'.join(_dated(mark) for mark in '/.-')})(?![\d/]|[.-]\d)"
_CLOCK = r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])"
_INDIAN = r"\d{1,2}(?:,\d{2})+,\d{3}(?![\d,])(?:\.\d+)?"  # 1,23,45,678: groups of two above the thousands
_BROKEN = r"\d{1,3}(?:, 000)+(?!\d)"  # 120, 000 people, as some pages print it
_NUMBER = (
    rf"{_BROKEN}|{'|'.join(_grouped(mark) for mark in GROUP_MARKS)}|{_INDIAN}"
    rf"|(?<![\w.,\u066b])[.\u066b]\d+(?![\d.])|(?<![\w.,]),\d+(?![\d,])|\d+[{DECIMAL_MARKS}]\d+(?![{DECIMAL_MARKS}]\d)|\d+"
)
_PIECES = re.compile(rf"{_WORD}|[^\S\n]+|{_DATENUM}|{_CLOCK}|{_NUMBER}|\n|\S")
_KINDS = (
    (WORD, re.compile(_WORD)),
    (NEWLINE, re.compile(r"\n")),
    (DATENUM, re.compile(_DATENUM)),
    (CLOCK, re.compile(_CLOCK)),
    (NUMBER, re.compile(_NUMBER)),
    (SYMBOL, re.compile(r"\S")),
)

# Degrees and minutes, or degrees with decimals and a quarter of the sky: where something lies.
_MINUTES = r"\s?\d{1,2}(?:[.,]\d+)?\s?['\u2019\u2032]"
_SECONDS = r"(?:\s?\d{1,2}(?:[.,]\d+)?\s?(?:[\"\u201d\u2033]|''))?"
_COORDINATES = (
    rf"(?<![\w.])\d{{1,3}}\s?\u00b0{_MINUTES}{_SECONDS}\s?[NSEWO]?\b|(?<![\w.])-?\d{{1,3}}[.,]\d+\s?\u00b0\s?[NSEWO]\b"
)
_POINT = r"(?<![\w.])-?\d{1,2}\.\d{4,}\s?,\s?-?\d{1,3}\.\d{4,}(?![\d.])"
# A telephone: a zero first, or an area in brackets, and groups of digits. Each begins with its own sign, which a search
# finds fast.
_TELEPHONE = re.compile(
    r"0(?<![\w.,].)(?:\d(?=(?:[ .-]?\d){7})|\d{2,3}(?=(?:[ .-]?\d){5}))"
    r"(?:(?: \d{2,4}){2,}|(?:[.-]\d{2,4}){3,})(?![\w.]*\d)"
)
_WITH_AREA = re.compile(r"\(\d{2,4}\)[ -]?\d{2,4}[ -]\d{2,4}(?:[ -]\d{2,4})?(?!\d)")
# Runs of characters that carry no figure although they hold digits or words: addresses, mails, versions, telephones.
_OPAQUE = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'»«)\]]+"
    r"|[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|(?<![\w.])[@#]\w+"
    r"|(?<![\w.,])v?\d+(?:\.\d+){2,}(?![\d,])"
    r"|(?<![\w.])\+\d[\d ()-]{7,}\d"
    r"|(?<!\w)(?:[a-z0-9-]+\.)+(?:com|org|net|gov|edu|info|io)(?:/\S*)?(?!\w)",
    re.IGNORECASE,
)
_PLACES = (("\u00b0", re.compile(_COORDINATES, re.IGNORECASE)), (".", re.compile(_POINT)))
_MAYBE_PLACE = re.compile(r"\u00b0|\.\d{4}")
_SIGNED = re.compile(r"[@#+]|://|www\.|\.(?:\d+\.\d|com|org|net|gov|edu|info|io)", re.IGNORECASE)
OPAQUE_SIGNS = ("://", "@", "#", "+", "\u00b0")
_MAYBE_OPAQUE = re.compile(
    r"^0\d{1,3}\s|^0\d[.-]\d\d[.-]|\(\d{2,4}\)|\.\d{4}|\.(?:\d+\.\d|(?:com|org|net|gov|edu|info|io)\b)|www\.",
    re.IGNORECASE,
)
_GROUPS_OR_DATE = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})|\d{4}\.\d{1,2}\.\d{1,2}")

_SENTENCE_END = re.compile(r"""[.!?\u061f\u06d4\u2026]+["'\u00bb\u201d\u2019)\]]*(?=\s|$|[^\W\d_a-z])|\n+""")
LONGEST_SENTENCE = 1500  # characters
MOST_TOKENS = 300  # of a sentence
CUTS = " \t;,\u060c\u061b"
_INITIAL = re.compile(r"(?:^|[\s(.\u00ab\"'])[^\W\d_]{1}$")


class _Pieces(dict[str, "tuple[str, str] | None"]):
    """Kind and key of a piece of text, worked out once each; None for what is no token."""

    def __missing__(self, piece: str) -> tuple[str, str] | None:
        if len(self) > CACHED_PIECES:
            self.clear()
        kind = next((kind for kind, pattern in _KINDS if pattern.fullmatch(piece)), None)
        if kind == SYMBOL and _MARK.fullmatch(piece):
            kind = None
        key = fold(piece) if kind == WORD else piece
        found = self[piece] = (kind, key) if kind is not None and key else None
        return found


# Sorts of run: most, those with digits, those that may be opaque, both, those with an invisible mark inside a number,
# and those that end in no token, but in spaces or marks that are none.
PLAIN, DIGITS, OPEN, OPEN_DIGITS, MARKED, LOOSE = ".0@+!~"
_INTEGERS = "I"  # an array's items


# What stands between two blanks: of which sort it is, and its tokens: their kinds, their keys, how far the end of each
# lies from the end of the token before it (the blank before the run counts as one) and how long each is, both as the
# bytes of arrays. A plain tuple, since the collector of garbage forgets those and there are many.
_Run = tuple[str, str, tuple[str, ...], bytes, bytes]


class _Runs(dict[str, _Run]):
    """Runs of characters without a blank, taken apart once each; one that ends a line has the line break at its end.

    No blank follows a line break, so its own step is one short, and `_offsets` puts that right.
    """

    def __missing__(self, run: str) -> _Run:
        if len(self) > CACHED_PIECES:
            self.clear()
        found = _plain_word(run) or _take_apart(run if run[-1:] == "\n" else run + " ")
        if len(run) <= LONGEST_CACHED:
            self[run] = found
        return found


def _plain_word(run: str) -> _Run | None:
    """A word with at most a mark or a line break after it, as most runs are; None for all others."""
    match = _PLAIN_WORD.fullmatch(run)
    if match is None:
        return None
    word, mark, ending = match.groups()
    if not mark and not ending:
        return PLAIN, WORD, (fold_plain(word),), *_shape(len(word), 1, False)
    keys = (fold_plain(word), *filter(None, (mark, ending)))
    kinds = WORD + SYMBOL * bool(mark) + NEWLINE * bool(ending)
    return PLAIN, kinds, keys, *_shape(len(word), len(keys), bool(ending))


@cache
def _shape(length: int, tokens: int, broken: bool) -> tuple[bytes, bytes]:
    """The steps and lengths of a word with the mark or line break after it."""
    steps = [length + 1, *[1] * (tokens - 1)]
    steps[-1] -= broken
    return _packed(steps), _packed([length, *[1] * (tokens - 1)])


def _packed(numbers: list[int]) -> bytes:
    return array(_INTEGERS, numbers).tobytes()


def _take_apart(text: str, *, at_end: bool = False) -> _Run:
    """Runs in a row with the blanks between and after them; at the end of a passage there is none after."""
    kinds: list[str] = []
    keys: list[str] = []
    steps: list[int] = []
    lengths: list[int] = []
    step = 1
    for piece in _PIECES.findall(text):
        step += len(piece)
        found = _TABLE[piece]
        if found is not None:
            kind, key = found
            broken = kind == NEWLINE
            kinds.append(kind)
            keys.append(key)
            steps.append(step - broken)
            lengths.append(len(piece))
            step = int(broken)
    sort = LOOSE if step != 1 and not at_end else _sort(text)
    return sort, "".join(kinds), tuple(keys), _packed(steps), _packed(lengths)


def _sort(text: str) -> str:
    if INSIDE_NUMBER.search(text):
        return MARKED
    opaque = any(sign in text for sign in OPAQUE_SIGNS) or _MAYBE_OPAQUE.search(text) is not None
    if _DIGIT.search(text):
        return OPEN_DIGITS if opaque else DIGITS
    return OPEN if opaque else PLAIN


_DIGIT = re.compile(r"\d")
_NEWLINES = re.compile(NEWLINE)
_PLAIN_WORD = re.compile(f"({PLAIN_LETTERS})([.,:;!?\u060c\u061b\u061f]?)(\n?)")
_NUMBERS_IN_A_ROW = re.compile(f"[{DIGITS}{OPEN_DIGITS}]{{2,}}")  # of the sorts of runs, for 15 000
_MARK = re.compile(rf"[{BIDI_CONTROLS}]")  # marks of direction stand between tokens and are none
CACHED_PIECES = 200_000  # distinct pieces or runs kept; beyond, the table begins anew
LONGEST_CACHED = 40  # characters of a run
_TABLE = _Pieces()
_RUNS = _Runs()
_SORT, _KINDS_OF, _KEYS, _STEPS, _LENGTHS = (itemgetter(at) for at in range(5))


def _runs(text: str) -> tuple[list[_Run], str]:
    """The runs of a text, in order, and their sorts; those that a number may join are taken apart together."""
    written = text.replace("\n", "\n ").split(" ")
    last = written.pop()  # at the very end an elided word has nothing after it
    found = list(map(_RUNS.__getitem__, written))
    sorts = "".join(map(_SORT, found))
    if LOOSE in sorts:
        *written, last = _with_blanks([*written, last])
        found = list(map(_RUNS.__getitem__, written))
        sorts = "".join(map(_SORT, found))
    found.append(_plain_word(last) or _take_apart(last, at_end=True))
    sorts += _SORT(found[-1])
    for row in reversed(list(_NUMBERS_IN_A_ROW.finditer(sorts))):
        first, after = row.span()
        together = "".join(run if run[-1:] == "\n" else run + " " for run in written[first:after])
        at_end = after > len(written)
        found[first:after] = [_take_apart(together + last if at_end else together, at_end=at_end)]
    return found, sorts


def _with_blanks(written: list[str]) -> list[str]:
    """The same runs, those that end in no token together with the run after them."""
    runs: list[str] = []
    before = ""
    for run in written[:-1]:
        if _SORT(_RUNS[run]) == LOOSE:
            before += run + " "
        else:
            runs.append(before + run)
            before = ""
    return [*runs, before + written[-1]]


def _offsets(runs: list[_Run], kinds: str) -> tuple[list[int], list[int]]:
    """Where the tokens start and end."""
    steps = array(_INTEGERS, b"".join(map(_STEPS, runs)))
    if steps:
        steps[0] -= 1  # no blank stands before the first run
    ends = list(accumulate(steps))
    starts = list(map(sub, ends, array(_INTEGERS, b"".join(map(_LENGTHS, runs)))))
    for broken in _NEWLINES.finditer(kinds):
        starts[broken.start()] += 1
        ends[broken.start()] += 1
    return starts, ends


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
        runs, sorts = _runs(text)
        self.clean = text
        self._shift: list[tuple[int, int]] = []
        if MARKED in sorts:
            self.clean, self._shift = _without_inner_marks(text)
            runs, sorts = _runs(self.clean)
        self.kinds = "".join(map(_KINDS_OF, runs))
        self.starts, self.ends = _offsets(runs, self.kinds)
        self.keys = list(chain.from_iterable(map(_KEYS, runs)))
        if OPEN in sorts or OPEN_DIGITS in sorts:
            self._merge(_opaque_spans(self.clean))
        if self._shift:
            self.starts = [self._original(start) for start in self.starts]
            self.ends = [self._original(end - 1) + 1 for end in self.ends]

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

        def longest(start: int) -> int:
            """The offset before which a sentence that begins at `start` must end."""
            after = bisect_left(self.starts, start) + MOST_TOKENS
            return min(start + LONGEST_SENTENCE, self.starts[after] if after < len(self.starts) else len(text))

        for match in _SENTENCE_END.finditer(text):
            if text[match.start()] == "." and _INITIAL.search(
                text, max(begin, match.start() - 3), match.start()
            ):
                continue
            end = match.start() if text[match.start()] == "\n" else match.end()
            _append_stripped(spans, text, begin, end, longest)
            begin = match.end()
        _append_stripped(spans, text, begin, len(text), longest)
        return spans

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_index(self, offset: int) -> int:
        """The number of the sentence that holds the code point at `offset` (the one before it for blanks between)."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    @cached_property
    def _breaks(self) -> list[int]:
        return [found.start() for found in _NEWLINES.finditer(self.kinds)]

    def line(self, i: int) -> tuple[int, int]:
        """The first token of the line that holds token `i`, and the one after its last."""
        breaks = self._breaks
        at = bisect_right(breaks, i)
        return (breaks[at - 1] + 1 if at else 0), (breaks[at] if at < len(breaks) else len(self.kinds))

    def token_at(self, offset: int) -> int:
        """The index of the last token that starts at or before `offset`."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def _merge(self, runs: list[tuple[int, int]]) -> None:
        """One opaque token for each run of characters instead of those that begin inside it."""
        starts: list[int] = []
        ends: list[int] = []
        kinds: list[str] = []
        keys: list[str] = []
        at = 0
        for start, end in runs:
            first, after = bisect_left(self.starts, start), bisect_left(self.starts, end)
            if first < after:
                starts += self.starts[at : first + 1]
                ends += [*self.ends[at:first], self.ends[after - 1]]
                kinds += (self.kinds[at:first], OPAQUE)
                keys += self.keys[at : first + 1]
                at = after
        starts += self.starts[at:]
        ends += self.ends[at:]
        kinds.append(self.kinds[at:])
        keys += self.keys[at:]
        self.starts, self.ends, self.kinds, self.keys = starts, ends, "".join(kinds), keys

    def _original(self, offset: int) -> int:
        """The offset in `text` of the character that stands at `offset` in `clean`."""
        at = bisect_right(self._shift, (offset, len(self.text))) - 1
        return offset + (self._shift[at][1] if at >= 0 else 0)


def _without_inner_marks(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without the invisible marks that stand inside numbers, and how far offsets shift from where on."""
    parts: list[str] = []
    shift: list[tuple[int, int]] = []
    done = kept = 0
    for match in INSIDE_NUMBER.finditer(text):
        parts.append(text[done : match.start()])
        kept += match.start() - done
        done = match.end()
        shift.append((kept, done - kept))
    parts.append(text[done:])
    return "".join(parts), shift


def _opaque_spans(text: str) -> list[tuple[int, int]]:
    patterns = [_TELEPHONE, _WITH_AREA]
    patterns += [pattern for sign, pattern in _PLACES if sign in text and _MAYBE_PLACE.search(text)]
    found = [(m.start(), m.end()) for pattern in patterns for m in pattern.finditer(text)]
    if not found and _SIGNED.search(text) is None:
        return []
    signed = (m for m in _OPAQUE.finditer(text) if not _GROUPS_OR_DATE.fullmatch(m.group()))
    spans: list[tuple[int, int]] = []
    for start, end in sorted([*found, *((m.start(), m.end()) for m in signed)]):
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return spans


def _append_stripped(
    spans: list[tuple[int, int]], text: str, start: int, end: int, longest: Callable[[int], int]
) -> None:
    """The span without blanks at its ends; what is longer than any sentence is cut at blanks or marks (a table, or a
    text without points), so that what is read within a sentence costs no more than the text is long."""
    while (most := longest(start)) < end:
        cut = next((at for at in range(most, start, -1) if text[at] in CUTS), None)
        if cut is None:
            break
        _append_short(spans, text, start, cut)
        start = cut
    _append_short(spans, text, start, end)


def _append_short(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
