"""One pass over the tokens of a passage: every figure as parsed, before anything needs the whole article."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from reconcile.dates import When, parse_date
from reconcile.figures.amount import parse_amount
from reconcile.figures.bounds import Amount
from reconcile.figures.clock import parse_clock
from reconcile.figures.halves import SUBJECT, parse_dual, parse_one_and_a_half, parse_one_of_time
from reconcile.figures.hedges import hedge_before
from reconcile.figures.ordinal import parse_ordinal
from reconcile.figures.ratios import parse_fraction_of, parse_multiple, parse_one_of_every
from reconcile.numbers import parse_ordinal_words
from reconcile.rules.choice import Choice
from reconcile.rules.lexicon import lexicon
from reconcile.rules.reader import Reader
from reconcile.rules.senses import TWOS
from reconcile.text import Passage
from reconcile.text.passage import CLOCK, DATENUM, NUMBER, SYMBOL

FIGURE_KINDS = NUMBER + DATENUM + CLOCK
AFTER_TIME = ("date_last", "date_next", "date_this", "date_same", "date_previous", "date_following", "num")
_DIGITS = re.compile(f"[{FIGURE_KINDS}]")
MINUS = "-\u2212\u2013"
AMOUNTS: Choice[Callable[[Reader, int], Amount | None]] = Choice(
    (
        (parse_one_of_every, "ratio_out_of"),
        (parse_one_and_a_half, "fraction"),
        (parse_fraction_of, "fraction_of"),
        (parse_multiple, "multiple"),
        (parse_one_of_time, "article time"),
        (parse_ordinal, "ordinal ordinal_definite num mult #th"),
        (
            parse_amount,
            f"num mult dual vague few fraction minus minus_of_degrees article money money_before # {SYMBOL}",
        ),
        (parse_dual, f"{' '.join(TWOS)} noun_construct"),
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """A figure as parsed, before dates are resolved: its tokens and either an amount or a date."""

    first: int
    last: int
    amount: Amount | None
    when: When | None
    rule: str


def read(text: str, language: str) -> Reader:
    """A text, tokenised and looked up in the rules of its language."""
    return Reader(Passage(text), lexicon(language))


def scan(r: Reader) -> list[Found]:
    """The figures as parsed, none overlapping another, left to right."""
    found: list[Found] = []
    quiet = r.quiet
    done = -1
    for i in _candidates(r):
        if i <= done:
            continue
        if i in quiet:
            done = max(done, _unspoken(r, i))
            continue
        item = _read_one(r, i)
        if item is not None:
            found.append(_after_last(item, done))
            done = max(done, item.last)
        else:
            done = max(done, _unspoken(r, i))
    return found


def _after_last(item: Found, done: int) -> Found:
    """A figure without the tokens that the figure before it took."""
    if item.first > done:
        return item
    amount = replace(item.amount, first=done + 1) if item.amount is not None else None
    return replace(item, first=done + 1, amount=amount)


def _candidates(r: Reader) -> list[int]:
    """The tokens that can begin a figure; a minus sign before digits goes with them."""
    digits = [found.start() for found in _DIGITS.finditer(r.passage.kinds)]
    signs = [i - 1 for i in digits if r.is_symbol(i - 1, MINUS)]
    return sorted((*signs, *digits, *_marked_duals(r), *(i for i in r.beginnings if _begins(r, i))))


def _marked_duals(r: Reader) -> list[int]:
    """Words that only a vowel mark makes a dual; most texts have none of these marks."""
    marks = tuple(r.rules.get("dual_marks", ()))
    if not any(mark in r.passage.text for mark in marks):
        return []
    known = (i for i, senses in enumerate(r.senses[: r.n]) if senses and not r.entries[i].may_begin)
    return [i for i in known if r.written(i).endswith(marks)]


def _begins(r: Reader, i: int) -> bool:
    """Whether a word can begin a figure: by itself, or as a unit of time with "last" or "next" after it."""
    entry = r.entries[i]
    if _followed(r, i + 1) if entry.lead else entry.seed:
        return True
    return "time" in r.senses[i] and (r.has_any(i + 1, *AFTER_TIME) or _week_of(r, i) or _may_last(r, i))


def _may_last(r: Reader, i: int) -> bool:
    """Whether a word for how long something lasts stands before a unit of time."""
    return any(r.has(k, "lasting") for k in r.earlier(i, SUBJECT))


def _week_of(r: Reader, i: int) -> bool:
    """Whether a week has "of" after it (the week of 30 September)."""
    return r.senses[i]["time"].value.id == "week" and (
        r.has_any(i + 1, "partitive", "week_starts", "week_ends") or r.is_number(i + 1)
    )


def _followed(r: Reader, i: int) -> bool:
    """Whether what stands at `i` can be said of time or begin a figure of its own."""
    return i < r.n and (r.entries[i].followed or r.kinds[i] in FIGURE_KINDS)


def _read_one(r: Reader, i: int) -> Found | None:
    clock = parse_clock(r, i)
    if clock is not None:
        return _found(clock)
    when = parse_date(r, i)
    if when is not None and not (when.rule == "date.ago" and hedge_before(r, i) is not None):
        return Found(max(when.first, 0), when.last, None, when.when, when.rule)
    for parse in AMOUNTS.at(r, i):
        amount = parse(r, i)
        if amount is not None:
            return _found(amount)
    return None


def _found(amount: Amount) -> Found:
    return Found(amount.first, amount.last, amount, None, amount.rules[0])


def _unspoken(r: Reader, i: int) -> int:
    """The last token of an ordinal that orders nothing here; its words are no cardinal either. -1 for none."""
    ordinal = parse_ordinal_words(r, i) if r.has_any(i, "ordinal", "ordinal_definite") else None
    return ordinal[1] if ordinal is not None else -1
