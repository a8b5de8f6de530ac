"""Dates: what a text says of time, parsed without guessing and resolved against what the article is known to be."""

from reconcile.dates.parse import DateMatch, parse_date
from reconcile.dates.when import Interval, Reference, When, resolve

__all__ = ["DateMatch", "Interval", "Reference", "When", "parse_date", "resolve"]
