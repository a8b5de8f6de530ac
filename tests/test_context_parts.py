"""Breakdowns from text to alarm: stated parts are linked to their whole whatever they add up to."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from reconcile.articles import read_articles
from reconcile.claims import extract
from reconcile.comparison.compare import compare

DIGESTS = Path(__file__).resolve().parents[1] / "data" / "articles"


def parts_of(text: str, language: str) -> dict[str, str | None]:
    """For each figure as written, the figure that it is a part of."""
    claims = extract(pl.DataFrame({"article_id": ["a"], "text": [text], "language": [language]}))
    quotes = dict(claims.select("claim_id", "quote").rows())
    return {quote: quotes.get(whole) for quote, whole in claims.select("quote", "part_of").rows()}


@pytest.mark.parametrize(
    ("said", "alarmed"),
    [("28", False), ("38", True), ("27", True)],
    ids=["adds up", "exceeds", "falls short"],
)
def test_changed_digit_in_a_breakdown_is_an_alarm(said: str, alarmed: bool, tmp_path: Path) -> None:
    text = (DIGESTS / "en-tvc-news.md").read_text(encoding="utf8")
    changed = text.replace("28 for financial fraud", f"{said} for financial fraud")
    assert "28 for financial fraud" in text
    (tmp_path / "en-tvc-news.md").write_text(changed, encoding="utf8")
    raised = compare(extract(read_articles(tmp_path))).alarms
    mismatches = raised.filter(pl.col("alarm") == "breakdown_mismatch")
    assert mismatches.height == int(alarmed), raised.select("alarm", "detail").rows()
    if alarmed:
        assert "83" in mismatches.item(0, "detail") and len(mismatches.item(0, "claim_ids")) == 5


@pytest.mark.parametrize(
    ("language", "text", "whole", "parts"),
    [
        ("en", "Of the 240 migrants rescued, 100 were taken to Malta, 80 to Italy and 75 to Greece.",
         "240 migrants", ["100", "80", "75"]),
        ("en", "Inspectors closed 83 clinics: 21 in Kenya, 28 in Angola and 44 in Namibia.",
         "83 clinics", ["21", "28", "44"]),
        ("en", "The court convicted 40 men, including 12 for theft, 20 for fraud and 18 for arson.",
         "40 men", ["12", "20", "18"]),
        ("ar", "أوقفت الشرطة 90 رجلا، منهم 21 بتهم السرقة المسلحة و28 بتهم الاحتيال المالي و70 بتهم أخرى.",
         "90 رجلا", ["21", "28", "70"]),
        ("ar", "نقلت الفرق 60 جريحا، بينهم 21 إلى حلب و28 إلى حمص و31 إلى حماة.",
         "60 جريحا", ["21", "28", "31"]),
    ],
)  # fmt: skip
def test_stated_parts_are_linked_whatever_they_add_up_to(
    language: str, text: str, whole: str, parts: list[str]
) -> None:
    found = parts_of(text, language)
    assert {part: found.get(part) for part in parts} == dict.fromkeys(parts, whole)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The storm killed 40 people and injured 30 people. Another 5 people are missing."),
        ("en", "Police arrested 83 people; 21 officers were hurt and 28 cars were burnt."),
        ("en", "The quake killed 83 people in 21 villages and 28 towns."),
        ("ar", "قتل 40 شخصا وأصيب 20 آخرون، وتضرر 12 منزلا."),
    ],
)
def test_figures_side_by_side_are_no_parts(language: str, text: str) -> None:
    assert set(parts_of(text, language).values()) == {None}
