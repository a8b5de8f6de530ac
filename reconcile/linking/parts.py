"""Parts of articles: which sentences and figures belong to an article's main incident, and which turn away from it.

An article tells of one incident in the main, read from title, lead and days; a later figure belongs to it unless
it turns
to a time long before, or to a country that title and lead do not name. What turns away is a report of its own.
"""

from __future__ import annotations

import polars as pl

LONG_BEFORE = pl.duration(days=60)
MAIN = ""
ELSEWHERE, OTHER = "elsewhere", "of another"


def parts_of(
    claims: pl.DataFrame, sentences: pl.DataFrame, countries_of: dict[str, str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`claim_id, article_id, part` of each claim, and `article_id, sentence_start, part` of each sentence; the part is
    empty for the main one. `countries_of` gives the country code of each place by its canonical name."""
    known = claims.join(_mains(claims, sentences), on="article_id", how="left")
    turned = known.with_columns(_old_time().alias("old"), _other_country(countries_of).alias("abroad"))
    part = (
        pl.when(pl.col("old").is_not_null()).then(pl.format("in {}", "old"))
        .when(pl.col("abroad").is_not_null()).then(pl.format("at {}", "abroad"))
        .when(pl.col("event_basis") == ELSEWHERE).then(pl.lit(OTHER))
        .otherwise(pl.lit(MAIN))
    )  # fmt: skip
    placed = turned.select("claim_id", "article_id", "sentence_start", "kind", "part_of", part.alias("part"))
    whole = placed.select(pl.col("claim_id").alias("part_of"), pl.col("part").alias("part_of_whole"))
    placed = placed.join(whole, on="part_of", how="left").with_columns(
        pl.coalesce("part_of_whole", "part").alias("part")
    )
    told = placed.filter(~pl.col("kind").is_in(["date", "time"]), pl.col("sentence_start").is_not_null())
    away = told.group_by("article_id", "sentence_start").agg(
        pl.when((pl.col("part") != MAIN).all()).then(pl.col("part").first()).alias("part")
    )
    of_sentences = (
        sentences.select("article_id", "sentence_start")
        .join(away, on=["article_id", "sentence_start"], how="left")
        .with_columns(pl.col("part").fill_null(MAIN))
    )
    return placed.select("claim_id", "article_id", "part"), of_sentences


def _mains(claims: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
    """Of each article the countries that title and lead name, and the first and last day that they and its date
    give."""
    lead = sentences.filter(pl.col("zone") != "body")
    where = (
        lead.explode("countries")
        .group_by("article_id")
        .agg(pl.col("countries").drop_nulls().unique().alias("main_in"))
    )
    dates = claims.filter(pl.col("kind") == "date", pl.col("zone").fill_null("body") != "body")
    days = dates.group_by("article_id").agg(
        pl.col("date_start").min().alias("lead_from"), pl.col("date_end").max().alias("lead_to")
    )
    return where.join(days, on="article_id", how="full", coalesce=True)


def _old_time() -> pl.Expr:
    """The year that a figure is of, where it lies long before the article and its lead does not go back to it."""
    ends = pl.col("period_end")
    old = ends < pl.col("published") - LONG_BEFORE
    led = (pl.col("lead_from") <= ends) & (pl.col("period_start").fill_null(ends) <= pl.col("lead_to"))
    return pl.when((old & ~led.fill_null(False)).fill_null(False)).then(ends.dt.year())


def _other_country(countries_of: dict[str, str]) -> pl.Expr:
    """The country that a figure is put into, where title and lead name others and not this one."""
    country = pl.col("place").replace_strict(countries_of, default=None, return_dtype=pl.String)
    elsewhere = (pl.col("main_in").list.len() > 0) & ~pl.col("main_in").list.contains(country)
    return pl.when(elsewhere.fill_null(False) & pl.col("part_of").is_null()).then(country)
