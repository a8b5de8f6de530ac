"""Judgements: what an analyst decided of a pair or a claim, kept by the words of the article, above every rule."""

from __future__ import annotations

from reconcile.judgements.anchors import anchors_of
from reconcile.judgements.decide import OUTCOMES, Decided, decide, warnings_of
from reconcile.judgements.file import append, default_file, read_judgements
from reconcile.judgements.model import COLUMNS, DECISIONS, Anchor, Judgement

__all__ = [
    "COLUMNS",
    "DECISIONS",
    "OUTCOMES",
    "Anchor",
    "Decided",
    "Judgement",
    "anchors_of",
    "append",
    "decide",
    "default_file",
    "read_judgements",
    "warnings_of",
]
