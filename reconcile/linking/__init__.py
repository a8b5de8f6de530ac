"""Linking: which reports tell of one incident, by what an analyst said, what a text names, and weighed evidence."""

from reconcile.linking.link import Linked, link
from reconcile.linking.table import incidents, links

__all__ = ["Linked", "incidents", "link", "links"]
