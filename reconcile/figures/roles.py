"""The role of a figure: a claim, metadata of the page (datelines, captions, part numbers), or page furniture."""

from __future__ import annotations

from reconcile.rules.reader import Reader
from reconcile.text.passage import CLOCK, DATENUM, NUMBER, SYMBOL, WORD

LONG_LINE = 40  # tokens; a longer line is a paragraph and no furniture
SHORT_LINE = 8  # words; a dateline or a counter is no longer
MOST_HEADLINES = 8  # lines after one that leads to other pages
LONG_HEADLINE = 16  # tokens
DATELINE_WORDS = 4  # of a place
COPYRIGHT_REACH = 4  # tokens
CAPTION_REACH = 30  # tokens from the word for a picture to its date


def role_of(r: Reader, first: int, last: int, kind: str) -> str:
    """The role of the figure from token `first` to `last`, by the line that it stands in."""
    begin, end = r.passage.line(first)
    if kind == "date" and any(r.has(k, "page_copyright") for k in range(max(begin, first - COPYRIGHT_REACH), first)):
        return "metadata"
    if _is_related(r, begin, end) or _follows_related(r, begin, end):
        return "boilerplate"
    if end - begin > LONG_LINE:
        return "metadata" if kind == "date" and _in_caption(r, first, last, begin, end) else "claim"
    others = [k for k in range(begin, end) if not first <= k <= last and r.kinds[k] == WORD]
    if kind == "time" and len(others) <= SHORT_LINE:
        return "metadata"
    if kind == "date":
        return _date_role(r, first, last, begin, end, others)
    if kind == "count" and r.is_number(first) and _is_counter(r, first, last, begin, end, others):
        return "boilerplate"
    numbered = (kind == "ordinal" and r.has(first, "page_part")) or (
        kind == "count" and r.has(first - 1, "page_part")
    )
    return "metadata" if numbered and len(others) <= SHORT_LINE else "claim"


def _is_related(r: Reader, begin: int, end: int) -> bool:
    """Whether a line leads to other pages (Read also: 5 dead in a crash); a bullet may stand before its words."""
    k = begin
    while k < end and r.kinds[k] == SYMBOL:
        k += 1
    related = r.get(k, "page_related")
    return related is not None and end - begin <= LONG_LINE and not _ended(r, end) and r.n > related.length


def _follows_related(r: Reader, begin: int, end: int) -> bool:
    """Whether a short line without an end stands among the headlines after a line that leads to other pages."""
    for _ in range(MOST_HEADLINES):
        if begin == 0 or end - begin > LONG_HEADLINE or _ended(r, end):
            return False
        blank = begin < 2 or r.is_break(begin - 2)
        begin, end = (begin - 1, begin - 1) if blank else r.passage.line(begin - 2)
        if begin < end and _is_related(r, begin, end):
            return True
    return False


def _in_dateline(r: Reader, first: int, last: int, begin: int) -> bool:
    """Whether a date stands after the place at the head of a line, and a mark closes both (PARIS, 2 May. /X/)."""
    before = range(begin, first)
    words = [k for k in before if r.kinds[k] == WORD and not r.has_any(k, "date_day_words", "article")]
    if not 0 < len(words) <= DATELINE_WORDS or not r.is_symbol(first - 1, ",\u060c"):
        return False
    named = r.rules["script"] != "latin" or all(r.capitalised(k) for k in words)
    agency = r.is_symbol(last + 1, "(/\u2013\u2014-") or (r.is_symbol(last + 1, ".") and r.is_symbol(last + 2, "/("))
    return named and agency


def _is_counter(r: Reader, first: int, last: int, begin: int, end: int, others: list[int]) -> bool:
    """A number alone in its line, or beside a word for what pages count (5 comments)."""
    if _ended(r, end):
        return False
    if len(others) <= 3 and any(r.has(k, "page_counters") for k in (first - 1, first + 1, last + 1)):
        return True
    figures = sum(r.kinds[k] in (NUMBER, DATENUM, CLOCK) for k in range(begin, end))
    return not others and first == last and figures == 1 and _bulleted(r, begin, first)


def _ended(r: Reader, end: int) -> bool:
    """Whether the line closes like a sentence; a counter of the page does not."""
    return r.is_symbol(end - 1, ".!?\u061f")


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
    if _in_dateline(r, first, last, begin):
        return "metadata"
    led = first - 1 - r.has(first - 1, "partitive")
    street_before = r.has(led, "street_before") and not r.took_article(led)
    if street_before or (r.has(last + 1, "street") and r.capitalised(last + 1)):
        return "metadata"  # a street or a square that a day names
    if any(r.has(k, "page_date_labels") for k in others) and len(words) <= SHORT_LINE:
        return "metadata"
    return "metadata" if _in_caption(r, first, last, begin, end) else "claim"


def _in_caption(r: Reader, first: int, last: int, begin: int, end: int) -> bool:
    """A date in the sentence of a photo: the sentence speaks of the picture, or a credit in brackets follows."""
    text = r.passage
    near = range(max(begin, first - CAPTION_REACH), min(end, last + 7))
    cues = [k for k in near if r.has(k, "page_caption")]
    if cues:
        low, high = text.sentences[text.sentence_index(text.starts[first])]
        if any(low <= text.starts[k] < high for k in cues):
            return True
    after = last + 1
    if after < r.n and r.kinds[after] == SYMBOL and r.keys[after] in ".\u06d4":
        after += 1
    return after < r.n and r.kinds[after] == SYMBOL and r.keys[after] == "[" and after < end
