"""Drafts: what the ledger of claims says to each figure of a text that is about to be published."""

from __future__ import annotations

from reconcile.cli.drafts.findings import Evidence, Finding, check
from reconcile.cli.drafts.reading import Draft, read_draft
from reconcile.cli.drafts.sarif import sarif

__all__ = ["Draft", "Evidence", "Finding", "check", "read_draft", "sarif"]
