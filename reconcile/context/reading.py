"""Reading: a measure for a figure, the cue that gave it, and how the two stand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from reconcile.context.lexicon import Mark


class Relation(IntEnum):
    """How a cue relates to its figure; the lower binds the closer."""

    COUNTED = 0
    GOVERNED = 1
    PASSIVE = 2
    SUBJECT = 3
    PLACED = 4
    PERSONS = 5
    INHERITED = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure for a figure, and the cue that gave it (None for a signature)."""

    measure: str | None
    mark: Mark | None = None
    relation: Relation | None = None
    distance: int = 0
    governor: int | None = None
    crossed: bool = False

    @property
    def rule(self) -> str:
        """The reading as a rule name that a person can follow."""
        if self.mark is None or self.relation is None:
            return "measure:signature"
        return f"measure:{self.relation.name.lower()}:{self.mark.cue.phrase}"
