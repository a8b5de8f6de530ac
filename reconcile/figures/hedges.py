"""The hedge of a figure: the words before or after that turn a number into a bound or an estimate."""

from __future__ import annotations

from typing import NamedTuple

from reconcile.rules.reader import Reader
from reconcile.rules.senses import UNKNOWN

MAX_FILLERS = 3
SHORT = "less_than"
NEAR_SUBJECT = 2  # words of a subject that need not be known to be measured
MIN_PARTICIPLE = 4  # letters; a shorter word in the same ending is none


class Hedge(NamedTuple):
    """A qualifier, the tokens of its words, and whether they touch the figure."""

    qualifier: str
    first: int
    last: int
    touching: bool


def hedge_before(r: Reader, start: int) -> Hedge | None:
    """The longest hedge that ends right before token `start`, or before words that only fill ("a total of")."""
    end = start - 1 if r.is_article(start - 1) else start
    fillers = 0
    while True:
        found = _ending_at(r, end, bool(fillers))
        if found is not None and fillers and found[0] == SHORT and r.has(start - 1, "determiner"):
            return None  # short of the $4bn that was sought: a number known already, and no bound of another
        if found is not None:
            return Hedge(found[0], found[1], end - 1, end == start)
        if fillers == MAX_FILLERS or end == 0 or not r.has(end - 1, "filler"):
            return _verb_over_subject(r, start)
        end -= 1
        fillers += 1


def before_hedge(r: Reader, first: int) -> int:
    """The token at which the hedge begins that ends before token `first`; `first` itself where there is none."""
    hedge = hedge_before(r, first)
    return hedge.first if hedge is not None else first


def _verb_over_subject(r: Reader, start: int) -> Hedge | None:
    """A verb that bounds the number with its subject between them (تجاوز عدد القتلى ألفا، لا يقل عددهم عن 11)."""
    reach = int(r.rules.get("hedge_verb_reach", 0))
    if r.preposition(start):
        return None
    linked, to = r.has(start - 1, "hedge_link"), r.has(start - 1, "range_to")
    for k in range(start - 2, max(-1, start - 2 - reach), -1):
        sense = r.get(k, "hedge_verb") or (r.get(k, "hedge_verb_linked") if linked else None)
        sense = sense or (r.get(k, "hedge_verb_to") if to else None)
        if sense is not None:
            longer = r.get(k - 1, "hedge_verb")
            if longer is not None and longer.length == sense.length + 1:
                k, sense = k - 1, longer
            between = range(k + sense.length, start)
            head = k + sense.length
            near = start - head <= NEAR_SUBJECT and not r.has(head, "hedge_subject_link")
            if (near or r.has(head, "hedge_subject")) and all(
                _of_subject(r, t, t == start - 1) for t in between
            ):
                return Hedge(str(sense.value), k, k + sense.length - 1, False)
            return None
    return None


def _of_subject(r: Reader, t: int, last: bool) -> bool:
    if not r.is_word(t) or r.particle(t) or r.has_any(t, "num", "hedge"):
        return False
    if r.entries[t] is UNKNOWN and _may_be_clause(r, r.keys[t]):
        return False
    if not r.has(t, "stop"):
        return True
    return r.has_any(t, "hedge_link", "determiner", "range_to") if last else r.has(t, "hedge_subject_link")


def _may_be_clause(r: Reader, key: str) -> bool:
    """Whether an unknown word may begin a clause of its own: after an "and", or as a participle (مخلفا)."""
    participle = len(key) > MIN_PARTICIPLE and key.endswith(
        tuple(r.rules.get("participle_endings", ())) or "\0"
    )
    return participle or key.startswith(tuple(r.rules["clitics"]["conjunctions"]) or "\0")


def _ending_at(r: Reader, end: int, filled: bool) -> tuple[str, int] | None:
    found = r.hedge_ends.get(end)
    if found is None:
        return None
    first, qualifier = found
    if _ends_change(r, first):
        return None
    if filled and end - first == 1 and r.stem(first) in r.lexicon.direct_hedges:
        return None
    return qualifier, first


def _ends_change(r: Reader, first: int) -> bool:
    """Whether a hedge only says where a change ends: edged up to 30, the toll is up to 12, لتصل إلى 30."""
    if not r.has(first, "hedge_of_change"):
        return False
    before = first - 1 - r.has(first - 1, "auxiliary")
    return bool(r.preposition(first)) or r.has_any(before, "change_upward", "toll")


def hedge_after(r: Reader, end: int) -> Hedge | None:
    """The hedge that begins at token `end`, right after the figure, if there is one."""
    sense = r.get(end, "hedge_after")
    if sense is None and r.is_symbol(end, ",\u060c"):
        sense = r.get(end + 1, "hedge_after")
        if sense is None or sense.length < 2:
            return None
        return Hedge(str(sense.value), end + 1, end + sense.length, False)
    if sense is None:
        return None
    return Hedge(str(sense.value), end, end + sense.length - 1, True)
