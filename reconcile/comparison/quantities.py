"""Quantities: one row for each thing that sources put a number on, with low, best, high, its witnesses and a grade."""

from __future__ import annotations

from functools import lru_cache

import polars as pl
from babel import Locale

from reconcile import schema
from reconcile.comparison.components import components
from reconcile.comparison.conflation import conflated
from reconcile.comparison.intervals import LOWER, UPPER
from reconcile.comparison.judged import requantified
from reconcile.comparison.natures import INDEPENDENT
from reconcile.comparison.policy import Policy
from reconcile.comparison.witnesses import with_witnesses
from reconcile.comparison.wording import capitalised, filled, number_text, plural, quoted, readable, words
from reconcile.linking.link import NAMED
from reconcile.rules.countries import country_names

MET = ("duplicate", "refuted", "superseded", "agree", "compatible", "diverge")
KEY = ("measure", "event", "unnamed", "unit", "place", "subject", "key_from", "key_to", "scope", "share")
# What quantities and alarms ask of a statement.
SOURCES = (
    "row", "claim_id", "article_id", "outlet", "published", "measure", "measure_en", "measure_ar", "event",
    "event_en", "event_ar", "event_from", "event_to", "event_owners", "unit", "said_unit", "scale", "place",
    "subject", "scope", "from_day", "to_day", "cumulative", "is_share", "point", "number", "qualifier",
    "read_low", "read_high", "as_of", "period_start", "period_end", "rejected", "refuter", "stance",
    "unsettled", "root", "actor", "speaker", "discarded", "quote", "kind", "nature", "known_measure", "incident_basis",
)  # fmt: skip
SLUG = r"[^\p{L}\p{N}]+"


def members(stated: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """The statements that have a measure, each with its `quantity` (a number) and `witness`, and whether it is
    `admitted` to the bounds and `eligible` for the best figure.

    A quantity is a measure of an event in a unit, apart by place, period and scope. A statement of no named event
    joins only those that the verdicts let it meet. A part that counts the same as its whole is a quantity by its size.
    """
    met = judged.filter(pl.col("verdict").is_in(MET)).select("left", "right")
    keyed = (
        _with_lent_measures(stated.select(SOURCES), met)
        .with_columns(_event())
        .with_columns(components(stated.height, _independent(stated, met)).alias("component"))
        .filter(pl.col("measure").is_not_null())
        .with_columns(_keys())
    )
    told = requantified(keyed.with_columns(pl.struct(KEY).rank("dense").alias("quantity")), judged)
    numbered = told.with_columns(pl.struct("quantity", "apart").rank("dense").alias("quantity"))
    return _with_standing(with_witnesses(numbered, judged), stated, judged)


def quantities(told: pl.DataFrame, judged: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """The frame of schema.QUANTITIES from the statements of `members()`."""
    every = told.group_by("quantity").agg(
        *(
            pl.col(name).first()
            for name in (*KEY, "apart", "measure_en", "measure_ar", "event_en", "event_ar")
        ),
        pl.col("claim_id").min().alias("first_claim"),
        pl.col("incident_basis").mode().min().alias("basis"),
        pl.col("quote").sort_by("row").first(),
        pl.col("kind").first(),
        pl.col("said_unit").drop_nulls().mode().min(),
        pl.col("scale").filter(pl.col("said_unit") == pl.col("said_unit").drop_nulls().mode().min()).first(),
        pl.col("period_start").min(),
        pl.col("period_end").max(),
        pl.len().cast(pl.Int64).alias("n_claims"),
        pl.col("article_id").n_unique().cast(pl.Int64).alias("n_articles"),
        pl.col("witness").filter(~pl.col("rejected")).n_unique().cast(pl.Int64).alias("n_witnesses"),
        pl.col("rejected").sum().cast(pl.Int64).alias("n_refuted"),
        pl.col("as_of").min().alias("first_as_of"),
        pl.col("as_of").max().alias("last_as_of"),
        pl.col("withdrawn").all().alias("withdrawn"),
        (pl.col("rejected") & ~pl.col("discarded")).any().alias("disputed"),
        (pl.col("confirms") & pl.col("admitted")).any().alias("confirmed"),
        pl.col("claim_id").sort().alias("claim_ids"),
    )
    graded = (
        every.join(_bounds(told), on="quantity", how="left")
        .join(_best(told, policy), on="quantity", how="left")
        .join(_contested(told, judged), on="quantity", how="left")
    )
    in_unit = [
        (pl.col(name) / pl.col("scale").fill_null(1.0)).alias(name) for name in ("low", "best", "high")
    ]
    return (
        graded.with_columns(*in_unit, pl.col("said_unit").alias("unit"))
        .with_columns(_grade(), _identity(), *_labels(), pl.lit(policy.id).alias("policy"))
        .with_columns(_told_apart())
        .sort("quantity_id")
        .select(pl.col(name).cast(dtype) for name, dtype in schema.QUANTITIES.items())
    )


def _with_lent_measures(stated: pl.DataFrame, met: pl.DataFrame) -> pl.DataFrame:
    """Figures that meet count one thing: what no rule knows takes the measure that the rules know among them."""
    measure = stated.get_column("measure")
    unlike = met.filter(
        measure.gather(met.get_column("left")).ne_missing(measure.gather(met.get_column("right")))
    )
    one = stated.with_columns(components(stated.height, unlike).alias("alike"))
    known = pl.col("measure").filter("known_measure")
    lent = pl.coalesce(known.mode().min().over("alike"), pl.col("measure").min().over("alike"))
    many = pl.len().over("alike") > 1
    names = [
        pl.when(many & ~pl.col("known_measure"))
        .then(pl.col(name).drop_nulls().first().over("alike"))
        .otherwise(name)
        .alias(name)
        for name in ("measure_en", "measure_ar")
    ]
    return one.with_columns(
        pl.when(many & ~pl.col("known_measure")).then(lent).otherwise("measure").alias("measure"), *names
    ).drop("alike")


def _event() -> list[pl.Expr]:
    """The incident of what waits for one; what is told of a place and a time belongs to none."""
    free = pl.col("nature").is_in(INDEPENDENT)
    return [pl.when(~free).then(name).alias(name) for name in ("event", "event_en", "event_ar")]


def _independent(stated: pl.DataFrame, met: pl.DataFrame) -> pl.DataFrame:
    nature = stated.get_column("nature")
    free = [nature.gather(met.get_column(side)).is_in(INDEPENDENT) for side in ("left", "right")]
    return met.filter(free[0] & free[1])


def _keys() -> list[pl.Expr]:
    running = pl.col("cumulative").fill_null(False)
    return [
        pl.when(pl.col("event").is_null()).then("component").alias("unnamed"),
        pl.col("from_day").alias("key_from"),
        pl.when(~running).then("to_day").alias("key_to"),
        pl.when("is_share").then("point").alias("share"),
    ]


def _with_standing(told: pl.DataFrame, stated: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """Which statements count: rejected, superseded and conflated ones give no bounds, nor do several of one article
    that exclude each other while other articles are of one mind; a disputed figure gives no best."""
    disputed = judged.filter(pl.col("rule") == "refuted.by_speaker")
    fighting = pl.concat([disputed.select(pl.col(side).alias("row")) for side in ("left", "right")])
    out = (
        pl.concat([overtaken(stated, judged).select("row"), conflated(stated, judged).select("row")])
        .get_column("row")
        .implode()
    )
    barred = fighting.get_column("row").implode()
    own = (pl.col("refuter").is_null() & (pl.col("stance") == "denied")) | (
        pl.col("refuter") == pl.col("root")
    )
    actor = pl.col("actor").str.strip_chars().str.to_lowercase()
    owner = (actor == pl.col("root")) | pl.col("event_owners").list.contains(pl.col("root"))
    known = pl.col("read_low").is_not_null() & pl.col("read_high").is_not_null()
    settled = pl.col("admitted") & ~pl.col("unsettled")
    return (
        told.with_columns(
            (~pl.col("rejected") & known & ~pl.col("row").is_in(out)).alias("admitted"),
            ((pl.col("rejected") & own.fill_null(False)) | pl.col("discarded")).alias("withdrawn"),
            (owner.fill_null(False) & ~pl.col("rejected")).alias("confirms"),
        )
        .with_columns(
            pl.when(settled.any().over("quantity")).then(settled).otherwise("admitted").alias("admitted")
        )
        .with_columns(
            (pl.col("admitted") & ~pl.col("row").is_in(barred) & pl.col("point").is_not_null()).alias(
                "eligible"
            )
        )
    )


def overtaken(stated: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """`row, detail` of each statement that a later one of its witness supersedes, and the sentence that says so."""
    as_of = stated.get_column("as_of")
    replaced = judged.filter(pl.col("verdict") == "superseded")
    return replaced.with_columns(
        as_of.gather(replaced.get_column("left")).alias("day_left"),
        as_of.gather(replaced.get_column("right")).alias("day_right"),
    ).select(
        pl.when(pl.col("day_left") < pl.col("day_right")).then("left").otherwise("right").alias("row"),
        "detail",
    )


def _bounds(told: pl.DataFrame) -> pl.DataFrame:
    """Low and high of what is admitted; null where unbounded. An open-ended figure raises `high` to unbounded only if
    it begins above every bounded one."""
    low, high = pl.col("read_low"), pl.col("read_high")
    closed = high.filter(high.is_finite()).max()
    begins = low.filter(~high.is_finite()).max()
    return (
        told.filter("admitted")
        .group_by("quantity")
        .agg(
            low.min().alias("low"),
            pl.when(begins.is_null() | (closed >= begins)).then(closed).alias("high"),
        )
        .with_columns(pl.when(pl.col("low").is_finite()).then("low").alias("low"))
    )


def _best(told: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """The best figure by the policy's order, one voice a witness: its latest, most exact figure."""
    open_ended = pl.col("qualifier").is_in([*LOWER, *UPPER]) & (policy.reading.open_bounds == "stated")
    vagueness = (
        pl.when(pl.col("qualifier") == "exact")
        .then(0)
        .when(open_ended)
        .then(2)
        .otherwise(1)
        .alias("vagueness")
    )
    voices = (
        told.filter("eligible")
        .with_columns(vagueness)
        .sort("vagueness", "point", "row")
        # A bound is the best figure only where nobody gives more.
        .filter((pl.col("vagueness") < 2) | (pl.col("vagueness").min().over("quantity") == 2))
        .sort("as_of", descending=True, nulls_last=True, maintain_order=True)
        .sort("quantity", "witness", maintain_order=True)
        .unique(["quantity", "witness"], keep="first", maintain_order=True)
    )  # fmt: skip
    for step in policy.best:
        if step == "latest":
            last = pl.col("as_of").max().over("quantity")
            voices = voices.filter(last.is_null() | (pl.col("as_of") == last))
        elif step == "majority":
            votes = voices.with_columns(pl.len().over("quantity", "point").alias("votes"))
            voices = votes.filter(pl.col("votes") == pl.col("votes").max().over("quantity")).drop("votes")
        else:
            voices = voices.filter(pl.col("point") == pl.col("point").min().over("quantity"))
    return voices.group_by("quantity").agg(pl.col("point").min().alias("best"))


def _contested(told: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    places = told.select("row", "quantity")
    return (
        judged.filter(pl.col("verdict") == "diverge")
        .join(places, left_on="left", right_on="row")
        .join(places, left_on="right", right_on="row", suffix="_right")
        .filter(pl.col("quantity") == pl.col("quantity_right"))
        .select("quantity", pl.lit(True).alias("diverging"))
        .unique()
    )


def _grade() -> pl.Expr:
    return (
        pl.when("withdrawn")
        .then(pl.lit("discounted"))
        .when(pl.col("diverging").fill_null(False) | pl.col("disputed"))
        .then(pl.lit("contested"))
        .when("confirmed")
        .then(pl.lit("confirmed"))
        .when(pl.col("n_witnesses") >= 2)
        .then(pl.lit("fair"))
        .otherwise(pl.lit("weak"))
        .alias("grade")
    )


def _identity() -> pl.Expr:
    """A readable id that depends on nothing but what the quantity is; without a named event, on its first claim."""
    named = ("measure", "said_unit", "place", "subject")
    text = {name: pl.col(name) for name in named} | {"event": pl.coalesce("event", "first_claim")}
    days = [pl.col(name).cast(pl.String) for name in ("key_from", "key_to")]
    share = pl.concat_str(pl.lit("part-"), pl.col("share").cast(pl.String))
    scope = pl.when(pl.col("scope") != "total").then("scope")
    divided = pl.concat_str(pl.lit("judged-"), pl.when(pl.col("apart").is_not_null()).then("first_claim"))
    parts = [
        text["measure"],
        text["event"],
        text["said_unit"],
        text["place"],
        text["subject"],
        *days,
        scope,
        share,
        divided,
    ]
    slugs = [part.str.to_lowercase().str.replace_all(SLUG, "-") for part in parts]
    return pl.concat_str(slugs, separator=".", ignore_nulls=True).alias("quantity_id")


def _labels() -> list[pl.Expr]:
    """What it counts, of which event, of whom, where, when, for which scope, and as which part."""
    labels = []
    last = pl.when(pl.col("key_to") != pl.col("key_from")).then("key_to")
    days = pl.concat_str([pl.coalesce("key_from", "key_to"), last], separator="/", ignore_nulls=True)
    period = pl.when(pl.col("key_from").is_not_null() | pl.col("key_to").is_not_null()).then(days)
    for language, forms in words()["labels"].items():
        measure = pl.coalesce(f"measure_{language}", quoted(pl.col("quote")))
        named = pl.when(pl.col("basis") == NAMED).then(readable(pl.col("event")))
        event = pl.coalesce(f"event_{language}", named)
        place = pl.col("place").replace(_country_names(language))
        scope = pl.col("scope").replace_strict(forms["scope"], default=None, return_dtype=pl.String)
        share = filled(forms["share"], {"n": number_text(pl.col("share"))})
        part = pl.when(pl.col("share").is_not_null()).then(share)
        told = [measure, event, "subject", place, period, scope, part]
        text = pl.concat_str(told, separator=forms["joint"], ignore_nulls=True)
        labels.append(capitalised(text).alias(f"label_{language}"))
    return labels


def _told_apart() -> pl.Expr:
    """The English label with the unit counted, where two quantities would else be called the same."""
    unit = plural(pl.col("said_unit").str.replace_all("_", " "))
    joint = pl.lit(words()["labels"]["en"]["joint"])
    twice = pl.col("label_en").is_duplicated() & (pl.col("kind") == "count") & unit.is_not_null()
    return pl.when(twice).then(pl.concat_str("label_en", joint, unit)).otherwise("label_en").alias("label_en")


@lru_cache(maxsize=4)
def _country_names(language: str) -> dict[str, str]:
    """The name of each country in the language, by the English name that claims carry (CLDR)."""
    own = Locale.parse(language).territories
    return {name: str(own[code]) for code, name in country_names().items() if code in own}
