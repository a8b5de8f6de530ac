"""What must hold of any claims: no verdict depends on the order of rows, on which claim comes first, or on others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from reconcile import schema
from reconcile.comparison import compare
from tests import make

FIGURES = st.fixed_dictionaries(
    {
        "article_id": st.sampled_from(["a1", "a2", "a3", "a4"]),
        "qualifier": st.sampled_from(["exact", "about", "almost", "more_than", "at_most", "vague"]),
        "value": st.sampled_from([0.0, 12.0, 12.1, 13.0, 58.0, 1500.0, 600e3, 588e3]),
        "unit": st.sampled_from(["person", "house", None]),
        "measure": st.sampled_from(["people_killed", "people_injured", "homes_destroyed", None]),
        "event": st.sampled_from(["flood", "strike", None]),
        "place": st.sampled_from(["Kenya", "Chad", None]),
        "speaker": st.sampled_from(["Police", "Red Crescent", None]),
        "stance": st.sampled_from(["asserted", "asserted", "refuted"]),
        "scope": st.sampled_from(["total", "each"]),
        "cumulative": st.sampled_from([True, False, None]),
        "published": st.sampled_from([date(2024, 5, 3), date(2024, 5, 6), None]),
    }
)
LEDGERS = st.lists(FIGURES, min_size=2, max_size=7)
QUICK = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def claims(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """The drawn figures as claims, with the bounds that their qualifier has."""
    return make.claims(*(bounded(row) | {"outlet": f"Outlet {row['article_id']}"} for row in rows))


def bounded(row: dict[str, Any]) -> dict[str, Any]:
    value, qualifier = row["value"], row["qualifier"]
    bounds = {
        "exact": {"low": value, "high": value},
        "more_than": {"low": value, "low_open": True},
        "at_most": {"high": value},
        "vague": {"value": None, "low": value, "high": value * 10 + 1, "high_open": True},
    }
    return row | bounds.get(qualifier, {})


def tables(frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    result = compare(frame)
    return result.pairs, result.quantities, result.alarms


@QUICK
@given(rows=LEDGERS, seed=st.integers(0, 1000))
def test_the_order_of_rows_does_not_matter(rows: list[dict[str, Any]], seed: int) -> None:
    frame = claims(rows)
    shuffled = frame.sample(fraction=1.0, shuffle=True, seed=seed)
    for one, other in zip(tables(frame), tables(shuffled), strict=True):
        assert_frame_equal(one, other)


@QUICK
@given(rows=LEDGERS)
def test_which_claim_comes_first_does_not_matter(rows: list[dict[str, Any]]) -> None:
    frame = claims(rows)
    turned = frame.with_columns(
        pl.col("claim_id").str.replace("c", "").cast(pl.Int64).sub(9).abs().cast(pl.String)
    )
    back = {str(abs(at - 9)): f"c{at}" for at in range(len(rows))}
    told = ("verdict", "reason", "look_alike", "gap_ratio", "rule")
    seen = [
        {
            frozenset((row["claim_a"], row["claim_b"])): tuple(row[name] for name in told)
            for row in pairs.iter_rows(named=True)
        }
        for pairs in (
            compare(frame).pairs,
            compare(turned).pairs.with_columns(pl.col("claim_a", "claim_b").replace_strict(back)),
        )
    ]
    assert seen[0] == seen[1]


@QUICK
@given(rows=LEDGERS, value=st.sampled_from([12.0, 77.0]))
def test_an_unrelated_article_changes_nothing(rows: list[dict[str, Any]], value: float) -> None:
    stranger = {
        "article_id": "z9", "outlet": "Elsewhere", "value": value, "low": value, "high": value,
        "kind": "money", "unit": "CHF",
        "measure": "budget", "event": "cantonal-budget", "published": date(2024, 5, 3) + timedelta(days=90),
    }  # fmt: skip
    alone = claims(rows)
    together = pl.concat([alone, make.claims(stranger).with_columns(pl.lit("zz").alias("claim_id"))])
    old, new = compare(alone), compare(together)
    kept = new.pairs.filter((pl.col("claim_a") != "zz") & (pl.col("claim_b") != "zz"))
    assert_frame_equal(old.pairs, kept)
    assert_frame_equal(old.quantities, new.quantities.filter(~pl.col("claim_ids").list.contains("zz")))
    assert_frame_equal(old.alarms, new.alarms)


@QUICK
@given(rows=LEDGERS)
def test_what_is_not_known_or_is_rejected_never_agrees(rows: list[dict[str, Any]]) -> None:
    frame = claims(rows)
    fields = frame.select("claim_id", "measure", "event", "unit", "stance", "article_id")
    met = compare(frame).pairs.filter(pl.col("verdict").is_in(["agree", "diverge", "superseded"]))
    for side in ("claim_a", "claim_b"):
        sides = met.join(fields, left_on=side, right_on="claim_id")
        assert sides.select(pl.col("measure", "event").null_count()).row(0) == (0, 0)
        assert set(sides["stance"]) <= {"asserted"}


@QUICK
@given(rows=LEDGERS)
def test_quantities_are_in_order(rows: list[dict[str, Any]]) -> None:
    frame = claims(rows)
    quantities = compare(frame).quantities
    assert quantities["quantity_id"].is_unique().all()
    assert quantities.filter(pl.col("low") > pl.col("high")).is_empty()
    assert quantities.filter((pl.col("best") < pl.col("low")) | (pl.col("best") > pl.col("high"))).is_empty()
    assert quantities.filter(pl.col("n_witnesses") > pl.col("n_claims")).is_empty()
    assert set(quantities["grade"]) <= set(schema.GRADES)
    listed = quantities["claim_ids"].explode().to_list()
    assert sorted(listed) == sorted(frame.filter(pl.col("measure").is_not_null())["claim_id"])
