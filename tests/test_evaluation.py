"""Reports and pairs that were written apart from the rules: the committed table is that of today, and no poor one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evaluate import KEPT
from tests.evaluate_reports import (
    OCCASIONS,
    REPORTS,
    is_right,
    row_of_pairs,
    row_of_reports,
    score_of,
    verdicts_of,
    wrongly_compared,
)

LEAST_RIGHT = 0.86  # of the figures of a file
LEAST_PRECISION, LEAST_RECALL = 0.88, 0.74  # of their measures
MOST_MADE_UP = 3  # figures of a file
LEAST_VERDICTS = 0.6  # of the pairs of a file
MOST_WRONG = 3  # pairs of a file that are compared though they may not be
STALE = "run make evaluate ARGS=--write"


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.yml")), ids=lambda path: path.stem)
def test_reports_are_read(path: Path) -> None:
    total = score_of(path)
    said, right, wanted, found = total.fields["measure"]
    assert total.right >= LEAST_RIGHT * total.asked, total.misses
    assert total.extra <= MOST_MADE_UP, total.misses
    assert right >= LEAST_PRECISION * said, total.misses
    assert found >= LEAST_RECALL * wanted, total.misses
    assert row_of_reports(path) in KEPT.read_text(encoding="utf8"), STALE


@pytest.mark.parametrize("path", sorted(OCCASIONS.glob("*.yml")), ids=lambda path: path.stem)
def test_pairs_of_reports_get_their_verdict(path: Path) -> None:
    told = verdicts_of(path)
    wrong = [(pair["id"], got, why) for pair, got, why in told if not is_right(pair, got)]
    assert len(wrong) <= (1 - LEAST_VERDICTS) * len(told), wrong
    assert len(wrongly_compared(path)) <= MOST_WRONG
    assert row_of_pairs(path) in KEPT.read_text(encoding="utf8"), STALE
