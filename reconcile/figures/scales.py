"""A scale word said once for several numbers: from 155.7 to 168 billion, 5, 10 and 15 million, من 4 إلى 2.5 مليون."""

from __future__ import annotations

from dataclasses import replace

from reconcile.figures.bounds import Amount
from reconcile.figures.hedges import before_hedge
from reconcile.figures.ranges import CHANGE_REACH, CHANGES, NEAR, SCALED
from reconcile.figures.scan import Found
from reconcile.numbers import Number
from reconcile.rules.reader import Reader

MOST_APART = 100  # times; numbers further from one another share no scale word
COMMAS = ",\u060c;"
MOST_BETWEEN = 3  # tokens between two numbers that share a scale word


def share_scales(r: Reader, found: list[Found]) -> list[Found]:
    """The figures, with the scale of the next one for each number that leaves its own out, the last pair first."""
    out = list(found)
    shared: float | None = None  # the scale of the figure at k + 1, if a list goes on before it
    for k in range(len(out) - 2, -1, -1):
        here, after = out[k].amount, out[k + 1].amount
        if here is None or after is None:
            shared = None
            continue
        other = _number(r, after)
        scale = shared if shared is not None else _scale_of(r, after, other)
        joint = _joint(r, here, after) if scale is not None else ""
        number = _number(r, here) if joint else None
        if number is None or other is None or scale is None or not _leaves_out(r, here, after, number):
            shared = None
            continue
        if joint == "," and shared is None:
            continue  # "of the 12, 3 million": two numbers beside a comma are no list
        coefficient = (after.value or after.high or 0.0) / scale
        if not _share(r, here, number, coefficient, changes=joint == "to"):
            shared = None
            continue
        out[k] = replace(out[k], amount=_scaled(here, scale))
        shared = scale if joint in (",", "and") else None
    for k in range(1, len(out)):
        before, here = out[k - 1].amount, out[k].amount
        if before is None or here is None or not here.is_bare:
            continue
        if _joint(r, before, here) == "to":
            out[k] = replace(out[k], amount=_in_scale_before(r, before, here))
    return out


def _in_scale_before(r: Reader, before: Amount, here: Amount) -> Amount:
    """A small number at the end of a change whose first end says the scale (from 20 thousand to 30)."""
    number, first = _number(r, here), _number(r, before)
    scale = _scale_of(r, before, first)
    if number is None or first is None or scale is None or first.value is None or not here.is_bare:
        return here
    if not _leaves_out(r, here, before, number):
        return here
    ratio = (number.value or 0.0) / (first.value / scale)
    return _scaled(here, scale) if 1 / NEAR <= ratio <= NEAR else here


def _joint(r: Reader, here: Amount, after: Amount) -> str:
    """How two figures are joined: "to" for the ends of a change or a range, "and", a comma, or nothing."""
    first = before_hedge(r, after.first)
    if not 0 <= first - here.last - 1 <= MOST_BETWEEN:
        return ""
    between = range(here.last + 1, first)
    if not between:
        return "and" if r.particle(first) else ""
    k = between[0]
    to = r.get(k, "range_to")
    if to is not None and k + to.length == first:
        return "to"
    if r.has(k, "range_from") and len(between) == 1 and r.has(before_hedge(r, here.first) - 1, "range_to"):
        return "to"  # to 2.9 from 3.4 percent
    if all(r.is_symbol(t, COMMAS) or r.is_conjunction(t) or r.has(t, "range_or") for t in between):
        return "," if all(r.is_symbol(t, COMMAS) for t in between) and not r.particle(first) else "and"
    return ""


def _number(r: Reader, amount: Amount) -> Number | None:
    """The number that an amount was read from."""
    numbers = (r.numbers.get(k) for k in range(amount.first, amount.last + 1))
    return next((n for n in numbers if n is not None and n.value is not None and n.last <= amount.last), None)


def _scale_of(r: Reader, amount: Amount, number: Number | None) -> float | None:
    """The scale of a number that others may share; a mere letter only beside what is counted (5 and 10bn euros)."""
    if number is None or number.scale < SCALED:
        return None
    said = any(r.has(k, "mult") for k in range(number.first, number.last + 1))
    return number.scale if said or not amount.is_bare else None


def _leaves_out(r: Reader, here: Amount, after: Amount, number: Number) -> bool:
    """Whether a number has no scale and nothing counted of its own, but perhaps the sign of money that both have."""
    if number.scale != 1 or number.value is None or not 0 < number.value < SCALED or number.form == "fraction":
        return False
    if here.is_bare:
        return here.value is not None
    signed = here.kind == after.kind == "money" and here.last == number.last and here.first < number.first
    return signed and (here.unit, here.candidates) == (after.unit, after.candidates)


def _share(r: Reader, here: Amount, number: Number, coefficient: float, *, changes: bool) -> bool:
    """Whether a number is of the size that the scale word of the next one makes it; a rise ends above where it began.

    Where the first number is the larger, only a fall, or a list, shares the scale (fell from 4 to 2.5 million, but
    rose from 900 to 1.2 million).
    """
    value = number.value or 0.0
    if not changes:
        return 1 / MOST_APART <= value / coefficient <= MOST_APART if coefficient > 0 else False
    verbs = [k for k in r.earlier(here.first, CHANGE_REACH) if r.has_any(k, *CHANGES)]
    falls = bool(verbs) and r.has(verbs[0], "change_falls")
    told = bool(verbs) and not r.has(verbs[0], "change_neutral")
    reverse = r.has(here.last + 1, "range_from")
    first, last = (coefficient, value) if reverse else (value, coefficient)
    if first <= last:
        return last <= first * MOST_APART or not reverse
    return falls or (not told and first <= last * NEAR)


def _scaled(here: Amount, scale: float) -> Amount:
    def times(value: float | None) -> float | None:
        return None if value is None else value * scale

    rules = (*here.rules, "number.shared_scale")
    return replace(here, value=times(here.value), low=times(here.low), high=times(here.high), rules=rules)
