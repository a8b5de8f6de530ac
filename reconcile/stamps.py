"""What a table was made of, kept inside its Parquet file, so that tables of two runs are never read as those of one.

Each table has an id by what it holds, and names the id of the table that it was made of: claims of articles, pairs of
claims, all else of pairs. The ids depend on nothing but the input and the rules, and the same run has the same ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from reconcile.errors import InputError

MADE_OF = {
    "claims": "articles",
    "pairs": "claims",
    "quantities": "pairs",
    "alarms": "pairs",
    "incidents": "pairs",
    "links": "pairs",
}
# What two tables of one kind differ in if they are of different runs.
TELLING = {
    "articles": ("article_id", "sha256", "published", "story"),
    "claims": (
        "claim_id", "role", "value", "low", "high", "unit", "measure", "event", "place", "speaker", "stance",
        "period_start",
    ),
    "pairs": ("claim_a", "claim_b", "verdict", "reason"),
}  # fmt: skip
OWN, PARENT = "reconcile.id", "reconcile.made_of"
ID_LENGTH = 16  # hexadecimal digits


def identity(name: str, frame: pl.DataFrame) -> str | None:
    """The id of a table by what it holds; null for a table that no other is made of, or that lacks its columns."""
    columns = TELLING.get(name)
    if columns is None or not set(columns) <= set(frame.columns):
        return None
    return hashlib.sha256(frame.select(columns).write_csv().encode()).hexdigest()[:ID_LENGTH]


def stamp(name: str, frame: pl.DataFrame, parents: Mapping[str, str | None]) -> dict[str, str]:
    """What the file of a table says about itself; `parents` has the ids of the tables that lie beside it."""
    own, parent = identity(name, frame), parents.get(MADE_OF.get(name, ""))
    return {key: value for key, value in ((OWN, own), (PARENT, parent)) if value is not None}


def own_id(path: Path) -> str | None:
    """The id that a Parquet file gives itself, or null where there is no such file or it says nothing."""
    return _said(path).get(OWN)


def made_of(path: Path) -> str | None:
    """The id of the table that a Parquet file was made of, or null where it does not say."""
    return _said(path).get(PARENT)


def check_together(folder: Path) -> None:
    """Refuse tables of two runs in one folder; a table without a stamp, as of other programs, is believed.

    Raises:
        InputError: a table was made of another one than lies beside it.
    """
    said = {name: _said(folder / f"{name}.parquet") for name in ("articles", *MADE_OF)}
    for name, parent in MADE_OF.items():
        source, beside = said[name].get(PARENT), said[parent].get(OWN)
        if source is not None and beside is not None and source != beside:
            what = f"was made of other {parent} than lie beside it: the folder mixes two runs"
            raise InputError(str(folder / f"{name}.parquet"), what, f"run `reconcile run --out {folder}` again")


def _said(path: Path) -> Mapping[str, str]:
    try:
        return pl.read_parquet_metadata(path)
    except (OSError, pl.exceptions.PolarsError):
        return {}
