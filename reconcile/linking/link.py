"""Link: which reports tell of one incident, why, and to which incident each claim belongs.

Three grounds, the stronger first: what an analyst said (`story`, judgements on incidents), an event that the
text names,
and the weighed evidence of the whole articles. What no ground brings together stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from reconcile import schema
from reconcile.context.names import load_events
from reconcile.evidence.skeleton import skeleton
from reconcile.linking.features import candidate_pairs, features
from reconcile.linking.incidents import grouped
from reconcile.linking.model import Model, load_model, weighed
from reconcile.linking.parts import MAIN, parts_of
from reconcile.linking.reports import gathered, main_days
from reconcile.rules.countries import countries_of_places, country_names

COMPOSED = "composed"
OPERATION = "operation-"
NAMED, GIVEN, EVIDENCE, ALONE = schema.INCIDENT_BASES
SAME, OTHER, OPEN = schema.LINK_DECISIONS
ASIDE_BITS = 4.0  # a few sentences that turn away from an article's incident must say more to be of another's
AT_COUNTRY = "^at ([A-Z]{2})$"
OPEN_FROM = 0.5  # below, two reports in two incidents are no question worth an analyst's time
SENTENCE = ("zone", "names", "spellings", "sites", "localities", "countries", "happenings", "words")


@dataclass(frozen=True)
class Linked:
    """`placed` (claim_id, report, incident, incident_basis), `reports` (report, article_id, part, incident, …), and the
    weighed `pairs` of reports (a, b, bits, probability, `level.NAME`)."""

    placed: pl.DataFrame
    reports: pl.DataFrame
    pairs: pl.DataFrame
    model: Model

    def open_pairs(self) -> pl.DataFrame:
        """`incident_a, incident_b, bits`: incidents whose nearest reports could be one, and the evidence does
        not tell."""
        of = self.reports.select("report", "incident")
        return (
            self.pairs.join(of, left_on="a", right_on="report")
            .join(of, left_on="b", right_on="report", suffix="_b")
            .filter(pl.col("incident") != pl.col("incident_b"), pl.col("decision") == OPEN)
            .select(
                pl.min_horizontal("incident", "incident_b").alias("incident_a"),
                pl.max_horizontal("incident", "incident_b").alias("incident_b"),
                "bits",
            )
            .group_by("incident_a", "incident_b")
            .agg(pl.col("bits").max())
        )

    def bare_pairs(self) -> pl.DataFrame:
        """`report_a, report_b`: reports that share hardly more than a country and a day: too little to accuse
        one of them."""
        return self.pairs.filter("bare").select(pl.col("a").alias("report_a"), pl.col("b").alias("report_b"))


def link(
    claims: pl.DataFrame,
    sentences: pl.DataFrame | None = None,
    together: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> Linked:
    """Group the reports of claims (schema.CLAIMS, all columns) by incident.

    `sentences` is a frame of schema.EVIDENCE; without it the sentences that hold claims are all the evidence.
    `together`
    and `apart` are pairs of articles on which an analyst decided.
    """
    model = load_model()
    told = sentences if sentences is not None else _sentences_of(claims)
    codes = {name: code for code, name in country_names().items()}
    codes_of = {place: codes[country] for place, country in countries_of_places().items() if country in codes}
    of_claims, of_sentences = parts_of(claims, told, codes_of)
    reports = _reports(claims, of_claims)
    key = reports.select("article_id", "part", "report")
    claimed = claims.join(of_claims, on=["claim_id", "article_id"]).join(key, on=["article_id", "part"])
    said = told.join(of_sentences, on=["article_id", "sentence_start"]).join(key, on=["article_id", "part"])
    events = _events(claimed)
    pairs = _weighed(said, claimed, reports, events, model)
    bound, barred = _given(reports, events, list(together), list(apart))
    group = grouped(reports.height, pairs.select("a", "b", "bits").iter_rows(), model, bound, barred)
    grouped_reports = reports.with_columns(pl.Series("incident", group, dtype=pl.UInt32))
    reports = _with_neighbours(grouped_reports, told).join(events, on="report", how="left")
    reports = reports.join(_main_day(claimed), on="report", how="left")
    return Linked(_placed(claimed, reports), reports, _decided(pairs, reports, model), model)


def _sentences_of(claims: pl.DataFrame) -> pl.DataFrame:
    """The sentences that hold claims, as evidence."""
    return (
        claims.filter(pl.col("sentence_start").is_not_null())
        .unique(["article_id", "sentence_start"], keep="first", maintain_order=True)
        .select("article_id", "story", "sentence_start", *SENTENCE)
    )


def _reports(claims: pl.DataFrame, of_claims: pl.DataFrame) -> pl.DataFrame:
    """One row a part of an article, numbered by article and part; the main part of each is there even without
    claims."""
    articles = claims.group_by("article_id").agg(
        pl.col("published").min(),
        pl.col("language").first(),
        pl.col("outlet").first(),
        pl.col("story").first(),
    )
    parts = pl.concat(
        [of_claims.select("article_id", "part"), articles.select("article_id", pl.lit(MAIN).alias("part"))]
    ).unique()
    return (
        parts.join(articles, on="article_id")
        .sort("article_id", "part")
        .with_row_index("report")
        .with_columns((pl.col("language") == "ar").fill_null(False).alias("arabic"))
    )


def one_event(event: pl.Expr) -> pl.Expr:
    """The id of an event; that of an operation which no file knows by the consonants of its name and its number,
    since each
    script spells it its own way."""
    spelt = event.str.starts_with(OPERATION) & ~event.is_in(list(load_events()))
    key = event.str.strip_prefix(OPERATION).map_elements(_spelling, return_dtype=pl.String)
    return pl.when(spelt).then(pl.concat_str(pl.lit(OPERATION), key)).otherwise(event).alias("event")


def _spelling(name: str) -> str:
    return skeleton(name) + "".join(filter(str.isdigit, name))


def _events(claimed: pl.DataFrame) -> pl.DataFrame:
    """`report, named`: the one event that a report names, if it is but one."""
    named = claimed.filter(
        pl.col("event").is_not_null(), (pl.col("event_basis") != COMPOSED).fill_null(True)
    ).with_columns(one_event(pl.col("event")))
    return (
        named.group_by("report")
        .agg(pl.when(pl.col("event").n_unique() == 1).then(pl.col("event").first()).alias("named"))
        .drop_nulls()
    )


def _weighed(
    said: pl.DataFrame, claimed: pl.DataFrame, reports: pl.DataFrame, events: pl.DataFrame, model: Model
) -> pl.DataFrame:
    """The pairs of reports with what they weigh; those that name their event are known without."""
    loose = reports.join(events, on="report", how="anti")
    if loose.height == reports.height or loose.height * 50 > reports.height:
        loose = reports
    of = loose.select("report")
    evidence = gathered(
        said.join(of, on="report", how="semi"), claimed.join(of, on="report", how="semi"), loose
    )
    found = weighed(features(evidence, candidate_pairs(evidence)), model, loose.get_column("article_id").n_unique())
    article = reports.select("report", "article_id", (pl.col("part") != MAIN).alias("aside"))
    less = (pl.col("aside") | pl.col("aside_b")).cast(pl.Float64) * ASIDE_BITS
    return (
        found.join(article, left_on="a", right_on="report")
        .join(article, left_on="b", right_on="report", suffix="_b")
        .filter(pl.col("article_id") != pl.col("article_id_b"))
        .with_columns((pl.col("bits") - less).alias("bits"))
        .select("a", "b", "bits", "bare", "probability", pl.col("^level\\..*$"))
    )


def _with_neighbours(reports: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Parts of articles that turn to another country belong to the main incident after all, where title and lead of a
    further report of that incident name this country: an earthquake may be felt in two."""
    lead = (
        told.filter(pl.col("zone") != "body")
        .select("article_id", pl.col("countries").alias("country"))
        .explode("country")
    )
    main = reports.filter(pl.col("part") == MAIN).select("article_id", "incident")
    named = (
        main.join(lead.drop_nulls().unique(), on="article_id")
        .select(pl.col("incident").alias("main"), pl.col("country"), pl.lit(True).alias("near"))
        .unique()
    )
    back = (
        reports.with_columns(pl.col("part").str.extract(AT_COUNTRY, 1).alias("country"))
        .join(main.rename({"incident": "main"}), on="article_id", how="left")
        .join(named, on=["main", "country"], how="left")
        .sort("report")
    )
    incident = pl.when(pl.col("near").fill_null(False)).then("main").otherwise("incident")
    return back.with_columns(incident.alias("incident")).drop("country", "main", "near")


def _given(
    reports: pl.DataFrame,
    events: pl.DataFrame,
    together: list[tuple[str, str]],
    apart: list[tuple[str, str]],
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The pairs of reports that must, and that must not, be of one incident."""
    main = reports.filter(pl.col("part") == MAIN)
    of = dict(main.select("article_id", "report").iter_rows())
    bound = [(of[a], of[b]) for a, b in together if a in of and b in of]
    barred = [(of[a], of[b]) for a, b in apart if a in of and b in of]
    for column, table in (("story", main), ("named", reports.join(events, on="report"))):
        groups = (
            table.filter(pl.col(column).is_not_null())
            .sort("report").group_by(column, maintain_order=True).agg("report").get_column("report").to_list()
        )  # fmt: skip
        for group in groups:
            bound += [(group[0], report) for report in group[1:]]
        first = [group[0] for group in groups]
        if len(first) <= MOST_BARRED:
            barred += [(a, b) for at, a in enumerate(first) for b in first[at + 1 :]]
    return bound, barred


def _main_day(claimed: pl.DataFrame) -> pl.DataFrame:
    published = claimed.group_by("report").agg(pl.col("published").min())
    return main_days(claimed, published)


MOST_BARRED = 300  # incidents by name that are set apart one by one; more are apart for want of evidence


def _placed(claimed: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """`claim_id, report, incident, incident_basis`; a claim of another event than its report's goes to that event's."""
    many = pl.len().over("incident") > 1
    basis = (
        pl.when(pl.col("story").is_not_null() & (pl.col("part") == MAIN)).then(pl.lit(GIVEN))
        .when(pl.col("named").is_not_null().any().over("incident")).then(pl.lit(NAMED))
        .when(many).then(pl.lit(EVIDENCE))
        .otherwise(pl.lit(ALONE))
    )  # fmt: skip
    told = reports.with_columns(basis.alias("incident_basis"))
    of_event = (
        told.drop_nulls("named").group_by("named").agg(pl.col("incident").min().alias("event_incident"))
    )
    own = pl.when((pl.col("event_basis") != COMPOSED).fill_null(True)).then(one_event(pl.col("event")))
    joined = (
        claimed.select("claim_id", "report", "event", "event_basis")
        .join(told.select("report", "incident", "incident_basis", "named"), on="report")
        .with_columns(own.alias("own"))
        .join(of_event, left_on="own", right_on="named", how="left")
    )
    apart = joined.get_column("own").drop_nulls().unique().sort()
    first = reports.height
    numbers = {event: first + at for at, event in enumerate(apart)}
    alone = pl.col("own").replace_strict(numbers, default=None, return_dtype=pl.UInt32)
    return joined.select(
        "claim_id",
        "report",
        pl.coalesce("event_incident", alone, "incident").alias("incident"),
        pl.when(pl.col("own").is_not_null())
        .then(pl.lit(NAMED))
        .otherwise("incident_basis")
        .alias("incident_basis"),
    )


def _decided(pairs: pl.DataFrame, reports: pl.DataFrame, model: Model) -> pl.DataFrame:
    """The pairs with the `decision` on them: in one incident or not, or open where the weights do not tell."""
    of = reports.select("report", "incident", "named", "story", "part")
    one = pl.col("incident") == pl.col("incident_b")
    main = (pl.col("part") == MAIN) & (pl.col("part_b") == MAIN)
    told_apart = pl.any_horizontal(
        (pl.col(name) != pl.col(f"{name}_b")).fill_null(False) for name in ("named", "story")
    )
    return (
        pairs.join(of, left_on="a", right_on="report")
        .join(of, left_on="b", right_on="report", suffix="_b")
        .with_columns(
            pl.when(one).then(pl.lit(SAME))
            .when(told_apart).then(pl.lit(OTHER))
            .when((pl.col("probability") >= OPEN_FROM) & main).then(pl.lit(OPEN))
            .otherwise(pl.lit(OTHER))
            .alias("decision")
        )
        .drop("incident", "incident_b", "named", "named_b", "story", "story_b", "part", "part_b")
    )  # fmt: skip
