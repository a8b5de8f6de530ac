"""Alarms: what a reader should be warned of in a ledger, each with the claims that it rests on and a sentence."""

from __future__ import annotations

import polars as pl

from reconcile import schema
from reconcile.comparison.conflation import mixed_stages
from reconcile.comparison.intervals import LOWER, UPPER
from reconcile.comparison.policy import Policy
from reconcile.comparison.wording import capitalised, filled, number_text, words

APPROXIMATE = ("about", "almost")


def alarms(
    told: pl.DataFrame, stated: pl.DataFrame, texts: pl.DataFrame, judged: pl.DataFrame, policy: Policy
) -> pl.DataFrame:
    """The frame of schema.ALARMS_TABLE, the most severe first.

    `told` are the statements of `members()`, `stated` all statements, `texts` their `side_texts()`, `judged` the pairs.
    """
    spoken = stated.with_columns(
        texts.get_column(name).alias(f"say_{name}") for name in ("figure", "what", "as_of")
    )
    said = told.join(spoken.select("row", "say_figure", "say_what", "say_as_of"), on="row", how="left")
    raised = [
        _measure_conflation(spoken, judged),
        _hedge_drift(said),
        _breakdown_mismatch(spoken, policy),
        _part_exceeds_whole(spoken, judged),
        _downward_revision(said),
        _circular_reporting(said, policy),
        _mutual_reporting(said),
    ]
    severity = pl.col("severity").replace_strict(
        {name: at for at, name in enumerate(schema.SEVERITIES)}, return_dtype=pl.Int8
    )
    return pl.concat(raised).sort(severity, "alarm", "detail")


def _alarm(
    found: pl.DataFrame, alarm: str, severity: pl.Expr, parts: dict[str, pl.Expr], sentence: str | None = None
) -> pl.DataFrame:
    """Rows of the schema from groups that have `claim_ids` and what the alarm's sentence names."""
    template = words()["alarms"][sentence or alarm]
    detail = capitalised(filled(template, parts, f"details.yml: alarms: {sentence or alarm}"))
    made = found.select(
        pl.lit(alarm).alias("alarm"),
        severity.alias("severity"),
        pl.col("claim_ids").list.unique().list.sort(),
        detail.alias("detail"),
    )
    return made.select(pl.col(name).cast(dtype) for name, dtype in schema.ALARMS_TABLE.items())


def _listed(name: str) -> pl.Expr:
    return pl.col(name).drop_nulls().unique().sort().str.join(", ")


def _outlet() -> pl.Expr:
    return pl.coalesce("outlet", "article_id")


def _measure_conflation(spoken: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """One number of one event as two stages, in articles of different outlets."""
    mixed = mixed_stages(spoken, judged)
    shown = spoken.select(
        "row", "claim_id", "event", "number", "unit", "say_figure", "say_what", _outlet().alias("where")
    )
    both = mixed.join(shown, left_on="narrow", right_on="row").join(
        shown, left_on="wide", right_on="row", suffix="_wide"
    )
    found = (
        both.filter(pl.col("where") != pl.col("where_wide"))
        .group_by("event", "number", "unit", "say_what", "say_what_wide")
        .agg(
            pl.concat([pl.col("claim_id"), pl.col("claim_id_wide")]).alias("claim_ids"),
            pl.col("say_figure").min().alias("figure"),
            _listed("where").alias("narrow_outlets"),
            _listed("where_wide").alias("wide_outlets"),
        )
    )
    parts = {name: pl.col(name) for name in ("figure", "narrow_outlets", "wide_outlets")}
    return _alarm(
        found,
        "measure_conflation",
        pl.lit("critical"),
        {**parts, "narrow": pl.col("say_what"), "wide": pl.col("say_what_wide")},
    )


def _hedge_drift(said: pl.DataFrame) -> pl.DataFrame:
    """One stated number of one quantity with hedges of different directions in different articles."""
    direction = (
        pl.when(pl.col("qualifier").is_in(LOWER)).then(pl.lit("lower")).when(pl.col("qualifier").is_in(UPPER)).then(pl.lit("upper"))
        .when(pl.col("qualifier").is_in(APPROXIMATE)).then(pl.lit("approximate"))
        .when(pl.col("qualifier") == "exact").then(pl.lit("exact"))
    ).alias("direction")  # fmt: skip
    found = (
        said.with_columns(direction)
        .filter(
            pl.col("direction").is_not_null(), pl.col("number").is_not_null(), pl.col("event").is_not_null()
        )
        .group_by("quantity", "number")
        .agg(
            pl.col("claim_id").alias("claim_ids"),
            pl.col("say_what").first().alias("what"),
            pl.col("direction").unique().alias("directions"),
            pl.col("article_id").n_unique().alias("articles"),
            pl.concat_str(pl.col("say_figure"), pl.lit(" ("), _outlet(), pl.lit(")"))
            .unique()
            .sort()
            .str.join(", ")
            .alias("figures"),
        )
        .filter(pl.col("directions").list.len() > 1, pl.col("articles") > 1)
    )
    # A hedge that is merely dropped misleads less than one that turns about a number into more than it.
    dropped = pl.col("directions").list.set_difference(["exact", "approximate"]).list.len() == 0
    severity = pl.when(dropped).then(pl.lit("info")).otherwise(pl.lit("warning"))
    return _alarm(found, "hedge_drift", severity, {"what": pl.col("what"), "figures": pl.col("figures")})


def _breakdown_mismatch(spoken: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """Parts of one whole that exceed it together, or miss it by so little that they were meant to add up to it."""
    whole = spoken.select(
        pl.col("row").alias("part_row"),
        "claim_id",
        "kind",
        "unit",
        "read_low",
        "read_high",
        "point",
        "say_figure",
        "say_what",
    )
    once = pl.col("repeated_row").is_null() & ~pl.col("rejected") & pl.col("point").is_not_null()
    sums = (
        spoken.filter(pl.col("part_row").is_not_null() & once)
        .join(whole, on="part_row", suffix="_whole")
        .filter(pl.col("kind") == pl.col("kind_whole"), pl.col("unit") == pl.col("unit_whole"))
        .sort("row")
        .group_by("part_row", "article_id", maintain_order=True)
        .agg(
            pl.concat([pl.col("claim_id"), pl.col("claim_id_whole").first()]).alias("claim_ids"),
            pl.len().alias("parts"),
            pl.col("measure").n_unique().alias("measures"),
            pl.col("read_low").sum().alias("low"),
            pl.col("read_high").sum().alias("high"),
            pl.col("point").sum().alias("sum"),
            pl.col(
                "point_whole", "read_low_whole", "read_high_whole", "say_what_whole", "say_figure_whole"
            ).first(),
            pl.col("say_figure").str.join(", ").alias("listed"),
        )
    )
    over = pl.col("low") > pl.col("read_high_whole")
    missed = (pl.col("read_low_whole") - pl.col("high")) / pl.col("point_whole") * 100
    meant = (missed > 0) & (missed <= policy.alarms.shortfall_pct)
    found = sums.filter(pl.col("parts") > 1, pl.col("measures") == 1, over | meant)
    parts = {
        "what": pl.col("say_what_whole"), "whole": pl.col("say_figure_whole"),
        "parts": pl.col("listed"), "sum": number_text(pl.col("sum")),
    }  # fmt: skip
    return _alarm(found, "breakdown_mismatch", pl.lit("warning"), parts)


def _part_exceeds_whole(spoken: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    shown = spoken.select("row", "claim_id", "part_row", "depth", "point", "say_figure", "say_what")
    both = (
        judged.filter(pl.col("rule").is_in(["linked.part_exceeds", "linked.stage_exceeds"]))
        .select("left", "right", "rule")
        .join(shown, left_on="left", right_on="row")
        .join(shown, left_on="right", right_on="row", suffix="_right")
    )
    pointed = (pl.col("part_row") == pl.col("right")) | (
        (pl.col("part_row_right") != pl.col("left")).fill_null(True)
        & (pl.col("depth") > pl.col("depth_right"))
    )
    left_is_part = pointed.fill_null(False)

    def side(name: str, part: bool) -> pl.Expr:
        return pl.when(left_is_part == part).then(name).otherwise(f"{name}_right")

    def described(part: bool) -> pl.Expr:
        return pl.concat_str(side("say_figure", part), pl.lit(" ("), side("say_what", part), pl.lit(")"))

    found = both.with_columns(
        pl.concat_list("claim_id", "claim_id_right").alias("claim_ids"),
        described(True).alias("part"),
        described(False).alias("whole"),
    ).unique(["part", "whole", "claim_ids"], keep="first", maintain_order=True)  # fmt: skip
    severity = (
        pl.when(pl.col("rule") == "linked.part_exceeds").then(pl.lit("critical")).otherwise(pl.lit("warning"))
    )
    return _alarm(found, "part_exceeds_whole", severity, {"part": pl.col("part"), "whole": pl.col("whole")})


def _downward_revision(said: pl.DataFrame) -> pl.DataFrame:
    """A running total of one witness that falls from one date to the next."""
    series = ["quantity", "root"]
    dated = said.filter(
        pl.col("cumulative").any().over(series),
        pl.col("as_of").is_not_null() & pl.col("point").is_not_null() & ~pl.col("rejected"),
    )
    ordered = dated.sort(*series, "as_of", "row")
    earlier = ordered.with_columns(
        pl.col("claim_id", "read_low", "as_of", "say_figure", "say_as_of", "cumulative")
        .shift(1)
        .over(series)
        .name.suffix("_before")
    )
    told_running = (pl.col("cumulative") | pl.col("cumulative_before")).fill_null(False)
    found = earlier.filter(
        told_running,
        pl.col("read_high") < pl.col("read_low_before"),
        pl.col("as_of") > pl.col("as_of_before"),
    ).with_columns(pl.concat_list("claim_id_before", "claim_id").alias("claim_ids"))
    parts = {
        "what": pl.col("say_what"), "witness": pl.coalesce("speaker", "outlet", "article_id"),
        "earlier": pl.col("say_figure_before"),
        "earlier_date": pl.col("say_as_of_before"), "later": pl.col("say_figure"), "later_date": pl.col("say_as_of"),
    }  # fmt: skip
    return _alarm(found, "downward_revision", pl.lit("warning"), parts)


def _circular_reporting(said: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """Many outlets, one witness: what looks like confirmation is an echo."""
    found = (
        said.filter(~pl.col("rejected"))
        .group_by("quantity")
        .agg(
            pl.col("claim_id").alias("claim_ids"),
            pl.col("say_what").first().alias("what"),
            pl.col("witness").n_unique().alias("witnesses"),
            _outlet().n_unique().alias("count"),
            _outlet().unique().sort().str.join(", ").alias("outlets"),
            pl.coalesce(
                pl.col("speaker").drop_nulls().mode().min(),
                _outlet().sort_by("published", "row", nulls_last=True).first(),
            ).alias("witness"),
        )
        .filter(pl.col("witnesses") == 1, pl.col("count") >= policy.alarms.echo_outlets)
        .with_columns(pl.col("count").cast(pl.String))
    )
    return _alarm(
        found,
        "circular_reporting",
        pl.lit("info"),
        {name: pl.col(name) for name in ("what", "count", "outlets", "witness")},
    )


def _mutual_reporting(said: pl.DataFrame) -> pl.DataFrame:
    """Two outlets that name each other as the source of one quantity."""
    named = said.filter(
        pl.col("speaker").is_not_null(), pl.col("outlet").is_not_null(), pl.col("speaker") != pl.col("outlet")
    )
    sides = named.select("quantity", "claim_id", "outlet", "speaker", "say_what")
    both = sides.join(
        sides,
        left_on=["quantity", "outlet", "speaker"],
        right_on=["quantity", "speaker", "outlet"],
        suffix="_other",
    ).filter(pl.col("outlet") < pl.col("speaker"))
    found = both.group_by("quantity", "outlet", "speaker").agg(
        pl.concat([pl.col("claim_id"), pl.col("claim_id_other")]).alias("claim_ids"),
        pl.col("say_what").first(),
    )
    parts = {"what": pl.col("say_what"), "one": pl.col("outlet"), "other": pl.col("speaker")}
    return _alarm(found, "circular_reporting", pl.lit("warning"), parts, "circular_mutual")
