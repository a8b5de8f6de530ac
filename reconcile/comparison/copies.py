"""Copies: two sentences of different articles that are one text, give or take a few words."""

from __future__ import annotations

import polars as pl

FEWEST = 8  # different words below which two sentences may be alike by chance


def with_copies(pairs: pl.DataFrame, score: float) -> pl.DataFrame:
    """Add `copied`: different articles, the same number, and sentences that share their words to the score (0 to
    100, the
    share of common words among all).

    >>> pairs = pl.DataFrame({"article_id_code_a": 1, "article_id_code_b": 2, "point_a": 1200.0, "point_b": 1200.0,
    ...     "words_a": [list(range(12))], "words_b": [list(range(11))]})
    >>> with_copies(pairs, 90).get_column("copied").to_list()
    [True]
    """
    words = [pl.col(f"words_{side}") for side in "ab"]
    common = words[0].list.set_intersection(words[1]).list.len()
    every = words[0].list.len() + words[1].list.len() - common
    copied = (
        (pl.col("article_id_code_a") != pl.col("article_id_code_b"))
        & (pl.col("point_a") == pl.col("point_b"))
        & (pl.min_horizontal(word.list.len() for word in words) >= FEWEST)
        & (common * 100 >= every * score)
    )
    return pairs.with_columns(copied.fill_null(False).alias("copied")).drop("words_a", "words_b")
