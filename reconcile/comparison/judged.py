"""Judged pairs: what an analyst decided stands above every rule, in the pairs and in what quantities are made of."""

from __future__ import annotations

import polars as pl

from reconcile.comparison.components import components
from reconcile.comparison.details import with_details
from reconcile.comparison.policy import Policy
from reconcile.comparison.sides import sides
from reconcile.comparison.verdicts import rules_of_judgement, with_verdicts
from reconcile.judgements import Decided
from reconcile.judgements.decide import MARK
from reconcile.linking import Linked

NO_JUDGEMENT = [
    pl.lit(None, pl.String).alias("decision"),
    pl.lit(None, pl.String).alias("note_left"),
    pl.lit(None, pl.String).alias("note_right"),
]
OWN_RULES = "judged."
SAME, DIFFERENT, REJECTED = "same", "different", "rejected"
NAMED = (
    "measure", "event", "unnamed", "place", "subject", "key_from", "key_to", "scope", "share", "measure_en",
    "measure_ar", "event_en", "event_ar",
)  # fmt: skip
CLOSEST = ("duplicate", "agree", "compatible", "superseded", "diverge")


def deciding(stated: pl.DataFrame, pairs: pl.DataFrame, decided: Decided) -> pl.DataFrame:
    """`left, right, decision, judged_reason, note` of every pair that an analyst decided on, or one of whose sides was
    rejected: a figure that does not count agrees with nothing."""
    rows = stated.select("claim_id", "row")
    given = (
        decided.pairs.join(rows, left_on="claim_a", right_on="claim_id")
        .rename({"row": "left"})
        .join(rows, left_on="claim_b", right_on="claim_id")
        .rename({"row": "right"})
        .select("left", "right", "decision", "judged_reason", "note")
    )
    out = rows.join(decided.marked.filter(decision=REJECTED), on="claim_id").select("row", "note")
    hit = [
        pairs.join(out, left_on=side, right_on="row").with_columns(
            pl.lit(REJECTED).alias("decision"), pl.lit(None, pl.String).alias("judged_reason")
        )
        for side in ("left", "right")
    ]
    rejected = pl.concat([one.select(given.columns) for one in hit]).unique(["left", "right"], keep="first")
    kept = given.join(rejected, on=["left", "right"], how="anti")
    return pl.concat([rejected, kept.cast(rejected.schema)]).sort("left", "right")


def with_judged(
    plain: pl.DataFrame,
    decisions: pl.DataFrame,
    stated: pl.DataFrame,
    texts: pl.DataFrame,
    policy: Policy,
    linked: Linked,
) -> pl.DataFrame:
    """The pairs that rules judged and those that an analyst did, with `decision` and its note behind the detail."""
    groups = [plain.with_columns(NO_JUDGEMENT[0])]
    for group in decisions.partition_by("decision", maintain_order=True):
        decision = group.item(0, "decision")
        beside = sides(
            stated, group.select("left", "right", pl.lit(None, pl.Boolean).alias("aligned")), policy, linked
        )
        told = with_details(
            with_verdicts(beside, policy, rules_of_judgement(decision, policy)), texts, policy
        )
        noted = told.join(group, on=["left", "right"], how="left", maintain_order="left")
        # What may not be compared with a rejected figure may not by the rules.
        ruled = (pl.col("decision") == REJECTED) & ~pl.col("rule").str.starts_with(OWN_RULES)
        groups.append(
            noted.with_columns(
                pl.concat_str("detail", "note", separator=" "),
                pl.when(~ruled).then("decision").alias("decision"),
                pl.when(pl.col("verdict") == "not_comparable")
                .then(pl.coalesce("judged_reason", "reason"))
                .otherwise("reason")
                .alias("reason"),
            ).select(groups[0].columns)
        )
    return pl.concat(groups).sort("left", "right")


def with_notes(judged: pl.DataFrame, stated: pl.DataFrame, decided: Decided) -> pl.DataFrame:
    """Add what was corrected in either side, `note_left` and `note_right`: a reader of the pair must know of it."""
    corrected = decided.marked.filter(decision="corrected")
    if corrected.is_empty():
        return judged.with_columns(NO_JUDGEMENT[1:])
    notes = (
        corrected.join(stated.select("claim_id", "row"), on="claim_id")
        .group_by("row", maintain_order=True)
        .agg(pl.col("note").str.join(" "))
    )
    return judged.join(
        notes.rename({"note": "note_left"}), left_on="left", right_on="row", how="left", maintain_order="left"
    ).join(
        notes.rename({"note": "note_right"}),
        left_on="right",
        right_on="row",
        how="left",
        maintain_order="left",
    )


def named_by_judgement(judged: pl.DataFrame) -> pl.DataFrame:
    """The pairs as they are published: `judgement` as the rule where an analyst decided, and before the rule where a
    figure was corrected."""
    if "decision" not in judged.columns:
        return judged
    by_rule = pl.concat_str(pl.lit(MARK), "rule", separator="; ")
    noted = pl.col("note_left").is_not_null() | pl.col("note_right").is_not_null()
    return judged.with_columns(
        pl.when(pl.col("decision").is_not_null())
        .then(pl.lit(MARK))
        .when(noted)
        .then(by_rule)
        .otherwise("rule")
        .alias("rule"),
        pl.concat_str("detail", "note_left", "note_right", separator=" ", ignore_nulls=True),
    )


def requantified(numbered: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """`quantity` anew where an analyst said that two statements are the same thing, or are not; adds `apart`, a number
    that tells the halves of a divided quantity apart, else null."""
    if "decision" not in judged.columns:
        return numbered.with_columns(pl.lit(None, pl.Int64).alias("apart"))
    told = judged.filter(pl.col("decision").is_in([SAME, DIFFERENT]))
    return _divided(_joined(numbered, told.filter(decision=SAME)), told.filter(decision=DIFFERENT), judged)


def _joined(numbered: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Quantities of one unit that share a thing become one, under the lower number."""
    places = numbered.select("row", "quantity", "unit")
    edges = (
        told.join(places, left_on="left", right_on="row")
        .join(places, left_on="right", right_on="row", suffix="_right")
        .filter(pl.col("unit").eq_missing(pl.col("unit_right")))
        .select(pl.col("quantity").alias("left"), pl.col("quantity_right").alias("right"))
    )
    count = int(numbered.get_column("quantity").max() or 0) + 1  # type: ignore[arg-type]
    one = components(count, edges)
    joined = numbered.with_columns(
        one.gather(numbered.get_column("quantity")).alias("quantity"), pl.len().over("quantity").alias("size")
    )
    # The one that had most statements gives the whole its name.
    largest = pl.col("size").rank("ordinal", descending=True).over("quantity") == 1
    names = joined.filter(largest).select("quantity", *NAMED)
    return joined.drop("size", *NAMED).join(names, on="quantity", how="left", maintain_order="left")


def _divided(numbered: pl.DataFrame, told: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """The second of two that are different leaves its quantity, and takes along what is nearer to it."""
    quantity = dict(numbered.select("row", "quantity").iter_rows())
    apart: dict[int, int] = {}
    for left, right in told.select("left", "right").sort("left", "right").iter_rows():
        if quantity.get(left) is None or quantity.get(left) != quantity.get(right):
            continue
        if apart.get(left) != apart.get(right):
            continue
        mates = [
            row for row in quantity if quantity[row] == quantity[left] and apart.get(row) == apart.get(left)
        ]
        near_left, near_right = (_nearness(judged, row) for row in (left, right))
        for row in mates:
            to_left = (near_left.get(row, len(CLOSEST)), row != left)
            to_right = (near_right.get(row, len(CLOSEST)), row != right)
            if row == right or (row != left and to_right < to_left):
                apart[row] = right
    return numbered.with_columns(
        pl.col("row").replace_strict(apart, default=None, return_dtype=pl.Int64).alias("apart")
    )


def _nearness(judged: pl.DataFrame, row: int) -> dict[int, int]:
    """How near each statement is that this one was compared with: the rank of their verdict."""
    met = judged.filter((pl.col("left") == row) | (pl.col("right") == row), pl.col("verdict").is_in(CLOSEST))
    return {
        (b if a == row else a): CLOSEST.index(verdict)
        for a, b, verdict in met.select("left", "right", "verdict").iter_rows()
    }
