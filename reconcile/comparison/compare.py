"""Compare: from claims to pairs with verdicts, quantities and alarms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from reconcile import schema
from reconcile.comparison.alarms import alarms
from reconcile.comparison.blocking import candidates
from reconcile.comparison.details import side_texts, with_details
from reconcile.comparison.events import known_events
from reconcile.comparison.judged import deciding, named_by_judgement, with_judged, with_notes
from reconcile.comparison.policy import Policy, load_policy
from reconcile.comparison.quantities import members, quantities
from reconcile.comparison.sides import sides
from reconcile.comparison.statements import complete, statements
from reconcile.comparison.verdicts import with_verdicts
from reconcile.judgements import OUTCOMES, Decided, Judgement, decide
from reconcile.judgements.model import OF_INCIDENTS
from reconcile.linking import Linked, incidents, link, links
from reconcile.rules.measures import own_measures

BATCH = 125_000  # pairs judged at a time: what keeps the memory flat


@dataclass(frozen=True)
class Comparison:
    """What figures say to each other: frames of the schemas PAIRS, QUANTITIES, ALARMS_TABLE, INCIDENTS and
    LINKS, and the
    policy's id.

    `judgements` (judgements.OUTCOMES) says what became of each judgement that was given.
    """

    pairs: pl.DataFrame
    quantities: pl.DataFrame
    alarms: pl.DataFrame
    policy: str
    incidents: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=schema.INCIDENTS))
    links: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=schema.LINKS))
    judgements: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=OUTCOMES))


def judged_pairs(
    stated: pl.DataFrame,
    texts: pl.DataFrame,
    policy: Policy,
    linked: Linked,
    decided: Decided | None = None,
    besides: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Every candidate pair of the statements with its verdict: `left, right` and the fields of schema.PAIRS.

    Pairs on which an analyst has decided are candidates too, and are judged by that; so are those `besides`. Where
    anything was decided there are also the columns of `judged.NO_JUDGEMENT`.
    """
    pairs = candidates(stated, policy.look_alike_ratio)
    if besides is not None:
        more = besides.with_columns(pl.lit(None, pl.Boolean).alias("aligned")).cast(pairs.schema)
        pairs = pl.concat([pairs, more]).unique(["left", "right"], keep="first").sort("left", "right")
    decisions = None if decided is None or not decided.any else deciding(stated, pairs, decided)
    if decisions is not None:
        pairs = pairs.join(decisions, on=["left", "right"], how="anti", maintain_order="left")
    told = [
        with_details(with_verdicts(sides(stated, batch, policy, linked), policy), texts, policy)
        for batch in pairs.iter_slices(BATCH)
        if batch.height
    ]
    plain = pl.concat(told) if told else pl.DataFrame(schema=JUDGED)
    if decided is None or decisions is None:
        return plain
    return with_notes(with_judged(plain, decisions, stated, texts, policy, linked), stated, decided)


JUDGED: dict[str, pl.DataType] = {
    "left": pl.UInt32(), "right": pl.UInt32(),
    **{name: schema.PAIRS[name] for name in ("verdict", "reason", "detail", "look_alike", "gap_ratio", "assumed",
    "rule")},
}  # fmt: skip


def compare(
    claims: pl.DataFrame,
    policy: str | Path | Policy = "news",
    judgements: Iterable[Judgement] | Path | str | None = None,
    rules: Path | str | None = None,
    evidence: pl.DataFrame | None = None,
) -> Comparison:
    """Say of the claims which may be compared, which agree, and what the sources together say of each quantity.

    Args:
        claims: a frame of schema.CLAIMS; absent columns count as unknown throughout.
        policy: a shipped policy's name (`news, acled, gtd, strict`), or the path of a policy's YAML file.
        judgements: an analyst's decisions, or the path of their file (see `data/README.md`); they outrank the rules.
            Without them the rules decide alone: no file is looked for.
        rules: a folder of a user's own measures, the one that the claims were extracted with.
        evidence: what every sentence of the articles names (`reconcile.evidence.evidence`, schema.EVIDENCE);
        without it the
            sentences that hold claims are all that tells which reports are of one incident.

    Raises:
        RuleError: there is no such policy, or its file or one of `rules` breaks the schema.
        InputError: two claims share an id, or the file of judgements is wrong.

    >>> row = {"role": "claim", "kind": "count", "qualifier": "exact", "unit": "person", "stance": "asserted",
    ...        "measure": "people_killed", "event": "flood"}
    >>> told = pl.DataFrame([row | {"claim_id": "x", "article_id": "1", "value": 12.0, "speaker": "Red Crescent"},
    ...                      row | {"claim_id": "y", "article_id": "2", "value": 40.0, "speaker": "the governor"}])
    >>> compare(told).pairs.select("verdict", "gap_ratio", "rule").rows()
    [('diverge', 3.3333333333333335, 'diverge.major')]
    """
    with own_measures(rules):
        return _compared(decide(claims, judgements), load_policy(policy), evidence)


def _compared(decided: Decided, convention: Policy, evidence: pl.DataFrame | None) -> Comparison:
    every = complete(decided.claims)
    decided, together, apart = _of_incidents(decided, every)
    linked = link(every, evidence, together, apart)
    known = incidents(linked, every, evidence)
    stated = statements(every, convention, linked.placed, known)
    texts = side_texts(stated)
    judged = judged_pairs(stated, texts, convention, linked, decided)
    stated, texts = stated.drop("words"), texts.select("figure", "what", "as_of")
    told = members(stated, judged)
    return Comparison(
        pairs=named(judged, stated, convention),
        quantities=quantities(told, judged, convention),
        alarms=alarms(told, stated, texts, judged, convention),
        policy=convention.id,
        incidents=_with_known_events(known).select(pl.col(name).cast(dtype) for name, dtype in
        schema.INCIDENTS.items()),
        links=links(linked),
        judgements=decided.outcomes,
    )


def _with_known_events(found: pl.DataFrame) -> pl.DataFrame:
    """The incidents with label, place and days of those that the list of events knows, which outweigh what leads
    say."""
    told = found.join(known_events(), left_on="incident_id", right_on="event", how="left", maintain_order="left")
    place = pl.when(pl.col("event_places").list.len() == 1).then(pl.col("event_places").list.first())
    is_known = pl.col("event_places").is_not_null()
    return told.with_columns(
        pl.coalesce("event_en", "label_en").alias("label_en"),
        pl.coalesce("event_ar", "label_ar").alias("label_ar"),
        pl.coalesce("label_fr", "event_en").alias("label_fr"),
        pl.when(is_known).then(place).otherwise("place").alias("place"),
        pl.coalesce("event_from", "first_day").alias("first_day"),
        pl.coalesce("event_to", "last_day").alias("last_day"),
    )


def _of_incidents(
    decided: Decided, claims: pl.DataFrame
) -> tuple[Decided, list[tuple[str, str]], list[tuple[str, str]]]:
    """What is decided on claims alone, and the pairs of articles that are, and that are not, of one incident by it."""
    article = dict(claims.select("claim_id", "article_id").iter_rows())
    told = decided.pairs.filter(pl.col("decision").is_in(OF_INCIDENTS))
    pairs: dict[str, list[tuple[str, str]]] = {decision: [] for decision in OF_INCIDENTS}
    for a, b, decision in told.select("claim_a", "claim_b", "decision").iter_rows():
        pairs[decision].append((article[a], article[b]))
    rest = decided.pairs.filter(~pl.col("decision").is_in(OF_INCIDENTS))
    return replace(decided, pairs=rest), pairs[OF_INCIDENTS[0]], pairs[OF_INCIDENTS[1]]


def named(judged: pl.DataFrame, stated: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """The frame of schema.PAIRS: the pairs by the ids of their claims."""
    ids = stated.get_column("claim_id")
    return (
        named_by_judgement(judged)
        .with_columns(
            ids.gather(judged.get_column("left")).alias("claim_a"),
            ids.gather(judged.get_column("right")).alias("claim_b"),
            pl.lit(policy.id).alias("policy"),
        )
        .select(pl.col(name).cast(dtype) for name, dtype in schema.PAIRS.items())
    )
