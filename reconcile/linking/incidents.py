"""Incidents: reports grouped by what they tell of, from the weights between them.

Two groups become one where their reports have enough in common on the mean and two of them much; what an analyst said
binds or bars above all weights. Average linkage over a sparse table of weights (Sokal and Michener 1958): a pair that no
rare key brought together counts as unlike.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable

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
    bound = _bound(count, together)
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    best: dict[int, dict[int, float]] = defaultdict(dict)
    known: dict[int, dict[int, int]] = defaultdict(dict)
    for a, b, bits in weights:
        _add(bound[a], bound[b], bits, sums, best, known)
    for a, b in apart:
        _add(bound[a], bound[b], NEVER, sums, best, known)
    members: dict[int, list[int]] = defaultdict(list)
    for report, group in enumerate(bound):
        members[group].append(report)
    heap: list[tuple[float, int, int]] = []

    def offer(a: int, b: int) -> None:
        pairs = len(members[a]) * len(members[b])
        mean = (sums[a][b] + UNLIKE * max(0, pairs - known[a][b])) / pairs
        if mean >= model.mean_bits and best[a][b] >= model.best_bits:
            heapq.heappush(heap, (-mean, *sorted((a, b))))

    for a in sums:
        for b in sums[a]:
            if a < b:
                offer(a, b)
    following = count
    while heap:
        _, a, b = heapq.heappop(heap)
        if a not in members or b not in members:
            continue
        members[following] = sorted(members.pop(a) + members.pop(b))
        for other in sorted({*sums[a], *sums[b]} - {a, b}):
            if other not in members:
                continue
            for side in (a, b):
                if other in sums[side]:
                    _add(following, other, sums[side][other], sums, best, known, known[side][other], best[side][other])
            offer(following, other)
        following += 1
    group = list(range(count))
    for reports in members.values():
        for report in reports:
            group[report] = reports[0]
    return group


def _add(
    a: int,
    b: int,
    bits: float,
    sums: dict[int, dict[int, float]],
    best: dict[int, dict[int, float]],
    known: dict[int, dict[int, int]],
    pairs: int = 1,
    most: float | None = None,
) -> None:
    if a == b:
        return
    for one, other in ((a, b), (b, a)):
        sums[one][other] = sums[one].get(other, 0.0) + bits
        best[one][other] = max(best[one].get(other, NEVER), bits if most is None else most)
        known[one][other] = known[one].get(other, 0) + pairs


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
