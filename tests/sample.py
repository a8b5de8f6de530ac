"""A small ledger with every verdict in it, in Arabic and English, for the tests of charts and report."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from reconcile import schema
from reconcile.comparison import Comparison
from tests import make

HOSTILE = "<script>alert('x')</script>"

ARTICLES = make.articles(
    {
        "article_id": "ar-one", "outlet": "الميزان", "language": "ar", "published": date(2025, 10, 24),
        "title": "حصيلة عملية النهر",
        "text": "قالت الشرطة إنها أوقفت 83 شخصًا في عملية النهر. "
        "وحُددت أموال بقيمة 260 مليون دولار (منها 600 ألف دولار ضُبطت).",
    },
    {
        "article_id": "en-one", "outlet": "The River Post", "language": "en", "published": date(2025, 10, 22),
        "title": "Operation River ends", "url": "https://example.org/river",
        "text": "Police said 83 people were arrested in Operation River. They seized over $600,000 of $260 million.",
    },
    {
        "article_id": "en-two", "outlet": "Harbour Daily", "language": "en", "published": date(2025, 10, 23),
        "title": f"Harbour {HOSTILE}", "url": "javascript:alert(1)",
        "text": f"At least 97 arrests were made {HOSTILE}, a source said, and $260 million was seized.",
    },
    {
        "article_id": "ar-old", "outlet": "صحيفة ذات اسم طويل جدًا لا يتسع له أي عمود في أي رسم بياني", "language": "ar",
        "published": date(2021, 3, 2), "title": "حصيلة سابقة",
        "text": "في عملية سابقة صودر نحو مليوني دولار. ونفت الوكالة أن المبلغ 300 مليون دولار.",
    },
)  # fmt: skip


def claim(article_id: str, quote: str, **fields: Any) -> dict[str, Any]:
    """A claim on the first place where the article has this quote."""
    article = ARTICLES.row(by_predicate=pl.col("article_id") == article_id, named=True)
    start = article["text"].index(quote)
    sentence = next(part for part in article["text"].split(". ") if quote in part)
    row = {"article_id": article_id, "start": start, "end": start + len(quote), "quote": quote, "sentence": sentence}
    row |= {name: article[name] for name in ("outlet", "language", "published")}
    return row | fields


ARREST = {"kind": "count", "unit": "person", "measure": "people_arrested", "event": "operation-river"}
MONEY = {"kind": "money", "unit": "USD", "event": "operation-river"}
CLAIMS = make.claims(
    claim("ar-one", "83 شخصًا", value=83.0, speaker="Police", **ARREST),
    claim("en-one", "83 people", value=83.0, speaker="Police", **ARREST),
    claim("en-two", "At least 97 arrests", qualifier="at_least", value=97.0, low=97.0, hedge="At least", **ARREST),
    claim("ar-one", "260 مليون دولار", value=260e6, measure="funds_identified", epistemic="possible", **MONEY),
    claim("en-one", "$260 million", value=260e6, measure="funds_identified", **MONEY),
    claim("en-two", "$260 million", value=260e6, measure="funds_seized", **MONEY),
    claim("ar-one", "600 ألف دولار", value=600e3, measure="funds_seized", part_of="c3", **MONEY),
    claim("en-one", "over $600,000", qualifier="more_than", value=600e3, low=600e3, low_open=True, hedge="over",
          measure="funds_seized", **MONEY),
    claim("ar-old", "نحو مليوني دولار", qualifier="about", value=2e6, hedge="نحو",
          **{**MONEY, "measure": "funds_seized", "event": "operation-lake"}),
    claim("ar-old", "300 مليون دولار", value=300e6, stance="refuted", refuted_by="Agency",
          **{**MONEY, "measure": "funds_raised", "event": "operation-lake"}),
)  # fmt: skip


def pair(a: int, b: int, verdict: str, detail: str, **fields: Any) -> dict[str, Any]:
    return {"claim_a": f"c{a}", "claim_b": f"c{b}", "verdict": verdict, "detail": detail, "look_alike": False,
            "rule": "test", "policy": "news-1", **fields}  # fmt: skip


PAIRS = schema.frame(
    [
        pair(0, 1, "duplicate", "Both report the police: one witness."),
        pair(0, 2, "diverge", f"83 people, at least 97: 14 apart {HOSTILE}.", gap_ratio=1.17),
        pair(1, 2, "diverge", "83 people, at least 97: 14 apart.", gap_ratio=1.17),
        pair(3, 4, "agree", "260 M USD in both."),
        pair(3, 5, "not_comparable", "Identified in one, seized in the other.", reason="stage", look_alike=True),
        pair(4, 5, "not_comparable", "Identified in one, seized in the other.", reason="stage", look_alike=True),
        pair(3, 6, "linked", "600 K of 260 M USD: 0.23%."),
        pair(6, 7, "compatible", "600 K meets more than 600 K within rounding."),
        pair(6, 8, "not_comparable", "Two operations.", reason="event", look_alike=True),
        pair(5, 6, "diverge", "260 M USD, 600 K USD: 433 times.", gap_ratio=433.3),
        pair(8, 9, "undetermined", "No period in either."),
    ],
    schema.PAIRS,
)


def quantity(number: int, label_en: str, label_ar: str, claims: list[int], **fields: Any) -> dict[str, Any]:
    ids = [f"c{i}" for i in claims]
    return {"quantity_id": f"q{number}", "label_en": label_en, "label_ar": label_ar, "policy": "news-1",
            "n_claims": len(ids), "n_articles": len(ids), "n_witnesses": 1, "n_refuted": 0, "claim_ids": ids,
            **fields}  # fmt: skip


QUANTITIES = schema.frame(
    [
        quantity(0, "People arrested, Operation River", "الموقوفون في عملية النهر", [0, 1, 2], unit="person",
                 measure="people_arrested", low=83.0, best=83.0, high=None, grade="contested"),
        quantity(1, "Funds identified, Operation River", "الأموال المحددة", [3, 4], unit="USD",
                 measure="funds_identified", low=255e6, best=260e6, high=265e6, grade="fair"),
        quantity(2, "Funds seized, Operation River", "الأموال المضبوطة", [5, 6, 7], unit="USD",
                 measure="funds_seized", low=600e3, best=600e3, high=260e6, grade="contested"),
        quantity(3, "Funds seized, Operation Lake", "الأموال المضبوطة", [8], unit="USD",
                 measure="funds_seized", low=1.9e6, best=2e6, high=2.1e6, grade="weak"),
        quantity(4, None, "المبالغ التي جُمعت", [9], unit="USD", measure="funds_raised", grade="discounted",
                 n_refuted=1),
    ],
    schema.QUANTITIES,
)  # fmt: skip

ALARMS = schema.frame(
    [
        {"alarm": "measure_conflation", "severity": "critical", "claim_ids": ["c5", "c3"],
         "detail": "Harbour Daily prints the identified 260 M USD as seized."},
        {"alarm": "hedge_drift", "severity": "warning", "claim_ids": ["c6", "c7"],
         "detail": "600 thousand became over 600 thousand."},
    ],
    schema.ALARMS_TABLE,
)  # fmt: skip

COMPARISON = Comparison(pairs=PAIRS, quantities=QUANTITIES, alarms=ALARMS, policy="news-1")

EMPTY = Comparison(
    pairs=PAIRS.clear(), quantities=QUANTITIES.clear(), alarms=ALARMS.clear(), policy="news-1"
)


def many(outlets: int, things: int) -> tuple[pl.DataFrame, pl.DataFrame, Comparison]:
    """A ledger of so many outlets that each state a figure for each of so many things."""
    label = "عدد الأشخاص الذين أعلنت السلطات توقيفهم خلال الحملة الواسعة التي شملت المدن والقرى كافة رقم"
    articles = make.articles(
        *({"article_id": f"a{i}", "outlet": f"Outlet number {i}", "published": date(2020 + i % 6, 1 + i % 12, 1)}
          for i in range(outlets))
    )  # fmt: skip
    rows = [
        {"article_id": f"a{i}", "outlet": f"Outlet number {i}", "published": date(2020 + i % 6, 1 + i % 12, 1),
         "value": float((q + 1) * (100 + i)), "unit": "person"}
        for q in range(things) for i in range(outlets)
    ]  # fmt: skip
    claims = make.claims(*rows)
    quantities = schema.frame(
        [
            quantity(q, f"{label} {q}", f"{label} {q}", list(range(q * outlets, (q + 1) * outlets)), unit="person",
                     low=100.0 * (q + 1), best=100.0 * (q + 1), high=(q + 1) * (100.0 + outlets), grade="contested")
            for q in range(things)
        ],
        schema.QUANTITIES,
    )  # fmt: skip
    pairs = schema.frame(
        [
            pair(q * outlets, q * outlets + i, "diverge" if i % 3 else "not_comparable", "Differs.",
                 reason=None if i % 3 else "event", look_alike=i % 3 == 0, gap_ratio=1.1)
            for q in range(things) for i in range(1, outlets)
        ],
        schema.PAIRS,
    )  # fmt: skip
    return articles, claims, Comparison(pairs=pairs, quantities=quantities, alarms=ALARMS.clear(), policy="news-1")


def write(directory: Path) -> None:
    """Leave the ledger's tables where a run leaves them."""
    tables = {"articles": ARTICLES, "claims": CLAIMS, "pairs": PAIRS, "quantities": QUANTITIES, "alarms": ALARMS}
    for name, table in tables.items():
        table.write_parquet(directory / f"{name}.parquet")
