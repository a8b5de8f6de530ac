"""The figures that charts draw: each claim of each quantity, with its label, its dates and its standing.

A claim diverges when it contradicts more of the other claims than it goes with: nine outlets that agree are not
coloured by the tenth, and of two that contradict each other both are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from reconcile.charts.amounts import amount, stated
from reconcile.comparison.scales import MEASURED, scales

if TYPE_CHECKING:
    from reconcile.comparison import Comparison

NUMBERS = ("value", "low", "high")
PERCENT = "percent"
REJECTED_STANCES = ("denied", "refuted")
COUNTED = ("refuted", "diverge", "agree", "compatible", "duplicate")

FIGURES: dict[str, pl.DataType] = {
    "quantity_id": pl.String(),
    "label": pl.String(),
    "unit": pl.String(),
    "claim_id": pl.String(),
    "article_id": pl.String(),
    "outlet": pl.String(),
    "language": pl.String(),
    "kind": pl.String(),
    "quote": pl.String(),
    "stated": pl.String(),
    "qualifier": pl.String(),
    "value": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "standing": pl.String(),
    "as_of": pl.Date(),
    "day": pl.Date(),
    "day_basis": pl.String(),
    "best": pl.Float64(),
    "quantity_low": pl.Float64(),
    "quantity_high": pl.Float64(),
    "grade": pl.String(),
}


def stated_figures(articles: pl.DataFrame, claims: pl.DataFrame, comparison: Comparison) -> pl.DataFrame:
    """One row for each claim that states a number for a quantity; repetitions within an article are left out.

    Columns: `FIGURES`. `stated` is the figure with its hedge as a sign; `as_of` is the end of the period for which
    it holds, else the day it was published, else the earliest day on which it can have been; `day` prefers the day
    of publication (`day_basis` says which one it is).
    """
    counted = described(articles, claims, comparison.quantities).filter(
        pl.col("quantity_id").is_not_null(),
        pl.any_horizontal(pl.col("value", "low", "high").is_not_null()),
        pl.col("duplicate_of").is_null(),
    )
    ranked = counted.join(standings(counted, comparison.pairs), on="claim_id", how="left", maintain_order="left")
    return ranked.select(pl.col(name).cast(dtype) for name, dtype in FIGURES.items())


def described(articles: pl.DataFrame, claims: pl.DataFrame, quantities: pl.DataFrame) -> pl.DataFrame:
    """All claims, each with `quantity_id`, `label`, `stated`, `as_of`, `day` and `day_basis`.

    A claim that belongs to no quantity is labelled by its own measure and event, or by what it counts.
    """
    members = _members(quantities).unique("claim_id", keep="first", maintain_order=True)
    known = members.rename({"unit": "quantity_unit"})
    joined = claims.join(known, on="claim_id", how="left", maintain_order="left").with_columns(
        pl.coalesce("label", _words("measure", "event"), "noun", "unit", "kind").alias("label"),
        pl.coalesce("outlet", "article_id").alias("outlet"),
    )
    said = _as_percentages(joined)
    texts = [_stated(row) for row in said.iter_rows(named=True)]
    drawn = _in_units_of_quantities(said)
    return _with_dates(drawn, articles).with_columns(pl.Series("stated", texts, dtype=pl.String))


def _as_percentages(claims: pl.DataFrame) -> pl.DataFrame:
    """Shares of a quantity in per cent in per cent as well: one in five is 20 %."""
    share = (pl.col("kind") == "ratio") & (pl.col("quantity_unit") == PERCENT)
    times = pl.when(share).then(100.0).otherwise(1.0)
    unit = pl.when(share | pl.col("unit").is_null()).then("quantity_unit").otherwise("unit")
    return claims.with_columns(*(pl.col(name) * times for name in NUMBERS), unit.alias("unit"))


def _in_units_of_quantities(claims: pl.DataFrame) -> pl.DataFrame:
    """The numbers in the unit of the quantity: of 1.2 tonnes and 1,205 kilograms both in kilograms."""
    differ = claims.filter(pl.col("kind").is_in(MEASURED), pl.col("unit") != pl.col("quantity_unit"))
    units = pl.concat([differ["unit"], differ["quantity_unit"]]).unique().sort().to_list()
    known = scales(units)
    one = known.rename({"scale": "own_scale"})
    other = known.rename({"unit": "quantity_unit", "base": "quantity_base", "scale": "quantity_scale"})
    joined = claims.join(one, on="unit", how="left", maintain_order="left").join(
        other, on="quantity_unit", how="left", maintain_order="left"
    )
    one_base = (pl.col("base") == pl.col("quantity_base")) & pl.col("kind").is_in(MEASURED)
    factor = pl.when(one_base).then(pl.col("own_scale") / pl.col("quantity_scale")).otherwise(1.0)
    return joined.with_columns(
        *(pl.col(name) * factor for name in NUMBERS), pl.coalesce("quantity_unit", "unit").alias("unit")
    ).drop("base", "own_scale", "quantity_base", "quantity_scale")


def standings(figures: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """`claim_id, standing` of each claim of `figures` (columns `claim_id, stance, as_of`)."""
    days = figures.select("claim_id", "as_of").unique("claim_id")
    flipped = pairs.select(pl.col("claim_b").alias("claim_id"), pl.col("claim_a").alias("other"), "verdict")
    straight = pairs.select(pl.col("claim_a").alias("claim_id"), pl.col("claim_b").alias("other"), "verdict")
    met = pl.concat([straight, flipped])
    dated = met.join(days, on="claim_id").join(days, left_on="other", right_on="claim_id", suffix="_other")
    older = (pl.col("as_of") < pl.col("as_of_other")).fill_null(True)
    counts = dated.group_by("claim_id").agg(
        (pl.col("verdict") == "superseded").and_(older).sum().alias("superseded"),
        *[(pl.col("verdict") == verdict).sum().alias(verdict) for verdict in COUNTED],
    )
    known = figures.select("claim_id", "stance").unique("claim_id").join(counts, on="claim_id", how="left")
    with_it = pl.sum_horizontal("agree", "compatible", "duplicate")
    return known.select(
        "claim_id",
        pl.when(pl.col("stance").is_in(REJECTED_STANCES) | (pl.col("refuted") > 0))
        .then(pl.lit("refuted"))
        .when(pl.col("superseded") > 0)
        .then(pl.lit("superseded"))
        .when(pl.col("diverge") > with_it)
        .then(pl.lit("diverges"))
        .when(pl.col("agree") > 0)
        .then(pl.lit("agrees"))
        .when(pl.col("compatible") > 0)
        .then(pl.lit("compatible"))
        .when(pl.col("duplicate") > 0)
        .then(pl.lit("same source"))
        .otherwise(pl.lit("only source"))
        .alias("standing"),
    )


def quantity_label() -> pl.Expr:
    """How a quantity is called: its English label, else its Arabic one, else measure and event in words."""
    return pl.coalesce("label_en", "label_ar", _words("measure", "event"), "quantity_id")


def _words(*names: str) -> pl.Expr:
    """Ids as words: people_arrested, operation-river is "people arrested, operation river"; null if all are."""
    spaced = [pl.col(name).str.replace_all("[_-]", " ") for name in names]
    joined = pl.concat_str(spaced, separator=", ", ignore_nulls=True)
    return pl.when(pl.any_horizontal(pl.col(names).is_not_null())).then(joined)


def _members(quantities: pl.DataFrame) -> pl.DataFrame:
    return (
        quantities.with_columns(distinct_label(quantities).alias("label"))
        .select(
            "quantity_id",
            "label",
            "unit",
            "best",
            pl.col("low").alias("quantity_low"),
            pl.col("high").alias("quantity_high"),
            "grade",
            pl.col("claim_ids").alias("claim_id"),
        )
        .explode("claim_id")
        .drop_nulls("claim_id")
    )


def distinct_label(quantities: pl.DataFrame) -> pl.Series:
    """The label of each quantity; where two are called the same, what tells them apart stands behind it."""
    bests = [None if row[0] is None else amount(*row) for row in quantities.select("best", "unit").iter_rows()]
    table = quantities.with_columns(quantity_label().alias("label"), pl.Series("best", bests, dtype=pl.String))
    for telling in ("unit", "event", "period_end", "best"):
        shared = pl.len().over("label") > 1
        differs = pl.col(telling).n_unique().over("label") > 1
        suffixed = pl.concat_str("label", pl.lit(" ("), pl.col(telling).cast(pl.String), pl.lit(")"))
        table = table.with_columns(
            pl.when(shared & differs).then(pl.coalesce(suffixed, "label")).otherwise("label").alias("label")
        )
    return table["label"]


def _with_dates(figures: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    bounds = articles.select("article_id", "published_low").unique("article_id", keep="first")
    return figures.join(bounds, on="article_id", how="left", maintain_order="left").with_columns(
        pl.coalesce("period_end", "published", "published_low").alias("as_of"),
        pl.coalesce("published", "period_end", "published_low").alias("day"),
        pl.when(pl.col("published").is_not_null())
        .then(pl.lit("published"))
        .when(pl.col("period_end").is_not_null())
        .then(pl.lit("end of its period"))
        .when(pl.col("published_low").is_not_null())
        .then(pl.lit("earliest possible"))
        .alias("day_basis"),
    )


def _stated(row: dict[str, object]) -> str:
    if row["value"] is None and row["low"] is None and row["high"] is None:
        return str(row["quote"])
    return stated(
        str(row["qualifier"]),
        _number(row["value"]),
        _number(row["low"]),
        _number(row["high"]),
        low_open=row["low_open"] is True,
        high_open=row["high_open"] is True,
        unit=None if row["unit"] is None else str(row["unit"]),
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
