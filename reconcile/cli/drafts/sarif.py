"""Findings as SARIF 2.1.0, the format by which editors and CI mark the lines of a file.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from reconcile.cli.drafts.findings import Finding

VERSION = "2.1.0"
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
    parts = [f'"{finding.quote}" is {finding.status}.', *(f"{problem}." for problem in finding.problems)]
    parts += [
        f'{one.claim_id} in {one.article_id} says "{one.quote}" ({one.verdict}): {one.detail}'
        for one in finding.evidence
    ]
    return " ".join(" ".join(part.split()) for part in parts)


def _result(path: str, finding: Finding) -> dict[str, Any]:
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
        "kind": "pass" if finding.status == "supported" else "fail",
        "level": LEVELS[finding.status],
        "message": {"text": message(finding)},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"claim": finding.claim_id},
    }
