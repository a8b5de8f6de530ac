"""Which rules of a grammar a token may begin: by the categories of its senses, or by how its digits are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from reconcile.rules.reader import Reader
from reconcile.text.passage import NUMBER

Rule = TypeVar("Rule")

# Tokens that are no words, as the lists of a grammar name them. Plain digits are any; those of one or two may be a day,
# four a year, and an ending makes an ordinal of up to four. All other signs are named by their kind (d, c, s).
DIGITS, DAY, YEAR, NTH = "#", "#day", "#year", "#th"
DAY_DIGITS, YEAR_DIGITS = (1, 2), 4


class Choice(Generic[Rule]):
    """Rules in the order in which they are tried, each with the categories of a token that it may begin with.

    >>> from reconcile.rules.lexicon import lexicon
    >>> from reconcile.text import Passage
    >>> r = Reader(Passage("12 May 1,250"), lexicon("en"))
    >>> choice = Choice([("day first", "num #day"), ("month first", "month"), ("amount", "num #")])
    >>> [choice.at(r, i) for i in range(3)]
    [('day first', 'amount'), ('month first',), ('amount',)]
    """

    def __init__(self, rules: Sequence[tuple[Rule, str]]) -> None:
        self._rules = tuple((rule, frozenset(categories.split())) for rule, categories in rules)
        self._chosen: dict[frozenset[str], tuple[Rule, ...]] = {}

    def at(self, r: Reader, i: int) -> tuple[Rule, ...]:
        """The rules that may begin at token `i`, in their order."""
        senses = r.senses[i]
        names = frozenset(senses) if senses else _written(r, i)
        chosen = self._chosen.get(names)
        if chosen is None:
            chosen = tuple(rule for rule, categories in self._rules if not categories.isdisjoint(names))
            self._chosen[names] = chosen
        return chosen


def _written(r: Reader, i: int) -> frozenset[str]:
    """What a token without senses is: its kind, or its digits."""
    kind = r.kinds[i]
    if kind != NUMBER:
        return _KINDS.setdefault(kind, frozenset(kind))
    key = r.keys[i]
    length = len(key)
    if length > YEAR_DIGITS or not key.isdecimal():
        return _NTH if r.glued(i + 1) and r.has(i + 1, "ordinal_suffix") else _ANY
    if r.glued(i + 1) and r.has(i + 1, "ordinal_suffix"):
        return _DAY_NTH if length in DAY_DIGITS else _NTH if length < YEAR_DIGITS else _YEAR_NTH
    return _DAY if length in DAY_DIGITS else _YEAR if length == YEAR_DIGITS else _ANY


_KINDS: dict[str, frozenset[str]] = {}
_ANY, _NTH = frozenset((DIGITS,)), frozenset((DIGITS, NTH))
_DAY, _DAY_NTH = frozenset((DIGITS, DAY)), frozenset((DIGITS, DAY, NTH))
_YEAR, _YEAR_NTH = frozenset((DIGITS, YEAR)), frozenset((DIGITS, YEAR, NTH))
