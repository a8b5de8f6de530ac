"""Witnesses: ten outlets that copy one agency, or quote one speaker, are one witness."""

from __future__ import annotations

import polars as pl

from reconcile.comparison.components import components

ONE_WITNESS = ("compatible.one_witness",)


def with_witnesses(members: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """Add `witness`, a number shared by statements of one quantity that count once.

    Members are statements with `row, quantity, root`. One witness are: the same root in one quantity, and every pair
    that the verdicts call duplicates or one witness.
    """
    local = members.sort("quantity", "row").with_row_index("node")
    same_root = local.select(
        pl.col("node").alias("left"), pl.col("node").first().over("quantity", "root").alias("right")
    )
    nodes = local.select("row", "node", "quantity")
    once = judged.filter((pl.col("verdict") == "duplicate") | pl.col("rule").is_in(ONE_WITNESS)).select(
        "left", "right"
    )
    told_twice = (
        once.join(nodes, left_on="left", right_on="row")
        .join(nodes, left_on="right", right_on="row", suffix="_right")
        .filter(pl.col("quantity") == pl.col("quantity_right"))
        .select(pl.col("node").alias("left"), pl.col("node_right").alias("right"))
    )
    edges = pl.concat([same_root, told_twice])
    return local.with_columns(components(local.height, edges).alias("witness")).drop("node")
