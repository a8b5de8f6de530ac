"""Statements: the claims that can be compared, with everything that a pair needs to know of its two sides.

Row order never matters: statements are numbered in the order of their claim ids.
"""

from __future__ import annotations

import polars as pl

from reconcile import schema
from reconcile.comparison.events import known_events
from reconcile.comparison.intervals import significant_digits, value, with_reading
from reconcile.comparison.measures import measure_table
from reconcile.comparison.policy import Policy
from reconcile.errors import InputError

KINDS = ("money", "count", "percentage", "ratio", "quantity", "duration")
REJECTED = ("denied", "refuted")
# Columns that pairs compare as numbers rather than as strings: equal text, equal code.
CODED = ("article_id", "kind", "unit", "dimension", "measure", "family", "event", "place", "scope", "actor", "root",
         "speaker", "part_of")  # fmt: skip


def statements(claims: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """The comparable claims (role claim, a kind in `KINDS`), read by the policy and numbered by `row`.

    Added: `number` (the one value, if there is one), `point` (by which it is sorted), `read_low … reading`,
    `dimension` (money whatever the currency), `family, measure_en, measure_ar`, `as_of` (end of the period, else
    publication), `from_day, to_day` (the period, within the event's), `root` (the witness by name), `refuter`,
    `rejected`, `rare`, `part_row`, `repeated_row`, and `NAME_code` for each of `CODED`.

    Raises:
        InputError: two claims share an id.
    """
    known = _complete(claims).filter(pl.col("role") == "claim", pl.col("kind").is_in(KINDS)).sort("claim_id")
    if known.get_column("claim_id").n_unique() < known.height:
        twice = known.filter(pl.col("claim_id").is_duplicated()).item(0, "claim_id")
        raise InputError("claims", f"claim_id {twice!r} is given twice", "give each claim an id of its own")
    described = (
        _as_percentages(known)
        .join(measure_table(), on="measure", how="left", maintain_order="left")
        .join(known_events(), on="event", how="left", maintain_order="left")
    )
    read = with_reading(described, policy).with_columns(_settled(policy)).with_columns(_derived())
    return _with_rows(read.with_columns(_root().alias("root")).with_columns(_codes()).with_row_index("row"))


def _complete(claims: pl.DataFrame) -> pl.DataFrame:
    """All columns of the claims schema in their types; one that is absent is unknown throughout."""
    return claims.select(
        (pl.col(name) if name in claims.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in schema.CLAIMS.items()
    )


def _as_percentages(claims: pl.DataFrame) -> pl.DataFrame:
    """A ratio is a percentage by another name: one in five meets 20 per cent."""
    ratio = pl.col("kind") == "ratio"
    percent = ratio | (pl.col("kind") == "percentage")
    return claims.with_columns(
        *(
            pl.when(ratio).then(pl.col(name) * 100).otherwise(name).alias(name)
            for name in ("value", "low", "high")
        ),
        pl.when(percent).then(pl.lit("percentage")).otherwise("kind").alias("kind"),
        pl.when(percent).then(pl.coalesce("unit", pl.lit("percent"))).otherwise("unit").alias("unit"),
    )


def _settled(policy: Policy) -> list[pl.Expr]:
    """The fields as pairs compare them; an absent scope is the total, a half-open period a single day."""
    number = value
    begins, ends = pl.coalesce("period_start", "period_end"), pl.coalesce("period_end", "period_start")
    within = (begins <= pl.col("event_to")).fill_null(True) & (ends >= pl.col("event_from")).fill_null(True)
    return [
        number.alias("number"),
        pl.coalesce("family", "measure").alias("family"),
        pl.when(pl.col("kind") == "money").then(pl.lit("money")).otherwise("unit").alias("dimension"),
        pl.coalesce("period_end", "published").alias("as_of"),
        pl.col("stance").is_in(REJECTED).fill_null(False).alias("rejected"),
        pl.col("refuted_by").str.strip_chars().str.to_lowercase().alias("refuter"),
        pl.col("scope").fill_null("total"),
        pl.when(within).then(pl.max_horizontal(begins, "event_from")).otherwise(begins).alias("from_day"),
        pl.when(within).then(pl.min_horizontal(ends, "event_to")).otherwise(ends).alias("to_day"),
        (significant_digits(number) >= policy.witness.rare_digits).fill_null(False).alias("rare"),
    ]


def _derived() -> list[pl.Expr]:
    """A whole-event period says no more than the event; and the one number by which a figure is sorted: its value,
    else its finite bound, else the middle."""
    whole = (
        (pl.col("from_day") == pl.col("event_from")) & (pl.col("to_day") == pl.col("event_to"))
    ).fill_null(False)
    low, high = pl.col("read_low"), pl.col("read_high")
    bound = (
        pl.when(low.is_infinite()).then(high).when(high.is_infinite()).then(low).otherwise((low + high) / 2)
    )
    vague = (pl.col("qualifier") == "vague").fill_null(False)
    told = pl.col("period_start").is_not_null() | pl.col("period_end").is_not_null()
    return [
        *(pl.when(told & ~whole).then(name).alias(name) for name in ("from_day", "to_day")),
        pl.coalesce("number", pl.when(bound.is_finite() & (~vague | (low == high))).then(bound)).alias(
            "point"
        ),
    ]


def _root() -> pl.Expr:
    """Who stands behind the figure: its speaker, else whoever the same article names for the same figure, else the
    outlet, else the article itself."""
    same = ["article_id", "measure", "event", "unit", "read_low", "read_high"]
    first, last = pl.col("speaker").min().over(same), pl.col("speaker").max().over(same)
    in_article = pl.when(first == last).then(first)
    return pl.coalesce("speaker", in_article, "outlet", "article_id").str.strip_chars().str.to_lowercase()


def _codes() -> list[pl.Expr]:
    return [pl.col(name).rank("dense").cast(pl.UInt32).alias(f"{name}_code") for name in CODED]


def _with_rows(stated: pl.DataFrame) -> pl.DataFrame:
    """Where the whole of a part, and the first telling of a repetition, stand among the statements."""
    for column, row in (("part_of", "part_row"), ("duplicate_of", "repeated_row")):
        targets = stated.select(pl.col("claim_id").alias(column), pl.col("row").alias(row))
        stated = stated.join(targets, on=column, how="left", maintain_order="left")
    return stated
