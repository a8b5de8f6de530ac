"""Owners: who speaks for a count, and who counts for himself."""

from __future__ import annotations

import re
from functools import lru_cache

import polars as pl

from reconcile.rules.files import load_rules
from reconcile.text.fold import fold


@lru_cache(maxsize=1)
def _unofficial() -> str:
    rules = load_rules("owners.yml")
    words = "|".join(sorted({re.escape(fold(str(word))) for word in rules["words"]}))
    types = tuple(rules["types"])
    known = load_rules("organisations.yml").get("organisations") or []
    names = "|".join(sorted(re.escape(one["name"].lower()) for one in known if one.get("type") in types))
    return rf"(?:^|[^\p{{L}}])(?:ال)?(?:{words})(?:[^\p{{L}}]|$)" + (rf"|^(?:{names})$" if names else "")


def official(speaker: pl.Expr) -> pl.Expr:
    """Whether whoever gives a figure speaks for the count itself: the authorities, or an outlet that names nobody.

    >>> who = pl.DataFrame({"speaker": ["Interior Ministry", "a rights group", None]})
    >>> who.select(official(pl.col("speaker"))).to_series().to_list()
    [True, False, True]
    """
    return ~speaker.str.to_lowercase().str.contains(_unofficial()).fill_null(False)
