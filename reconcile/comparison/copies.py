"""Copies: two sentences of different articles that are one text, give or take a few letters."""

from __future__ import annotations

import polars as pl
from rapidfuzz import fuzz, process

SHORTEST = 40  # letters below which two sentences may be alike by chance


def with_copies(pairs: pl.DataFrame, score: float) -> pl.DataFrame:
    """Add `copied`: different articles, the same number, and sentences alike to the score (0–100, rapidfuzz ratio).

    >>> told = "The river authority said that 1,200 houses stood under water on Monday."
    >>> pairs = pl.DataFrame({"article_id_code_a": 1, "article_id_code_b": 2, "point_a": 1200.0, "point_b": 1200.0,
    ...     "root_code_a": 1, "root_code_b": 2, "sentence_a": told, "sentence_b": told.replace("Monday", "monday")})
    >>> with_copies(pairs, 90).get_column("copied").to_list()
    [True]
    """
    lengths = [pl.col(f"sentence_{side}").str.len_chars() for side in "ab"]
    worth = (
        (pl.col("article_id_code_a") != pl.col("article_id_code_b"))
        & (pl.col("point_a") == pl.col("point_b"))
        & (pl.min_horizontal(lengths) >= SHORTEST)
        & (pl.min_horizontal(lengths) * 100 >= pl.max_horizontal(lengths) * score / (2 - score / 100))
    )
    numbered = pairs.with_row_index("_pair")
    asked = numbered.filter(worth.fill_null(False))
    scores = process.cpdist(
        asked.get_column("sentence_a").to_list(),
        asked.get_column("sentence_b").to_list(),
        scorer=fuzz.ratio,
        score_cutoff=score,
    )
    copies = (
        asked.select("_pair").with_columns(pl.Series("copied", scores > 0, dtype=pl.Boolean)).filter("copied")
    )
    return (
        numbered.join(copies, on="_pair", how="left", maintain_order="left")
        .with_columns(pl.col("copied").fill_null(False))
        .drop("_pair", "sentence_a", "sentence_b")
    )
