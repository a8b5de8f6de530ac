"""Dates: what a text says of time, parsed without guessing and resolved against what the article is known to be."""

from reconcile.dates.parse import parse_date
from reconcile.dates.pieces import DateMatch
from reconcile.dates.resolve import resolve
from reconcile.dates.when import Interval, Reference, When

__all__ = ["DateMatch", "Interval", "Reference", "When", "parse_date", "resolve"]
