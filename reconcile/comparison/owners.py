"""Owners: who speaks for the count of the authorities, and who counts for himself."""

from __future__ import annotations

import re
from functools import lru_cache

import polars as pl

from reconcile.rules.files import load_rules


@lru_cache(maxsize=1)
def _patterns() -> tuple[str, str]:
    """What a name of the authorities holds, and what one that counts for himself does."""
    rules = load_rules("owners.yml")
    known = load_rules("organisations.yml").get("organisations") or []
    types = tuple(rules["authorities"]["types"])
    named = "|".join(re.escape(one["name"].lower()) for one in known if one.get("type") in types)
    words = "|".join(re.escape(str(word).lower()) for word in rules["authorities"]["words"])
    own = "|".join(re.escape(str(word).lower()) for word in rules["own_count"])
    return rf"^(?:{named})$|{_whole(words)}", _whole(own)


def _whole(words: str) -> str:
    """Any of the words as a whole word, one of them with what is written on to it before."""
    return rf"(?:^|[^\p{{L}}])\p{{Arabic}}{{0,3}}(?:{words})(?:[^\p{{L}}]|$)"


def official(speaker: pl.Expr) -> pl.Expr:
    """Whether whoever gives a figure speaks for the count of the authorities, or is an outlet that names nobody;
    null of
    whom the rules do not know.

    >>> who = pl.DataFrame({"speaker": ["Interior Ministry", "a rights group", "Ronald Kizza", None]})
    >>> who.select(official(pl.col("speaker"))).to_series().to_list()
    [True, False, None, True]
    """
    authorities, own = _patterns()
    name = speaker.str.to_lowercase()
    return (
        pl.when(speaker.is_null()).then(True).when(name.str.contains(own)).then(False).when(name.str.contains(authorities))
        .then(True)
    )  # fmt: skip
