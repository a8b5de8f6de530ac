"""Bare numbers that go on from a figure before them in the sentence: of which 2 million, مقابل 12 مليونا."""

from __future__ import annotations

from dataclasses import replace

from reconcile.figures.bounds import Amount
from reconcile.figures.ellipsis import is_participle
from reconcile.figures.hedges import before_hedge
from reconcile.figures.scan import Found
from reconcile.rules.reader import SENTENCE_MARKS, Reader

REACH = 12  # tokens from a figure to the number that is compared with it, or is part of it
FAR = 30  # tokens from a large sum to another that leaves its unit out
LEAST_SCALE = {"money": 1e6, "quantity": 1e3}  # of a number that may leave the unit of its sentence out
NEAR = 5  # tokens from a figure to the other end of its change, or to the next of its like
COMPARABLE = 200  # times; beyond, two numbers do not measure the same thing
SOURCES = ("money", "quantity", "count")
PASSED_OVER = ("ordinal", "percentage", "ratio", "time")  # between two figures of a kind
CLAUSE_MARKS = SENTENCE_MARKS + ";\u061b"


def continue_units(r: Reader, found: list[Found]) -> list[Found]:
    """The figures, with the unit of the one before for each bare number that a link joins to it."""
    out = list(found)
    only = len(_large_units(r, found)) == 1
    last: Amount | None = None
    for k, item in enumerate(out):
        here = item.amount
        if here is None:
            continue
        if last is not None:
            here = _without_unknown_noun(r, last, here)
            others = _is_other(r, last, here)
            here = replace(here, unit=None) if others else here
            if here.is_bare and (others or _goes_on(r, last, here) or _leaves_unit_out(r, last, here, only)):
                here = _continued(_in_scale_of(r, last, here), last)
                out[k] = replace(item, amount=here)
        if here.kind not in PASSED_OVER:
            last = here if here.kind in SOURCES and (here.unit or here.candidates) else None
    return out


def _continued(here: Amount, last: Amount) -> Amount:
    """A bare number with the unit of the figure before."""
    rules = (*here.rules, "unit.continued")
    return replace(
        here, kind=last.kind, unit=last.unit, noun=last.noun, candidates=last.candidates, rules=rules
    )


def _without_unknown_noun(r: Reader, last: Amount, here: Amount) -> Amount:
    """A scaled number right after a link, without the unknown word behind it, which tells how (منها 4 ملايين نقدا), and
    any number without the participle behind it (dont 312 confirmés)."""
    unknown = here.unit is None and here.noun is not None and "unit.unknown_noun" in here.rules
    participle = is_participle(r, here.last)
    if not unknown or not (participle or (last.kind != "count" and here.form in ("mixed", "scale", "dual"))):
        return here
    if not _ends_at(r, "figure_link", here.first):
        return here
    rules = tuple(rule for rule in here.rules if rule != "unit.unknown_noun")
    return replace(here, last=here.last - 1, noun=None, rules=rules)


def _goes_on(r: Reader, last: Amount, here: Amount) -> bool:
    """Whether a link right before a bare number joins it to a figure of its size in the same sentence."""
    gap = here.first - last.last - 1
    if not 0 < gap <= REACH or not (_comparable(last, here) or _in_scale_of(r, last, here) is not here):
        return False
    if not r.in_one_sentence(last.last + 1, here.first, CLAUSE_MARKS):
        return False
    if _ends_at(r, "figure_link", here.first):
        return True
    if gap > NEAR:
        return False
    since = _ends_at(r, "range_from", here.first) and not r.has(here.first - 2, "people_head")
    change = since or _ends_at(r, "range_to", here.first)
    return change or _is_next_of_its_like(r, last, here)


def _leaves_unit_out(r: Reader, last: Amount, here: Amount, only: bool) -> bool:
    """Whether a large bare number says the end of a change or a level, in the money or measure of its sentence; in
    that of the sentence before too, where it is the `only` thing that the passage counts by the million."""
    if last.kind not in LEAST_SCALE or _scale_of(r, here) < LEAST_SCALE[last.kind]:
        return False
    if not 0 < here.first - last.last <= FAR or not _comparable(last, here):
        return False
    between = range(last.last + 1, here.first)
    ends = sum(r.is_symbol(t, CLAUSE_MARKS) for t in between)
    if any(r.is_break(t) for t in between) or ends > only:
        return False
    before = before_hedge(r, here.first)
    verbal = before < here.first and r.has(before, "hedge_verb")
    level = verbal or r.follows(before, "level_verb", 2)
    change = _ends_at(r, "range_to", before) or _ends_at(r, "range_from", before)
    of_sum = last.kind == "money" and (_is_sum_of(r, before) or _is_next_subject(r, before))
    near = (t for t in range(max(last.last + 1, before - NEAR), before) if not r.has(t, "hedge_subject"))
    subjects = (r.first(t, "noun", "people_of") for t in near if not r.has(t, "sum_head"))
    counted = any(noun is not None and noun.value.number == "many" for noun in subjects)
    heads = any(r.has(t, "people_head") for t in range(last.last + 1, before))
    return (level or change or of_sum) and not (counted or heads)


def _is_sum_of(r: Reader, first: int) -> bool:
    """Whether "of" stands right before, after a word for a sum of money (recettes de, a budget of)."""
    head = first - 2 - r.has_any(first - 2, "auxiliary", "stop")  # le montant était de
    return r.has(first - 1, "partitive") and r.has(head, "sum_head")


def _is_next_subject(r: Reader, first: int) -> bool:
    """Whether "and" with a subject of its own stands right before (et les importations 43,5 milliards)."""
    head = first - 1
    led = r.is_conjunction(head - 2) and r.has_any(head - 1, "determiner", "article")
    return (led or r.is_conjunction(head - 1) or bool(r.particle(head))) and r.has(head, "sum_head")


def _large_units(r: Reader, found: list[Found]) -> set[tuple[str, str | None, tuple[str, ...]]]:
    """The kinds and units of all that a passage counts by the million."""
    amounts = (f.amount for f in found if f.amount is not None)
    named = (a for a in amounts if a.unit or a.candidates or a.noun)
    return {(a.kind, a.unit, a.candidates) for a in named if _scale_of(r, a) >= LEAST_SCALE["money"]}


def _in_scale_of(r: Reader, last: Amount, here: Amount) -> Amount:
    """A small number at the end of a change, in the scale of its first end (from 3 billion dollars to eight)."""
    scale = _scale_of(r, last)
    ends = r.has(here.first - 1, "range_to") and here.first - last.last == 2
    if not ends or here.form not in ("words", "digits") or here.value is None or last.value is None:
        return here
    if scale < LEAST_SCALE["money"] or last.value < scale or not 0 < here.value < 1000:
        return here
    value = here.value * scale
    return replace(here, value=value, low=here.low and value, high=here.high and value)


def _scale_of(r: Reader, amount: Amount) -> float:
    """The last scale word of an amount; 1 where it has none."""
    scales = (r.get(k, "mult") for k in range(amount.last, amount.first - 1, -1))
    return next((float(mult.value.value) for mult in scales if mult is not None), 1.0)


def _is_other(r: Reader, last: Amount, here: Amount) -> bool:
    """Whether a number counts others of what the figure before it counts (sank 3 ships and damaged two others)."""
    if here.kind != "count" or last.kind != "count" or last.unit is None or not r.has(here.last + 1, "other"):
        return False
    if "unit.people" not in here.rules and not here.is_bare:
        return False
    near = here.first - last.last - 1 <= REACH
    return near and r.in_one_sentence(last.last + 1, here.first, CLAUSE_MARKS)


def _ends_at(r: Reader, category: str, first: int) -> bool:
    """Whether words of a category end right before token `first`, or before one word that may stand between."""
    between = r.has_any(first - 1, "exact", "determiner", "filler")
    return r.follows(first, category) or (between and r.follows(first - 1, category))


def _is_next_of_its_like(r: Reader, last: Amount, here: Amount) -> bool:
    """Whether an "and" adds a number with a scale word and a preposition after it (لكل أسرة و25 ألفا لكل مصاب), or
    one of which only the manner is told (30 homes completely and 12 partly)."""
    joined = bool(r.particle(here.first)) or r.is_conjunction(here.first - 1) or r.is_clitic(here.first - 1)
    after = here.last + 1
    if joined and r.has(after, "manner") and r.has(last.last + 1, "manner"):
        return here.first - last.last <= 3
    scaled = here.form == "mixed" or here.form == "scale"
    if joined and scaled and last.kind == "money" and here.first - last.last <= 2 and not r.has(after, "people"):
        return True  # $5 million and 3 million more
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
    one, other = last.size, here.size
    if one is None or other is None or one <= 0 or other <= 0:
        return False
    return 1 / COMPARABLE <= one / other <= COMPARABLE
