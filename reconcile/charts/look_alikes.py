"""Look-alikes: figures that a reader could take for the same and that may not be compared, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import altair as alt
import polars as pl

from reconcile.charts import theme
from reconcile.charts.standing import described

if TYPE_CHECKING:
    from reconcile.comparison import Comparison

PURPOSE = "Figures that look alike and are about different things, with the reason why they may not be compared."

MAX_ROWS = 16
SIDE, GAP, ROW = 320, 130, 58

TABLE: dict[str, pl.DataType] = {
    "label_a": pl.String(),
    "stated_a": pl.String(),
    "outlets_a": pl.String(),
    "reason": pl.String(),
    "label_b": pl.String(),
    "stated_b": pl.String(),
    "outlets_b": pl.String(),
    "ratio": pl.Float64(),
    "n_pairs": pl.Int64(),
    "detail": pl.String(),
    "claims": pl.String(),
    "shown": pl.Boolean(),
}


def data(articles: pl.DataFrame, claims: pl.DataFrame, comparison: Comparison) -> pl.DataFrame:
    """One row for each two quantities and reason that look-alike pairs share, with the two closest figures.

    The most deceptive come first: those whose numbers are the same.
    """
    alike = comparison.pairs.filter(pl.col("look_alike").fill_null(False), pl.col("verdict") == "not_comparable")
    number = pl.coalesce("value", "low", "high").abs()
    texts = described(articles, claims, comparison.quantities).select(
        "claim_id", "label", "stated", "outlet", number.alias("number")
    )
    sides = alike.select("claim_a", "claim_b", "reason", "detail")
    for side in ("a", "b"):
        named = texts.rename({name: f"{name}_{side}" for name in texts.columns if name != "claim_id"})
        sides = sides.join(named, left_on=f"claim_{side}", right_on="claim_id", how="inner", maintain_order="left")
    straight = (pl.col("label_a") <= pl.col("label_b")).fill_null(True)
    turned = sides.with_columns(
        pl.when(straight).then(pl.col(f"{name}_{mine}")).otherwise(pl.col(f"{name}_{yours}")).alias(f"{name}_{mine}")
        for name in ("label", "stated", "outlet", "number")
        for mine, yours in ("ab", "ba")
    )
    ratio = pl.max_horizontal("number_a", "number_b") / pl.min_horizontal("number_a", "number_b")
    closest = turned.with_columns(ratio.fill_nan(1.0).alias("ratio")).sort(
        "ratio", "claim_a", "claim_b", nulls_last=True
    )
    grouped = closest.group_by("label_a", "label_b", "reason", maintain_order=True).agg(
        pl.col("stated_a", "stated_b", "detail", "ratio").first(),
        pl.col("outlet_a").unique(maintain_order=True).str.join("; ").alias("outlets_a"),
        pl.col("outlet_b").unique(maintain_order=True).str.join("; ").alias("outlets_b"),
        pl.len().alias("n_pairs"),
        pl.concat_list("claim_a", "claim_b").explode().unique(maintain_order=True).str.join("; ").alias("claims"),
    )
    ordered = grouped.sort(
        "ratio", "n_pairs", "label_a", "label_b", descending=[False, True, False, False], nulls_last=True
    )
    return ordered.with_columns((pl.int_range(pl.len()) < MAX_ROWS).alias("shown")).select(
        pl.col(name).cast(dtype) for name, dtype in TABLE.items()
    )


def spec(table: pl.DataFrame) -> theme.AnyChart:
    """Two columns of figures; the line between them says what differs."""
    if table.is_empty():
        return theme.nothing_to_show("No look-alikes", "No two figures look alike and differ in what they are about.")
    values = [
        {
            **row,
            "row": index,
            "differs": f"other {row['reason'] or 'thing'}",
            "about_a": theme.isolated(row["label_a"] or "?"),
            "about_b": theme.isolated(row["label_b"] or "?"),
            "stated_a": theme.isolated(row["stated_a"]),
            "stated_b": theme.isolated(row["stated_b"]),
            "by_a": theme.first_and_more(row["outlets_a"].split("; ")),
            "by_b": theme.first_and_more(row["outlets_b"].split("; ")),
            "pairs": theme.several(row["n_pairs"], "pair"),
        }
        for index, row in enumerate(table.filter("shown").iter_rows(named=True))
    ]
    base = alt.Chart(alt.Data(values=values)).encode(y=alt.Y("row:O", axis=None), tooltip=_TOOLTIP)
    left, right, middle = SIDE, SIDE + GAP, SIDE + GAP / 2
    layers = [
        base.mark_rule(color=theme.FAINT, strokeWidth=1.5, yOffset=-6).encode(
            x=alt.value(left + 14), x2=alt.value(right - 14)
        ),
        *_side(base, "a", left, "right"),
        *_side(base, "b", right, "left"),
        base.mark_text(dy=-15, fontWeight=600, fontSize=11, color=theme.STANDINGS["diverges"][0]).encode(
            x=alt.value(middle), text="differs:N"
        ),
        base.mark_text(dy=5, fontSize=10, color=theme.MUTED).encode(x=alt.value(middle), text="pairs:N"),
    ]
    return alt.layer(*layers).properties(width=SIDE * 2 + GAP, height=alt.Step(ROW), title=_title(table))


def _side(base: alt.Chart, side: str, at: float, align: Literal["left", "right"]) -> list[alt.Chart]:
    x, limit = alt.value(at), SIDE - 4
    number = base.mark_text(align=align, dy=-16, fontSize=15, fontWeight=600, limit=limit)
    about = base.mark_text(align=align, dy=2, fontSize=12, limit=limit)
    outlets = base.mark_text(align=align, dy=17, fontSize=11, color=theme.MUTED, limit=limit)
    return [
        number.encode(x=x, text=f"stated_{side}:N"),
        about.encode(x=x, text=f"about_{side}:N"),
        outlets.encode(x=x, text=f"by_{side}:N"),
    ]


def _title(table: pl.DataFrame) -> alt.TitleParams:
    drawn = int(table["shown"].sum())
    rest = None if drawn == table.height else f"Drawn: the {drawn} closest of {table.height} groups; the CSV holds all."
    pairs = int(table["n_pairs"].sum())
    alike = theme.several(pairs, "pair of figures looks alike and is", "pairs of figures look alike and are")
    return theme.heading(f"{alike} about different things", "None of these may be compared or added up.", rest)


_TOOLTIP = ["stated_a:N", "label_a:N", "outlets_a:N", "stated_b:N", "label_b:N", "outlets_b:N", "reason:N", "detail:N"]
