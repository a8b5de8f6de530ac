"""Alignment: which figure of one report is which of another, where no rule knows the measure of one of them.

Two reports of one incident put their figures in words of their own: passengers here, people aboard there. Each
figure is
given to the one that is most like it by number, noun and unit, one to one; what is like none, or like two, stays alone.
"""

from __future__ import annotations

import polars as pl

from reconcile.comparison.natures import ACT, SHARE

LARGE = 600  # statements of one incident: beyond, only equal numbers are set side by side
LEAST = 4.0
CLEAR = 0.5  # by how much the best must be better than the next best
NEAR, NEARER = 1.35, 1.12  # ratios of two numbers
TELLING = 100.0  # a number of which nothing says what it counts is found again from here
PAIR = ("left", "right")


def aligned(stated: pl.DataFrame) -> pl.DataFrame:
    """`left, right` (left < right): statements of two articles of one incident that count one thing.

    >>> told = pl.DataFrame({"row": [0, 1, 2], "article_id_code": [1, 2, 2], "noun": ["passenger", None, None],
    ...     "measure": ["passenger@fr", None, None], "number": [17.0, 17.0, 6.0]}).with_columns(
    ...     *(pl.lit(value).alias(name) for name, value in {"incident": 1, "kind": "count", "unit": "person",
    ...       "known_measure": False, "nature": "count", "is_share": False, "scope": "total"}.items()),
    ...     *(pl.lit(None, pl.String).alias(name) for name in ("subject", "family_code", "qualifier")),
    ...     point=pl.col("number"), said_number=pl.col("number"), row=pl.col("row").cast(pl.UInt32),
    ...     unit_candidates=pl.lit([], pl.List(pl.String)))
    >>> aligned(told).rows()
    [(0, 1)]
    """
    shared = stated.filter(
        pl.col("incident").is_not_null(), pl.col("article_id_code").n_unique().over("incident") > 1
    )
    sides = shared.select(
        "row", "incident", "article_id_code", _group().alias("group"), "unit", "unit_candidates", "noun", "measure",
        "known_measure", "nature",
        "family_code", "number", "point", "said_number", "subject", "is_share", "scope", "qualifier",
        pl.len().over("incident").alias("size"),
    )  # fmt: skip
    small, unknown = sides.filter(pl.col("size") <= LARGE), ~pl.col("known_measure")
    bare = small.filter(unknown, _is_bare(), pl.col("said_number").abs() >= TELLING)
    some = pl.concat(
        [
            _joined(bare, small, ["incident", "point"]),
            _joined(small.filter(unknown), small, ["incident", "group"]),
            _joined(small.filter(pl.col("nature") == ACT), small, ["incident", "group", "point"]),
            _joined(small.filter(pl.col("nature") == SHARE), small, ["incident", "group", "measure"]),
            _joined(sides.filter(pl.col("size") > LARGE, unknown), sides, ["incident", "group", "point"]),
        ]
    ).unique(PAIR)
    scored = (
        some.filter(_may_be_one()).with_columns(_likeness().alias("score")).filter(pl.col("score") >= LEAST)
    )
    return _one_to_one(scored).select(PAIR).sort(PAIR)


def _group() -> pl.Expr:
    """Kinds that can count one thing: what is counted and what is measured by the unit, all others by themselves."""
    return pl.when(pl.col("kind") == "quantity").then(pl.lit("count")).otherwise("kind")


def _is_bare() -> pl.Expr:
    """A number of which nothing says what it counts; it may be money or people alike."""
    return pl.col("unit").is_null() & pl.col("noun").is_null() & (pl.col("group") == "count")


def _joined(some: pl.DataFrame, every: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """The pairs of some statements with those of other articles, the lower row first."""
    kept = ("row", *_COLUMNS)
    asked = [*keys, *(column for column in kept if column not in keys)]
    twice = some.select(asked).join(every.select(asked), on=keys, suffix="_b")
    twice = twice.with_columns(pl.col(key).alias(f"{key}_b") for key in keys if key != "incident")
    apart = twice.filter(
        pl.col("row") != pl.col("row_b"), pl.col("article_id_code") != pl.col("article_id_code_b")
    )
    lower = pl.col("row") < pl.col("row_b")
    ordered = [
        pl.when(lower).then(one).otherwise(other).alias(one)
        for column in kept
        for one, other in ((column, f"{column}_b"), (f"{column}_b", column))
    ]
    return apart.select("incident", *ordered).rename({"row": "left", "row_b": "right"})


_COLUMNS = (
    "article_id_code", "unit", "unit_candidates", "noun", "measure", "known_measure", "nature", "family_code", "number",
    "point", "said_number", "subject", "is_share", "scope", "qualifier", "group",
)  # fmt: skip


def _same(column: str) -> pl.Expr:
    return (pl.col(column) == pl.col(f"{column}_b")).fill_null(False)


def _differs(column: str) -> pl.Expr:
    return (pl.col(column) != pl.col(f"{column}_b")).fill_null(False)


def _may_be_unit(open_side: str, told: str) -> pl.Expr:
    """One side's unit is among those that the other side leaves open: dinars beside Tunisian dinars."""
    candidates = pl.col(f"unit_candidates{open_side}")
    return pl.col(f"unit{open_side}").is_null() & candidates.list.contains(pl.col(f"unit{told}")).fill_null(False)


def _may_be_one() -> pl.Expr:
    """Nothing known sets the two apart: a measure, unit or group of people that both have. Two acts that are called by
    other verbs may be one where their sums are equal and telling."""
    both_known = pl.col("known_measure") & pl.col("known_measure_b")
    acts = (
        (pl.col("nature") == ACT)
        & (pl.col("nature_b") == ACT)
        & _same("number")
        & _telling()
        & ~_same("family_code")
    )
    shares = (pl.col("nature") == SHARE) & _same("measure")
    measures = ~both_known | acts | shares
    barred = [
        pl.col(f"unit{one}").is_null() & (pl.col(f"unit_candidates{one}").list.len() > 0)
        & pl.col(f"unit{other}").is_not_null() & ~_may_be_unit(one, other)
        for one, other in (("", "_b"), ("_b", ""))
    ]  # fmt: skip
    slip = (pl.col("group") == "money") & (pl.col("group_b") == "money") & _same("number") & ~both_known
    units = slip | (~_differs("unit") & ~pl.any_horizontal(barred).fill_null(False))
    return measures & units & ~_differs("subject")


def _telling() -> pl.Expr:
    """A number of two digits or more that is not round to one."""
    said = pl.col("said_number").abs()
    digits = said.log10().floor()
    return (said >= 10) & (said / pl.lit(10.0).pow(digits - 1) % 10 != 0)


def _likeness() -> pl.Expr:
    """What number, noun and unit say of two figures being one; what one side leaves out says nothing."""
    ratio = pl.max_horizontal("point", "point_b") / pl.min_horizontal("point", "point_b")
    value = (
        pl.when(_same("number") & (pl.col("said_number").abs() >= 100)).then(4.0)
        .when(_same("number") & (pl.col("said_number").abs() >= 10)).then(3.0)
        .when(_same("number")).then(1.5)
        .when(ratio <= NEARER).then(1.5)
        .when(ratio <= NEAR).then(0.5)
        .when(ratio > 10).then(-3.0)
        .otherwise(-0.5)
    )  # fmt: skip
    noun = pl.when(_same("noun")).then(2.5).when(_differs("noun")).then(-1.0).otherwise(0.0)
    unit = pl.when(_same("unit") | _may_be_unit("", "_b") | _may_be_unit("_b", "")).then(1.5).otherwise(0.0)
    measure = pl.when(_same("measure")).then(2.0).otherwise(0.0)
    telling = pl.when(_same("number") & _telling()).then(1.0).otherwise(0.0)
    bare = (pl.col("unit").is_null() != pl.col("unit_b").is_null()).cast(pl.Float64) / 2
    # Whether a number is for each or in all is often left out: equal numbers are of one scope.
    scoped = (_differs("scope") & ~_same("number")).cast(pl.Float64)
    apart = (pl.col("is_share") != pl.col("is_share_b")).cast(pl.Float64) + scoped
    return value.fill_null(0.0) + noun + unit + measure + telling - apart - bare


def _one_to_one(scored: pl.DataFrame) -> pl.DataFrame:
    """The pairs that are the clear best of both sides between two articles; equals are nearer by their numbers'
    order."""
    kept = scored
    for here, there in (("left", "article_id_code_b"), ("right", "article_id_code")):
        ranked = kept.sort("score", descending=True, maintain_order=True)
        best = pl.col("score").max().over(here, there)
        second = pl.col("score").top_k(2).min().over(here, there)
        alone = pl.len().over(here, there) == 1
        kept = ranked.filter(pl.col("score") == best, alone | (best - second >= CLEAR))
    return kept
