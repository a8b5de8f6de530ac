"""Bare numbers that take their noun from further off: from the next of a list, or from the topic of the sentence."""

from __future__ import annotations

from dataclasses import replace

from reconcile.figures.bounds import Amount
from reconcile.figures.hedges import before_hedge
from reconcile.figures.nouns import read_noun
from reconcile.figures.scan import Found
from reconcile.rules.reader import Reader
from reconcile.rules.senses import Noun

TOPIC_REACH = 11  # tokens from "the number of …" to the numbers that it speaks of
FAR_TOPIC_REACH = 24  # the same to a number that a verb of change brings (the death toll … climbed to 58)
MOST_OF_VERB = 4  # tokens of a verb that tells a level, its subject after it included
LIST_MARKS = ",\u060c;/"


def share_nouns(r: Reader, found: list[Found]) -> list[Found]:
    """A bare number in a list takes the noun of the next one (10 and 20 soldiers; 21, 28, 16 and 18 arrests)."""
    out = list(found)
    for k in range(len(out) - 2, -1, -1):
        here, after = out[k].amount, out[k + 1].amount
        if here is None or after is None or not here.is_bare:
            continue
        if after.kind in ("ordinal", "time", "ratio") or (after.unit is None and not after.candidates):
            continue
        apart = (
            after.kind == "percentage"
            and "unit.shared" not in after.rules
            and r.is_symbol(here.last + 1, LIST_MARKS)
        )
        if apart or after.form in ("dual", "ordinal") or not _listed(r, here.last + 1, after.first):
            continue
        including = r.has(here.last + 1, "inclusion")
        if including and after.unit != "person":
            continue  # 99,831, including 2,355 deaths
        shared = replace(
            here,
            kind=after.kind,
            unit=after.unit,
            noun=None if including else after.noun,
            candidates=after.candidates,
            rules=(*here.rules, "unit.shared"),
        )
        out[k] = replace(out[k], amount=shared)
    for k in range(1, len(out)):
        whole, part = out[k].amount, out[k - 1].amount
        if whole is not None and part is not None and whole.is_bare and _is_whole_of(r, part, whole):
            rules = (*whole.rules, "unit.shared")
            out[k] = replace(out[k], amount=replace(whole, unit=part.unit, noun=part.noun, rules=rules))
    return [_with_topic(r, found) for found in out]


def _is_whole_of(r: Reader, part: Amount, whole: Amount) -> bool:
    """Whether only "of" or "out of" stands between a counted part and its whole (120 lawmakers of 217)."""
    if part.kind != "count" or part.unit is None or part.first > whole.first:
        return False
    j = part.last + 1
    out_of = r.get(j, "ratio_out_of")
    if out_of is not None:
        return j + out_of.length == whole.first
    return r.has(j, "partitive") and not r.particle(j) and _listed(r, j, whole.first)


def _with_topic(r: Reader, found: Found) -> Found:
    if found.amount is None or not found.amount.is_bare:
        return found
    return replace(found, amount=_topic(r, found.amount))


def _topic(r: Reader, here: Amount) -> Amount:
    """A bare number takes what its sentence says it numbers: the number of dead rose from 50 to 58."""
    told = r.has(here.first - 1, "range_to") and r.has(here.first - 2, "range_change_verbs")
    for k in r.earlier(here.first, FAR_TOPIC_REACH if told else TOPIC_REACH):
        if r.has(k, "toll"):
            return replace(here, unit="person", rules=(*here.rules, "unit.topic"))
        head = r.get(k, "count_head")
        if head is not None:
            at = k + head.length
            counted = read_noun(r, at + 1 if r.has(at, "partitive") else at, single=False)
            if counted is not None and counted.unit is not None and counted.last < here.first:
                return replace(here, unit=counted.unit, noun=counted.noun, rules=(*here.rules, "unit.topic"))
            return here
    subject = _subject(r, here)
    if subject is None:
        return here
    return replace(here, unit=subject.unit, noun=subject.id, rules=(*here.rules, "unit.topic"))


def _subject(r: Reader, here: Amount) -> Noun | None:
    """The people whose number a verb right before a bare number tells (subscribers reached 61.3 million)."""
    end = before_hedge(r, here.first)
    for k in range(end - 1, end - 1 - MOST_OF_VERB, -1):
        verb = r.get(k, "level_verb")
        if verb is None or k + verb.length > end:
            continue
        after = r.definite_word(k + verb.length) and k + verb.length == end - 1  # بلغ المشتركون 61 مليونا
        at = end - 1 if after else k - 1
        if not after and k + verb.length != end:
            return None
        noun = r.first(at - r.has(at, "auxiliary"), "noun", "people_of")
        return noun.value if noun is not None and noun.value[1:] == ("person", "many") else None
    return None


def _ends_change(r: Reader, j: int) -> bool:
    """Whether the number right before token `j` is where a change ends (eased to 29.8)."""
    return any(r.has(k - 1, "range_to") and _number_to(r, k, j) for k in range(j - 1, max(0, j - MOST_OF_VERB), -1))


def _number_to(r: Reader, k: int, j: int) -> bool:
    """Whether a number begins at token `k` and ends right before token `j`."""
    number = r.numbers.get(k)
    return number is not None and number.last == j - 1


def _listed(r: Reader, j: int, k: int) -> bool:
    """Whether only list marks stand from token `j` to before token `k`."""
    if k <= j or k - j > 3:
        return False
    if k - j == 1 and r.has(j, "range_from") and _ends_change(r, j):
        return True  # to 29.8 from 33.6 percent
    link = r.get(j, "figure_link")
    if link is not None and j + link.length == k:
        return True  # 2.9 against 3.4 percent
    if r.is_conjunction(j) and r.has(j + 1, "sum_head") and k - j - r.has(j + 2, "partitive") == 2:
        return True  # loans of 1.6 billion and grants of 2 billion dollars
    if r.has(j, "partitive") and not r.particle(j):
        return all(r.has_any(t, "part_link", "determiner") for t in range(j + 1, k))
    return k - j <= 2 and all(
        r.is_symbol(t, LIST_MARKS)
        or r.is_conjunction(t)
        or (r.is_word(t) and r.has_any(t, "range_or", "range_to"))
        for t in range(j, k)
    )
