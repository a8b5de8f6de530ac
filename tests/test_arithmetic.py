"""What the numbers of two reports of one incident say beyond a single pair: sums, slips of currency, swaps."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from reconcile.claims import extract
from reconcile.comparison import compare
from reconcile.evidence import evidence


def rules(*texts: str) -> dict[tuple[float, float], str]:
    """The rule of each pair of figures of one measure, by the first text's number and the second's; both texts are of
    one story."""
    rows = [
        {"article_id": name, "text": text, "language": "en", "published": date(2024, 5, 7), "story": "one"}
        for name, text in zip("ab", texts, strict=True)
    ]
    articles = pl.DataFrame(rows)
    claims = extract(articles)
    pairs = compare(claims, evidence=evidence(articles)).pairs.select("claim_a", "claim_b", "rule")
    sides = claims.select("claim_id", "article_id", "measure", "value")
    told = {}
    for one, other, rule in pairs.iter_rows():
        a, b = sides.filter(pl.col("claim_id").is_in([one, other])).sort("article_id").to_dicts()
        if a["measure"] == b["measure"] and a["article_id"] != b["article_id"]:
            told[a["value"], b["value"]] = rule
    return told


def test_two_places_that_make_up_the_whole_are_linked_to_it() -> None:
    told = rules(
        "A quake killed 34 people in Dosso and 27 in Tahoua on Monday, Niger's interior ministry said.",
        "A quake killed 61 people in Niger on Monday, the interior ministry said.",
    )
    assert told[34, 61] == told[27, 61] == "linked.sum"


def test_two_places_that_make_up_another_number_are_not() -> None:
    told = rules(
        "A quake killed 34 people in Dosso and 27 in Tahoua on Monday, Niger's interior ministry said.",
        "A quake killed 68 people in Niger on Monday, the interior ministry said.",
    )
    assert "linked.sum" not in told.values()


@pytest.mark.parametrize(
    ("sum_b", "rule"),
    [("4.2 million Algerian dinars", "diverge.currency"), ("4.6 million Algerian dinars", "not_comparable.no_rate")],
)
def test_one_number_in_two_currencies_is_a_slip(sum_b: str, rule: str) -> None:
    told = rules(
        "Customs in Bizerte seized 4.2 million Tunisian dinars from a smuggling ring on Monday, the prosecutor said.",
        f"Customs in Bizerte seized {sum_b} from a smuggling ring on Monday, the prosecutor said.",
    )
    assert list(told.values()) == [rule]


def test_a_number_that_the_other_report_gives_of_another_thing_is_mixed_up() -> None:
    told = rules(
        "A blast in Maradi killed 17 people and injured 43 on Monday, police said.",
        "A blast in Maradi killed 43 people on Monday, police said.",
    )
    assert told[17, 43] == "diverge.mixed_up"
