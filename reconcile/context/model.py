"""What a figure says: the value that leaves this layer, and what it asks of the layers below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


class FigureLike(Protocol):
    """The fields of `reconcile.figures.Figure` that context reads; corpora and tests bring their own."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def qualifier(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def noun(self) -> str | None: ...
    @property
    def unit_candidates(self) -> Sequence[str]: ...
    @property
    def date_start(self) -> date | None: ...
    @property
    def date_end(self) -> date | None: ...
    @property
    def rules(self) -> Sequence[str]: ...
    @property
    def scope(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What is known of the article as a whole; every field may be missing."""

    language: str | None = None
    published: date | None = None
    outlet: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What one figure says besides its number. None is "the text does not say", never a default that hides a guess.

    `part_of` and `duplicate_of` are indexes into the figures that were described together.
    `measure` is an id of the measure rules, or a signature `noun:verb@language` where no rule knows it.
    """

    measure: str | None = None
    event: str | None = None
    place: str | None = None
    actor: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    speaker: str | None = None
    stance: str = "asserted"
    refuted_by: str | None = None
    epistemic: str = "asserted"
    scope: str = "total"
    cumulative: bool | None = None
    part_of: int | None = None
    duplicate_of: int | None = None
    rules: tuple[str, ...] = ()
