"""An amount with its hedge, and the bounds that both together state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from reconcile.figures.counted import Counted
from reconcile.figures.hedges import Hedge, hedge_after, hedge_before
from reconcile.rules.reader import Reader

LOWER_BOUNDS = ("more_than", "at_least")
UPPER_BOUNDS = ("less_than", "at_most")
BY_FORM = {"vague": "vague", "range": "between"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure that is no date: tokens `first` to `last`, the number or both ends of a range, what is counted."""

    first: int
    last: int
    kind: str
    qualifier: str
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    noun: str | None
    candidates: tuple[str, ...]
    hedge: str | None
    form: str
    rules: tuple[str, ...]

    @property
    def is_bare(self) -> bool:
        """Whether nothing beside the number says what it counts, and it is no name either."""
        return self.kind == "count" and self.unit is None and self.noun is None and self.form != "name"

    @property
    def size(self) -> float | None:
        """The value, else a bound that is known and not zero."""
        return next((x for x in (self.value, self.low, self.high) if x), None)


class Bounds(NamedTuple):
    """A value, or the lowest and highest that are stated; None where nothing is.

    `about` is the token of a number word that by itself only estimates (une dizaine).
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    about: int | None = None


def state(
    r: Reader,
    first: int,
    last: int,
    counted: Counted,
    bounds: Bounds,
    rule: str,
    form: str,
    *,
    inner: int | None = None,
) -> Amount:
    """The amount from token `first` to `last`, with the hedge around it and the bounds as stated.

    `inner` is the token after the number, where a hedge may stand before what is counted (20 or so schools).
    """
    if form == "range" and r.has_any(first - 1, "range_between", "range_from"):
        first -= 1
    hedge = _hedge(r, first, last)
    if hedge is not None and counted.kind == "duration" and _is_spread(r, hedge):
        hedge = None
    if hedge is None and inner is not None and inner <= last:
        hedge = hedge_after(r, inner)
    words = None
    if hedge is not None:
        words = r.written(hedge.first, hedge.last)
        if hedge.touching:
            first, last = min(first, hedge.first), max(last, hedge.last)
    qualifier = BY_FORM.get(form, hedge.qualifier if hedge is not None else "exact")
    if bounds.about is not None and qualifier == "exact":
        qualifier, words = "about", r.written(bounds.about)
    value, low, high, _ = _stated(bounds, qualifier, hedge)
    hedged = f"hedge.{hedge.qualifier}" if hedge is not None else ""
    return Amount(
        first,
        last,
        counted.kind,
        qualifier,
        value,
        low,
        high,
        counted.unit,
        counted.noun,
        counted.candidates,
        words,
        form,
        tuple(fired for fired in (rule, counted.rule, hedged) if fired),
    )


def _hedge(r: Reader, first: int, last: int) -> Hedge | None:
    """The hedge before an amount, or the one after it where there is none or it says no more than "about"."""
    before, after = hedge_before(r, first), hedge_after(r, last + 1)
    if before is None or (before.qualifier == "about" and after is not None):
        return after
    return None if _compares(r, before, first, last) else before


def _compares(r: Reader, hedge: Hedge, first: int, last: int) -> bool:
    """Whether a verb compares with a thing that the amount tells from others (surpasses the $611 million theft)."""
    if hedge.touching or not r.has(hedge.first, "hedge_verb") or not r.has(first - 1, "determiner"):
        return False
    thing = r.get(last + 1, "noun")
    if thing is not None:
        return bool(thing.value.number == "one") and not r.has_any(last + 1, "filler", "hedge_mark")
    return r.is_word(last + 1) and not r.has_any(last + 1, "stop", "filler", "hedge_mark", "hedge_after")


def _is_spread(r: Reader, hedge: Hedge) -> bool:
    """Whether an amount right before says that a time is what it is spread over (£5m over three years)."""
    if hedge.first != hedge.last or r.keys[hedge.first] not in r.rules.get("span_hedges", ()):
        return False
    at = hedge.first - 1
    counted = r.has(at, "noun") and (r.is_number(at - 1) or r.has_any(at - 1, "num", "mult"))
    return counted or r.is_number(at) or r.has_any(at, "mult", "scale_short", "money", "percent", "unit")


def _stated(bounds: Bounds, qualifier: str, hedge: Hedge | None) -> Bounds:
    value = bounds.value
    if qualifier == "exact":
        return Bounds(value, value, value)
    if qualifier in LOWER_BOUNDS:
        return bounds._replace(low=value)
    if qualifier in UPPER_BOUNDS:
        return bounds._replace(high=value)
    if qualifier == "vague" and hedge is not None:
        if hedge.qualifier in LOWER_BOUNDS:
            return bounds._replace(high=None)
        if hedge.qualifier in UPPER_BOUNDS:
            return bounds._replace(low=None)
    return bounds
