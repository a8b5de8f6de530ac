"""What the whole road must show: the five published articles, and the digests in `data/articles`."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from reconcile import extract, read_articles
from reconcile.comparison import Comparison, compare
from reconcile.resources import data_dir

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def figures(claims: pl.DataFrame, value: float | None, measure: str, article: str = "") -> list[str]:
    """The ids of the claims with this value (null: a vague one) and measure in articles whose id begins so."""
    wanted = pl.col("value").eq_missing(pl.lit(value, pl.Float64)) & (pl.col("measure") == measure)
    return claims.filter(wanted, pl.col("article_id").str.starts_with(article))["claim_id"].to_list()


def verdicts(pairs: pl.DataFrame, ours: list[str], theirs: list[str]) -> set[tuple[str, str | None]]:
    """Verdict and reason of each pair between the two groups of claims."""
    across = (pl.col("claim_a").is_in(ours) & pl.col("claim_b").is_in(theirs)) | (
        pl.col("claim_a").is_in(theirs) & pl.col("claim_b").is_in(ours)
    )
    return set(pairs.filter(across).select("verdict", "reason").rows())


@pytest.fixture(scope="module")
def published() -> tuple[pl.DataFrame, Comparison]:
    if not (SHARED / "articles").is_dir():
        pytest.skip("the published articles are not here")
    claims = extract(read_articles(SHARED / "articles"))
    return claims, compare(claims)


@pytest.fixture(scope="module")
def digests() -> tuple[pl.DataFrame, pl.DataFrame, Comparison]:
    articles = read_articles(data_dir() / "articles")
    claims = extract(articles)
    return articles, claims, compare(claims)


def test_published_articles_compare_as_they_must(published: tuple[pl.DataFrame, Comparison]) -> None:
    claims, result = published
    identified, seized = figures(claims, 260e6, "funds_identified"), figures(claims, 600e3, "funds_seized")
    two_million, millions = figures(claims, 2e6, "funds_seized"), figures(claims, None, "funds_seized")
    alleged, campaigns = figures(claims, 300e6, "funds_held"), figures(claims, 1e4, "campaign_proceeds")
    arrests, arrests_elsewhere = (
        figures(claims, 83.0, "people_arrested"),
        figures(claims, 29.0, "people_arrested"),
    )
    assert verdicts(result.pairs, identified, seized) == {("linked", None)}
    assert verdicts(result.pairs, two_million, millions) <= {("compatible", None), ("linked", None)} != set()
    assert verdicts(result.pairs, two_million, seized) == {("not_comparable", "event")}
    assert verdicts(result.pairs, arrests, arrests_elsewhere) == {("not_comparable", "event")}
    assert verdicts(result.pairs, alleged, campaigns) == {("not_comparable", "scope")}
    raised = figures(claims, None, "funds_raised")
    assert not verdicts(result.pairs, raised, alleged) & {
        ("agree", None),
        ("compatible", None),
        ("duplicate", None),
    }
    of_alleged = result.quantities.filter(pl.col("claim_ids").list.contains(alleged[0])).row(0, named=True)
    assert (of_alleged["best"], of_alleged["n_refuted"]) == (None, 1)
    of_seizure = result.quantities.filter(pl.col("claim_ids").list.contains(two_million[0])).row(
        0, named=True
    )
    assert of_seizure["n_witnesses"] == 1


def test_digests_raise_what_they_must(digests: tuple[pl.DataFrame, pl.DataFrame, Comparison]) -> None:
    _, _, result = digests
    details = result.alarms.group_by("alarm").agg(pl.col("detail").str.join(" "))
    told = dict(details.rows())
    assert "260 million USD" in told["measure_conflation"]
    assert "more than 600,000 USD" in told["hedge_drift"]
    assert "breakdown_mismatch" not in told


def test_the_agency_copies_are_one_witness(digests: tuple[pl.DataFrame, pl.DataFrame, Comparison]) -> None:
    _, claims, _ = digests
    copies = claims.filter(
        pl.col("outlet").str.contains("Associated Press"), pl.col("measure") == "funds_seized"
    )
    assert copies["article_id"].n_unique() == 2
    assert compare(copies).quantities["n_witnesses"].to_list() == [1]


def test_a_changed_part_no_longer_adds_up(digests: tuple[pl.DataFrame, pl.DataFrame, Comparison]) -> None:
    articles, _, _ = digests
    breakdown = articles.filter(pl.col("article_id").str.contains("tvc"))
    changed = breakdown.with_columns(pl.col("text").str.replace(r"\b28\b", "27"))
    assert changed.item(0, "text") != breakdown.item(0, "text")
    assert "breakdown_mismatch" in compare(extract(changed)).alarms["alarm"].to_list()


def test_no_refuted_figure_is_a_best_one(digests: tuple[pl.DataFrame, pl.DataFrame, Comparison]) -> None:
    _, claims, result = digests
    refuted = claims.filter(pl.col("stance") != "asserted")["claim_id"]
    alone = result.quantities.filter(pl.col("n_refuted") == pl.col("n_claims"))
    assert alone["best"].null_count() == alone.height > 0
    assert set(alone["claim_ids"].explode()) <= set(refuted)
