"""Drafts: what the ledger of claims says to each figure of a text that is about to be published."""

from __future__ import annotations

from reconcile.drafts.findings import Evidence, Finding, check
from reconcile.drafts.reading import Draft, read_draft
from reconcile.drafts.sarif import sarif

__all__ = ["Draft", "Evidence", "Finding", "check", "read_draft", "sarif"]
