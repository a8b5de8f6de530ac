"""Bare numbers whose noun the clause before has said: captured 13, 24 diverted, eight in Garissa, four others."""

from __future__ import annotations

from dataclasses import replace

from reconcile.figures.bounds import Amount
from reconcile.figures.hedges import before_hedge
from reconcile.figures.scan import Found
from reconcile.rules.reader import SENTENCE_MARKS, Reader

REACH = 14  # tokens between a counted number and the one that leaves its noun out
FURTHER = 25  # the same to "others" that begin the next sentence
NEAR = 5  # tokens from the whole to the number of a part
COMPARABLE = 200  # times
COMMAS = ",\u060c;\u061b"
FORMS = ("digits", "words", "mixed", "scale")


def fill_nouns(r: Reader, found: list[Found]) -> list[Found]:
    """The figures, with the noun of the one before for each bare number in a clause built like the one before."""
    out = list(found)
    last: Amount | None = None
    for k, item in enumerate(out):
        here = item.amount
        if here is None or here.kind != "count":
            continue
        elided = here.is_bare and here.form in FORMS and here.value is not None
        if last is not None and elided and (_repeats_clause(r, last, here) or _are_others(r, last, here)):
            rules = (*here.rules, "unit.elided")
            here = replace(here, unit=last.unit, noun=last.noun, rules=rules)
            out[k] = replace(item, amount=here)
        last = here if here.unit is not None else last
    return out


def _repeats_clause(r: Reader, last: Amount, here: Amount) -> bool:
    """Whether the two stand in one sentence, joined by "and" or a comma, in clauses that are built alike."""
    near = 0 < here.first - last.last - 1 <= REACH
    if not near or not r.in_one_sentence(last.last + 1, here.first) or not _comparable(last, here):
        return False
    clauses = (_same_preposition, _participles, _verbs, _of_them, _pronoun)
    return any(alike(r, last, here) for alike in clauses)


def _of_them(r: Reader, last: Amount, here: Amount) -> bool:
    """Of 346 candidates, 139 passed: the sentence begins with the whole."""
    begins = before_hedge(r, last.first)
    begins -= r.has(begins - 1, "determiner")
    head = begins - 1
    led = r.has_any(head, "partitive", "ratio_out_of") and (
        r.is_break(head - 1) or r.is_symbol(head - 1, SENTENCE_MARKS)
    )
    return led and r.is_symbol(last.last + 1, COMMAS) and before_hedge(r, here.first) - last.last <= NEAR


def _pronoun(r: Reader, last: Amount, here: Amount) -> bool:
    """Kinshasa en réclame quatre millions: a pronoun before the verb stands for what was counted."""
    verb = before_hedge(r, here.first) - 1
    return (
        r.has(verb - 1, "counted_pronoun")
        and r.is_word(verb)
        and not r.has_any(verb, "month", "season", "noun")
    )


def _same_preposition(r: Reader, last: Amount, here: Amount) -> bool:
    """Eleven were picked up in Mombasa and six in Garissa: the preposition after the number stands before as well."""
    after = here.last + 1
    said = any(r.keys[k] == r.keys[after] for k in range(last.last + 1, here.first))
    return r.has(after, "link_follower") and said and _joined(r, before_hedge(r, here.first))


def _participles(r: Reader, last: Amount, here: Amount) -> bool:
    """Thirty trains were cancelled and 24 diverted."""
    after, first = here.last + 1, r.past(last.last + 1, "auxiliary", limit=3)
    both = is_participle(r, after) and (is_participle(r, first) or is_participle(r, first + 1))
    return both and _joined(r, before_hedge(r, here.first))


def _verbs(r: Reader, last: Amount, here: Amount) -> bool:
    """Killed 46 fighters and captured 13 in …: a verb after "and" right before the number, as before the other one."""
    verb = before_hedge(r, here.first) - 1
    after = here.last + 1
    closed = not r.is_word(after) or r.has_any(after, "stop", "link_follower") or bool(r.article)
    if not closed or not r.is_word(verb) or verb <= last.last:
        return False
    if r.article:  # أدانت ثلاثة متهمين وبرّأت اثنين
        begins = r.keys[verb].startswith(tuple(r.lexicon.conjunctions)) and not r.has_any(verb, "noun", "num")
        near = verb - last.last <= 2 or r.is_symbol(verb - 1, COMMAS)
        return last.unit == "person" and begins and near
    alike = is_participle(r, verb) and is_participle(r, before_hedge(r, last.first) - 1)
    return alike and _joined(r, verb)


def _joined(r: Reader, k: int) -> bool:
    """Whether an "and" or a comma stands right before token `k`, or is glued to it."""
    return bool(r.particle(k)) or r.is_conjunction(k - 1) or r.is_clitic(k - 1) or r.is_symbol(k - 1, COMMAS)


def is_participle(r: Reader, k: int) -> bool:
    """Whether the word at `k` ends as the participles of the language do, and is no noun."""
    endings = tuple(r.rules.get("participles") or ())
    if not endings or not r.is_word(k) or r.has_any(k, "noun", "num"):
        return False
    return r.written(k).lower().endswith(endings)


def _are_others(r: Reader, last: Amount, here: Amount) -> bool:
    """Whether the number begins the sentence after a count, and says that it counts others (Four others were freed)."""
    if not r.has(here.last + 1, "other") or last.unit != "person":
        return False
    between = range(last.last + 1, before_hedge(r, here.first))
    breaks = any(r.is_break(k) for k in between)
    return not breaks and len(between) <= FURTHER


def _comparable(last: Amount, here: Amount) -> bool:
    """Whether the number is not far larger than the one before; how much smaller does not matter."""
    return last.size is not None and here.value is not None and 0 < here.value <= COMPARABLE * last.size
