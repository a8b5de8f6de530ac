"""Incidents: reports grouped by what they tell of, from the weights between them.

Two groups become one where their reports have enough in common on the mean and two of them much; what an analyst said
binds or bars above all weights. Average linkage over a sparse table of weights (Sokal and Michener 1958): a pair
that no
rare key brought together counts as unlike.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reconcile.linking.model import Model

NEVER = -1e9
UNLIKE = -4.0  # bits of two reports that share no rare key


def grouped(
    count: int,
    weights: Iterable[tuple[int, int, float]],
    model: Model,
    together: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> list[int]:
    """For each of `count` reports the lowest report of its group. `together` binds two, `apart` bars them.

    >>> from reconcile.linking.model import load_model
    >>> grouped(4, [(0, 1, 9.0), (1, 2, -9.0), (0, 2, -9.0), (2, 3, 9.0)], load_model())
    [0, 0, 2, 2]
    >>> grouped(3, [(0, 1, 9.0)], load_model(), together=[(1, 2)], apart=[(0, 1)])
    [0, 1, 1]
    """
    groups = _Groups(_bound(count, together), model)
    for a, b, bits in weights:
        groups.add(a, b, bits)
    for a, b in apart:
        groups.add(a, b, NEVER)
    return groups.joined()


@dataclass(frozen=True, slots=True)
class _Bond:
    """What two groups have in common: the sum of the bits between their reports, the most of them, and how many
    are known."""

    bits: float
    best: float
    known: int

    def __add__(self, other: _Bond) -> _Bond:
        return _Bond(self.bits + other.bits, max(self.best, other.best), self.known + other.known)


class _Groups:
    def __init__(self, bound: list[int], model: Model) -> None:
        self._model, self._bound = model, bound
        self._members: dict[int, list[int]] = defaultdict(list)
        for report, group in enumerate(bound):
            self._members[group].append(report)
        self._bonds: dict[int, dict[int, _Bond]] = defaultdict(dict)
        self._heap: list[tuple[float, int, int]] = []

    def add(self, a: int, b: int, bits: float) -> None:
        """Lay the weight between two reports on their groups."""
        self._tie(self._bound[a], self._bound[b], _Bond(bits, bits, 1))

    def joined(self) -> list[int]:
        """The lowest report of the group of each report, when nothing is left to join."""
        for a in list(self._bonds):
            for b in list(self._bonds[a]):
                if a < b:
                    self._offer(a, b)
        following = len(self._bound)
        while self._heap:
            _, a, b = heapq.heappop(self._heap)
            if a in self._members and b in self._members:
                self._join(a, b, following)
                following += 1
        group = list(range(len(self._bound)))
        for reports in self._members.values():
            for report in reports:
                group[report] = reports[0]
        return group

    def _tie(self, a: int, b: int, bond: _Bond) -> None:
        if a == b:
            return
        for one, other in ((a, b), (b, a)):
            held = self._bonds[one].get(other)
            self._bonds[one][other] = bond if held is None else held + bond

    def _offer(self, a: int, b: int) -> None:
        bond, pairs = self._bonds[a][b], len(self._members[a]) * len(self._members[b])
        mean = (bond.bits + UNLIKE * max(0, pairs - bond.known)) / pairs
        if mean >= self._model.mean_bits and bond.best >= self._model.best_bits:
            heapq.heappush(self._heap, (-mean, min(a, b), max(a, b)))

    def _join(self, a: int, b: int, into: int) -> None:
        self._members[into] = sorted(self._members.pop(a) + self._members.pop(b))
        for side in (a, b):
            for other, bond in self._bonds.pop(side).items():
                if other in self._members:
                    self._tie(into, other, bond)
        for other in sorted(self._bonds[into]):
            self._offer(into, other)


def _bound(count: int, together: Iterable[tuple[int, int]]) -> list[int]:
    """The lowest report of what hangs together by pairs that are bound."""
    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in together:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    return [root(node) for node in range(count)]
