"""Findings on a draft as lines for people: where, what, why, and the sentence to compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from reconcile.cli.drafts import Finding
from reconcile.cli.drafts.findings import STATUSES

EVIDENCE_SHOWN = 3


def as_text(path: str, findings: Sequence[Finding]) -> str:
    """One block a figure, in the order of the draft, and a last line that counts them.

    >>> as_text("draft.md", [])
    'draft.md: 0 figures'
    """
    blocks = [line for finding in findings for line in _block(path, finding)]
    return "\n".join([*blocks, _count(path, findings)])


def _block(path: str, finding: Finding) -> Iterator[str]:
    place = "" if finding.place is None else f":{finding.place.line}:{finding.place.column}"
    yield f'{path}{place}: {finding.status}: "{_one_line(finding.quote)}"'
    yield from (f"  {_one_line(problem)}" for problem in (*finding.problems, *finding.notes))
    for one in finding.evidence[:EVIDENCE_SHOWN]:
        yield f"  {one.verdict} with {one.claim_id} in {one.article_id}: {_one_line(one.detail)}"
        yield f"    {_one_line(one.sentence)}"
    if len(finding.evidence) > EVIDENCE_SHOWN:
        yield f"  and {len(finding.evidence) - EVIDENCE_SHOWN} more"


def _count(path: str, findings: Sequence[Finding]) -> str:
    tally = Counter(finding.status for finding in findings)
    parts = [f"{tally[status]} {status}" for status in STATUSES if tally[status]]
    total = f"{path}: {len(findings)} figure{'' if len(findings) == 1 else 's'}"
    return f"{total}: {', '.join(parts)}" if parts else total


def _one_line(text: str) -> str:
    return " ".join(text.split())
