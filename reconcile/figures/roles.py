"""The role of a figure: a claim, metadata of the page (datelines, captions, part numbers), or page furniture."""

from __future__ import annotations

from reconcile.rules.reader import Reader
from reconcile.text.passage import CLOCK, DATENUM, NUMBER, SYMBOL, WORD

SHORT_LINE = 8  # words; a dateline or a counter is no longer
BRACKETS = "[("


def role_of(r: Reader, first: int, last: int, kind: str) -> str:
    """The role of the figure from token `first` to `last`, by the line that it stands in."""
    begin, end = _line(r, first, last)
    others = [k for k in range(begin, end) if not first <= k <= last and r.kinds[k] == WORD]
    figures = sum(r.kinds[k] in (NUMBER, DATENUM, CLOCK) for k in range(begin, end))
    if kind == "time" and len(others) <= SHORT_LINE:
        return "metadata"
    if kind == "date":
        return _date_role(r, first, last, begin, end, others)
    plain = r.is_number(first) and kind == "count"
    if plain and len(others) <= 3 and any(r.has(k, "page_counters") for k in (*others, first + 1)) and not _ended(r, end):
        return "boilerplate"
    if not others and first == last and r.is_number(first) and figures == 1 and _bulleted(r, begin, first):
        return "boilerplate"
    if kind == "ordinal" and r.has(first, "page_part"):
        return "metadata"
    if any(r.has(k, "page_part") for k in (first - 1,)) and len(others) <= SHORT_LINE and kind == "count":
        return "metadata"
    return "claim"


def _ended(r: Reader, end: int) -> bool:
    """Whether the line closes like a sentence; a counter of the page does not."""
    return r.is_symbol(end - 1, ".!?\u061f")


def _line(r: Reader, first: int, last: int) -> tuple[int, int]:
    begin = first
    while begin > 0 and not r.is_break(begin - 1):
        begin -= 1
    end = last + 1
    while end < r.n and not r.is_break(end):
        end += 1
    return begin, end


def _bulleted(r: Reader, begin: int, first: int) -> bool:
    """A number alone in its line: a counter of the page, if the page has more lines than this one."""
    return r.n > 3 and all(r.kinds[k] == SYMBOL for k in range(begin, first))


def _date_role(r: Reader, first: int, last: int, begin: int, end: int, others: list[int]) -> str:
    words = [
        k
        for k in others
        if not any(r.has(k, c) for c in ("weekday", "clock_part", "date_zones", "page_date_labels"))
    ]
    if len(words) <= 2 and r.n > end - begin + 1:
        return "metadata"
    if any(r.has(k, "page_date_labels") for k in others) and len(words) <= SHORT_LINE:
        return "metadata"
    return "metadata" if _in_caption(r, first, last, begin, end) else "claim"


def _in_caption(r: Reader, first: int, last: int, begin: int, end: int) -> bool:
    """A date in the sentence of a photo: the sentence speaks of the picture, or a credit in brackets follows."""
    text = r.passage
    sentence = text.sentence_index(text.starts[first])
    low, high = text.sentences[sentence]
    cue = any(
        r.has(k, "page_caption")
        for k in range(begin, end)
        if low <= text.starts[k] < high and (first - k > 0 or k - last <= 6)
    )
    after = last + 1
    if after < r.n and r.kinds[after] == SYMBOL and r.keys[after] in ".\u06d4":
        after += 1
    credit = after < r.n and r.kinds[after] == SYMBOL and r.keys[after] == "[" and after < end
    return cue or credit
