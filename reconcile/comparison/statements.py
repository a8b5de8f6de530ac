"""Statements: the claims that can be compared, with everything that a pair needs to know of its two sides.

Row order never matters: statements are numbered in the order of their claim ids.
"""

from __future__ import annotations

import polars as pl

from reconcile import schema
from reconcile.comparison.events import known_events
from reconcile.comparison.intervals import significant_digits, value, with_reading
from reconcile.comparison.measures import measure_table
from reconcile.comparison.natures import INDEPENDENT, RUNNING, nature
from reconcile.comparison.owners import official
from reconcile.comparison.policy import Policy
from reconcile.comparison.scales import with_base_units
from reconcile.comparison.subjects import agency, counted_unit, country, state, subject
from reconcile.comparison.wording import words
from reconcile.errors import InputError
from reconcile.judgements.decide import REJECTED as DISCARDED
from reconcile.linking.link import ALONE

KINDS = ("money", "count", "percentage", "ratio", "quantity", "duration")
REJECTED = ("denied", "refuted")
TOLD, TOLD_DIGITS = 1000, 3  # a number that one speaker hardly gives of two things within days
SIGNATURE = (
    "[:@]"  # in the measure of a figure that no rule knows: its noun, the word that governs it, its language
)
SHORT_DAYS = (
    3  # days of which a figure of one incident may be told: rather when it was known than what it is of
)
# Columns that pairs compare as numbers rather than as strings: equal text, equal code.
CODED = (
    "article_id", "kind", "unit", "dimension", "measure", "family", "event", "place", "scope", "actor", "actor_state",
    "root", "subject", "speaker", "part_of", "country",
)  # fmt: skip
# Columns of the claims that nothing after this asks for.
UNUSED = (
    "start", "end", "date_start", "date_end", "date_precision", "edtf", "rule", "epistemic",
    "role", "part_of", "duplicate_of", "low_open", "high_open", "measure_unit", "family", "dimension",
    "value", "sentence_start", "story", "zone", "names", "spellings", "sites", "localities", "countries", "happenings",
)  # fmt: skip


OF_WHOLE = ("measure", "incident", "unit")


def statements(
    claims: pl.DataFrame, policy: Policy, placed: pl.DataFrame, incidents: pl.DataFrame
) -> pl.DataFrame:
    """The comparable claims (role claim, a kind in `KINDS`), read by the policy and numbered by `row`.

    `placed` and `incidents` say to which incident each claim belongs (reconcile.linking). Physical units and units
    of time are brought to base units; what was said is kept in `said_…`. Added besides: `number` (the one value, if
    there is one), `point` (by which it is sorted), `read_low … reading`, `dimension` (money whatever the currency),
    `family, measure_en, measure_ar`, `known_measure` (one of the rules), `nature`, `incident`, `event` (the
    incident's id), `as_of`, `from_day, to_day` (the figure's own period), `timed` (true where there is one, else
    null), `country` (of the place), `subject`, `actor_state` (for which it acts), `is_state`, `root` (the witness
    by name), `refuter`, `rejected`, `discarded` (by an analyst), `rare`, `unsettled`, `part_row`, `repeated_row`,
    `is_share`, and `NAME_code` for each of `CODED`.

    Raises:
        InputError: two claims share an id.
    """
    every = complete(claims).filter(pl.col("role") == "claim")
    known = every.filter(pl.col("kind").is_in(KINDS)).sort("claim_id")
    if known.get_column("claim_id").n_unique() < known.height:
        twice = known.filter(pl.col("claim_id").is_duplicated()).item(0, "claim_id")
        raise InputError("claims", f"claim_id {twice!r} is given twice", "give each claim an id of its own")
    described = (
        _as_percentages(known)
        .join(measure_table(), on="measure", how="left", maintain_order="left")
        .with_columns(
            (~pl.col("measure").str.contains(SIGNATURE)).fill_null(False).alias("known_measure"),
            nature(pl.col("measure")).alias("nature"),
        )
        .pipe(_with_incidents, placed, incidents)
        .join(known_events(), on="event", how="left", maintain_order="left")
        .with_columns(
            pl.coalesce(
                f"event_{name}", pl.when(pl.col("incident_basis") != ALONE).then(f"label_{name}")
            ).alias(f"event_{name}")
            for name in ("en", "ar")
        )
    )
    read = with_base_units(with_reading(described, policy).with_columns(_settled(policy)))
    told = read.with_columns(_derived()).with_columns(_as_of())
    rooted = _with_denied(told.with_columns(_root().alias("root"))).with_columns(
        _unsettled().alias("unsettled")
    )
    return _with_rows(rooted.with_columns(_codes()).with_row_index("row"))


def _with_incidents(claims: pl.DataFrame, placed: pl.DataFrame, incidents: pl.DataFrame) -> pl.DataFrame:
    """`incident, incident_basis` of each claim, the incident's id as its `event`, its labels and `main_places`."""
    told = placed.select("claim_id", "report", "incident", "incident_basis").join(
        incidents.select("incident", "incident_id", "label_en", "label_ar", "main_places"),
        on="incident",
        how="left",
    )
    joined = claims.join(told, on="claim_id", how="left", maintain_order="left")
    return joined.with_columns(pl.col("incident_id").alias("event")).drop("incident_id")


def complete(claims: pl.DataFrame) -> pl.DataFrame:
    """All columns of the claims schema in their types; one that is absent is unknown throughout."""
    return claims.select(
        (pl.col(name) if name in claims.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in schema.CLAIMS.items()
    )


def _as_percentages(claims: pl.DataFrame) -> pl.DataFrame:
    """A ratio is a percentage by another name: one in five meets 20 per cent."""
    ratio = pl.col("kind") == "ratio"
    percent = ratio | (pl.col("kind") == "percentage")
    return claims.with_columns(
        *(
            pl.when(ratio).then(pl.col(name) * 100).otherwise(name).alias(name)
            for name in ("value", "low", "high")
        ),
        pl.when(percent).then(pl.lit("percentage")).otherwise("kind").alias("kind"),
        pl.when(percent).then(pl.coalesce("unit", pl.lit("percent"))).otherwise("unit").alias("unit"),
    )


def _settled(policy: Policy) -> list[pl.Expr]:
    """The fields as pairs compare them. An absent scope is the total; a count of a measure that has one unit is in
    that unit, however it is counted (83 arrests, 83 people arrested); an event's only place goes without saying."""
    begins, ends = pl.col("period_start"), pl.col("period_end")
    within = (begins <= pl.col("event_to")).fill_null(True) & (ends >= pl.col("event_from")).fill_null(True)
    event_place = pl.when(pl.col("event_places").list.len() == 1).then(pl.col("event_places").list.first())
    return [
        value.alias("number"),
        pl.coalesce("family", "measure").alias("family"),
        pl.when(pl.col("kind") == "count")
        .then(pl.coalesce("measure_unit", "unit"))
        .otherwise("unit")
        .alias("unit"),
        begins.alias("said_from"),
        ends.alias("said_to"),
        pl.when(((pl.col("place") == event_place) | _goes_without_saying()).fill_null(False))
        .then(None)
        .otherwise("place")
        .alias("place"),
        country(pl.col("place")).alias("country"),
        subject().alias("subject"),
        pl.when(~pl.col("actor").is_in(words()["nobody"]).fill_null(False)).then("actor").alias("actor"),
        state(pl.col("actor")).alias("actor_state"),
        (state(pl.col("actor")) == pl.col("actor")).alias("is_state"),
        pl.col("stance").is_in(REJECTED).fill_null(False).alias("rejected"),
        pl.col("judged").list.contains(DISCARDED).fill_null(False).alias("discarded"),
        official(pl.col("speaker")).alias("official"),
        pl.col("refuted_by").str.strip_chars().str.to_lowercase().alias("refuter"),
        pl.col("scope").fill_null("total"),
        pl.when(within).then(pl.max_horizontal(begins, "event_from")).otherwise(begins).alias("from_day"),
        pl.when(within).then(pl.min_horizontal(ends, "event_to")).otherwise(ends).alias("to_day"),
        (significant_digits(value) >= policy.witness.rare_digits).fill_null(False).alias("rare"),
        ((significant_digits(value) >= TOLD_DIGITS) & (value >= TOLD)).fill_null(False).alias("telling"),
    ]


def _goes_without_saying() -> pl.Expr:
    """Whether a place is where the incident was; never where what is counted has a nature that asks for its place, nor
    where the article counts it at several places."""
    smaller = pl.col("place").filter(pl.col("place") != country(pl.col("place")).fill_null(""))
    one = smaller.n_unique().over("article_id", "measure") <= 1
    return pl.col("main_places").list.contains(pl.col("place")) & ~pl.col("nature").is_in(INDEPENDENT) & one


def _derived() -> list[pl.Expr]:
    """A whole-event period says no more than the event; things of two words are counted by one; and the one number by
    which a figure is sorted: its value, else its finite bound, else the middle; a vague figure has none."""
    told = pl.col("period_start").is_not_null() | pl.col("period_end").is_not_null()
    known = pl.col("event_from").is_not_null() | pl.col("event_to").is_not_null()
    whole = (
        known
        & pl.col("from_day").eq_missing(pl.col("event_from"))
        & pl.col("to_day").eq_missing(pl.col("event_to"))
    )
    low, high = pl.col("read_low"), pl.col("read_high")
    days = (pl.col("period_end") - pl.col("period_start")).dt.total_days()
    # Of one incident a short time is when it was so far, or when it happened: no other thing is counted by it.
    whole = whole | (~pl.col("nature").is_in(INDEPENDENT) & (days < SHORT_DAYS)).fill_null(False)
    vague = (pl.col("qualifier") == "vague").fill_null(False)
    counted = pl.when(pl.col("kind").is_in(["count", "quantity"])).then(counted_unit()).otherwise("unit")
    bound = (
        pl.when(low.is_infinite()).then(high).when(high.is_infinite()).then(low).otherwise((low + high) / 2)
    )
    return [
        pl.when(pl.col("kind") == "money").then(pl.lit("money")).otherwise(counted).alias("dimension"),
        counted.alias("unit"),
        *(pl.when(told & ~whole).then(name).alias(name) for name in ("from_day", "to_day")),
        pl.when(told & ~whole).then(True).alias("timed"),
        pl.coalesce("number", pl.when(bound.is_finite() & (~vague | (low == high))).then(bound)).alias(
            "point"
        ),
    ]


def _as_of() -> pl.Expr:
    """The day for which a figure holds: the end of its own period, and of a running total the day of which it is told;
    else its publication."""
    told = pl.col("nature").is_in(RUNNING) & pl.col("cumulative").fill_null(False)
    recent = pl.col("period_end").is_between(pl.col("published") - pl.duration(days=1), pl.col("published"))
    ended = pl.when("timed").then("to_day").when((told & recent).fill_null(False)).then("period_end")
    return pl.coalesce(ended, "published").alias("as_of")


def _root() -> pl.Expr:
    """Who stands behind the figure: its speaker, else whoever the same article names for the same figure, else the
    news agency that the outlet credits, else the outlet, else the article itself."""
    same = ["article_id", "measure", "event", "unit", "read_low", "read_high"]
    first, last = pl.col("speaker").min().over(same), pl.col("speaker").max().over(same)
    in_article = pl.when(first == last).then(first)
    return (
        pl.coalesce("speaker", in_article, agency(pl.col("outlet")), "outlet", "article_id")
        .str.strip_chars()
        .str.to_lowercase()
    )


def _with_denied(stated: pl.DataFrame) -> pl.DataFrame:
    """Add `denied`: the one number that the same article rejects, where this row is the one put in its place."""
    thing = ["article_id", "measure", "unit"]
    wrong = (
        stated.filter("rejected", pl.all_horizontal(pl.col("measure", "number").is_not_null()))
        .sort("claim_id")
        .group_by(thing, maintain_order=True)
        .agg(pl.col("number").n_unique().alias("several"), pl.col("number").first().alias("denied"),
             pl.col("refuted_by").first().alias("denier"))
        .filter(pl.col("several") == 1)
    )  # fmt: skip
    joined = stated.join(wrong, on=thing, how="left", maintain_order="left")
    by_other = (pl.col("speaker") != pl.col("denier")).fill_null(False)
    right = (
        pl.col("denied").is_not_null()
        & ~pl.col("rejected")
        & ~by_other
        & (pl.col("number") != pl.col("denied"))
    )
    return joined.with_columns(pl.when(right.fill_null(False)).then("denied").alias("denied")).drop(
        "several", "denier"
    )


def _unsettled() -> pl.Expr:
    """Whether one article gives several figures that exclude each other for what looks like one thing: then it is not
    known what sets them apart, and none of them may stand for the whole."""
    thing = [
        "article_id",
        "root",
        "event",
        "measure",
        "unit",
        "place",
        "from_day",
        "to_day",
        "scope",
        "subject",
        "part_of",
        "rejected",
    ]
    apart = pl.col("read_low").max().over(thing) > pl.col("read_high").min().over(thing)
    return (apart & pl.col("event").is_not_null() & pl.col("measure").is_not_null()).fill_null(False)


def _codes() -> list[pl.Expr]:
    by = {name: pl.col(name) for name in CODED}
    return [key.rank("dense").cast(pl.UInt32).alias(f"{name}_code") for name, key in by.items()]


def _with_rows(stated: pl.DataFrame) -> pl.DataFrame:
    """Where the whole of a part, and the first telling of a repetition, stand among the statements; and of a part that
    counts the same as its whole (`is_share`); `whole_…` is what that whole says."""
    for column, row in (("part_of", "part_row"), ("duplicate_of", "repeated_row")):
        targets = stated.select(pl.col("claim_id").alias(column), pl.col("row").alias(row))
        stated = stated.join(targets, on=column, how="left", maintain_order="left")
    twins = (
        stated.filter(pl.all_horizontal(pl.col("measure", "number").is_not_null()))
        .group_by("article_id", "number")
        .agg(pl.col("measure").n_unique().alias("several"),
             *(pl.col(name).min().name.prefix("twin_") for name in OF_WHOLE))
        .filter(pl.col("several") == 1)
        .drop("several")
    )  # fmt: skip
    # "Of the 60" says again what was counted before: the whole is what the article calls so.
    whole = stated.join(twins, on=["article_id", "number"], how="left", maintain_order="left").select(
        pl.col("row").alias("part_row"),
        pl.col("measure").alias("of"),
        pl.col("number").alias("whole_number"),
        *(pl.coalesce(name, f"twin_{name}").alias(f"whole_{name}") for name in OF_WHOLE),
    )
    return (
        stated.join(whole, on="part_row", how="left", maintain_order="left")
        .with_columns((pl.col("of") == pl.col("measure")).fill_null(False).alias("is_share"))
        .drop("of", *UNUSED)
    )
