"""Verdicts: how many pairs of figures got which verdict, and for which reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import polars as pl

from reconcile import schema
from reconcile.charts import theme

if TYPE_CHECKING:
    from reconcile.comparison import Comparison

PURPOSE = "How many pairs of figures agree, meet, diverge or may not be compared, with the reasons."

WIDTH, ROW = 520, 26
LABEL_FROM_SHARE = 0.07
COLOURS = {
    "agree": theme.STANDINGS["agrees"][0],
    "compatible": theme.STANDINGS["compatible"][0],
    "diverge": theme.STANDINGS["diverges"][0],
    "refuted": theme.STANDINGS["refuted"][0],
    "superseded": theme.STANDINGS["superseded"][0],
    "not_comparable": "#64748b",
    "undetermined": "#c9a227",
    "duplicate": theme.STANDINGS["same source"][0],
    "linked": "#8fb8ad",
}


def data(articles: pl.DataFrame, claims: pl.DataFrame, comparison: Comparison) -> pl.DataFrame:
    """`verdict, reason, n_pairs, n_look_alike, total, from, to`: every verdict, also those that no pair got."""
    counted = comparison.pairs.group_by("verdict", "reason").agg(
        pl.len().cast(pl.Int64).alias("n_pairs"), pl.col("look_alike").sum().cast(pl.Int64).alias("n_look_alike")
    )
    every = pl.DataFrame({"verdict": schema.VERDICTS}, schema={"verdict": pl.String()})
    filled = every.join(counted, on="verdict", how="left", maintain_order="left").with_columns(
        pl.col("n_pairs", "n_look_alike").fill_null(0)
    )
    rank = pl.col("verdict").replace_strict({v: i for i, v in enumerate(schema.VERDICTS)}, return_dtype=pl.Int64)
    ordered = filled.sort(rank, "n_pairs", "reason", descending=[False, True, False], nulls_last=True)
    return ordered.with_columns(
        pl.col("n_pairs").sum().over("verdict").alias("total"),
        (pl.col("n_pairs").cum_sum().over("verdict") - pl.col("n_pairs")).alias("from"),
        pl.col("n_pairs").cum_sum().over("verdict").alias("to"),
    )


def spec(table: pl.DataFrame) -> theme.AnyChart:
    """A bar a verdict, in the order in which the rules try them; the reasons are its segments."""
    pairs = int(table["n_pairs"].sum())
    if pairs == 0:
        return theme.nothing_to_show("No pairs yet", "No two figures were compared.")
    most = max(table["total"].to_list())
    values = [
        {**row, "sum": row["total"] if row["from"] == 0 else None,
         "name": row["verdict"].replace("_", " "), "middle": (row["from"] + row["to"]) / 2,
         "why": row["reason"] if row["reason"] is not None and row["n_pairs"] > most * LABEL_FROM_SHARE else ""}
        for row in table.iter_rows(named=True)
    ]  # fmt: skip
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y(
            "name:N", sort=None, title=None,
            axis=alt.Axis(domain=False, ticks=False, labelColor=theme.INK, labelFontSize=12, labelPadding=10),
        )
    )  # fmt: skip
    scale = alt.Scale(domain=[0, most * 1.02])
    bars = base.mark_bar(height=17, stroke=theme.PAPER, strokeWidth=1).encode(
        x=alt.X("from:Q", scale=scale, axis=None), x2="to:Q",
        tooltip=["name:N", "reason:N", "n_pairs:Q", "n_look_alike:Q"],
        color=alt.Color(
            "verdict:N", legend=None, scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values()))
        ),
    )  # fmt: skip
    reasons = base.mark_text(color=theme.PAPER, fontSize=11, baseline="middle").encode(
        x=alt.X("middle:Q", scale=scale, axis=None), text="why:N"
    )
    totals = base.transform_filter("datum.sum != null").mark_text(align="left", dx=7, fontWeight=600).encode(
        x=alt.X("total:Q", scale=scale, axis=None), text=alt.Text("sum:Q", format=",")
    )
    return alt.layer(bars, reasons, totals).properties(width=WIDTH, height=alt.Step(ROW), title=_title(table, pairs))


def _title(table: pl.DataFrame, pairs: int) -> alt.TitleParams:
    counts = {row["verdict"]: row["total"] for row in table.iter_rows(named=True)}
    met = sum(counts[verdict] for verdict in ("agree", "compatible", "diverge", "refuted", "superseded"))
    return theme.heading(
        f"{met:,} of {theme.several(pairs, 'pair')} of figures can be compared; {counts['diverge']:,} diverge",
        "The first rule that fires decides, from the top down; segments are reasons why figures are not comparable.",
    )
