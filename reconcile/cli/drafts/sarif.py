"""Findings as SARIF 2.1.0, the format by which editors and CI mark the lines of a file.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from reconcile.cli.drafts.findings import Finding

VERSION = "2.1.0"
EVIDENCE_TOLD = 3
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"contradicted": "error", "ambiguous": "warning", "unsupported": "warning", "supported": "none"}
RULES = {
    "contradicted": "The ledger holds the same thing with another figure, or somebody who rejects this one.",
    "ambiguous": "The ledger disagrees with itself, or it cannot be told whether its figure is the same thing.",
    "unsupported": "Nothing in the ledger says this figure.",
    "supported": "The ledger says this figure.",
}


def sarif(path: str, findings: Iterable[Finding], version: str) -> dict[str, Any]:
    """The log that SARIF readers take; columns count code points, as `start` and `end` do.

    >>> sarif("draft.md", [], "1.0")["runs"][0]["results"]
    []
    """
    rules = [{"id": name, "shortDescription": {"text": text}} for name, text in RULES.items()]
    return {
        "$schema": SCHEMA,
        "version": VERSION,
        "runs": [
            {
                "tool": {"driver": {"name": "reconcile", "version": version, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(path, finding) for finding in findings],
            }
        ],
    }


def message(finding: Finding) -> str:
    """The finding in one paragraph: figure, status, problems, and the evidence with its article."""
    parts = [
        f'"{finding.quote}" is {finding.status}.',
        *(_sentence(told) for told in (*finding.problems, *finding.notes)),
    ]
    parts += [
        f'{one.claim_id} in {one.article_id} says "{one.quote}" ({one.verdict}): {one.detail}'
        for one in finding.evidence[:EVIDENCE_TOLD]
    ]
    if len(finding.evidence) > EVIDENCE_TOLD:
        parts.append(f"And {len(finding.evidence) - EVIDENCE_TOLD} more.")
    return " ".join(" ".join(part.split()) for part in parts)


def _sentence(problem: str) -> str:
    return f"{problem[:1].upper()}{problem[1:].rstrip('.')}."


def _result(path: str, finding: Finding) -> dict[str, Any]:
    # A figure that is right may still be worded wrongly, and an editor should show that.
    level = "warning" if finding.status == "supported" and finding.problems else LEVELS[finding.status]
    location: dict[str, Any] = {"artifactLocation": {"uri": PurePath(path).as_posix()}}
    if finding.place is not None:
        place = finding.place
        location["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        }
    return {
        "ruleId": finding.status,
        "kind": "pass" if level == "none" else "fail",
        "level": level,
        "message": {"text": message(finding)},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"claim": finding.claim_id},
    }
