"""Attributions: one act of saying each, and what kinds of name may speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reconcile.context.lexicon import Mark

# What a bare title may stand for.
TITLES: dict[str, frozenset[str]] = {
    "ministry": frozenset({"ministry", "body"}),
    "website": frozenset({"website", "organisation", "agency"}),
    "agency": frozenset({"agency", "organisation", "police"}),
    "organisation": frozenset({"organisation", "ministry", "police", "website", "body", "agency"}),
    "person": frozenset({"person"}),
    "group": frozenset({"group"}),
    "police": frozenset({"police", "body"}),
}
SPEAKING_KINDS = frozenset(
    {
        "person",
        "agency",
        "ministry",
        "organisation",
        "police",
        "website",
        "group",
        "army",
        "body",
        "government",
    }
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of saying: its cue, the speaker if known, and the tokens that it covers."""

    mark: Mark
    speaker: str | None
    first: int
    last: int
    doubtful: bool = False
    forecast: bool = False
    denial: str | None = None
    nested: bool = False
    opens: bool = True

    def covers(self, token: int) -> bool:
        return self.first <= token <= self.last


def longest(marks: Sequence[Mark]) -> list[Mark]:
    """Of marks that overlap, the longest; denial before saying at the same place."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.first, m.first - m.last, m.cue.group.startswith("say"))):
        if not kept or mark.first > kept[-1].last:
            kept.append(mark)
    return kept
