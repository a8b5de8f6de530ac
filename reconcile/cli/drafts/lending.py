"""Lending: what a draft leaves unsaid and its ledger settles, namely a currency behind a bare sign and the event.

A draft is written beside its ledger, so "$600,000 was seized" is read as its author means it, where the ledger leaves
one reading only. Where it leaves several, nothing is lent, and what is lent is said with the finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from reconcile.comparison.events import known_events
from reconcile.comparison.measures import measure_table
from reconcile.judgements.decide import REJECTED_MARK

Row = dict[str, Any]
OF_ARTICLE = "event:article"  # how the rules of context say that another sentence gave the event


def with_lent(drafted: pl.DataFrame, ledger: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, list[str]]]:
    """The figures of a draft with what the ledger settles, and for each claim id what was taken from there.

    Both frames are of schema.CLAIMS.
    """
    known = ledger.filter(
        pl.col("role") == "claim", ~pl.col("rule").str.contains(REJECTED_MARK, literal=True).fill_null(False)
    )
    families = dict(measure_table().select("measure", "family").iter_rows())
    told = known.with_columns(pl.col("measure").replace(families).alias("family")).to_dicts()
    periods = {row["event"]: row for row in known_events().iter_rows(named=True)}
    rows, notes = drafted.to_dicts(), dict[str, list[str]]()
    figures = [(row, families.get(row["measure"], row["measure"])) for row in rows if row["role"] == "claim"]
    for row, family in figures:
        unit = _unit(row, family, told)
        if unit is not None:
            row |= {"unit": unit, "unit_candidates": [unit]}
            notes.setdefault(row["claim_id"], []).append(f"taken to be {unit}: the draft does not say which")
        _leave_event_of_article(row, family, told, periods)
    # What one figure shows of the draft's event helps the next: in a second round the figures before are looked at.
    for _ in range(2):
        of_draft = {row["event"] for row in rows if row["event"] is not None}
        for row, family in figures:
            event = _event(row, family, told, periods, of_draft)
            if event is not None:
                row["event"] = event
                label = (periods.get(event) or {}).get("event_en") or event.replace("-", " ")
                note = f"taken to be of {label}: the draft does not say which"
                notes.setdefault(row["claim_id"], []).append(note)
    return pl.DataFrame(rows, schema=drafted.schema, orient="row"), notes


def _leave_event_of_article(
    row: Row, family: str | None, told: Sequence[Row], periods: dict[str, Row]
) -> None:
    """Drafts go from one event to the next: an event that only another sentence names is none for a measure that the
    ledger has of other events, and of that one never."""
    if row["event"] is None or OF_ARTICLE not in str(row["rule"] or "").split("; "):
        return
    events = {one["event"] for one in told if one["family"] == family} - {None}
    if not events or row["event"] in events:
        return
    known = periods.get(row["event"]) or {}
    if (row["period_start"], row["period_end"]) == (known.get("event_from"), known.get("event_to")):
        row |= {"period_start": None, "period_end": None}
    row["event"] = None


def _unit(row: Row, family: str | None, told: Sequence[Row]) -> str | None:
    """The one unit among the candidates that the ledger has: with this number, else of this measure, else at all."""
    candidates = set(row["unit_candidates"] or ())
    if row["unit"] is not None or not candidates:
        return None
    of_kind = [one for one in told if one["kind"] == row["kind"] and one["unit"] in candidates]
    for alike in (
        [one for one in of_kind if one["value"] is not None and one["value"] == row["value"]],
        [one for one in of_kind if family is not None and one["family"] == family],
        of_kind,
    ):
        units = {str(one["unit"]) for one in alike}
        if units:
            return units.pop() if len(units) == 1 else None
    return None


def _event(
    row: Row, family: str | None, told: Sequence[Row], periods: dict[str, Row], of_draft: set[str]
) -> str | None:
    """The one event of which the draft's figure can be, and of which something in the draft shows that it is.

    That the ledger has but one event with such figures shows nothing: a draft may speak of what it does not hold.
    """
    if row["event"] is not None or family is None:
        return None
    fitting = [
        one
        for one in told
        if one["event"] is not None and one["family"] == family and one["kind"] == row["kind"]
        and (one["unit"] == row["unit"] or None in (one["unit"], row["unit"]))
        and _possible(row, periods.get(one["event"]))
    ]  # fmt: skip
    names = _names(row)
    events = {str(one["event"]) for one in fitting}
    shown = False
    for hint in (
        {one["event"] for one in told if names & _names(one)},
        of_draft if len(of_draft) == 1 else set[str](),
        {one["event"] for one in fitting if one["value"] is not None and one["value"] == row["value"]},
    ):
        if events & hint:
            events, shown = events & hint, True
    return events.pop() if shown and len(events) == 1 else None


def _names(row: Row) -> set[str]:
    """Who speaks, acts or rejects, by name: there are police in every story."""
    named = {row["speaker"], row["actor"], row["refuted_by"]} - {None}
    return {name for name in named if not name[:1].islower()}


def _possible(row: Row, event: Row | None) -> bool:
    """Whether the figure's time and place can be the event's."""
    if event is None:
        return True
    begins, ends, places = event["event_from"], event["event_to"], event["event_places"] or []
    start, end = row["period_start"], row["period_end"] or row["published"]
    if begins is not None and end is not None and end < begins:
        return False
    if ends is not None and start is not None and start > ends:
        return False
    return row["place"] is None or not places or row["place"] in places
