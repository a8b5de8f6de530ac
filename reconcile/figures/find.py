"""All figures of a passage: one pass over the tokens that can begin one, then what needs the whole article."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from reconcile.dates import Interval, Reference, When, parse_date, resolve
from reconcile.figures.amount import Amount, parse_amount, parse_dual
from reconcile.figures.figure import Figure
from reconcile.figures.hedges import hedge_before
from reconcile.figures.money import countries_named, settle_money
from reconcile.figures.ordinal import parse_ordinal
from reconcile.figures.roles import role_of
from reconcile.figures.units import read_noun
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
    ]
)
TOPIC_REACH = 12  # tokens from "the number of …" to the numbers that it speaks of
TWOS = ("time", "money", "unit", "noun")


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


def find_figures(r: Reader, published: date | None = None) -> list[Figure]:
    """Every figure of a passage, in the order of the text; dates lean on `published`, or on the passage's dateline."""
    found = scan(r)
    reference = _reference(r, found, published)
    countries = countries_named(r)
    named = frozenset(f.amount.unit for f in found if f.amount is not None and f.amount.unit is not None)
    figures: list[Figure] = []
    year: int | None = None
    for item in _share_nouns(r, found):
        if item.amount is not None:
            figures.append(_from_amount(r, item.amount, countries, named))
            continue
        assert item.when is not None
        if item.rule == "date.ago" and reference.published is None:
            amount = _as_duration(r, item)
            if amount is not None:
                figures.append(_from_amount(r, amount, countries, named))
                continue
        interval = resolve(item.when, Reference(reference.published, year, reference.day_first))
        if item.when.year is not None and item.when.calendar == "gregorian":
            year = item.when.year
        figure = _from_date(r, item, interval)
        if figure is not None:
            figures.append(figure)
    return figures


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
    return found


def _may_begin(r: Reader, i: int) -> bool:
    kind = r.kinds[i]
    if kind in (NUMBER, DATENUM, CLOCK):
        return True
    if r.is_number(i + 1) and r.is_symbol(i, "-\u2212"):
        return True
    entry = r.entries[i]
    return entry is not None and (not SEEDS.isdisjoint(entry.senses) or _is_two(entry))


def _is_two(entry: Entry) -> bool:
    return any(c in entry.senses and entry.senses[c].value.number == "two" for c in TWOS)


def _idioms(r: Reader) -> frozenset[int]:
    quiet: set[int] = set()
    for i, entry in enumerate(r.entries):
        if entry is not None and "idiom" in entry.senses:
            quiet.update(range(i, i + entry.senses["idiom"].length))
    return frozenset(quiet)


def _read_one(r: Reader, i: int) -> Found | None:
    if r.kinds[i] == CLOCK:
        return _clock(r, i)
    when = parse_date(r, i)
    if when is not None and not (when.rule == "date.ago" and hedge_before(r, i) is not None):
        return Found(max(when.first, 0), when.last, None, when.when, when.rule)
    amount = parse_ordinal(r, i) or parse_amount(r, i) or parse_dual(r, i)
    if amount is not None:
        return Found(amount.first, amount.last, amount, None, amount.rules[0])
    return None


def _as_duration(r: Reader, item: Found) -> Amount | None:
    """The time of an "ago" whose reference is unknown: three years, and no date."""
    for i in range(item.first, item.last + 1):
        amount = parse_amount(r, i) or parse_dual(r, i)
        if amount is not None and amount.kind == "duration":
            return amount
    return None


def _clock(r: Reader, i: int) -> Found:
    part = r.get(i + 1, "clock_part")
    last = i + part.length if part is not None else i
    amount = Amount(
        i, last, "time", "exact", None, None, None, None, None, (), None, "clock", ("time.clock",)
    )
    return Found(i, last, amount, None, "time.clock")


def _reference(r: Reader, found: list[Found], published: date | None) -> Reference:
    """What dates lean on: the publication date, given or on the page, and whether days come first in numeric dates."""
    firsts = [_day_first(r, f) for f in found if f.when is not None and f.rule == "date.numeric"]
    habits = {h for h in firsts if h is not None}
    day_first = habits.pop() if len(habits) == 1 else None
    if published is None:
        for item in found:
            if (
                item.when is not None
                and item.when.unit == "day"
                and item.when.year is not None
                and item.when.end is None
            ):
                if role_of(r, item.first, item.last, "date") == "metadata" and not _credited(r, item):
                    published = resolve(item.when, Reference()).end
                    break
    return Reference(published, None, day_first)


def _credited(r: Reader, item: Found) -> bool:
    """Whether the date stands in a longer sentence: a caption dates its photo, not the article."""
    text = r.passage
    low, high = text.sentences[text.sentence_index(text.starts[item.first])]
    return high - low > 80


def _day_first(r: Reader, item: Found) -> bool | None:
    assert item.when is not None
    written = r.keys[item.first]
    if r.kinds[item.first] != DATENUM or written[:4].isdecimal() or item.when.day is None:
        return None
    return (
        int(written.replace("-", "/").replace(".", "/").split("/")[0]) == item.when.day and item.when.day > 12
    )


def _share_nouns(r: Reader, found: list[Found]) -> list[Found]:
    """A bare number in a list takes the noun of the next one (10 and 20 soldiers; 21, 28, 16 and 18 arrests)."""
    out = list(found)
    for k in range(len(out) - 2, -1, -1):
        here, after = out[k].amount, out[k + 1].amount
        if (
            here is None
            or after is None
            or here.kind != "count"
            or here.unit is not None
            or here.noun is not None
        ):
            continue
        if after.kind in ("ordinal", "time", "ratio") or (after.unit is None and not after.candidates):
            continue
        if after.form in ("dual", "ordinal") or not _listed(r, here.last + 1, after.first):
            continue
        shared = replace(
            here,
            kind=after.kind,
            unit=after.unit,
            noun=after.noun,
            candidates=after.candidates,
            rules=(*here.rules, "unit.shared"),
        )
        out[k] = replace(out[k], amount=shared)
    return [f if f.amount is None else replace(f, amount=_topic(r, f.amount)) for f in out]


def _topic(r: Reader, here: Amount) -> Amount:
    """A bare number takes what its sentence says it numbers: the number of dead rose from 50 to 58."""
    if here.kind != "count" or here.unit is not None or here.noun is not None:
        return here
    for k in range(here.first - 1, max(-1, here.first - TOPIC_REACH), -1):
        if r.is_break(k) or r.is_symbol(k, ".!?\u061f"):
            return here
        toll = r.get(k, "toll")
        if toll is not None:
            return replace(here, unit="person", rules=(*here.rules, "unit.topic"))
        head = r.get(k, "count_head")
        if head is not None:
            at = k + head.length
            counted = read_noun(r, at + 1 if r.has(at, "partitive") else at, single=False)
            if counted is not None and counted.unit is not None and counted.last < here.first:
                return replace(here, unit=counted.unit, noun=counted.noun, rules=(*here.rules, "unit.topic"))
            return here
    return here


def _listed(r: Reader, j: int, k: int) -> bool:
    """Whether only list marks stand from token `j` to before token `k`."""
    if k < j or k - j > 2:
        return False
    return k > j and all(
        r.is_symbol(t, ",\u060c;/")
        or (r.is_word(t) and (r.keys[t] in r.lexicon.conjunctions or r.has(t, "range_or")))
        for t in range(j, k)
    )


def _from_amount(r: Reader, a: Amount, countries: tuple[str, ...], named: frozenset[str]) -> Figure:
    unit, candidates, rules = a.unit, a.candidates, a.rules
    if a.kind == "money" and candidates:
        unit, candidates = settle_money(candidates, countries, named)
        if unit is not None:
            rules = (*rules, "money.settled_by_article")
    return Figure(
        start=r.passage.starts[a.first],
        end=r.passage.ends[a.last],
        kind=a.kind,
        qualifier=a.qualifier,
        role=role_of(r, a.first, a.last, a.kind),
        hedge=a.hedge,
        value=a.value,
        low=a.low,
        high=a.high,
        low_open=a.qualifier == "more_than",
        high_open=a.qualifier in ("less_than", "vague"),
        unit=unit,
        noun=a.noun,
        unit_candidates=candidates,
        rules=rules,
    )


def _from_date(r: Reader, item: Found, interval: Interval) -> Figure | None:
    assert item.when is not None
    if interval.precision is None and item.when.offset is None:
        return None
    between = item.when.end is not None or item.when.last_day is not None
    qualifier = (
        "about"
        if item.when.part is not None
        else "between"
        if between and item.rule != "date.days"
        else "exact"
    )
    return Figure(
        start=r.passage.starts[item.first],
        end=r.passage.ends[item.last],
        kind="date",
        qualifier=qualifier,
        role=role_of(r, item.first, item.last, "date"),
        date_start=interval.start,
        date_end=interval.end,
        date_precision=interval.precision,
        edtf=interval.edtf,
        rules=(item.rule,),
    )


__all__ = ["find_figures", "read", "scan"]
