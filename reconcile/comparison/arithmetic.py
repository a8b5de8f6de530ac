"""Arithmetic: what the numbers of two reports of one incident say to each other beyond a single pair of them.

Two parts that one report gives apart may make up the whole that another gives; and a number that one report gives of
one thing may turn up in another under the name of a second thing, of which the first report has a number of its own.
"""

from __future__ import annotations

import polars as pl

LEAST_SUM = 20.0  # smaller numbers add up by chance
LEAST_MIXED = 10.0
LONG_BEFORE = pl.duration(days=60)  # what is told of a time that long ago is no part of it
LARGE = 2000  # statements of one incident: beyond, numbers meet by chance
THING = ("measure_code", "unit_code")


def with_arithmetic(pairs: pl.DataFrame, stated: pl.DataFrame) -> pl.DataFrame:
    """Add `adds_up` (`a` or `b`: this side and another figure of its article make up the other side) and `mixed_up`
    (`a` or `b`: this side has the number that the other side's article gives of another thing)."""
    told = stated.filter(
        pl.col("known_measure"), pl.col("number").is_not_null(), ~pl.col("rejected"),
        pl.len().over("incident") <= LARGE,
            ).select(
        "row", "article_id_code", "incident", "place_code", "number", "is_share", "part_row", *THING,
        (pl.col("said_to") < pl.col("published") - LONG_BEFORE).fill_null(False).alias("of_old"),
    )  # fmt: skip
    found = pairs
    for name, flagged in (("adds_up", _sums(told)), ("mixed_up", _mixed(told))):
        found = found.join(flagged.rename({"side": name}), on=["left", "right"], how="left", maintain_order="left")
    return found


def _sums(told: pl.DataFrame) -> pl.DataFrame:
    """`left, right, side`: the side that is a part of the other one."""
    part = told.filter(~pl.col("is_share"), ~pl.col("of_old"))
    both = part.join(part, on=["article_id_code", *THING], suffix="_b").filter(
        pl.col("row") < pl.col("row_b"), pl.col("number") != pl.col("number_b"), _elsewhere()
    )
    total = (pl.col("number") + pl.col("number_b")).alias("sum")
    parts = pl.concat(
        both.select(
            pl.col(f"row{side}").alias("part"), pl.col(f"incident{side}").alias("incident"), "article_id_code",
            *THING, total,
        )
        for side in ("", "_b")
    )  # fmt: skip
    wholes = told.select("row", "incident", "article_id_code", "number", *THING)
    met = parts.filter(pl.col("sum") >= LEAST_SUM).join(
        wholes, left_on=["sum", *THING], right_on=["number", *THING], suffix="_whole"
    )
    apart = (pl.col("article_id_code") != pl.col("article_id_code_whole")) & (
        (pl.col("incident") == pl.col("incident_whole")).any().over("row", "article_id_code", "sum")
    )
    return _ordered(met.filter(apart).select(pl.col("part").alias("ours"), pl.col("row").alias("theirs")))


def _elsewhere() -> pl.Expr:
    """Two figures of which at least one is put into a place, and not into the other's."""
    return ~pl.col("place_code").eq_missing(pl.col("place_code_b"))


def _mixed(told: pl.DataFrame) -> pl.DataFrame:
    """`left, right, side`: the side whose number is the other article's for another thing."""
    telling = told.filter(pl.col("number") >= LEAST_MIXED, pl.col("part_row").is_null())
    there = telling.select("incident", "article_id_code", "unit_code", "number", "measure_code")
    same = telling.join(there, on=["incident", "unit_code", "number"], suffix="_there").filter(
        pl.col("article_id_code") != pl.col("article_id_code_there"),
        pl.col("measure_code") != pl.col("measure_code_there"),
    )
    # Both articles must not give the number of either thing: then it is of both.
    ours = told.select("article_id_code", "measure_code", "number")
    doubt = same.join(
        ours, left_on=["article_id_code", "measure_code_there", "number"],
        right_on=["article_id_code", "measure_code", "number"], how="anti",
    ).join(
        ours, left_on=["article_id_code_there", "measure_code", "number"],
        right_on=["article_id_code", "measure_code", "number"], how="anti",
    )  # fmt: skip
    own = told.select(pl.col("row").alias("theirs"), "incident", "article_id_code", *THING)
    met = doubt.select("row", "incident", "article_id_code_there", *THING).join(
        own, left_on=["incident", "article_id_code_there", "measure_code", "unit_code"],
        right_on=["incident", "article_id_code", "measure_code", "unit_code"], suffix="_own",
    )  # fmt: skip
    return _ordered(met.select(pl.col("row").alias("ours"), "theirs"))


def _ordered(met: pl.DataFrame) -> pl.DataFrame:
    """`left, right, side` of ours and theirs: on which side of the pair ours stands."""
    return (
        met.unique()
        .select(
            pl.min_horizontal("ours", "theirs").alias("left"),
            pl.max_horizontal("ours", "theirs").alias("right"),
            pl.when(pl.col("ours") < pl.col("theirs")).then(pl.lit("a")).otherwise(pl.lit("b")).alias("side"),
        )
        .unique(["left", "right"], keep="first", maintain_order=True)
        .sort("left", "right")
    )
