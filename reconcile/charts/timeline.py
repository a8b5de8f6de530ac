"""Timeline: when each figure was true or was published, a lane a quantity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import polars as pl

from reconcile.charts import theme
from reconcile.charts.standing import stated_figures

if TYPE_CHECKING:
    from reconcile.comparison import Comparison

PURPOSE = "Each quantity's figures along the days for which they hold, or else on which they were published."

MAX_LANES = 24
WIDTH, ROW, LABELS = 520, 30, 260
SPREAD = 9  # pixels between figures of one lane and one day


def data(articles: pl.DataFrame, claims: pl.DataFrame, comparison: Comparison) -> pl.DataFrame:
    """One row for each quantity, day, figure as stated and standing; undated figures are kept and not `shown`."""
    figures = stated_figures(articles, claims, comparison)
    points = figures.group_by("quantity_id", "label", "as_of", "as_of_basis", "stated", "standing").agg(
        pl.col("outlet").unique().sort().str.join("; ").alias("outlets"),
        pl.len().cast(pl.Int64).alias("n_claims"),
        pl.col("claim_id").sort().str.join("; ").alias("claims"),
    )
    lanes = points.with_columns(
        pl.col("as_of").is_not_null().any().over("quantity_id").alias("dated"),
        pl.col("as_of").n_unique().over("quantity_id").cast(pl.Int64).alias("n_days"),
        pl.col("as_of").max().over("quantity_id").alias("last"),
    ).sort(
        "dated", "n_days", "last", "label", "quantity_id", "as_of", "stated", "standing",
        descending=[True, True, True, False, False, False, False, False], nulls_last=True,
    )  # fmt: skip
    return lanes.with_columns(pl.col("quantity_id").rle_id().cast(pl.Int64).alias("lane")).with_columns(
        (pl.col("as_of").is_not_null() & (pl.col("lane") < MAX_LANES)).alias("shown")
    )


def spec(table: pl.DataFrame) -> theme.AnyChart:
    """Lanes of points; the column on the right says how far the lane's figures reach."""
    shown = table.filter("shown") if table.height > 0 else table
    if shown.is_empty():
        return theme.nothing_to_show("No dated figures yet", "No figure has a day for which it holds, or a publication date.")
    place = pl.int_range(pl.len()).over("lane", "as_of") - (pl.len().over("lane", "as_of") - 1) / 2
    placed = shown.with_columns((place * SPREAD).clip(-ROW / 2 + 4, ROW / 2 - 4).alias("shift"))
    values = [
        {**row, "day": row["as_of"].isoformat(), "as_of": None, "last": None} for row in placed.iter_rows(named=True)
    ]
    y = alt.Y("lane:O", axis=None)
    colour, shape = theme.standing_scales(shown["standing"])
    day = alt.X("day:T", title=None, axis=alt.Axis(tickCount=6, labelOverlap=True, domain=False), scale=_scale(shown))
    points = (
        alt.Chart(alt.Data(values=values))
        .mark_point(filled=True, opacity=0.9, size=75)
        .encode(x=day, y=y, yOffset=alt.YOffset("shift:Q", scale=alt.Scale(domain=[-ROW / 2, ROW / 2], range=[0, ROW])),
                color=colour, shape=shape,
                tooltip=["label:N", "stated:N", "outlets:N", alt.Tooltip("day:T"), "as_of_basis:N", "standing:N"])
    )  # fmt: skip
    lanes = alt.Chart(alt.Data(values=_lane_labels(shown)))
    names = lanes.mark_text(align="right", baseline="middle", limit=LABELS, dy=ROW / 2)
    figures = lanes.mark_text(align="left", baseline="middle", limit=170, color=theme.MUTED, fontSize=11, dy=ROW / 2)
    return alt.layer(
        lanes.mark_rule(color=theme.BAND, dy=ROW / 2).encode(y=y, x=alt.value(0), x2=alt.value(WIDTH)),
        points,
        names.encode(x=alt.value(-14), y=y, text="name:N"),
        figures.encode(x=alt.value(WIDTH + 14), y=y, text="reach:N"),
    ).properties(width=WIDTH, height=alt.Step(ROW), title=_title(table))


def _scale(shown: pl.DataFrame) -> alt.Scale:
    """A single day still needs an axis with room on both sides."""
    days = shown["as_of"].unique()
    if days.len() > 1:
        return alt.Scale(padding=12)
    only = days[0]
    around = [only.replace(day=1), only.replace(day=28)]
    return alt.Scale(domain=[{"year": d.year, "month": d.month, "date": d.day} for d in around])


def _lane_labels(shown: pl.DataFrame) -> list[dict[str, object]]:
    lanes = shown.group_by("lane", "label", maintain_order=True).agg(pl.col("stated").unique(maintain_order=True))
    return [
        {
            "lane": row["lane"],
            "name": theme.isolated(row["label"]),
            "reach": row["stated"][0] if len(row["stated"]) == 1 else f"{row['stated'][0]} \N{RIGHTWARDS ARROW} {row['stated'][-1]}",
        }
        for row in lanes.iter_rows(named=True)
    ]


def _title(table: pl.DataFrame) -> alt.TitleParams:
    lanes = table["lane"].n_unique()
    drawn = table.filter("shown")["lane"].n_unique()
    moving = table.filter(pl.col("n_days") > 1)["lane"].n_unique()
    rest = None if drawn == lanes else f"Drawn: {drawn} of {lanes} quantities; the CSV holds all of them."
    return theme.heading(
        f"{moving} of {theme.several(lanes, 'quantity', 'quantities')} have figures of more than one day",
        "A point is a figure on the day for which it holds, or on which it was published; first and last at the right.",
        rest,
    )
