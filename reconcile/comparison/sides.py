"""Sides: a batch of candidate pairs with the fields of both statements, and what the rules ask of the two.

A field of the left statement ends in `_a`, of the right one in `_b`; the left one has the smaller claim id.
"""

from __future__ import annotations

import polars as pl

from reconcile.comparison.arithmetic import with_arithmetic
from reconcile.comparison.copies import with_copies
from reconcile.comparison.exchange import with_rates
from reconcile.comparison.measures import containments
from reconcile.comparison.policy import Policy
from reconcile.linking import Linked

FIELDS = (
    "claim_id", "article_id_code", "kind_code", "kind", "unit", "unit_candidates", "dimension_code", "noun",
    "measure", "measure_code", "known_measure", "nature", "family_code", "incident", "incident_basis",
    "place_code", "scope", "scope_code", "actor_code", "actor_state_code", "is_state", "subject_code", "timed",
    "is_share",
    "whole_number", "root_code", "speaker_code", "root", "refuter", "part_of_code", "part_row", "repeated_row",
    "number",
    "point", "low", "high", "qualifier", "read_low", "read_high", "read_low_open", "read_high_open", "as_of",
    "from_day",
    "to_day", "rejected", "said_number", "unsettled", "cumulative", "rare", "published", "words", "event_from",
    "event_to",
    "event_places", "place", "country", "actor", "speaker", "denied", "telling", "whole_measure", "whole_incident",
    "whole_unit", "official", "said_from", "said_to", "report",
)  # fmt: skip


def sides(stated: pl.DataFrame, pairs: pl.DataFrame, policy: Policy, linked: Linked) -> pl.DataFrame:
    """The pairs (`left, right`) with `FIELDS` of both sides, converted bounds (`low_a … point_b` in one currency),
    `narrower` (-1: the left measure is a part of the right one's, 1: the other way round), `aligned` (of two
    reports of one
    incident they count one thing), `incident_open` (the evidence does not tell whether their incidents are one),
    and what `with_arithmetic` and `with_copies` add."""
    fields = stated.select(FIELDS)
    joined = pl.concat(
        [
            pairs,
            *(
                fields[pairs.get_column(row)].select(pl.all().name.suffix(f"_{side}"))
                for row, side in (("left", "a"), ("right", "b"))
            ),
        ],
        how="horizontal",
    )
    money = pl.col("kind_a").eq("money") & pl.col("kind_b").eq("money")
    rated = with_rates(
        joined.with_columns(money.fill_null(False).alias("is_money")), policy.exchange.max_days
    )
    told = _with_nesting(_scaled(_with_lent_rates(rated))).with_columns(pl.col("aligned").fill_null(False))
    known = _with_flag(told, linked.open_pairs(), "incident", "incident_open")
    flagged = _with_flag(known, linked.bare_pairs(), "report", "bare_link")
    return with_copies(with_arithmetic(flagged, stated), policy.witness.copy_score)


def _with_flag(pairs: pl.DataFrame, flagged: pl.DataFrame, field: str, flag: str) -> pl.DataFrame:
    """Add `flag`, true for the pairs whose two sides' `field` stand in `flagged` (`FIELD_a, FIELD_b`, the lower
    first)."""
    ends = [
        reduce(f"{field}_a", f"{field}_b").alias(f"_{side}")
        for side, reduce in (("low", pl.min_horizontal), ("high", pl.max_horizontal))
    ]
    known = flagged.select(
        pl.col(f"{field}_a").alias("_low"), pl.col(f"{field}_b").alias("_high"), pl.lit(True).alias(flag)
    )
    return (
        pairs.with_columns(ends)
        .join(known, on=["_low", "_high"], how="left", maintain_order="left")
        .with_columns(pl.col(flag).fill_null(False))
        .drop("_low", "_high")
    )


def _with_lent_rates(pairs: pl.DataFrame) -> pl.DataFrame:
    """Sums of one incident of which one names no currency are taken to be in the other's, where that may be."""
    lent = pl.any_horizontal(
        pl.col(f"unit_{one}").is_null()
        & ((pl.col(f"unit_candidates_{one}").list.len().fill_null(0) == 0)
           | pl.col(f"unit_candidates_{one}").list.contains(pl.col(f"unit_{other}")))
        & pl.col(f"unit_{other}").is_not_null()
        for one, other in ("ab", "ba")
    )  # fmt: skip
    told = (pl.col("is_money") & lent & (pl.col("incident_a") == pl.col("incident_b"))).fill_null(False)
    return pairs.with_columns(
        pl.when(told).then(1.0).otherwise(f"factor_{side}").alias(f"factor_{side}") for side in "ab"
    )


def _scaled(pairs: pl.DataFrame) -> pl.DataFrame:
    """Bounds and points of both sides in one currency; null where no rate is known."""
    return pairs.with_columns(
        (pl.col(f"{name}_{side}") * pl.col(f"factor_{side}")).alias(f"{name}_{side}")
        for name in ("read_low", "read_high", "point")
        for side in "ab"
    )


def _with_nesting(pairs: pl.DataFrame) -> pl.DataFrame:
    inside = containments()
    nesting = pl.concat(
        [
            inside.select(
                pl.col("measure").alias("measure_a"), pl.col("wider").alias("measure_b"), narrower=-1
            ),
            inside.select(
                pl.col("wider").alias("measure_a"), pl.col("measure").alias("measure_b"), narrower=1
            ),
        ]
    )
    return pairs.join(nesting, on=["measure_a", "measure_b"], how="left", maintain_order="left").with_columns(
        pl.col("narrower").fill_null(0)
    )
