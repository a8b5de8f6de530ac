"""What one figure says by itself, before its context is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written: span in code points, kind, bounds as stated, unit or candidates, dates.

    `value` is None for vague figures, ranges and dates; `low` and `high` are None where unbounded. `rules` names what
    fired, in the order of reading.
    """

    start: int
    end: int
    kind: str
    qualifier: str = "exact"
    role: str = "claim"
    hedge: str | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False
    unit: str | None = None
    noun: str | None = None
    unit_candidates: tuple[str, ...] = ()
    date_start: date | None = None
    date_end: date | None = None
    date_precision: str | None = None
    edtf: str | None = None
    scope: str | None = None
    rules: tuple[str, ...] = ()
