"""What the comparison asks of the events: when and where each one was, and how it is called."""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from reconcile.resources import data_dir
from reconcile.rules.files import parse_rules

EVENTS: dict[str, pl.DataType] = {
    "event": pl.String(),
    "event_from": pl.Date(),
    "event_to": pl.Date(),
    "event_places": pl.List(pl.String()),
    "event_owners": pl.List(pl.String()),
    "event_en": pl.String(),
    "event_ar": pl.String(),
}

# Kinds of event whose figures belong to those who acted in it: their own word confirms the figure.
OWNED = ("police_operation", "asset_seizure", "meeting")


@lru_cache(maxsize=1)
def known_events() -> pl.DataFrame:
    """One row an event of `data/events.yml` (or the file that RECONCILE_EVENTS names): `EVENTS`; null is not known.

    >>> list(known_events().columns) == list(EVENTS)
    True
    """
    named = os.environ.get("RECONCILE_EVENTS")
    path = data_dir() / "events.yml" if named is None else Path(named)
    if not path.is_file():
        return pl.DataFrame(schema=EVENTS)
    listed = parse_rules(path.read_text(encoding="utf-8"), path.name).get("events") or []
    return pl.DataFrame([_row(event) for event in listed], schema=EVENTS, orient="row")


def _row(event: dict[str, Any]) -> tuple[Any, ...]:
    period, names = event.get("period") or {}, event.get("names") or {}
    labels = event.get("label") or {}
    english, arabic = (
        labels.get(language) or next(iter(names.get(language) or []), None) for language in ("en", "ar")
    )
    actors = event.get("actors") or [] if event.get("kind") in OWNED else []
    owners = [actor.strip().lower() for actor in actors]
    begins, ends = _day(period.get("start")), _day(period.get("end"))
    return event["id"], begins, ends, event.get("places") or [], owners, english, arabic


def _day(given: Any) -> date | None:
    return date.fromisoformat(given) if isinstance(given, str) else given
