"""Flips: the verdicts that a second policy would reverse, and the word of the figure on which each one turns."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from reconcile.comparison.compare import judged_pairs
from reconcile.comparison.details import side_texts
from reconcile.comparison.policy import Policy, load_policy
from reconcile.comparison.statements import complete, statements
from reconcile.comparison.wording import filled, words
from reconcile.judgements import Judgement, decide
from reconcile.linking import incidents, link

FLIPS: dict[str, pl.DataType] = {
    "claim_a": pl.String(),
    "claim_b": pl.String(),
    "verdict": pl.String(),
    "verdict_against": pl.String(),
    "word": pl.String(),
    "word_of": pl.String(),
    "detail": pl.String(),
    "detail_against": pl.String(),
}
ORDER = ("left", "right")


def flips(
    claims: pl.DataFrame,
    policy: str | Path | Policy,
    against: str | Path | Policy,
    judgements: Iterable[Judgement] | Path | str | None = None,
) -> pl.DataFrame:
    """The pairs whose verdict differs between two policies, with the word that flips it and the claim that has it.

    `word` is the hedge of the figure that the two policies read differently (`about`, `dozens`), or the words of
    `details.yml` for a round number that only one of them takes as rounded; null where only a tolerance differs.
    `word_of` is its claim. Columns: `FLIPS`.

    >>> row = {"role": "claim", "kind": "money", "qualifier": "exact", "unit": "USD", "stance": "asserted",
    ...        "measure": "funds_seized", "event": "raid"}
    >>> told = pl.DataFrame([row | {"claim_id": "x", "article_id": "1", "value": 600e3, "speaker": "Police"},
    ...                      row | {"claim_id": "y", "article_id": "2", "value": 588e3, "speaker": "the bank"}])
    >>> flips(told, "news", "strict").select("verdict", "verdict_against", "word", "word_of").rows()
    [('agree', 'diverge', 'the round number 600,000 USD', 'x')]
    """
    first, second = load_policy(policy), load_policy(against)
    decided = decide(claims, judgements)
    every = complete(decided.claims)
    linked = link(every)
    known = incidents(linked, every, None)
    stated, restated = (statements(every, by, linked.placed, known) for by in (first, second))
    texts = side_texts(stated)
    ours, theirs = (
        judged_pairs(side, side_texts(side), by, linked, decided).select(*ORDER, "verdict", "detail")
        for side, by in ((stated, first), (restated, second))
    )
    both = ours.join(theirs, on=ORDER, suffix="_against").filter(
        pl.col("verdict") != pl.col("verdict_against")
    )
    changed = _changed(stated, restated, texts)
    joined = both
    for side, row in (("a", "left"), ("b", "right")):
        joined = joined.join(
            changed.select(pl.all().name.suffix(f"_{side}")), left_on=row, right_on=f"row_{side}", how="left"
        )
    a_moves = pl.col("moved_a") >= pl.col("moved_b").fill_null(0)
    chosen = [
        pl.when(a_moves).then(f"{name}_a").otherwise(f"{name}_b").alias(as_name)
        for name, as_name in (("word", "word"), ("claim_id", "word_of"))
    ]
    ids = stated.get_column("claim_id")
    ordered = joined.sort(ORDER)
    named = [
        ids.gather(ordered.get_column(row)).alias(f"claim_{side}")
        for side, row in zip("ab", ORDER, strict=True)
    ]
    return ordered.with_columns(*chosen, *named).select(
        pl.col(name).cast(dtype) for name, dtype in FLIPS.items()
    )


def _changed(stated: pl.DataFrame, restated: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """`row, claim_id, word, moved` of each statement that the two policies read differently; `moved` is how far."""
    bounds = ("read_low", "read_high", "read_low_open", "read_high_open")
    beside = stated.with_columns(
        restated.get_column(name).alias(f"{name}_then") for name in bounds
    ).with_columns(texts.get_column("plain").alias("plain"))
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_then")) for name in bounds)
    shift = [(pl.col(name) - pl.col(f"{name}_then")).abs() for name in bounds[:2]]
    finite = [pl.when(one.is_finite()).then(one).otherwise(float("inf")) for one in shift]
    hedged = pl.col("qualifier") != "exact"
    rounded = filled(words()["bound"]["round_number"], {"n": pl.col("plain")})
    word = (
        pl.when(hedged)
        .then(pl.coalesce("hedge", pl.when(pl.col("qualifier") == "vague").then("quote"), "qualifier"))
        .otherwise(rounded)
    )
    return beside.filter(differs).select(
        "row", "claim_id", word.alias("word"), pl.max_horizontal(finite).alias("moved")
    )
