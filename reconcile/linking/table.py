"""The tables of what was linked: incidents with readable ids and labels, and links with the evidence for each."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from babel import Locale
from babel.dates import format_date

from reconcile import schema
from reconcile.linking.link import ALONE, EVIDENCE, GIVEN, NAMED, SAME, Linked
from reconcile.linking.parts import MAIN
from reconcile.rules.countries import country_names
from reconcile.rules.files import load_rules

SLUG = r"[^\p{L}\p{N}]+"
ID_LETTERS = 6
LANGUAGES = ("en", "ar", "fr")


def incidents(linked: Linked, claims: pl.DataFrame, sentences: pl.DataFrame | None) -> pl.DataFrame:
    """schema.INCIDENTS with `incident` (the number that `placed` uses) and `main_places`, the canonical names of where
    the incident was: a figure that names one of them says no more than one that names none."""
    told = _told(linked, claims)
    lead = _leads(linked, claims, sentences)
    found = (
        told.join(lead, on="incident", how="left")
        .with_columns(_identity().alias("incident_id"))
        .with_columns(pl.col("incident_id").is_duplicated().alias("twice"))
        .with_columns(
            pl.when("twice").then(pl.format("{}-{}", "incident_id", pl.col("first_claim").str.head(ID_LETTERS)))
            .otherwise("incident_id").alias("incident_id")
        )
    )  # fmt: skip
    labels = [_label(row) for row in found.iter_rows(named=True)]
    names = pl.DataFrame(labels, schema={f"label_{x}": pl.String() for x in LANGUAGES}, orient="row")
    return found.hstack(names).with_columns(_places(), _main_places()).sort("incident")


def _places() -> pl.Expr:
    """The canonical name of where the incident was: its city, else its country."""
    country = pl.col("countries").list.first().replace_strict(dict(country_names()), default=None)
    return pl.coalesce(pl.col("localities").list.first(), country).alias("place")


def _main_places() -> pl.Expr:
    """The names of the only country of the leads and of its cities there: what is put there is put nowhere else."""
    only = pl.when(pl.col("countries").list.len() == 1).then("countries")
    country = only.list.eval(pl.element().replace_strict(dict(country_names()), default=None))
    one_city = pl.when(pl.col("localities").list.len() == 1).then("localities")
    empty = pl.lit([], dtype=pl.List(pl.String))
    return pl.concat_list(country.fill_null(empty), one_city.fill_null(empty)).alias("main_places")


def _told(linked: Linked, claims: pl.DataFrame) -> pl.DataFrame:
    """Of each incident its claims, articles, days and grounds; the story or event by which it is known."""
    joined = linked.placed.join(
        claims.select("claim_id", "article_id", "published", "event", "event_basis", "story"),
        on="claim_id",
    )
    own = pl.col("event").filter(
        pl.col("incident_basis") == NAMED, (pl.col("event_basis") != "composed").fill_null(True)
    )
    order = [NAMED, GIVEN, EVIDENCE, ALONE]
    return joined.group_by("incident").agg(
        pl.col("claim_id").sort().alias("claim_ids"),
        pl.col("claim_id").sort_by("published", "claim_id", nulls_last=True).first().alias("first_claim"),
        pl.col("article_id").n_unique().cast(pl.Int64).alias("n_articles"),
        own.drop_nulls().mode().min().alias("named"),
        pl.col("story").drop_nulls().mode().min().alias("story"),
        pl.col("published").min().alias("first_published"),
        pl.col("incident_basis").replace_strict({b: i for i, b in enumerate(order)}, return_dtype=pl.Int32).min()
        .replace_strict(dict(enumerate(order)), return_dtype=pl.String).alias("basis"),
    )  # fmt: skip


def _leads(linked: Linked, claims: pl.DataFrame, sentences: pl.DataFrame | None) -> pl.DataFrame:
    """`incident, kind, cities, nations, first_day, last_day`: what titles and leads of its reports say, the most
    of them."""
    of = linked.reports.filter(pl.col("part") == MAIN).select("article_id", "incident", "main_day")
    source = claims if sentences is None else sentences
    lead = source.filter(pl.col("zone") != "body").join(of, on="article_id")

    def most(column: str) -> pl.DataFrame:
        counted = (
            lead.select("incident", "article_id", pl.col(column).alias("key"))
            .explode("key").drop_nulls().unique()
            .group_by("incident", "key").len()
            .with_columns((pl.col("len") / pl.col("len").max().over("incident")).alias("part"))
            .sort("incident", "len", "key", descending=[False, True, False])
        )  # fmt: skip
        return counted.group_by("incident", maintain_order=True).agg(
            pl.col("key").filter(pl.col("part") >= 0.5).alias(column)
        )

    days = of.group_by("incident").agg(
        pl.col("main_day").min().alias("first_day"), pl.col("main_day").max().alias("last_day")
    )
    found = days
    for column in ("happenings", "localities", "countries"):
        found = found.join(most(column), on="incident", how="left")
    return found.with_columns(pl.col("happenings").list.first().alias("kind"))


def _identity() -> pl.Expr:
    """A readable id: the event's or the story's name; else kind, place and month, and the first letters of a claim."""
    month = pl.coalesce("first_day", "first_published").dt.strftime("%Y-%m")
    where = pl.coalesce(pl.col("localities").list.first(), pl.col("countries").list.first())
    parts = [pl.col("kind").fill_null("incident"), where, month, pl.col("first_claim").str.head(ID_LETTERS)]
    slugs = [part.str.to_lowercase().str.replace_all(SLUG, "-") for part in parts]
    return pl.coalesce("named", "story", pl.concat_str(slugs, separator="-", ignore_nulls=True))


def _label(row: dict[str, Any]) -> tuple[str | None, ...]:
    if row["named"] is not None:
        return (None,) * len(LANGUAGES)
    if row["story"] is not None:
        return (row["story"],) * len(LANGUAGES)
    words = load_rules("linking/labels.yml")
    return tuple(_label_in(language, row, words[language]) for language in LANGUAGES)


def _label_in(language: str, row: dict[str, Any], words: dict[str, Any]) -> str:
    kind = words["kinds"].get(row["kind"], words["incident"])
    countries = row["countries"] or []
    territories = Locale.parse(language).territories
    where = [territories.get(code, code) for code in countries[:1]] if len(countries) == 1 else []
    if row["localities"] and language != "ar":
        where = [row["localities"][0], *where]
    joined = words["joint"].join(where)
    day: date | None = row["first_day"] or row["first_published"]
    parts: list[str] = [words["at"].format(kind=kind, where=joined) if where else kind]
    if day is not None:
        parts.append(format_date(day, "d MMMM y", locale=language))
    return str(words["joint"]).join(parts)


def links(linked: Linked) -> pl.DataFrame:
    """schema.LINKS: pairs of articles that are of one incident or could be, the nearest first, with what speaks for and
    against."""
    of = linked.reports.select("report", "article_id", "story", "named", "incident", "part")
    told = (
        linked.pairs.filter((pl.col("decision") != "other") | (pl.col("bits") > -3.0))
        .join(of, left_on="a", right_on="report")
        .join(of, left_on="b", right_on="report", suffix="_b")
    )
    given = (pl.col("story") == pl.col("story_b")).fill_null(False)
    named = (pl.col("named") == pl.col("named_b")).fill_null(False)
    best = (
        told.with_columns(
            pl.when(given)
            .then(pl.lit(GIVEN))
            .when(named)
            .then(pl.lit(NAMED))
            .otherwise(pl.lit(EVIDENCE))
            .alias("basis"),
            (pl.col("decision") == SAME).alias("one"),
            pl.min_horizontal("article_id", "article_id_b").alias("article_a"),
            pl.max_horizontal("article_id", "article_id_b").alias("article_b"),
        )
        .sort("one", "bits", "a", "b", descending=[True, True, False, False])
        .unique(["article_a", "article_b"], keep="first", maintain_order=True)
    )
    comparisons = linked.model.comparisons
    rows = []
    for row in best.iter_rows(named=True):
        evidence = [
            {"comparison": c.name, "level": c.levels[level], "bits": c.bits[level], "words": c.words}
            for c in comparisons
            if (level := row[f"level.{c.name}"]) is not None and c.bits[level] != 0
        ]
        evidence.sort(key=lambda e: -abs(float(e["bits"])))
        rows.append({name: row.get(name) for name in schema.LINKS} | {"evidence": evidence})
    return pl.DataFrame(rows, schema=schema.LINKS, orient="row").sort("article_a", "article_b")
