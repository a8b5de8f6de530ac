"""Reports: what each of them names, counted and weighed, one long table a kind of evidence.

A report is the main part of an article, or a part of it that turns to another time, place or happening. How much a key
tells is its rarity: the bits of finding it in a report by chance, from how frequent it is in the language and in the
reports at hand.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from reconcile.evidence.words import zipf
from reconcile.linking.model import DIGITS

PRIOR = 1000.0  # reports that what is known beforehand counts for
WORDS_A_REPORT = 300.0
MOST_COMMON = 0.5
COMMON_PLACE, COMMON_COUNTRY = 0.004, 0.03  # of reports that name any one city, any one country
COMMON_THING = 0.02  # of reports that count any one thing
FIGURES = ("money", "count", "percentage", "ratio", "quantity", "duration")
NO_CHANCE = pl.DataFrame(schema={"key": pl.String(), "chance": pl.Float64()})
LONGEST_DAYS = 1  # days that a time may be long and still be a day


@dataclass(frozen=True)
class Reports:
    """`reports` (report, article_id, language, published, named, story, main_day), and long tables by `report`:
    `names` (key, lead, bits), `sites` (kind, key), `spellings` (key, arabic, bits), `places` (key, country,
    lead, bits), `countries`,
    `happenings`, `days` (day), `numbers`, `things`, `words` and `titles` (key, bits)."""

    reports: pl.DataFrame
    names: pl.DataFrame
    spellings: pl.DataFrame
    sites: pl.DataFrame
    places: pl.DataFrame
    countries: pl.DataFrame
    happenings: pl.DataFrame
    days: pl.DataFrame
    numbers: pl.DataFrame
    things: pl.DataFrame
    words: pl.DataFrame
    titles: pl.DataFrame


def gathered(sentences: pl.DataFrame, claims: pl.DataFrame, reports: pl.DataFrame) -> Reports:
    """The evidence of reports. `sentences` are schema.EVIDENCE and `claims` schema.CLAIMS, both with `report`."""
    count = reports.height
    told = sentences.with_columns((pl.col("zone") != "body").alias("lead"))
    names = _keys(told, "names")
    spellings = _keys(told, "spellings").join(reports.select("report", "arabic"), on="report")
    places = _keys(told, "localities")
    numbers = _numbers(claims)
    words = told.select("report", "zone", pl.col("words").alias("key")).explode("key").drop_nulls("key")
    weighed = _weighed(
        words.select("report", "key").unique(), count, NO_CHANCE.cast({"key": pl.UInt32}), 0.02
    )
    titles = words.filter(zone="title").select("report", "key").unique()
    return Reports(
        reports=reports.join(main_days(claims, reports), on="report", how="left"),
        names=_weighed(names, count, _word_chance(names)),
        spellings=_weighed(spellings, count, NO_CHANCE, 0.01),
        sites=_sites(told),
        places=_weighed(places, count, NO_CHANCE, COMMON_PLACE),
        countries=_weighed(_keys(told, "countries"), count,
                           NO_CHANCE, COMMON_COUNTRY),
        happenings=_keys(told.filter("lead"), "happenings").select("report", "key").unique(),
        days=_days(claims),
        numbers=_weighed(numbers, count, numbers.select("key", "chance").unique("key")),
        things=_weighed(_things(claims), count, NO_CHANCE, COMMON_THING),
        words=weighed,
        titles=titles.join(weighed, on=["report", "key"]),
    )  # fmt: skip


def _keys(told: pl.DataFrame, column: str) -> pl.DataFrame:
    """`report, key, lead` of a list column: each key once a report, with whether title or lead has it."""
    return (
        told.select("report", pl.col(column).alias("key"), "lead")
        .explode("key")
        .drop_nulls("key")
        .group_by("report", "key")
        .agg(pl.col("lead").any())
    )


def _sites(told: pl.DataFrame) -> pl.DataFrame:
    """`report, kind, key`: what title and lead name by kind, by the consonants of each reading."""
    keys = _keys(told.filter("lead"), "sites").select("report", "key")
    return keys.with_columns(pl.col("key").str.split(" ").list.first().alias("kind"))


def _word_chance(names: pl.DataFrame) -> pl.DataFrame:
    keys = names.get_column("key").unique().sort()
    chance = [min(MOST_COMMON, WORDS_A_REPORT * 10 ** (zipf(key) - 9)) for key in keys]
    return pl.DataFrame({"key": keys, "chance": chance}, schema={"key": pl.String(), "chance": pl.Float64()})


def _weighed(keys: pl.DataFrame, count: int, chances: pl.DataFrame, otherwise: float = 0.001) -> pl.DataFrame:
    """Add `bits` to each key of a report: how rare it is, by its `chance` beforehand and by the reports that
    have it."""
    if "chance" in keys.columns:
        keys = keys.drop("chance")
    found = keys.join(chances, on="key", how="left")
    others = (pl.col("report").n_unique().over("key").cast(pl.Int64) - 2).clip(
        lower_bound=0
    )  # but for the two that share it
    posterior = (others + 0.5 + PRIOR * pl.col("chance").fill_null(otherwise)) / (count + PRIOR)
    return found.with_columns((-posterior.log(2)).round(DIGITS).alias("bits")).drop("chance")


def _numbers(claims: pl.DataFrame) -> pl.DataFrame:
    """`report, key, chance`: the figures of a report by value and kind; small and round ones are found anywhere."""
    value = pl.col("value").abs()
    figures = claims.filter(
        pl.col("role") == "claim", pl.col("kind").is_in(FIGURES), pl.col("value").is_not_null(), value > 0
    )
    text = pl.format("{}", value.cast(pl.Float64))
    digits = (
        value.cast(pl.Decimal(38, 4)).cast(pl.String).str.replace(".", "", literal=True)
        .str.strip_chars_start("0").str.strip_chars_end("0").str.len_chars()
    )  # fmt: skip
    chance = (
        pl.when(value <= 3).then(0.5).when(value < 10).then(0.2)
        .when(digits == 1).then(0.08).when(value < 100).then(0.05)
        .when(digits == 2).then(0.03).when(digits == 3).then(0.005).otherwise(0.0007)
    )  # fmt: skip
    kind = pl.col("kind").replace({"ratio": "percentage", "quantity": "count"})
    dimension = pl.when(pl.col("kind") == "money").then(pl.coalesce("unit", pl.lit("money"))).otherwise(kind)
    return figures.select(
        "report",
        pl.format("{} {}", dimension, text).alias("key"),
        chance.alias("chance"),
        pl.lit(True).alias("lead"),
    ).unique(["report", "key"])


def _things(claims: pl.DataFrame) -> pl.DataFrame:
    """`report, key`: what a report counts, by measures, nouns and units that are one in every language."""
    told = claims.filter(pl.col("role") == "claim", pl.col("kind").is_in(FIGURES))
    known = ~pl.col("measure").str.contains("[:@]")
    english = pl.col("noun").str.contains(r"^[a-z][a-z -]*$")
    keys = [
        told.filter(known).select("report", pl.format("measure {}", "measure").alias("key")),
        told.filter(english).select("report", pl.format("noun {}", "noun").alias("key")),
        told.select("report", pl.format("unit {}", "unit").alias("key")),
    ]
    return pl.concat(keys).drop_nulls().unique().with_columns(pl.lit(True).alias("lead"))


def _dates(claims: pl.DataFrame) -> pl.DataFrame:
    """The days that sentences name, past the dateline."""
    dates = claims.filter(pl.col("kind") == "date", pl.col("role") == "claim")
    span = (pl.col("date_end") - pl.col("date_start")).dt.total_days()
    return dates.filter(span.is_between(0, LONGEST_DAYS)).select(
        "report", "sentence_start", pl.col("date_start").alias("day"), "date_end"
    )


def _days(claims: pl.DataFrame) -> pl.DataFrame:
    dates = _dates(claims)
    both = pl.concat([dates.select("report", "day"), dates.select("report", pl.col("date_end").alias("day"))])
    return both.unique()


def main_days(claims: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """`report, main_day`: the day that the figures of title and lead are of, else the first day that a report names;
    one that is not after it and not long before, and of two in one sentence the later, which is the day of its news."""
    days = (pl.col("period_end") - pl.col("period_start")).dt.total_days()
    lead = claims.filter(
        pl.col("kind").is_in(FIGURES), (pl.col("zone") != "body").fill_null(False), days <= LONGEST_DAYS
    )
    told = [
        lead.select("report", "sentence_start", pl.col("period_start").alias("day"), pl.lit(0).alias("rank")),
        _dates(claims).select("report", "sentence_start", "day", pl.lit(1).alias("rank")),
    ]
    published = pl.col("published")
    near = (pl.col("day") <= published) & (pl.col("day") >= published - pl.duration(days=21))
    return (
        pl.concat(told)
        .join(reports.select("report", "published"), on="report")
        .filter(near.fill_null(True))
        .sort("report", "rank", "sentence_start", "day", descending=[False, False, False, True])
        .group_by("report", maintain_order=True)
        .agg(pl.col("day").first().alias("main_day"))
    )
