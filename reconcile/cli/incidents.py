"""Why a claim's report is of its incident, and why two claims were, or were not, set against each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from reconcile import tables

Row = dict[str, Any]

SHOWN = 5  # pieces of evidence of a link, the weightiest first
SET_APART = ("kind", "unit", "measure", "place")


def read_if_there(directory: Path, name: str) -> pl.DataFrame:
    """A table of the ledger, or an empty one where a run before it had such tables left none."""
    if any((directory / f"{name}.{ending}").is_file() for ending in ("parquet", "csv")):
        return tables.read_table(directory, name)
    return pl.DataFrame(schema=tables.SCHEMAS[name])


def incident_of(incidents: pl.DataFrame, claim_id: str) -> Row | None:
    """The incident that a claim belongs to."""
    found = incidents.filter(pl.col("claim_ids").list.contains(claim_id))
    return found.row(0, named=True) if found.height else None


def why_incident(incidents: pl.DataFrame, links: pl.DataFrame, claim: Row) -> Iterator[str]:
    """The incident of a claim, how it is known, and the weights between its report and others."""
    one = incident_of(incidents, claim["claim_id"])
    if one is None:
        return
    label = f" ({one['label_en']})" if one["label_en"] else ""
    yield f"{one['incident_id']}{label}: {one['basis']}, {one['n_articles']} articles"
    article = claim["article_id"]
    mine = links.filter(
        (pl.col("article_a") == article) | (pl.col("article_b") == article), pl.col("decision") != "other"
    )
    for link in mine.sort("probability", descending=True).iter_rows(named=True):
        other = link["article_b"] if link["article_a"] == article else link["article_a"]
        yield from _link(other, link)


def why_two(
    incidents: pl.DataFrame, links: pl.DataFrame, pairs: pl.DataFrame, a: Row, b: Row
) -> Iterator[str]:
    """What was said of two claims, or what set them apart before, and what would decide it."""
    ids = [a["claim_id"], b["claim_id"]]
    for pair in pairs.filter(pl.col("claim_a").is_in(ids), pl.col("claim_b").is_in(ids)).iter_rows(
        named=True
    ):
        yield f"{pair['verdict']}: {pair['detail']}"
        yield f"  by {pair['rule']}, policy {pair['policy']}"
        break
    else:
        yield "never set side by side"
    for name in SET_APART:
        if a[name] is not None and b[name] is not None and a[name] != b[name]:
            yield f"{name}: {a[name]} and {b[name]}"
    one, other = (incident_of(incidents, claim_id) for claim_id in ids)
    if one is None or other is None:
        return
    if one["incident_id"] == other["incident_id"]:
        yield f"one incident: {one['incident_id']}"
        return
    yield f"two incidents: {one['incident_id']} and {other['incident_id']}"
    articles = sorted((a["article_id"], b["article_id"]))
    for link in links.filter(article_a=articles[0], article_b=articles[1]).iter_rows(named=True):
        yield from _link(" and ".join(articles), link)
    yield f"to decide it: reconcile judge same-incident {ids[0]} {ids[1]} --ledger DIR --why …"


def _link(other: str, link: Row) -> Iterator[str]:
    yield f"with {other}: {link['decision']}, probability {link['probability']:.2f}, by {link['basis']}"
    for piece in (link["evidence"] or [])[:SHOWN]:
        if isinstance(piece, dict):
            yield f"  {piece['bits']:+.1f} bits  {piece['words']}: {piece['level']}"
