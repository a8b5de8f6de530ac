"""Generated claims at any scale, and what comparing them costs: `python -m tests.comparison_at_scale 1000 10000`.

Ten figures an article; half of the articles cluster on few events as news does (Zipf), the others spread over many.
Each event has one true number a measure, which most reports repeat, some round, hedge or change. No benchmark of the
machine belongs in a test: this prints, it asserts nothing.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np
import polars as pl

FIGURES = 10
ARTICLES_AN_EVENT = 8
MEASURES = ["people_killed", "people_injured", "people_arrested", "people_displaced", "funds_seized",
            "funds_identified", "homes_destroyed", "cases_confirmed"]  # fmt: skip
UNITS = ["person", "person", "person", "person", "USD", "USD", "house", "case"]
SPEAKERS = [None, None, "Police", "Health Ministry", "Red Crescent", "Reuters"]
SENTENCE = "Report {}: {} of them were counted after event {}, officials said on the day."
QUALIFIERS = ["exact", "exact", "exact", "about", "more_than", "at_most"]


def generated(articles: int, seed: int = 7) -> pl.DataFrame:
    """Claims of so many articles, ten each.

    >>> generated(3).height
    30
    """
    draw = np.random.default_rng(seed)
    figures, events = articles * FIGURES, max(1, articles // ARTICLES_AN_EVENT)
    crowded = draw.zipf(1.5, articles) % events
    event = np.where(draw.random(articles) < 0.5, crowded, draw.integers(0, events, articles))
    article = np.repeat(np.arange(articles), FIGURES)
    measure = draw.integers(0, len(MEASURES), figures)
    true = 10 ** (1 + 3 * np.abs(np.sin(event[article] * 7.3 + measure)))
    told = np.round(np.where(draw.random(figures) < 0.75, true, true * (0.5 + draw.random(figures))))
    money = np.isin(measure, [4, 5])
    day = np.datetime64("2015-01-01") + draw.integers(0, 3650, articles)
    rows = pl.DataFrame(
        {
            "article": article,
            "figure": np.arange(figures),
            "event": event[article],
            "measure": [MEASURES[at] for at in measure],
            "unit": [UNITS[at] for at in measure],
            "value": np.where(money, told * 10_000, told).astype(float),
            "qualifier": [QUALIFIERS[at] for at in draw.integers(0, len(QUALIFIERS), figures)],
            "speaker": [SPEAKERS[at] for at in draw.integers(0, len(SPEAKERS), figures)],
            "published": pl.Series(day[article]).cast(pl.Date),
            "luck": draw.random(figures),
        }
    )
    luck = pl.col("luck")
    return rows.select(
        pl.format("{}-{}", "article", "figure").alias("claim_id"),
        pl.format("article-{}", "article").alias("article_id"),
        pl.format("Outlet {}", pl.col("article") % 500).alias("outlet"),
        pl.lit("claim").alias("role"),
        pl.when(pl.col("unit") == "USD").then(pl.lit("money")).otherwise(pl.lit("count")).alias("kind"),
        pl.when((pl.col("unit") == "USD") & (luck < 0.1)).then(pl.lit("EUR")).otherwise("unit").alias("unit"),
        "value",
        "qualifier",
        pl.when(luck < 0.97).then("measure").alias("measure"),
        pl.when(~luck.is_between(0.9, 0.97)).then(pl.format("event-{}", "event")).alias("event"),
        "speaker",
        "published",
        pl.lit("asserted").alias("stance"),
        pl.lit("total").alias("scope"),
        pl.col("value").cast(pl.String).alias("quote"),
        pl.format(SENTENCE, "figure", "value", "event").alias("sentence"),
    )  # fmt: skip


def main(sizes: list[int]) -> None:
    from reconcile.comparison import compare

    for articles in sizes:
        claims = generated(articles)
        began = time.perf_counter()
        result = compare(claims)
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{articles:>8,} articles  {claims.height:>9,} claims  {result.pairs.height:>10,} pairs  {seconds:7.1f} s  "
            f"peak {peak:,.0f} MiB"
        )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000])
