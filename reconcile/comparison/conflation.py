"""Conflation: the same number of one event under two stages in two articles; one of them has mixed the stages up."""

from __future__ import annotations

import polars as pl

RULE = "not_comparable.stage"


def mixed_stages(stated: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """`narrow, wide` rows of statements: one number of one event, as the narrower and as the wider stage."""
    shown = stated.select("row", "number", "unit", "event", "measure", "depth", "article_id")
    return (
        judged.filter(pl.col("rule") == RULE)
        .select("left", "right")
        .join(shown, left_on="left", right_on="row")
        .join(shown, left_on="right", right_on="row", suffix="_right")
        .filter(
            pl.col("number") == pl.col("number_right"),
            pl.col("unit") == pl.col("unit_right"),
            pl.col("event") == pl.col("event_right"),
            pl.col("article_id") != pl.col("article_id_right"),
        )
        .select(
            pl.when(pl.col("depth") > pl.col("depth_right")).then("left").otherwise("right").alias("narrow"),
            pl.when(pl.col("depth") > pl.col("depth_right")).then("right").otherwise("left").alias("wide"),
        )
    )


def conflated(stated: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """The `row` of each statement that puts under the narrower stage what more articles put under the wider one."""
    mixed = mixed_stages(stated, judged)
    article = stated.get_column("article_id_code")
    counted = mixed.with_columns(
        article.gather(mixed.get_column("narrow")).alias("narrow_article"),
        article.gather(mixed.get_column("wide")).alias("wide_article"),
    ).with_columns(
        pl.col("wide_article").n_unique().over("narrow").alias("for_wide"),
        pl.col("narrow_article").n_unique().over("wide").alias("for_narrow"),
    )
    return (
        counted.filter(pl.col("for_wide") > pl.col("for_narrow"))
        .select(pl.col("narrow").alias("row"))
        .unique()
        .sort("row")
    )
