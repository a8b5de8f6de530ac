"""Timeline: when each figure was published, or else for when it holds, a lane a quantity."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import altair as alt
import polars as pl

from reconcile.charts import theme
from reconcile.charts.standing import stated_figures

if TYPE_CHECKING:
    from reconcile.comparison import Comparison

PURPOSE = "Each quantity's figures along the days on which they were published, or else for which they hold."

MAX_LANES = 24
WIDTH, ROW, LABELS = 460, 26, 260
SPREAD = 8  # pixels between figures of one lane and one day
APART_DAYS = 60  # lanes further apart than this get a panel, and so a time axis, of their own


def data(articles: pl.DataFrame, claims: pl.DataFrame, comparison: Comparison) -> pl.DataFrame:
    """One row for each quantity, day, figure as stated and standing; undated figures are kept and not `shown`."""
    figures = stated_figures(articles, claims, comparison)
    points = figures.group_by("quantity_id", "label", "day", "day_basis", "stated", "standing").agg(
        pl.col("outlet").unique().sort().str.join("; ").alias("outlets"),
        pl.len().cast(pl.Int64).alias("n_claims"),
        pl.col("claim_id").sort().str.join("; ").alias("claims"),
    )
    first, last = (getattr(pl.col("day"), end)().over("quantity_id") for end in ("min", "max"))
    ordered = points.with_columns(
        first.alias("first"),
        last.alias("last"),
        pl.col("day").drop_nulls().n_unique().over("quantity_id").cast(pl.Int64).alias("n_days"),
    ).sort("first", "last", "label", "quantity_id", "day", "stated", "standing", "day_basis", "claims", nulls_last=True)
    lanes = ordered.with_columns(pl.col("quantity_id").rle_id().cast(pl.Int64).alias("lane"))
    gap = pl.col("first") > pl.col("last").cum_max().shift(1) + pl.duration(days=APART_DAYS)
    return lanes.with_columns(
        gap.fill_null(False).cum_sum().cast(pl.Int64).alias("panel"),
        pl.col("quantity_id").is_in(_busiest(lanes)).and_(pl.col("day").is_not_null()).alias("shown"),
    )


def _busiest(lanes: pl.DataFrame) -> list[str]:
    """The quantities that are drawn: those with the most days, then the most claims."""
    dated = lanes.filter(pl.col("day").is_not_null())
    sized = dated.group_by("quantity_id", "n_days").agg(pl.col("n_claims").sum())
    order = sized.sort("n_days", "n_claims", "quantity_id", descending=[True, True, False])
    return order["quantity_id"].head(MAX_LANES).to_list()


def spec(table: pl.DataFrame) -> theme.AnyChart:
    """Lanes of points, a panel for each stretch of time; the column on the right says from what to what."""
    shown = table.filter("shown")
    if shown.is_empty():
        return theme.nothing_to_show(
            "No dated figures yet", "No figure has a publication date, or a day for which it holds."
        )
    panels = [_panel(rows, shown["standing"]) for _, rows in shown.group_by("panel", maintain_order=True)]
    column = alt.vconcat(*panels, spacing=16).properties(title=_title(table))
    return column.resolve_scale(x="independent", y="independent")


def _panel(rows: pl.DataFrame, present: pl.Series) -> theme.Layers:
    lanes = {lane: index for index, lane in enumerate(rows["lane"].unique(maintain_order=True))}
    height = ROW * len(lanes)
    points_of_day = rows.group_by("lane", "label", "day", "standing", maintain_order=True).agg(
        pl.col("stated", "outlets", "day_basis").unique(maintain_order=True).str.join("; ")
    )
    place = pl.int_range(pl.len()).over("lane", "day") - (pl.len().over("lane", "day") - 1) / 2
    placed = points_of_day.with_columns((place * SPREAD).clip(5 - ROW / 2, ROW / 2 - 5).alias("shift"))
    values = [_point(row, lanes) for row in placed.iter_rows(named=True)]
    y = alt.Y("at:Q", axis=None, scale=alt.Scale(domain=[0, height], reverse=True, nice=False))
    x = alt.X("day:T", title=None, axis=_axis(rows), scale=_scale(rows))
    colour, shape = theme.standing_scales(present)
    day = alt.Tooltip("day:T", timeUnit="utcyearmonthdate", title="day")
    tooltip = ["label:N", "stated:N", "outlets:N", day, "day_basis:N", "standing:N"]
    points = alt.Chart(alt.Data(values=values)).mark_point(filled=True, opacity=1, size=75)
    named = alt.Chart(alt.Data(values=_lane_labels(rows, lanes)))
    names = named.mark_text(align="right", baseline="middle", limit=LABELS)
    reach = named.mark_text(align="left", baseline="middle", limit=190, color=theme.MUTED, fontSize=11)
    return alt.layer(
        named.mark_rule(color=theme.FAINT).encode(y=y, x=alt.value(0), x2=alt.value(WIDTH)),
        points.encode(x=x, y=y, color=colour, shape=shape, tooltip=tooltip),
        names.encode(x=alt.value(-14), y=y, text="name:N"),
        reach.encode(x=alt.value(WIDTH + 14), y=y, text="reach:N"),
    ).properties(width=WIDTH, height=height)


def _point(row: dict[str, Any], lanes: dict[int, int]) -> dict[str, Any]:
    kept = {name: row[name] for name in ("label", "stated", "outlets", "day_basis", "standing")}
    return kept | {"day": row["day"].isoformat() + "T00:00:00Z", "at": (lanes[row["lane"]] + 0.5) * ROW + row["shift"]}


def _scale(rows: pl.DataFrame) -> alt.Scale:
    """The days of the panel with room on both sides, a week at least."""
    first, last = rows["day"].min(), rows["day"].max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    room = max(timedelta(days=4), (last - first) / 20)
    ends = (first - room, last + room)
    days = [{"year": end.year, "month": end.month, "date": end.day, "utc": True} for end in ends]
    return alt.Scale(type="utc", domain=days)  # the same drawing in every time zone


def _axis(rows: pl.DataFrame) -> alt.Axis:
    first, last = rows["day"].min(), rows["day"].max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    pattern = "%-d %b %Y" if (last - first).days < 120 else "%b %Y"
    return alt.Axis(format=pattern, tickCount=5, labelOverlap=True, domain=False, ticks=False)


def _lane_labels(rows: pl.DataFrame, lanes: dict[int, int]) -> list[dict[str, Any]]:
    grouped = rows.group_by("lane", "label", maintain_order=True).agg(
        pl.col("stated").unique(maintain_order=True), pl.col("n_days").first()
    )
    return [
        {"at": (lanes[lane] + 0.5) * ROW, "name": theme.isolated(label), "reach": _reach(figures, days)}
        for lane, label, figures, days in grouped.iter_rows()
    ]


def _reach(figures: list[str], days: int) -> str:
    if len(figures) == 1:
        return figures[0]
    between = "\N{RIGHTWARDS ARROW}" if days > 1 else "\N{MIDDLE DOT}"
    return f"{figures[0]} {between} {figures[-1]}"


def _title(table: pl.DataFrame) -> alt.TitleParams:
    lanes = table["lane"].n_unique()
    drawn = table.filter("shown")["lane"].n_unique()
    moving = table.filter(pl.col("n_days") > 1)["lane"].n_unique()
    rest = None if drawn == lanes else f"Drawn: {drawn} of {lanes} quantities; the CSV holds all of them."
    return theme.heading(
        f"{moving} of {theme.several(lanes, 'quantity', 'quantities')} have figures of more than one day",
        "A point is a figure on the day of its publication, or else for which it holds; first and last at the right.",
        rest,
    )
