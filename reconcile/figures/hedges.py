"""The hedge of a figure: the words before or after that turn a number into a bound or an estimate."""

from __future__ import annotations

from typing import NamedTuple

from reconcile.rules.reader import Reader

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
    found = r.hedge_ends.get(end)
    if found is None:
        return None
    first, qualifier = found
    if filled and end - first == 1 and r.lexicon.bare(r.keys[first]) in r.lexicon.direct_hedges:
        return None
    return qualifier, first


def hedge_after(r: Reader, end: int) -> Hedge | None:
    """The hedge that begins at token `end`, right after the figure, if there is one."""
    sense = r.get(end, "hedge_after")
    if sense is None:
        return None
    return Hedge(str(sense.value), end, end + sense.length - 1, True)
