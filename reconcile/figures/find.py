"""All figures of a passage: one pass over the tokens that can begin one, then what needs the whole article."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from datetime import date
from itertools import accumulate

from reconcile.dates import Interval, Reference, resolve
from reconcile.dates.tense import AHEAD, BACK, leaves_side_open, tense, to_side
from reconcile.figures.bounds import Amount
from reconcile.figures.ellipsis import fill_nouns
from reconcile.figures.figure import Figure
from reconcile.figures.links import continue_units
from reconcile.figures.lists import share_nouns
from reconcile.figures.names import NAMES
from reconcile.figures.publication import publication_of
from reconcile.figures.roles import role_of
from reconcile.figures.scales import share_scales
from reconcile.figures.scan import Found, read, scan
from reconcile.figures.settling import Evidence, settle_money
from reconcile.rules.files import load_rules
from reconcile.rules.reader import Reader
from reconcile.text.hidden import disguised
from reconcile.text.passage import DATENUM

SOON = 31  # days
DISGUISED = "text.disguised"
AMOUNTS_OF_TIME = ("date.ago", "date.counted")


def find_figures(r: Reader, published: date | None = None) -> list[Figure]:
    """Every figure of a passage, in the order of the text; dates lean on `published`, or on the passage's dateline."""
    return figures_of(r, scan(r), published)


def figures_of(r: Reader, found: list[Found], published: date | None) -> list[Figure]:
    """The figures that `scan` found, with dates resolved, money settled and lists completed."""
    usual = True if r.rules["dates"].get("order") == "dmy" else None
    reference = Reference(
        published or publication_of(r, found).published, None, _habit(r, found), usual=usual
    )
    evidence = Evidence(r, _moneys(found))
    settled = _settled_units(found)
    figures: list[Figure] = []
    year: int | None = None
    named_dates: list[Interval] = []
    for item in fill_nouns(r, share_nouns(r, continue_units(r, share_scales(r, found)))):
        if item.amount is not None:
            unit = item.amount.unit
            stated = replace(item.amount, unit=settled[unit]) if unit in settled else item.amount
            figures.append(_from_amount(r, stated, evidence))
            continue
        assert item.when is not None
        if item.rule in AMOUNTS_OF_TIME and reference.published is None:
            amount = _as_duration(item)
            if amount is not None:
                figures.append(_from_amount(r, amount, evidence))
                continue
        lean = replace(reference, year=year, named=tuple(named_dates))
        interval = in_tense(r, item, lean)
        if item.when.lean is None:
            named_dates.append(interval)
        if item.when.year is not None and item.when.calendar == "gregorian":
            year = item.when.year
        figure = _from_date(r, item, interval)
        if figure is not None:
            figures.append(figure)
    return _undisguised(figures, disguised(r.passage.text))


def _undisguised(figures: list[Figure], spans: list[tuple[int, int]]) -> list[Figure]:
    """The figures, those of which a reader sees another number kept as no claim."""
    if not spans:
        return figures
    starts = [start for start, _ in spans]
    reach = list(accumulate((end for _, end in spans), max))

    def is_touched(figure: Figure) -> bool:
        before = bisect_left(starts, figure.end)
        return before > 0 and reach[before - 1] > figure.start

    return [
        replace(one, role="metadata", rules=(*one.rules, DISGUISED)) if is_touched(one) else one for one in figures
    ]


def in_tense(r: Reader, item: Found, lean: Reference) -> Interval:
    """The days of a date; one that leaves its year or week out lies where the tense of its clause has it."""
    assert item.when is not None
    found, published = resolve(item.when, lean), lean.published
    if published is None or not leaves_side_open(item.when) or found.start is None or found.end is None:
        return found
    side = tense(r, item.first, item.last)
    if side == AHEAD and found.end < published:
        return resolve(to_side(item.when, AHEAD), lean)
    soon = SOON if item.when.day is not None else 0  # a page may be older than its last words
    if side == BACK and (found.start - published).days > soon:
        return resolve(to_side(item.when, BACK), lean)
    return found


def _moneys(found: list[Found]) -> frozenset[str]:
    """The codes of the moneys that a passage spells out."""
    amounts = (f.amount for f in found if f.amount is not None and f.amount.kind == "money")
    return frozenset(a.unit for a in amounts if a.unit is not None)


def _settled_units(found: list[Found]) -> dict[str | None, str]:
    """What a unit that says too little means here: the only one of its sort that the passage spells out."""
    named = {f.amount.unit for f in found if f.amount is not None and f.amount.kind == "quantity"}
    choices = {unit: named & set(full) for unit, full in load_rules("units.yml")["settled_by"].items()}
    return {unit: str(*full) for unit, full in choices.items() if len(full) == 1}


def _as_duration(item: Found) -> Amount | None:
    """The time of an "ago", or of so many weeks past, whose reference is unknown: three years, and no date."""
    assert item.when is not None
    if item.when.offset is None:
        return None
    value, unit = float(abs(item.when.offset)), item.when.unit
    rules = (item.rule, "unit.time")
    return Amount(
        item.first, item.last, "duration", "exact", value, value, value, unit, None, (), None, "ago", rules
    )


def _habit(r: Reader, found: list[Found]) -> bool | None:
    """Whether the numeric dates of a passage put the day first, where those that leave no choice agree."""
    habits = {_day_first(r, f) for f in found if f.when is not None and f.rule == "date.numeric"} - {None}
    return habits.pop() if len(habits) == 1 else None


def _day_first(r: Reader, item: Found) -> bool | None:
    assert item.when is not None
    written = r.keys[item.first]
    if r.kinds[item.first] != DATENUM or written[:4].isdecimal() or item.when.day is None:
        return None
    return (
        int(written.replace("-", "/").replace(".", "/").split("/")[0]) == item.when.day and item.when.day > 12
    )


def _from_amount(r: Reader, a: Amount, evidence: Evidence) -> Figure:
    unit, candidates, rules = a.unit, a.candidates, a.rules
    if a.kind == "money" and candidates:
        unit, candidates = settle_money(candidates, a.first, evidence)
        if unit is not None:
            rules = (*rules, "money.settled_by_article")
    return Figure(
        start=r.passage.starts[a.first],
        end=r.passage.ends[a.last],
        kind=a.kind,
        qualifier=a.qualifier,
        role=_role(r, a),
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


def _role(r: Reader, a: Amount) -> str:
    """A number that only names something (Resolution 2254) is no claim, nor are the ends of a range after a label."""
    if not NAMES.isdisjoint(a.rules) or (a.form == "range" and a.is_bare and r.has(a.first - 1, "label")):
        return "metadata"
    return role_of(r, a.first, a.last, a.kind)


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


__all__ = ["figures_of", "find_figures", "read", "scan"]
