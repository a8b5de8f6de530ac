"""Bare numbers that go on from a figure before them in the sentence: of which 2 million, مقابل 12 مليونا."""

from __future__ import annotations

from dataclasses import replace

from reconcile.figures.bounds import Amount
from reconcile.figures.scan import Found
from reconcile.rules.reader import Reader

REACH = 12  # tokens from a figure to the number that is compared with it, or is part of it
NEAR = 5  # tokens from a figure to the other end of its change, or to the next of its like
COMPARABLE = 200  # times; beyond, two numbers do not measure the same thing
SOURCES = ("money", "quantity", "count")
SENTENCE_MARKS = ".!?\u061f;\u061b"


def continue_units(r: Reader, found: list[Found]) -> list[Found]:
    """The figures, with the unit of the one before for each bare number that a link joins to it."""
    out = list(found)
    last: Amount | None = None
    for k, item in enumerate(out):
        here = item.amount
        if here is None:
            continue
        if last is not None:
            here = _without_unknown_noun(r, last, here)
        if last is not None and _is_bare(here) and _goes_on(r, last, here):
            rules = (*here.rules, "unit.continued")
            here = replace(
                here, kind=last.kind, unit=last.unit, noun=last.noun, candidates=last.candidates, rules=rules
            )
            out[k] = replace(item, amount=here)
        if here.kind != "ordinal":
            last = here if here.kind in SOURCES and (here.unit or here.candidates) else None
    return out


def _is_bare(here: Amount) -> bool:
    return here.kind == "count" and here.unit is None and here.noun is None


def _without_unknown_noun(r: Reader, last: Amount, here: Amount) -> Amount:
    """A scaled number right after a link, without the unknown word behind it, which tells how (منها 4 ملايين نقدا)."""
    unknown = here.unit is None and here.noun is not None and "unit.unknown_noun" in here.rules
    if not unknown or last.kind == "count" or here.form not in ("mixed", "scale", "dual"):
        return here
    if not _ends_at(r, "figure_link", here.first):
        return here
    rules = tuple(rule for rule in here.rules if rule != "unit.unknown_noun")
    return replace(here, last=here.last - 1, noun=None, rules=rules)


def _goes_on(r: Reader, last: Amount, here: Amount) -> bool:
    """Whether a link right before a bare number joins it to a figure of its size in the same sentence."""
    gap = here.first - last.last - 1
    if not 0 < gap <= REACH or not _comparable(last, here):
        return False
    if any(r.is_break(t) or r.is_symbol(t, SENTENCE_MARKS) for t in range(last.last + 1, here.first)):
        return False
    if _ends_at(r, "figure_link", here.first):
        return True
    if gap > NEAR:
        return False
    change = _ends_at(r, "range_from", here.first) or _ends_at(r, "range_to", here.first)
    return change or _is_next_of_its_like(r, here)


def _ends_at(r: Reader, category: str, first: int) -> bool:
    """Whether words of a category end right before token `first`, or before one word that may stand between."""
    for end in (first, first - 1):
        if end < first and not r.has_any(end, "exact", "determiner", "filler"):
            continue
        for k in range(max(0, end - 3), end):
            sense = r.get(k, category)
            if sense is not None and k + sense.length == end:
                return True
    return False


def _is_next_of_its_like(r: Reader, here: Amount) -> bool:
    """Whether an "and" adds a number with a scale word and a preposition after it (لكل أسرة و25 ألفا لكل مصاب)."""
    joined = bool(r.particle(here.first)) or r.is_conjunction(here.first - 1) or r.is_clitic(here.first - 1)
    after = here.last + 1
    scaled = here.form == "mixed" or here.form == "scale"
    return (
        joined
        and scaled
        and (r.has(after, "link_follower") or bool(r.preposition(after)) or _glued_to(r, after))
    )


def _glued_to(r: Reader, k: int) -> bool:
    """Whether a glued preposition begins the word at `k`, known or not (لكل)."""
    return (
        r.is_word(k) and bool(r.article) and r.keys[k][:1] in r.lexicon.to_prefixes and r.stem(k) != r.keys[k]
    )


def _comparable(last: Amount, here: Amount) -> bool:
    """Whether two amounts are of one order of size; a vague or open one is not compared."""
    sizes = [next((x for x in (a.value, a.low, a.high) if x), None) for a in (last, here)]
    one, other = sizes
    if one is None or other is None or one <= 0 or other <= 0:
        return False
    return 1 / COMPARABLE <= one / other <= COMPARABLE
