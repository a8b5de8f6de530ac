"""Divergence: for each quantity that several claims put a number on, every claim's interval on one axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import polars as pl

from reconcile.charts import theme
from reconcile.charts.amounts import amount
from reconcile.charts.standing import stated_figures

if TYPE_CHECKING:
    from reconcile.comparison import Comparison

PURPOSE = "What each source states for each quantity, as an interval: where they meet and where they do not."

MAX_QUANTITIES, MAX_ROWS = 12, 8
WIDTH, ROW, LABELS = 430, 19, 190
LOG_FROM_RATIO = 30.0
MARGIN = 0.08
CONTESTED = ("diverges", "refuted")


def data(articles: pl.DataFrame, claims: pl.DataFrame, comparison: Comparison) -> pl.DataFrame:
    """The claims of the quantities that have two or more, the contested ones first; `shown` marks what is drawn.

    `row` is the line that a claim is drawn on: where a quantity has many claims, equal figures share one.
    """
    figures = stated_figures(articles, claims, comparison)
    several = figures.filter(pl.len().over("quantity_id") >= 2)
    middle = pl.coalesce("value", pl.mean_horizontal("low", "high"))
    ordered = several.with_columns(
        pl.col("standing").is_in(CONTESTED).sum().over("quantity_id").alias("n_contested"),
        pl.len().over("quantity_id").cast(pl.Int64).alias("n_claims"),
        middle.alias("middle"),
    ).sort(
        pl.col("n_contested") > 0, "n_claims", "label", "quantity_id", "middle", "stated", "standing", "claim_id",
        descending=[True, True, False, False, True, False, False, False], nulls_last=True,
    )  # fmt: skip
    crowded = pl.col("n_claims") > MAX_ROWS
    rows = ordered.with_columns(
        pl.when(crowded).then(pl.concat_str("stated", pl.lit(" "), "standing")).otherwise("claim_id").alias("row")
    )
    place = (pl.col("row") != pl.col("row").shift(1)).fill_null(True).cum_sum().over("quantity_id")
    return rows.with_columns(
        ((pl.col("quantity_id").rle_id() < MAX_QUANTITIES) & (place <= MAX_ROWS)).alias("shown")
    )


def spec(table: pl.DataFrame) -> theme.AnyChart:
    """Small multiples: a panel a quantity, a line a claim, all panels with the same columns."""
    if table.is_empty():
        return theme.nothing_to_show("Nothing to compare yet", "No quantity has figures from two claims.")
    shown = table.filter("shown")
    panels = [_panel(rows, shown["standing"]) for _, rows in shown.group_by("quantity_id", maintain_order=True)]
    column = alt.vconcat(*panels, spacing=22).properties(title=_title(table))
    return column.resolve_scale(x="independent", y="independent")


def _title(table: pl.DataFrame) -> alt.TitleParams:
    total = table["quantity_id"].n_unique()
    contested = table.filter(pl.col("n_contested") > 0)["quantity_id"].n_unique()
    drawn = table.filter("shown")["quantity_id"].n_unique()
    rest = None
    if not table["shown"].all():
        rest = f"Drawn: {drawn} of {total} quantities, at most {MAX_ROWS} lines of each; the CSV holds all of them."
    quantities = theme.several(total, "quantity", "quantities")
    return theme.heading(
        f"Sources contradict each other on {contested} of {quantities} with several figures",
        "A point is the number stated, a line its bounds, an arrow a bound left open; "
        "the dashed line is the best figure.",
        rest,
    )


def _panel(rows: pl.DataFrame, present: pl.Series) -> theme.Layers:
    low, high, logarithmic = _domain(rows)
    unit = rows["unit"][0]
    lines = rows.group_by("row", maintain_order=True).agg(
        pl.all().exclude("outlet").first(), pl.col("outlet").unique(maintain_order=True).alias("outlets")
    )
    values = [_mark_fields(line, low, high) for line in lines.iter_rows(named=True)]
    scale = alt.Scale(domain=[low, high], type="log", nice=False)
    if not logarithmic:
        scale = alt.Scale(domain=[low, high], zero=False, nice=False)
    axis = alt.Axis(
        title=None, tickCount=5, tickMinStep=1 if rows["kind"][0] == "count" else alt.Undefined,
        values=_ticks(low, high) if logarithmic else alt.Undefined,
        labelExpr=_LABELS, grid=True, domain=False, ticks=False, labelOverlap=True,
    )  # fmt: skip
    x = alt.X("from:Q", scale=scale, axis=axis)
    y = alt.Y("row:N", sort=None, axis=None, scale=alt.Scale(paddingOuter=0.2))
    colour, shape = theme.standing_scales(present)
    base = alt.Chart().encode(y=y)  # the data stand on the layers' chart, once: Altair copies what it builds on
    layers = [
        base.mark_rule(strokeWidth=3, opacity=0.75, strokeCap="round").encode(x=x, x2="to:Q", color=colour),
        _arrows(base, "open_low", "from", "triangle-left", scale, colour),
        _arrows(base, "open_high", "to", "triangle-right", scale, colour),
        base.transform_filter("datum.point != null")
        .mark_point(filled=True, size=70, opacity=1)
        .encode(x=alt.X("point:Q", scale=scale), color=colour, shape=shape, tooltip=_TOOLTIP),
        base.mark_text(align="right", baseline="middle", limit=LABELS).encode(x=alt.value(-14), text="outlet:N"),
        base.mark_text(align="left", baseline="middle", limit=150).encode(x=alt.value(WIDTH + 14), text="stated:N"),
    ]
    best = rows["best"][0]
    if best is not None and low <= best <= high:
        line = alt.Chart(alt.Data(values=[{"best": best}]))
        dashed = line.mark_rule(strokeDash=[3, 3], color=theme.MUTED, opacity=0.8)
        layers.insert(0, dashed.encode(x=alt.X("best:Q", scale=scale, axis=axis)))
    panel = alt.layer(*layers, data=alt.Data(values=values))
    return panel.properties(width=WIDTH, height=alt.Step(ROW), title=_panel_title(rows, best, unit))


def _panel_title(rows: pl.DataFrame, best: float | None, unit: str | None) -> alt.TitleParams:
    notes = [] if best is None else [f"best {amount(best, unit)}"]
    hidden = rows["n_claims"][0] - rows.height
    if hidden > 0:
        notes.append(f"{hidden} more claims in the CSV")
    note = f"  ({', '.join(notes)})" if notes else ""
    text = theme.isolated(rows["label"][0] or rows["quantity_id"][0])
    return alt.TitleParams(text=text + note, anchor="start", dx=-LABELS - 14, limit=WIDTH + LABELS + 170, offset=4)


def _domain(rows: pl.DataFrame) -> tuple[float, float, bool]:
    """The ends of a panel's axis, and whether it is logarithmic: where orders of magnitude differ."""
    columns = [rows[name].drop_nulls() for name in ("value", "low", "high", "best")]
    numbers = pl.concat([c.cast(pl.Float64).alias("n") for c in columns])
    low, high = float(numbers.min() or 0.0), float(numbers.max() or 0.0)  # type: ignore[arg-type]
    if low > 0 and high / low >= LOG_FROM_RATIO:
        return low / 1.6, high * 1.6, True
    pad = max((high - low) * 0.15, abs(high) * MARGIN, 0.5 if high == 0 else 0.0)
    return low - pad if low < 0 else max(0.0, low - pad), high + pad, False


def _mark_fields(row: dict[str, Any], low: float, high: float) -> dict[str, Any]:
    start, end = row["low"], row["high"]
    point = row["value"] if row["value"] is not None else None
    only = point if point is not None else (start if start is not None else end)
    bounded = start is not None or end is not None
    return {
        "row": row["row"],
        "claim_id": row["claim_id"],
        "outlet": theme.first_and_more(row["outlets"]),
        "stated": row["stated"],
        "quote": row["quote"],
        "as_of": None if row["as_of"] is None else row["as_of"].isoformat(),
        "standing": row["standing"],
        "point": point,
        "from": start if start is not None else (low if bounded else only),
        "to": end if end is not None else (high if bounded else only),
        "open_low": start is None and bounded,
        "open_high": end is None and bounded,
    }


def _arrows(base: alt.Chart, flag: str, field: str, shape: str, scale: alt.Scale, colour: alt.Color) -> alt.Chart:
    marks = base.transform_filter(f"datum.{flag}").mark_point(shape=shape, filled=True, size=60, opacity=1)
    return marks.encode(x=alt.X(f"{field}:Q", scale=scale), color=colour)


def _ticks(low: float, high: float) -> list[float]:
    return [10.0**power for power in range(-6, 16) if low <= 10.0**power <= high]


_TOOLTIP = ["outlet:N", "stated:N", "quote:N", "as_of:N", "standing:N", "claim_id:N"]
_LABELS = (
    "abs(datum.value) < 10000 ? format(datum.value, ',~f') : "
    "replace(replace(replace(format(datum.value, '~s'), 'G', ' B'), 'M', ' M'), 'k', ' K')"
)
