"""Against: new figures set beside a ledger, each alone, and what the ledger itself says of the figures they meet."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from reconcile import schema
from reconcile.comparison.compare import judged_pairs, named
from reconcile.comparison.conflation import conflated
from reconcile.comparison.details import side_texts
from reconcile.comparison.measures import measure_table
from reconcile.comparison.policy import Policy, load_policy
from reconcile.comparison.quantities import overtaken
from reconcile.comparison.statements import statements
from reconcile.judgements.decide import REJECTED
from reconcile.linking import incidents, link

NEAR = 2.0  # by what factor a number may differ and still be taken for the other one
ALONE = "new:"


@dataclass(frozen=True)
class Against:
    """What a ledger says to new figures.

    `pairs` (schema.PAIRS) are those of a new figure with a claim of the ledger. Of the ledger's own claims, by id:
    `superseded` and `parts` give the sentence that says by what, or of what; `conflated` are those that put under one
    stage of a measure what more articles put under another.
    """

    pairs: pl.DataFrame
    superseded: dict[str, str]
    parts: dict[str, str]
    conflated: frozenset[str]


def compare_with_ledger(ledger: pl.DataFrame, new: pl.DataFrame, policy: str | Policy = "news") -> Against:
    """Set each claim of `new` beside every claim of `ledger` (schema.CLAIMS) that it could be, or be taken for.

    The new figures are weighed one by one and by nobody's word: neither their article nor their speaker makes one of
    them a copy of the ledger's or of its neighbour. Claims that an analyst rejected say nothing.

    Raises:
        RuleError: there is no such policy.

    >>> row = {"role": "claim", "kind": "count", "qualifier": "exact", "unit": "person", "stance": "asserted",
    ...        "measure": "people_killed", "event": "flood"}
    >>> known = pl.DataFrame([row | {"claim_id": "x", "article_id": "1", "value": 12.0}])
    >>> drafted = pl.DataFrame([row | {"claim_id": "y", "article_id": "2", "value": 40.0}])
    >>> compare_with_ledger(known, drafted).pairs.select("claim_a", "claim_b", "verdict").rows()
    [('x', 'y', 'diverge')]
    """
    convention = load_policy(policy)
    own = new.get_column("claim_id").to_list()
    told = _relevant(_complete(ledger), _complete(new)).filter(
        ~pl.col("judged").list.contains(REJECTED).fill_null(False)
    )
    both = pl.concat([told, _alone(_complete(new))])
    linked = link(both)
    stated = statements(both, convention, linked.placed, incidents(linked, both, None))
    texts = side_texts(stated)
    besides = _beside_each_other(stated.with_columns(pl.col("claim_id").is_in(own).alias("new")))
    judged = judged_pairs(stated, texts, convention, linked, besides=besides)
    judged = _with_open_units(judged)
    rows = stated.filter(pl.col("claim_id").is_in(own)).get_column("row").implode()
    within = judged.filter(~pl.col("left").is_in(rows), ~pl.col("right").is_in(rows))
    across = judged.filter(pl.col("left").is_in(rows) != pl.col("right").is_in(rows))
    ids = stated.get_column("claim_id")
    return Against(
        pairs=named(across, stated, convention),
        superseded=_by_claim(overtaken(stated, within), ids),
        parts=_by_claim(_parts(stated, within), ids),
        conflated=frozenset(ids.gather(conflated(stated, within).get_column("row"))),
    )


def _with_open_units(judged: pl.DataFrame) -> pl.DataFrame:
    """A figure of a draft that names no currency is held against all of them: which is meant is the author's to say."""
    lent = pl.col("assumed").list.contains("unit") & ~pl.col("verdict").is_in(["not_comparable", "linked"])
    told = {"verdict": "undetermined", "reason": "unit", "rule": "undetermined.unit"}
    return judged.with_columns(
        pl.when(lent).then(pl.lit(value)).otherwise(name).alias(name) for name, value in told.items()
    )


def _complete(claims: pl.DataFrame) -> pl.DataFrame:
    return claims.select(
        (pl.col(name) if name in claims.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in schema.CLAIMS.items()
    )


def _alone(new: pl.DataFrame) -> pl.DataFrame:
    """Each figure in an article of its own, said by nobody else."""
    return new.with_columns(
        pl.concat_str(pl.lit(ALONE), "claim_id").alias("article_id"), pl.lit(None, pl.String).alias("speaker")
    )


def _relevant(ledger: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """The claims of the ledger that count what a new figure counts, or give its number, with the wholes of parts."""
    families = measure_table().select("measure", "family")
    measures = new.select("measure").drop_nulls().unique()
    kin = measures.join(families, on="measure", how="left").with_columns(pl.coalesce("family", "measure"))
    alike = families.filter(pl.col("family").is_in(kin.get_column("family").implode())).get_column("measure")
    wanted = pl.concat([alike, measures.get_column("measure")]).implode()
    numbers = pl.concat([new.get_column(name) for name in ("value", "low", "high")]).drop_nulls().implode()
    near = pl.any_horizontal(pl.col(name).is_in(numbers) for name in ("value", "low", "high"))
    asked = pl.col("measure").is_in(wanted) | near
    found = ledger.filter(asked.fill_null(False))
    wholes = found.get_column("part_of").drop_nulls().implode()
    return ledger.filter(asked.fill_null(False) | pl.col("claim_id").is_in(wholes))


def _beside_each_other(stated: pl.DataFrame) -> pl.DataFrame:
    """Each new statement with every one of the ledger that counts the same or has nearly its number."""
    shown = ("row", "kind", "unit", "family_code", "point", "said_number")
    ours, theirs = stated.filter("new").select(shown), stated.filter(~pl.col("new")).select(shown)
    both = ours.join(theirs, how="cross", suffix="_known")
    larger, smaller = pl.max_horizontal("point", "point_known"), pl.min_horizontal("point", "point_known")
    near = (pl.col("unit") == pl.col("unit_known")) & (larger <= NEAR * smaller)
    number = pl.col("said_number") == pl.col("said_number_known")
    alike = (pl.col("family_code") == pl.col("family_code_known")) | near | number
    kept = both.filter((pl.col("kind") == pl.col("kind_known")) & alike.fill_null(False))
    ends = pl.col("row"), pl.col("row_known")
    return kept.select(pl.min_horizontal(ends).alias("left"), pl.max_horizontal(ends).alias("right"))


def _parts(stated: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """`row, detail` of each statement that its article gives as a part of another figure."""
    shares = stated.filter("is_share").select("row", "part_row")
    told = judged.filter(rule="linked.part").select("left", "right", "detail")
    ends = [
        shares.join(told, left_on=["row", "part_row"], right_on=list(order))
        for order in (("left", "right"), ("right", "left"))
    ]
    return pl.concat([end.select("row", "detail") for end in ends])


def _by_claim(told: pl.DataFrame, ids: pl.Series) -> dict[str, str]:
    named_rows = told.sort("row", "detail").unique("row", keep="first", maintain_order=True)
    return {str(ids[row]): detail for row, detail in named_rows.select("row", "detail").iter_rows()}
