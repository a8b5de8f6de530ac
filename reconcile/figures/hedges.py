"""The hedge of a figure: the words before or after that turn a number into a bound or an estimate."""

from __future__ import annotations

from typing import NamedTuple

from reconcile.rules.reader import Reader

REACH = 8  # tokens before a number in which its hedge may begin
MAX_FILLERS = 3


class Hedge(NamedTuple):
    """A qualifier, the tokens of its words, and whether they touch the figure."""

    qualifier: str
    first: int
    last: int
    touching: bool


def hedge_before(r: Reader, start: int) -> Hedge | None:
    """The longest hedge that ends right before token `start`, or before words that only fill ("a total of")."""
    end = start
    fillers = 0
    while True:
        found = _ending_at(r, end, bool(fillers))
        if found is not None:
            return Hedge(found[0], found[1], end - 1, end == start)
        if fillers == MAX_FILLERS or end == 0 or not r.has(end - 1, "filler"):
            return None
        end -= 1
        fillers += 1


def _ending_at(r: Reader, end: int, filled: bool) -> tuple[str, int] | None:
    for k in range(max(0, end - REACH), end):
        sense = r.get(k, "hedge")
        if sense is None or k + sense.length != end:
            continue
        if filled and sense.length == 1 and r.lexicon.bare(r.keys[k]) in r.lexicon.direct_hedges:
            continue
        return str(sense.value), k
    return None


def hedge_after(r: Reader, end: int) -> Hedge | None:
    """The hedge that begins at token `end`, right after the figure, if there is one."""
    sense = r.get(end, "hedge_after")
    if sense is None:
        return None
    return Hedge(str(sense.value), end, end + sense.length - 1, True)
