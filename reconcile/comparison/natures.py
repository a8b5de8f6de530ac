"""Natures of measures: what must be known of two figures before they meet. Source: METHODS, and UCDP's and
OECD's practice."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from reconcile.rules.files import load_rules

COUNT, TOTAL, LEVEL, ACT, SHARE = "count", "total", "level", "act", "share"
INDEPENDENT = ("stock", "flow", "rate")
"""Natures whose figures are told of a place and a time, whatever the incident that brings them up."""
RUNNING = (COUNT, TOTAL)
"""Natures whose later figure takes the place of the same owner's earlier one."""


@lru_cache(maxsize=1)
def natures() -> dict[str, str]:
    """The nature of each measure that has another than `count`.

    >>> natures()["people_killed"], natures()["exports"]
    ('total', 'flow')
    """
    return {measure: name for name, measures in load_rules("natures.yml").items() for measure in measures}


def nature(measure: pl.Expr) -> pl.Expr:
    """The nature of a measure; `count` where no list names it."""
    return measure.replace_strict(natures(), default=COUNT, return_dtype=pl.String).fill_null(COUNT)
