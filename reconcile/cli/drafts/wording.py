"""Wording: whether a draft hedges a figure as its sources do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

EXACT, APPROXIMATE, LOWER, UPPER = "exact", "approximate", "lower", "upper"
DIRECTIONS = {
    "exact": EXACT,
    "about": APPROXIMATE,
    "almost": APPROXIMATE,
    "more_than": LOWER,
    "at_least": LOWER,
    "less_than": UPPER,
    "at_most": UPPER,
}


@dataclass(frozen=True)
class Sources:
    """The claims of a ledger (rows of schema.CLAIMS) that give a figure's number for the same thing."""

    claims: Sequence[dict[str, Any]]

    def directions(self) -> dict[str, set[str]]:
        """Which articles hedge it in which direction."""
        found: dict[str, set[str]] = {}
        for claim in self.claims:
            direction = DIRECTIONS.get(claim["qualifier"])
            if direction is not None:
                found.setdefault(direction, set()).add(claim["article_id"])
        return found

    def worded(self) -> str:
        """How each outlet writes it, once."""
        told = {
            f"“{' '.join(_written(claim).split())}” ({claim['outlet'] or claim['article_id']})"
            for claim in self.claims
            if claim["qualifier"] in DIRECTIONS
        }
        return ", ".join(sorted(told))


def hedge_problem(figure: dict[str, Any], sources: Sources) -> str | None:
    """What is wrong with the draft's hedge: none where most sources have one, or one that they do not have.

    >>> source = {"qualifier": "about", "article_id": "a", "outlet": "Gazette", "quote": "600,000", "hedge": "about"}
    >>> hedge_problem({"qualifier": "exact"}, Sources([source]))
    'the hedge is dropped: “about 600,000” (Gazette)'
    >>> hedge_problem({"qualifier": "about"}, Sources([source])) is None
    True
    """
    own, told = DIRECTIONS.get(figure["qualifier"]), sources.directions()
    if own is None or not told:
        return None
    with_it = told.get(own, set())
    others = (
        set[str]().union(*(articles for direction, articles in told.items() if direction != own)) - with_it
    )
    if own == EXACT and others and len(others) >= len(with_it):
        return f"the hedge is dropped: {sources.worded()}"
    if own != EXACT and (not with_it or (own != APPROXIMATE and len(others) > len(with_it))):
        return f"the hedge is changed: {sources.worded()}"
    return None


def _written(claim: dict[str, Any]) -> str:
    """The figure with its hedge, which may stand in the quote or before it."""
    quote, hedge = str(claim["quote"]), claim["hedge"]
    return quote if hedge is None or hedge in quote else f"{hedge} {quote}"
