"""The tense of the clause that a date stands in: whether it looks ahead, back, or does not say.

A weekday or a month without a year lies before publication in most news; not so where the clause tells of what will be
(the trial will open on Monday, entrera en vigueur en octobre, ستبدأ الاثنين).
"""

from __future__ import annotations

import re
from dataclasses import replace

from reconcile.dates.when import When
from reconcile.rules.reader import SENTENCE_MARKS, Reader

REACH = 25  # tokens from a date to the verb of its clause
CLAUSE_MARKS = ",\u060c;\u061b:()\u2014"
MIN_PAST = 4  # letters of a word whose ending makes it a past form
AHEAD, BACK = 1, -1


def tense(r: Reader, first: int, last: int) -> int:
    """1 where the clause of the date from token `first` to `last` looks ahead, -1 where back, 0 where it says neither.

    The verb nearest before the date decides, else, where the date begins its clause, the first one after it.
    """
    if r.is_symbol(last + 1, "'\u2019") and r.glued(last + 1):
        return 0  # Saturday's crash
    if r.has(first - 1, "range_to"):
        return 0  # put off to September
    if r.rules["noun_phrase"] == "head_last" and r.has(last + 1, "noun"):
        return 0  # for February delivery
    if r.rules["noun_phrase"] == "head_first" and not r.article and r.has(first - 1, "partitive"):
        return 0  # le naufrage de lundi
    words = 0
    for k in range(first - 1, max(-1, first - 1 - REACH), -1):
        if r.is_break(k) or r.is_symbol(k, SENTENCE_MARKS):
            break
        if r.is_symbol(k, CLAUSE_MARKS):
            if words:
                return _after(r, last)
            continue
        found = _said(r, k)
        if found:
            return found
        if r.has(k, "date_turn"):
            return AHEAD if r.follows(k, "date_ahead") else 0  # من المقرر أن تجتمع
        words += r.is_word(k) and not r.has_any(k, "stop", "date_day_words", "weekday")
    return _after(r, last)


def _after(r: Reader, last: int) -> int:
    for k in range(last + 1, min(r.n, last + 1 + REACH)):
        if r.is_break(k) or r.is_symbol(k, SENTENCE_MARKS) or r.has(k, "date_turn"):
            return 0
        if r.is_symbol(k, CLAUSE_MARKS) and k > last + 1:
            return 0
        found = _said(r, k)
        if found:
            return found
    return 0


def _said(r: Reader, k: int) -> int:
    """What the word at `k` says of its clause: a word or a form of the future, or one of the past."""
    if not r.is_word(k):
        return 0
    back = r.get(k, "date_back")
    if back is not None and back.length > 1:
        return BACK  # would have
    if r.has(k, "date_ahead") or _has_form(r, k, "future_form"):
        return AHEAD
    past = r.has(k, "date_back") or (_has_form(r, k, "past_form") and len(r.keys[k]) >= MIN_PAST)
    return BACK if past and not r.has(k - 1, "date_passive") else 0


def _has_form(r: Reader, k: int, name: str) -> bool:
    """Whether a word that is no noun has the form of a tense, and does not look like a name."""
    form: str | None = r.rules["dates"].get(name)
    word = r.written(k).lower() if r.rules["script"] == "latin" else r.keys[k]
    if form is None or re.search(form, word) is None or r.has_any(k, "noun", "num", "ordinal", "date_no_verb"):
        return False
    return not (r.rules["script"] == "latin" and r.capitalised(k)) and not r.definite_word(k)


def leaves_side_open(when: When) -> bool:
    """Whether a date may lie before publication or after it: a bare weekday, a day or a month without its year."""
    if when.end is not None or when.toward or when.told_year is not None or when.lean is not None:
        return False
    if when.weekday is not None and when.month is None and when.day is None:
        return when.offset == 0 and when.number is None and when.unit == "day"
    return when.month is not None and when.year is None and when.offset is None and not when.open_start


def to_side(when: When, side: int) -> When:
    """The same date on one side of its publication: 1 after it, -1 before."""
    if when.weekday is not None and when.month is None:
        return replace(when, offset=side)
    return replace(when, toward=side)
