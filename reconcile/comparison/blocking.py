"""Candidate pairs by blocking: only figures that could be one thing, or be taken for it, are ever set side by side.

Blocks: one incident and family of measures, or number, and within a small incident the same dimension; the
figures of one
incident that are aligned; of what waits for no incident the same measure and place; the same article and
dimension; a part
and its whole, there or told again elsewhere; and look-alikes of other incidents (the same family and dimension,
the same
unit and number, in units of few statements also a near number).

A block of up to `FULL` statements is paired in full. In a larger one, statements that say the same (root, reading,
place, period, scope) meet their earliest representative only; the representatives meet each other in full up to
`FULL`, beyond that each meets its `NEIGHBOURS` (of look-alikes: `LOOK_ALIKES`) next in size. So the number of pairs
grows with the number of claims.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from reconcile.comparison.alignment import aligned
from reconcile.comparison.natures import INDEPENDENT
from reconcile.linking.link import ALONE

FULL = 64
CROWD = 24  # the same for many articles, and for look-alikes of other incidents
FEW_ARTICLES = 8
NEIGHBOURS = 3
LOOK_ALIKES = 1
NEAR_FULL = 64
SMALL_EVENT = 12
TELLING = 10.0  # a smaller number that two texts share tells nothing by itself
PAIR: dict[str, pl.DataType] = {"left": pl.UInt32(), "right": pl.UInt32()}
SAYS_THE_SAME = ("root_code", "read_low", "read_high", "qualifier", "unit_code", "measure_code", "incident",
                 "place_code", "from_day", "to_day", "scope_code", "rejected", "actor_code",
                 "subject_code", "is_share")  # fmt: skip


def candidates(stated: pl.DataFrame, near_ratio: float) -> pl.DataFrame:
    """Pairs of statement rows, `left < right`, each once, and whether they are `aligned`; `near_ratio` is how near a
    look-alike's number must be."""
    telling = stated.filter(pl.col("point") >= TELLING)
    free = stated.filter(pl.col("nature").is_in(INDEPENDENT))
    blocks = [
        _paired(stated, ["incident", "family_code"]),
        _paired(stated, ["incident", "point", "dimension_code"]),
        _paired(free.filter("timed"), ["measure_code", "place_code"]),
        _paired(free, ["measure_code", "country_code"]),
        _paired(stated.filter(pl.col("incident_basis") == ALONE), ["measure_code", "speaker_code", "point"]),
        _paired(stated, ["article_id_code", "dimension_code"]),
        _paired(stated, ["part_of_code"]),
        _of_small_incidents(stated),
        _paired(telling, ["incident", "point"], LOOK_ALIKES),
        _across_articles(_paired(stated, ["family_code", "dimension_code"], LOOK_ALIKES, CROWD), stated),
        _across_articles(_paired(telling, ["unit_code", "point"], LOOK_ALIKES, CROWD), stated),
        _near(stated, near_ratio),
    ]
    one = aligned(stated)
    pointing = [
        _pointed_at(stated, "part_row"),
        _pointed_at(stated, "repeated_row"),
        _told_wholes(stated),
        one,
    ]
    pairs = (
        pl.concat([_of_known_things(pl.concat(blocks).unique(), stated), *pointing])
        .unique()
        .sort("left", "right")
    )
    return pairs.join(
        one.with_columns(pl.lit(True).alias("aligned")),
        on=["left", "right"],
        how="left",
        maintain_order="left",
    )


def _of_known_things(pairs: pl.DataFrame, stated: pl.DataFrame) -> pl.DataFrame:
    """Without the pairs of which one side counts what no rule knows, unless both have one number or one signature: a
    reader would not set them side by side."""
    asked = stated.select("known_measure", "said_number", "measure_code", "part_of_code")
    sides = [asked[pairs.get_column(side)].select(pl.all().name.suffix(f"_{side}")) for side in PAIR]
    both = pl.concat([pairs, *sides], how="horizontal")
    same = [
        pl.col(f"{name}_left") == pl.col(f"{name}_right")
        for name in ("said_number", "measure_code", "part_of_code")
    ]
    known = pl.col("known_measure_left") & pl.col("known_measure_right")
    return both.filter(known | pl.any_horizontal(one.fill_null(False) for one in same)).select(
        "left", "right"
    )


def _paired(
    stated: pl.DataFrame, keys: Sequence[str], neighbours: int = NEIGHBOURS, full: int = FULL
) -> pl.DataFrame:
    """The pairs within each group of equal, non-null keys; `neighbours` for each in a group too large for all."""
    complete = pl.all_horizontal(pl.col(key).is_not_null() for key in keys)
    block = stated.filter(complete).with_columns(
        pl.len().over(keys).alias("size"),
        pl.struct(keys).rank("dense").alias("block"),
        (pl.col("article_id_code").n_unique().over(keys) <= FEW_ARTICLES).alias("few"),
    )
    is_small = (pl.col("size") <= CROWD) | ((pl.col("size") <= full) & pl.col("few"))
    small = _all_pairs(block.filter(is_small, pl.col("size") >= 2))
    large = block.filter(~is_small)
    return small if large.is_empty() else pl.concat([small, _represented(large, neighbours)])


def _all_pairs(block: pl.DataFrame) -> pl.DataFrame:
    sides = block.lazy().select("block", "row")
    return (
        sides.join(sides, on="block", suffix="_right")
        .filter(pl.col("row") < pl.col("row_right"))
        .select(pl.col("row").alias("left"), pl.col("row_right").alias("right"))
        .collect()
    )


def _represented(block: pl.DataFrame, neighbours: int) -> pl.DataFrame:
    """Each statement with the first that says the same; those first ones with each other."""
    first = pl.col("row").sort_by("published", "row", nulls_last=True).first()
    marked = block.with_columns(first.over("block", *SAYS_THE_SAME).alias("first"))
    stars = marked.filter(pl.col("row") != pl.col("first")).select(_ordered("row", "first"))
    heads = marked.filter(pl.col("row") == pl.col("first")).with_columns(pl.len().over("block").alias("size"))
    few, many = heads.filter(pl.col("size") <= FULL), heads.filter(pl.col("size") > FULL)
    return pl.concat([stars, _all_pairs(few), _neighbours(many, neighbours)])


def _told_wholes(stated: pl.DataFrame) -> pl.DataFrame:
    """Each part with the first `NEIGHBOURS` statements of other articles that give its whole again."""
    thing = ("measure", "incident", "unit", "number")
    wholes = stated.select(*thing, pl.col("row").alias("again"), pl.col("article_id_code").alias("elsewhere"))
    return (
        stated.filter(pl.col("part_row").is_not_null())
        .join(wholes, left_on=[f"whole_{name}" for name in thing], right_on=thing)
        .filter(pl.col("article_id_code") != pl.col("elsewhere"))
        .sort("row", "again")
        .group_by("row", maintain_order=True)
        .head(NEIGHBOURS)
        .select(_ordered("row", "again"))
    )


def _of_small_incidents(stated: pl.DataFrame) -> pl.DataFrame:
    """All pairs of one dimension of an incident that has up to `SMALL_EVENT` of them, whatever they count."""
    keys = ["incident", "dimension_code"]
    complete = pl.all_horizontal(pl.col(key).is_not_null() for key in keys)
    block = stated.filter(complete).with_columns(
        pl.len().over(keys).alias("size"), pl.struct(keys).rank("dense").alias("block")
    )
    return _all_pairs(block.filter(pl.col("size").is_between(2, SMALL_EVENT)))


def _neighbours(block: pl.DataFrame, count: int) -> pl.DataFrame:
    """Each row with the next `count` rows of its block, in the order of their size."""
    ordered = block.select("block", "row", "point").sort("block", "point", "row")
    shifted = [
        ordered.select("block", "row", pl.col("block", "row").shift(-step).name.suffix("_next"))
        .filter(pl.col("block") == pl.col("block_next"))
        .select(_ordered("row", "row_next"))
        for step in range(1, count + 1)
    ]
    return pl.concat(shifted)


def _pointed_at(stated: pl.DataFrame, target: str) -> pl.DataFrame:
    """Each statement with the one that it names as its whole, or as its first telling."""
    return stated.filter(pl.col(target) != pl.col("row")).select(_ordered("row", target))


def _near(stated: pl.DataFrame, ratio: float) -> pl.DataFrame:
    """In units of few statements, the pairs of other articles whose numbers lie within the ratio."""
    telling = stated.filter(pl.col("point") >= TELLING, pl.col("unit").is_not_null())
    block = telling.with_columns(pl.len().over("unit_code").alias("size"), pl.col("unit_code").alias("block"))
    pairs = _all_pairs(block.filter(pl.col("size").is_between(2, NEAR_FULL)))
    left, right = (_of(stated, pairs, side, "point") for side in PAIR)
    near = pl.max_horizontal("left", "right") <= ratio * pl.min_horizontal("left", "right")
    kept = pairs.filter(pl.DataFrame([left.alias("left"), right.alias("right")]).select(near).to_series())
    return _across_articles(kept, stated)


def _across_articles(pairs: pl.DataFrame, stated: pl.DataFrame) -> pl.DataFrame:
    left, right = (_of(stated, pairs, side, "article_id_code") for side in PAIR)
    return pairs.filter(left != right)


def _of(stated: pl.DataFrame, pairs: pl.DataFrame, side: str, column: str) -> pl.Series:
    """The column of the statements on one side of the pairs."""
    return stated.get_column(column).gather(pairs.get_column(side))


def _ordered(one: str, other: str) -> list[pl.Expr]:
    return [pl.min_horizontal(one, other).alias("left"), pl.max_horizontal(one, other).alias("right")]
