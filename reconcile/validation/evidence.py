"""The tables as they are validated: the contract's columns, with beside each row the evidence that it is judged by.

An expectation sees one row at a time, so what a row must agree with (the article's words at its span, the whole that
it is a part of, whether an id exists) is joined to it here, in polars. Nothing is judged here. This is also the one
place where frames become pandas.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from reconcile import schema
from reconcile.comparison.events import known_events
from reconcile.tables import SCHEMAS
from reconcile.validation.coverage import uncovered_figures

if TYPE_CHECKING:
    import pandas as pd

ROW = "row"
ROW_ID = {"articles": "article_id", "claims": "claim_id", "pairs": "claim_a", "quantities": "quantity_id"}
LIST_MARK = "|"
# How far an approximate figure may be from its value: the wider of the margins of policy "news".
APPROXIMATE_MARGIN_PCT = 10


def to_pandas(table: pl.DataFrame) -> pd.DataFrame:
    """The frame for Great Expectations: lists joined, whole numbers with gaps as floats."""
    return table.to_pandas()


def with_evidence(
    claims: pl.DataFrame,
    articles: pl.DataFrame,
    pairs: pl.DataFrame | None = None,
    quantities: pl.DataFrame | None = None,
    previous: pl.DataFrame | None = None,
) -> dict[str, pl.DataFrame]:
    """Each table that is there, by name, numbered by `row` and with its evidence columns."""
    tables = {
        "articles": articles_with_evidence(articles, claims, previous),
        "claims": claims_with_evidence(claims, articles, previous),
    }
    if pairs is not None:
        tables["pairs"] = pairs_with_evidence(pairs, claims)
    if quantities is not None:
        tables["quantities"] = quantities_with_evidence(quantities, claims)
    given = {"articles": articles, "claims": claims, "pairs": pairs, "quantities": quantities}
    return {
        name: _flat(_as_given(table, name, given[name])).with_row_index(ROW) for name, table in tables.items()
    }


def articles_with_evidence(
    articles: pl.DataFrame, claims: pl.DataFrame, previous: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Articles with `uncovered` (digits in no claim) and `lost_claims` (ids of the last run that are gone)."""
    full = _complete(articles, schema.ARTICLES)
    spans = _complete(claims, schema.CLAIMS)
    uncovered = pl.Series("uncovered", uncovered_figures(full, spans), dtype=pl.String)
    if previous is None:
        return full.with_columns(uncovered, pl.lit(None, dtype=pl.String).alias("lost_claims"))
    lost = _lost_claims(_complete(previous, schema.CLAIMS), spans, full)
    return full.with_columns(uncovered).join(lost, on="article_id", how="left", maintain_order="left")


def claims_with_evidence(
    claims: pl.DataFrame, articles: pl.DataFrame, previous: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Claims with the article's words at the span, the dates around it, its whole, the first of a duplicate."""
    full = _complete(claims, schema.CLAIMS)
    table = _with_article(full, _complete(articles, schema.ARTICLES))
    table = _with_whole(table, full)
    table = _with_first(table, full)
    table = _with_event(table)
    table = table.with_columns(n_candidates=pl.col("unit_candidates").list.len().fill_null(0))
    return _with_previous(table, previous)


def pairs_with_evidence(pairs: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """Pairs with whether their claims exist, their units, and the two ids in one order."""
    table = _complete(pairs, schema.PAIRS)
    sides = _first_of(_complete(claims, schema.CLAIMS), "claim_id").select("claim_id", "unit", "kind")
    for side in ("a", "b"):
        names = {"claim_id": f"claim_{side}", "unit": f"unit_{side}", "kind": f"kind_{side}"}
        known = sides.rename(names).with_columns(pl.lit(True).alias(f"known_{side}"))
        table = table.join(known, on=f"claim_{side}", how="left", maintain_order="left")
    return table.with_columns(
        pl.col("known_a", "known_b").fill_null(False),
        claim_first=pl.min_horizontal("claim_a", "claim_b"),
        claim_second=pl.max_horizontal("claim_a", "claim_b"),
    )


def quantities_with_evidence(quantities: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """Quantities with the number of the claims that they list, and those that do not exist."""
    table = _complete(quantities, schema.QUANTITIES)
    known = _complete(claims, schema.CLAIMS)["claim_id"].drop_nulls().unique()
    listed = (
        table.with_row_index(ROW)
        .select(ROW, pl.col("claim_ids").alias("listed"))
        .explode("listed")
        .filter(pl.col("listed").is_not_null() & ~pl.col("listed").is_in(known.implode()))
        .group_by(ROW)
        .agg(pl.col("listed").str.join(", ").alias("unknown_claims"))
    )
    joined = table.with_row_index(ROW).join(listed, on=ROW, how="left", maintain_order="left").drop(ROW)
    return joined.with_columns(n_claim_ids=pl.col("claim_ids").list.len().fill_null(0).cast(pl.Int64))


def _as_given(table: pl.DataFrame, name: str, given: pl.DataFrame | None) -> pl.DataFrame:
    """Without the columns of the contract that the caller's table lacks: an expectation is to notice that."""
    lacking = [] if given is None else [column for column in SCHEMAS[name] if column not in given.columns]
    return table.drop(lacking)


def _complete(table: pl.DataFrame, columns: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """The contract's columns in their order and types, a missing one filled with nulls, any others behind them."""
    wanted = [
        pl.col(name).cast(kind, strict=False)
        if name in table.columns
        else pl.lit(None, dtype=kind).alias(name)
        for name, kind in columns.items()
    ]
    return table.with_columns(wanted)


def _with_article(claims: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    own = _first_of(articles, "article_id").select(
        "article_id",
        "text",
        pl.col("published").alias("article_published"),
        pl.coalesce("published_high", "published").alias("latest_publication"),
        pl.lit(True).alias("article_known"),
    )
    length = pl.col("end") - pl.col("start")
    sliced = pl.when((pl.col("start") >= 0) & (length > 0)).then(
        pl.col("text").str.slice(pl.col("start"), length)
    )
    joined = claims.join(own, on="article_id", how="left", maintain_order="left")
    return joined.with_columns(pl.col("article_known").fill_null(False), text_slice=sliced).drop("text")


def _with_whole(table: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """The whole of a part, as far as its bounds go; and on a whole, the sum of the least that its parts can be."""
    least, most = _least_and_most()
    wholes = _first_of(claims, "claim_id").select(
        pl.col("claim_id").alias("part_of"),
        pl.col("unit").alias("whole_unit"),
        most.alias("whole_most"),
        pl.lit(True).alias("whole_known"),
    )
    joined = table.join(wholes, on="part_of", how="left", maintain_order="left").with_columns(
        pl.col("whole_known").fill_null(False), part_least=least, whole_of_parts_most=most
    )
    return joined.join(_part_sums(joined), on="claim_id", how="left", maintain_order="left")


def _least_and_most() -> tuple[pl.Expr, pl.Expr]:
    """The least and the most that a figure can be by its own words; null where nothing limits it."""
    approximate = pl.col("qualifier").is_in(["about", "almost"])
    margin = pl.when(approximate).then(pl.col("value").abs() * APPROXIMATE_MARGIN_PCT / 100).otherwise(0)
    upward = pl.col("qualifier").is_in(["more_than", "at_least"])
    downward = pl.col("qualifier").is_in(["less_than", "at_most"])
    least = pl.when(downward).then(pl.col("low")).otherwise(pl.coalesce("low", pl.col("value") - margin))
    most = pl.when(upward).then(pl.col("high")).otherwise(pl.coalesce("high", pl.col("value") + margin))
    return least, most


def _part_sums(table: pl.DataFrame) -> pl.DataFrame:
    """What two or more parts of one whole come to: only parts that fit on their own, none counted twice."""
    fits = (pl.col("part_least") <= pl.col("whole_most")) & pl.col("unit").eq_missing(pl.col("whole_unit"))
    shares = pl.col("kind").is_in(["percentage", "ratio", "ordinal"])
    parts = table.filter(pl.col("whole_known") & fits & ~shares & pl.col("duplicate_of").is_null())
    sums = parts.group_by("part_of").agg(
        pl.col("part_least").sum().alias("parts_least_sum"), pl.len().alias("n_parts")
    )
    return sums.filter(pl.col("n_parts") > 1).select(pl.col("part_of").alias("claim_id"), "parts_least_sum")


def _with_first(table: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    firsts = _first_of(claims, "claim_id").select(
        pl.col("claim_id").alias("duplicate_of"),
        pl.col("article_id").alias("first_article_id"),
        pl.col("start").alias("first_start"),
        pl.col("kind").alias("first_kind"),
        pl.lit(True).alias("first_known"),
    )
    joined = table.join(firsts, on="duplicate_of", how="left", maintain_order="left")
    return joined.with_columns(pl.col("first_known").fill_null(False))


def _with_event(table: pl.DataFrame) -> pl.DataFrame:
    """The first day of the known event that a claim is about."""
    starts = known_events().select("event", pl.col("event_from").alias("event_start"))
    return table.join(_first_of(starts, "event"), on="event", how="left", maintain_order="left")


def _with_previous(table: pl.DataFrame, previous: pl.DataFrame | None) -> pl.DataFrame:
    if previous is None:
        return table.with_columns(pl.lit(None, dtype=pl.String).alias("previous_claim_id"))
    place = ["article_id", "start", "end", "quote", "kind"]
    before = _complete(previous, schema.CLAIMS).select(*place, pl.col("claim_id").alias("previous_claim_id"))
    return table.join(before.unique(place, keep="first"), on=place, how="left", maintain_order="left")


def _lost_claims(previous: pl.DataFrame, claims: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """The ids of the last run's claims whose words still stand at their span and that no claim has now."""
    place = ["article_id", "start", "end", "quote"]
    gone = previous.join(claims.select(place), on=place, how="anti")
    gone = gone.join(_first_of(articles, "article_id").select("article_id", "text"), on="article_id")
    still = pl.col("text").str.slice(pl.col("start"), pl.col("end") - pl.col("start")) == pl.col("quote")
    return (
        gone.filter(still).group_by("article_id").agg(pl.col("claim_id").str.join(", ").alias("lost_claims"))
    )


def _first_of(table: pl.DataFrame, key: str) -> pl.DataFrame:
    """One row for each key, so that a join never multiplies rows; repeated keys fail their own expectation."""
    return table.filter(pl.col(key).is_not_null()).unique(key, keep="first", maintain_order=True)


def _flat(table: pl.DataFrame) -> pl.DataFrame:
    """Lists as text, for engines that know no lists."""
    lists = [name for name, kind in table.schema.items() if isinstance(kind, pl.List)]
    return table.with_columns(pl.col(name).cast(pl.List(pl.String)).list.join(LIST_MARK, ignore_nulls=True) for
    name in lists)
