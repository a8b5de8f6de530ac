"""One pass over the tokens of a passage: every figure as parsed, before anything needs the whole article."""

from __future__ import annotations

from dataclasses import dataclass

from reconcile.dates import When, parse_date
from reconcile.dates.parse import parse_ordinal_words
from reconcile.figures.amount import Amount, parse_amount, parse_dual
from reconcile.figures.clock import parse_clock
from reconcile.figures.hedges import hedge_before
from reconcile.figures.ordinal import parse_ordinal
from reconcile.rules.lexicon import Entry, lexicon
from reconcile.rules.reader import Reader
from reconcile.text import Passage
from reconcile.text.passage import CLOCK, DATENUM, NUMBER

SEEDS = frozenset(
    [
        "num",
        "mult",
        "dual",
        "vague",
        "few",
        "fraction",
        "pair",
        "minus",
        "ordinal",
        "ordinal_definite",
        "month",
        "weekday",
        "decade",
        "season",
        "part",
        "money",
        "money_before",
        "relative_day",
        "date_last",
        "date_next",
        "date_this",
        "date_ago",
        "date_year_words",
        "date_years_dual",
        "date_quarter_words",
        "date_half_words",
        "quarter_short",
        "half_short",
        "date_century_words",
        "date_decade_words",
        "article",
        "holiday",
        "date_clock_words",
        "date_day_words",
    ]
)
TWOS = ("time", "money", "unit", "noun", "people_of")


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
    quiet = _idioms(r)
    done = -1
    for i in range(r.n):
        if i <= done or i in quiet or not _may_begin(r, i):
            continue
        item = _read_one(r, i)
        if item is not None:
            found.append(item)
            done = max(done, item.last)
        else:
            done = max(done, _unspoken(r, i) if r.entries[i] is not None else i)
    return found


def _may_begin(r: Reader, i: int) -> bool:
    kind = r.kinds[i]
    if kind in (NUMBER, DATENUM, CLOCK):
        return True
    if r.is_number(i + 1) and r.is_symbol(i, "-\u2212"):
        return True
    entry = r.entries[i]
    if entry is not None and "time" in entry.senses and _relative_after(r, i):
        return True
    return entry is not None and (not SEEDS.isdisjoint(entry.senses) or _is_two(entry))


def _relative_after(r: Reader, i: int) -> bool:
    return any(r.has(i + 1, c) for c in ("date_last", "date_next", "date_this"))


def _is_two(entry: Entry) -> bool:
    return any(c in entry.senses and entry.senses[c].value.number == "two" for c in TWOS)


def _idioms(r: Reader) -> frozenset[int]:
    quiet: set[int] = set()
    for i, entry in enumerate(r.entries):
        if entry is not None and "idiom" in entry.senses:
            quiet.update(range(i, i + entry.senses["idiom"].length))
    return frozenset(quiet)


def _read_one(r: Reader, i: int) -> Found | None:
    clock = parse_clock(r, i)
    if clock is not None:
        return Found(clock.first, clock.last, clock, None, clock.rules[0])
    when = parse_date(r, i)
    if when is not None and not (when.rule == "date.ago" and hedge_before(r, i) is not None):
        return Found(max(when.first, 0), when.last, None, when.when, when.rule)
    amount = parse_ordinal(r, i) or parse_amount(r, i) or parse_dual(r, i)
    if amount is not None:
        return Found(amount.first, amount.last, amount, None, amount.rules[0])
    return None


def _unspoken(r: Reader, i: int) -> int:
    """The last token of an ordinal that orders nothing here; its words are no cardinal either."""
    ordinal = parse_ordinal_words(r, i) if r.has(i, "ordinal") or r.has(i, "ordinal_definite") else None
    return ordinal[1] if ordinal is not None else i
