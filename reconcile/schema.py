"""The tables that flow between the stages: one named polars schema each, and the words allowed in their columns.

Source: the project's contract. Every stage takes and returns frames of these schemas; nothing else travels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

KINDS = ("money", "count", "percentage", "ratio", "quantity", "duration", "ordinal", "date", "time")
ROLES = ("claim", "metadata", "boilerplate")
QUALIFIERS = ("exact", "about", "almost", "more_than", "at_least", "less_than", "at_most", "between", "vague")
STANCES = ("asserted", "denied", "refuted")
EPISTEMIC = ("asserted", "possible", "alleged")
SCOPES = ("total", "most", "some", "each")
PUBLISHED_BASES = ("stated", "dateline", "inferred", "unknown")
DATE_PRECISIONS = ("day", "week", "month", "season", "quarter", "half", "year", "decade", "century")
VERDICTS = (
    "duplicate",
    "linked",
    "not_comparable",
    "undetermined",
    "refuted",
    "superseded",
    "agree",
    "compatible",
    "diverge",
)
REASONS = ("kind", "unit", "measure", "stage", "event", "place", "period", "scope", "subject")
GRADES = ("confirmed", "fair", "weak", "contested", "discounted")
ALARMS = (
    "measure_conflation",
    "hedge_drift",
    "breakdown_mismatch",
    "part_exceeds_whole",
    "downward_revision",
    "circular_reporting",
)
SEVERITIES = ("critical", "warning", "info")

ARTICLES: dict[str, pl.DataType] = {
    "article_id": pl.String(),
    "path": pl.String(),
    "outlet": pl.String(),
    "url": pl.String(),
    "title": pl.String(),
    "story": pl.String(),
    "language": pl.String(),
    "published": pl.Date(),
    "published_low": pl.Date(),
    "published_high": pl.Date(),
    "published_basis": pl.String(),
    "text": pl.String(),
    "sha256": pl.String(),
}

CLAIMS: dict[str, pl.DataType] = {
    "claim_id": pl.String(),
    "article_id": pl.String(),
    "outlet": pl.String(),
    "language": pl.String(),
    "published": pl.Date(),
    "start": pl.Int64(),
    "end": pl.Int64(),
    "quote": pl.String(),
    "sentence": pl.String(),
    "sentence_start": pl.Int64(),
    "kind": pl.String(),
    "role": pl.String(),
    "qualifier": pl.String(),
    "hedge": pl.String(),
    "value": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "low_open": pl.Boolean(),
    "high_open": pl.Boolean(),
    "unit": pl.String(),
    "noun": pl.String(),
    "unit_candidates": pl.List(pl.String()),
    "date_start": pl.Date(),
    "date_end": pl.Date(),
    "date_precision": pl.String(),
    "edtf": pl.String(),
    "measure": pl.String(),
    "event": pl.String(),
    "place": pl.String(),
    "actor": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "speaker": pl.String(),
    "stance": pl.String(),
    "refuted_by": pl.String(),
    "epistemic": pl.String(),
    "scope": pl.String(),
    "cumulative": pl.Boolean(),
    "part_of": pl.String(),
    "duplicate_of": pl.String(),
    "rule": pl.String(),
    # What comparison asks besides: how the event is known, the analyst's word, and what the sentence names.
    "judged": pl.List(pl.String()),
    "event_basis": pl.String(),
    "story": pl.String(),
    "zone": pl.String(),
    "names": pl.List(pl.String()),
    "spellings": pl.List(pl.String()),
    "sites": pl.List(pl.String()),
    "localities": pl.List(pl.String()),
    "countries": pl.List(pl.String()),
    "happenings": pl.List(pl.String()),
    "words": pl.List(pl.UInt32()),
}

# What each sentence of an article names (reconcile.evidence): the ground on which reports are linked.
EVIDENCE: dict[str, pl.DataType] = {
    "article_id": pl.String(),
    "story": pl.String(),
    "sentence_start": pl.Int64(),
    "zone": pl.String(),
    "names": pl.List(pl.String()),
    "spellings": pl.List(pl.String()),
    "sites": pl.List(pl.String()),
    "localities": pl.List(pl.String()),
    "countries": pl.List(pl.String()),
    "happenings": pl.List(pl.String()),
    "words": pl.List(pl.UInt32()),
}

PAIRS: dict[str, pl.DataType] = {
    "claim_a": pl.String(),
    "claim_b": pl.String(),
    "verdict": pl.String(),
    "reason": pl.String(),
    "detail": pl.String(),
    "look_alike": pl.Boolean(),
    "gap_ratio": pl.Float64(),
    "assumed": pl.List(pl.String()),
    "rule": pl.String(),
    "policy": pl.String(),
}

QUANTITIES: dict[str, pl.DataType] = {
    "quantity_id": pl.String(),
    "label_en": pl.String(),
    "label_ar": pl.String(),
    "measure": pl.String(),
    "event": pl.String(),
    "unit": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "low": pl.Float64(),
    "best": pl.Float64(),
    "high": pl.Float64(),
    "policy": pl.String(),
    "n_claims": pl.Int64(),
    "n_articles": pl.Int64(),
    "n_witnesses": pl.Int64(),
    "n_refuted": pl.Int64(),
    "first_as_of": pl.Date(),
    "last_as_of": pl.Date(),
    "grade": pl.String(),
    "claim_ids": pl.List(pl.String()),
}

INCIDENT_BASES = ("named", "given", "evidence", "alone")
INCIDENTS: dict[str, pl.DataType] = {
    "incident_id": pl.String(),
    "label_en": pl.String(),
    "label_ar": pl.String(),
    "label_fr": pl.String(),
    "kind": pl.String(),
    "place": pl.String(),
    "first_day": pl.Date(),
    "last_day": pl.Date(),
    "basis": pl.String(),
    "n_articles": pl.Int64(),
    "claim_ids": pl.List(pl.String()),
}

LINK_DECISIONS = ("same", "other", "open")
LINKS: dict[str, pl.DataType] = {
    "article_a": pl.String(),
    "article_b": pl.String(),
    "probability": pl.Float64(),
    "decision": pl.String(),
    "basis": pl.String(),
    "evidence": pl.List(
        pl.Struct({"comparison": pl.String(), "level": pl.String(), "bits": pl.Float64(), "words": pl.String()})
    ),
}

ALARMS_TABLE: dict[str, pl.DataType] = {
    "alarm": pl.String(),
    "severity": pl.String(),
    "claim_ids": pl.List(pl.String()),
    "detail": pl.String(),
}


def frame(rows: Iterable[Mapping[str, Any]], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Make a frame of exactly this schema; a field that a row leaves out is null.

    >>> frame([{"alarm": "hedge_drift"}], ALARMS_TABLE).shape
    (1, 4)
    """
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=dict(schema))
