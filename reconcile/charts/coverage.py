"""Coverage: which outlet puts a number on which quantity, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import polars as pl

from reconcile.charts import theme
from reconcile.charts.standing import stated_figures

if TYPE_CHECKING:
    from reconcile.comparison import Comparison

PURPOSE = "Which outlet states which quantity, with the figure in the cell and its standing as the colour."

MAX_QUANTITIES, MAX_OUTLETS = 24, 12
COLUMN, ROW, LABELS, HEADER = 78, 25, 300, 120
RANK = {name: rank for rank, name in enumerate(reversed(theme.STANDINGS))}


def data(articles: pl.DataFrame, claims: pl.DataFrame, comparison: Comparison) -> pl.DataFrame:
    """One row for each quantity and outlet that has figures for it; `shown` marks what is drawn."""
    figures = stated_figures(articles, claims, comparison).sort("as_of", "claim_id", nulls_last=True)
    worst = pl.col("standing").replace_strict(RANK, return_dtype=pl.Int64)
    cells = figures.group_by("quantity_id", "label", "unit", "outlet", maintain_order=True).agg(
        pl.col("stated").unique(maintain_order=True).str.join("; ").alias("stated"),
        pl.col("stated").last().alias("latest"),
        pl.col("stated").n_unique().cast(pl.Int64).alias("n_figures"),
        pl.col("standing").sort_by(worst).first().alias("standing"),
        pl.col("claim_id").str.join("; ").alias("claims"),
    )
    sized = cells.with_columns(
        pl.len().over("quantity_id").cast(pl.Int64).alias("n_outlets"),
        pl.len().over("outlet").cast(pl.Int64).alias("n_quantities"),
    )
    by_quantity = pl.struct(-pl.col("n_outlets"), "label", "quantity_id").rank("dense")
    by_outlet = pl.struct(-pl.col("n_quantities"), "outlet").rank("dense")
    return (
        sized.with_columns(by_quantity.cast(pl.Int64).alias("row"), by_outlet.cast(pl.Int64).alias("column"))
        .sort("row", "column")
        .with_columns(((pl.col("row") <= MAX_QUANTITIES) & (pl.col("column") <= MAX_OUTLETS)).alias("shown"))
    )


def spec(table: pl.DataFrame) -> theme.AnyChart:
    """A grid of quantities by outlets."""
    if table.is_empty():
        return theme.nothing_to_show("No figures yet", "No outlet states a figure for any quantity.")
    shown = table.filter("shown")
    values = [
        {
            **row,
            "name": theme.isolated(row["label"]),
            "cell": _cell(row["latest"], row["unit"]) + ("\N{HORIZONTAL ELLIPSIS}" if row["n_figures"] > 1 else ""),
        }
        for row in shown.iter_rows(named=True)
    ]
    rows, columns = shown["row"].n_unique(), shown["column"].n_unique()
    y, x = alt.Y("row:O", axis=None), alt.X("column:O", axis=None)
    cells = alt.Chart(alt.Data(values=values)).encode(x=x, y=y)
    colour, _ = theme.standing_scales(shown["standing"], symbolType="square", orient="bottom", symbolOpacity=0.5)
    layers = [
        cells.mark_rect(opacity=0.3, cornerRadius=4, stroke=theme.PAPER, strokeWidth=2).encode(
            color=colour, tooltip=["label:N", "outlet:N", "stated:N", "standing:N"]
        ),
        cells.mark_text(fontSize=11, fontWeight=600, baseline="middle", limit=COLUMN - 4).encode(
            text="cell:N"
        ),
        _row_labels(shown, y),
        _column_labels(shown, x),
    ]
    return alt.layer(*layers).properties(width=columns * COLUMN, height=rows * ROW, title=_title(table))


def _cell(text: str, unit: str | None) -> str:
    """The figure without its unit, which the row's label carries."""
    return text if unit is None else text.removesuffix(f" {unit}")


def _row_labels(shown: pl.DataFrame, y: alt.Y) -> alt.Chart:
    names = shown.unique("row", keep="first", maintain_order=True)
    values = [
        {"row": row["row"], "name": theme.isolated(row["label"]) + _money(row["unit"])}
        for row in names.iter_rows(named=True)
    ]
    marks = alt.Chart(alt.Data(values=values)).mark_text(align="right", baseline="middle", limit=LABELS)
    return marks.encode(x=alt.value(-10), y=y, text="name:N")


def _money(unit: str | None) -> str:
    return f", {unit}" if unit is not None and unit.isupper() else ""


def _column_labels(shown: pl.DataFrame, x: alt.X) -> alt.Chart:
    names = shown.unique("column", keep="first", maintain_order=True).sort("column")
    values = [
        {"column": row["column"], "name": theme.isolated(row["outlet"])} for row in names.iter_rows(named=True)
    ]
    marks = alt.Chart(alt.Data(values=values)).mark_text(
        align="left", baseline="middle", angle=320, limit=HEADER, color=theme.MUTED, dx=2
    )
    return marks.encode(x=x, y=alt.value(-8), text="name:N")


def _title(table: pl.DataFrame) -> alt.TitleParams:
    quantities, outlets = table["row"].n_unique(), table["column"].n_unique()
    several = table.filter(pl.col("n_outlets") >= 2)["row"].n_unique()
    drawn = table.filter("shown")
    rest = None
    if drawn.height < table.height:
        rest = (
            f"Drawn: {drawn['row'].n_unique()} of {quantities} quantities and {drawn['column'].n_unique()} of "
            f"{outlets} outlets; the CSV holds all of them."
        )
    return theme.heading(
        f"{several} of {theme.several(quantities, 'quantity', 'quantities')} rest on more than one outlet",
        "A cell holds what the outlet states; an ellipsis says that it states more than one figure.",
        rest,
    )
