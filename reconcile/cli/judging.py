"""What `judge` does: a decision on claims of a ledger, kept by their words in the file of judgements."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from reconcile import tables
from reconcile.cli.explain import find_claim
from reconcile.errors import InputError
from reconcile.judgements import COLUMNS, Anchor, Judgement, anchors_of, append, default_file
from reconcile.judgements.file import anchor_cells, parse_row
from reconcile.judgements.model import OF_PAIRS


def judge(
    ledger: Path,
    decision: str,
    claim_ids: Sequence[str],
    why: str,
    *,
    who: str | None = None,
    field: str | None = None,
    value: str | None = None,
    file: Path | None = None,
) -> str:
    """Append one judgement to the file (the default one, if none is given), and say what was kept and where.

    Raises:
        InputError: a claim is not in the ledger, or the decision does not go with what was given.
    """
    path = default_file() if file is None else file
    if path is None:
        raise InputError(
            "--judgements", "is not given, and there is no data/judgements.csv here", "name a file"
        )
    wanted = 2 if decision in OF_PAIRS else 1
    if len(claim_ids) != wanted:
        number = "two claims" if wanted == 2 else "one claim"
        raise InputError(
            "CLAIM_ID", f"'{decision}' is said of {number}, not of {len(claim_ids)}", f"give {number}"
        )
    claims = tables.read_table(ledger, "claims")
    found = [str(find_claim(claims, one, str(ledger))["claim_id"]) for one in claim_ids]
    anchors = anchors_of(claims, found)
    one = _checked(decision, [anchors[claim] for claim in found], field, value, who or getpass.getuser(), why)
    append(path, [one])
    figures = " and ".join(str(anchors[claim]) for claim in found)
    return f"{path}: {decision}: {figures}"


def _checked(
    decision: str, anchors: Sequence[Anchor], field: str | None, value: str | None, who: str, why: str
) -> Judgement:
    """The judgement as the file will be read: what would be wrong there is refused here, in the words of the call."""
    row = dict.fromkeys(COLUMNS, "") | {
        "decision": decision, "field": field or "", "value": value or "", "who": who, "why": why,
        "when": date.today().isoformat(),
    }  # fmt: skip
    for side, anchor in zip("ab", anchors, strict=False):
        row |= anchor_cells(anchor, side)
    try:
        return parse_row("", row, 0)
    except InputError as error:
        raise InputError(f"--{error.where.rpartition(': ')[2]}", error.what, error.mend) from None
