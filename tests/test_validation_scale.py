"""A million claims are validated in the time and memory that a laptop has."""

from __future__ import annotations

import re
import resource
import time

import polars as pl
import pytest

from reconcile import schema
from tests import make

SECONDS, GIB = 90, 6
CLAIMS, CLAIMS_AN_ARTICLE = 1_000_000, 20
KIB_IN_A_GIB = 1024**2


def tables() -> tuple[pl.DataFrame, pl.DataFrame]:
    """A million claims in fifty thousand articles, all of them sound."""
    text = " ".join(f"In all {i % 9 + 1} men were held in town." for i in range(CLAIMS_AN_ARTICLE))
    found = re.finditer(r"\d men", text)
    one = make.claims(
        *(
            {
                "article_id": "",
                "start": figure.start(),
                "end": figure.end(),
                "quote": figure.group(),
                "sentence": f"In all {figure.group()} were held in town.",
                "value": float(figure.group()[0]),
                "unit": "person",
            }
            for figure in found
        )
    )
    article = make.articles({"article_id": "", "text": text})
    ids = pl.DataFrame({"id": [f"a{i}" for i in range(CLAIMS // CLAIMS_AN_ARTICLE)]})
    own = pl.col("id").alias("article_id")
    articles = ids.join(article, how="cross").with_columns(own).select(list(schema.ARTICLES))
    numbered = pl.concat_str("id", "claim_id").alias("claim_id")
    claims = ids.join(one, how="cross").with_columns(own, numbered).select(list(schema.CLAIMS))
    return claims, articles


@pytest.mark.slow
@pytest.mark.parametrize("sound", [True, False], ids=["all rows sound", "every row failing"])
def test_a_million_claims(sound: bool) -> None:
    from reconcile.validation import validate

    claims, articles = tables()
    if not sound:
        claims = claims.with_columns(pl.lit("…").alias("sentence"))
    started = time.monotonic()
    result = validate(claims, articles)
    assert time.monotonic() - started < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < GIB * KIB_IN_A_GIB
    assert result.failing_rows.height == (0 if sound else CLAIMS)
