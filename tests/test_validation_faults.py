"""Every expectation of the suites has a fault here that fails it and nothing else; what is sound fails nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl
import pytest

from reconcile import schema
from reconcile.comparison.events import known_events
from reconcile.resources import expectations_dir
from tests import make

TEXT = "In all 3 men and 2 boys were held."
PUBLISHED = {"published": date(2025, 5, 3), "published_basis": "stated"}
LATER = date(2025, 5, 4)
EARLY = date(1901, 1, 1)
EVENT = known_events().filter(pl.col("event_from").is_not_null())["event"][0]
NOWHERE = "nowhere"
NO_NUMBER = {"value": None, "low": None, "high": None, "unit": None}

Row = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """A small sound world (an article, two claims) with one thing wrong; `{}` in an id stands for the fault's name."""

    table: str
    expectation: str
    article: Row = field(default_factory=dict)
    again: Row | None = None
    claims: bool = True
    b: Row | None = field(default_factory=dict)
    c: Row | None = None
    pairs: tuple[Row, ...] = ()
    quantities: tuple[Row, ...] = ()
    previous: Row | None = None

    @property
    def name(self) -> str:
        return f"{self.table}.{self.expectation}"


def _articles(expectation: str, **row: Any) -> Fault:
    return Fault("articles", expectation, article=row)


def _claim(expectation: str, article: Row | None = None, b: Row | None = None, **row: Any) -> Fault:
    return Fault("claims", expectation, article=article or {}, b=b or {}, c=row)


def _pair(expectation: str, **row: Any) -> Fault:
    return Fault("pairs", expectation, pairs=(row,))


def _quantity(expectation: str, **row: Any) -> Fault:
    return Fault("quantities", expectation, quantities=(row,))


RISE = Fault(
    "none",
    "a rise of 140 per cent",
    c={"unit": "percent", "kind": "percentage", "value": 140, "measure": "price"},
)
UNDATED = Fault("none", "unresolved date in an undated article", c={"kind": "date", **NO_NUMBER})
SOUND = Fault("none", "none", c={"duplicate_of": "{}:a"}, pairs=({},), quantities=({},))
SOUND_ONES = (SOUND, UNDATED, RISE)

FAULTS = (
    Fault("articles", "article_id_is_there", article={"article_id": None, "text": "None."}, claims=False),
    Fault("articles", "article_id_is_unique", again={}),
    Fault("articles", "text_is_there", article={"text": None}, claims=False),
    Fault("articles", "text_is_not_blank", article={"text": " \n "}, claims=False),
    _articles("published_basis_is_there", published_basis=None),
    _articles("published_basis_is_a_word_of_the_contract", published_basis="guessed"),
    _articles("published_in_order", **PUBLISHED, published_low=LATER, published_high=LATER),
    _articles("stated_date_is_there", published_basis="stated"),
    _articles("language_is_a_code", language="Arabic"),
    _articles("sha256_is_a_digest", sha256="abc"),
    Fault("articles", "every_figure_is_covered", b=None),
    Fault("articles", "no_claim_is_lost", previous={"start": 0, "end": 6, "quote": "In all"}),
    _claim("claim_id_is_there", claim_id=None),
    _claim("claim_id_is_unique", claim_id="{}:b"),
    _claim("article_id_is_there", article_id=None),
    _claim("article_exists", article_id=NOWHERE),
    _claim("quote_is_there", quote=None),
    _claim("quote_slices_from_article", start=6, end=11),
    _claim("start_is_there", start=None),
    _claim("end_is_there", end=None),
    _claim("span_is_not_empty", start=12, end=7),
    _claim("span_is_not_negative", start=-1, end=4),
    _claim("sentence_holds_quote", sentence="Somebody else was freed."),
    _claim("published_is_the_articles", PUBLISHED, published=LATER),
    _claim("kind_is_there", kind=None),
    _claim("kind_is_a_word_of_the_contract", kind="number"),
    _claim("role_is_there", role=None),
    _claim("role_is_a_word_of_the_contract", role="advert"),
    _claim("qualifier_is_there", qualifier=None, low=3, high=3),
    _claim("qualifier_is_a_word_of_the_contract", qualifier="roughly"),
    _claim("stance_is_there", stance=None),
    _claim("stance_is_a_word_of_the_contract", stance="doubted"),
    _claim("epistemic_is_there", epistemic=None),
    _claim("epistemic_is_a_word_of_the_contract", epistemic="certain"),
    _claim("scope_is_there", scope=None),
    _claim("scope_is_a_word_of_the_contract", scope="several"),
    _claim("date_precision_is_a_word_of_the_contract", date_precision="minute"),
    _claim("value_within_bounds", qualifier="about", value=3, low=4, high=5),
    _claim("interval_is_not_empty", qualifier="between", value=None, low=3, high=3, low_open=True),
    _claim("exact_is_one_number", value=3, low=3, high=4),
    _claim("vague_has_bounds_only", qualifier="vague", value=3, low=2, high=5),
    _claim("between_has_both_bounds", qualifier="between", value=None, high=5),
    _claim("one_sided_has_its_bound", qualifier="more_than", value=3, low=3),
    _claim("approximate_has_its_value", qualifier="about", value=None),
    _claim("persons_are_whole", value=2.5),
    _claim("percentage_fits", kind="percentage", unit="percent", value=140),
    _claim("money_names_its_currency", kind="money", unit=None),
    _claim("unit_is_known", kind="money", unit="DOLLAR"),
    _claim("candidates_are_known", kind="money", unit=None, unit_candidates=["USD", "DOLLAR"]),
    _claim("date_has_its_interval", PUBLISHED, kind="date", **NO_NUMBER),
    _claim("only_dates_have_an_interval", date_start=LATER, date_end=LATER),
    _claim("date_in_order", kind="date", **NO_NUMBER, date_start=LATER, date_end=date(2025, 5, 3)),
    _claim("period_in_order", period_start=LATER, period_end=date(2025, 5, 3)),
    _claim(
        "page_date_not_after_publication",
        PUBLISHED,
        kind="date",
        **NO_NUMBER,
        date_start=LATER,
        role="metadata",
    ),
    _claim("reported_period_not_after_publication", PUBLISHED, period_start=LATER),
    _claim("period_not_before_event", event=EVENT, period_start=EARLY, period_end=EARLY),
    _claim("part_of_exists", part_of=NOWHERE),
    _claim("part_is_not_itself", part_of="{}:c"),
    _claim("part_in_unit_of_whole", part_of="{}:a", kind="money", unit="USD", value=1),
    _claim("part_within_whole", part_of="{}:a", value=4),
    _claim("parts_sum_to_whole", part_of="{}:a", value=2, b={"part_of": "{}:a"}),
    _claim("duplicate_of_exists", duplicate_of=NOWHERE),
    _claim("duplicate_is_not_itself", duplicate_of="{}:c"),
    _claim("duplicate_repeats_earlier", duplicate_of="{}:b"),
    _claim("refuted_by_only_if_not_asserted", refuted_by="the police"),
    _claim("rule_is_there", rule=None),
    Fault("claims", "claim_id_is_stable", previous={"claim_id": "old"}),
    _pair("claim_a_is_there", claim_a=None),
    _pair("claim_b_is_there", claim_b=None),
    _pair("claim_a_exists", claim_a=NOWHERE),
    _pair("claim_b_exists", claim_b=NOWHERE),
    _pair("not_a_pair_with_itself", claim_b="{}:a"),
    Fault("pairs", "pair_is_unique", pairs=({}, {"claim_a": "{}:b", "claim_b": "{}:a"})),
    _pair("verdict_is_there", verdict=None),
    _pair("verdict_is_a_word_of_the_contract", verdict="perhaps"),
    _pair("reason_is_a_word_of_the_contract", reason="whim"),
    _pair("reason_where_not_comparable", verdict="not_comparable"),
    _pair("detail_is_not_null", detail=None),
    _pair("detail_is_there", detail="  "),
    _pair("rule_is_there", rule=None),
    _pair("policy_is_there", policy=None),
    _pair("gap_is_not_negative", gap_ratio=-1.0),
    _quantity("quantity_id_is_there", quantity_id=None),
    Fault("quantities", "quantity_id_is_unique", quantities=({}, {})),
    _quantity("best_within_bounds", low=1, best=5, high=4),
    _quantity("period_in_order", period_start=LATER, period_end=date(2025, 5, 3)),
    _quantity("as_of_in_order", first_as_of=LATER, last_as_of=date(2025, 5, 3)),
    _quantity("has_claims", n_claims=0, n_articles=0, n_witnesses=0, claim_ids=[]),
    _quantity("n_claims_is_there", n_claims=None),
    _quantity("witnesses_not_above_claims", n_witnesses=3),
    _quantity("articles_not_above_claims", n_articles=3),
    _quantity("refuted_not_above_claims", n_refuted=3),
    _quantity("n_claims_counts_claim_ids", claim_ids=["{}:a"]),
    _quantity("claims_exist", claim_ids=["{}:a", NOWHERE]),
    _quantity("grade_is_there", grade=None),
    _quantity("grade_is_a_word_of_the_contract", grade="good"),
    _quantity("fair_has_two_witnesses", grade="fair"),
    _quantity("label_en_is_there", label_en=None),
    _quantity("label_ar_is_there", label_ar=None),
    _quantity("policy_is_there", policy=None),
)
# A column that is missing is a fault of a whole table, so each has a table of its own.
MISSING = {"articles": "url", "claims": "hedge", "pairs": "look_alike", "quantities": "event"}


def world(fault: Fault) -> dict[str, list[Row]]:
    """The rows of each table that make up the fault's small world."""
    name = fault.name
    claim = {"article_id": name, "sentence": TEXT, "unit": "person"}
    a = {**claim, "claim_id": f"{name}:a", "start": 7, "end": 12, "quote": "3 men", "value": 3}
    b = {**claim, "claim_id": f"{name}:b", "start": 17, "end": 23, "quote": "2 boys", "value": 2}
    claims = [] if not fault.claims else [a]
    if fault.claims and fault.b is not None:
        claims.append({**b, **fault.b})
    if fault.c is not None:
        claims.append({**a, "claim_id": f"{name}:c", **fault.c})
    article = {
        "article_id": name,
        "text": TEXT,
        "sha256": "0" * 64,
        "language": "en",
        "published_basis": "unknown",
    }
    articles = [{**article, **fault.article}]
    if fault.again is not None:
        articles.append({**articles[0], **fault.again})
    pair = {
        "claim_a": f"{name}:a",
        "claim_b": f"{name}:b",
        "verdict": "diverge",
        "detail": "3 and 2.",
        "rule": "r",
    }
    quantity = {
        "quantity_id": name,
        "label_en": "held",
        "label_ar": "محتجزون",
        "low": 2,
        "best": 3,
        "high": 3,
        "n_claims": 2,
        "n_articles": 1,
        "n_witnesses": 1,
        "n_refuted": 0,
        "grade": "weak",
        "claim_ids": ["{}:a", "{}:b"],
        "policy": "news",
    }
    made = {
        "articles": articles,
        "claims": claims,
        "pairs": [{**pair, "policy": "news", **row} for row in fault.pairs],
        "quantities": [{**quantity, **row} for row in fault.quantities],
        "previous": [] if fault.previous is None else [{**a, **fault.previous}],
    }
    return {table: [_named(row, name) for row in rows] for table, rows in made.items()}


def _named(row: Row, name: str) -> Row:
    def fill(value: Any) -> Any:
        if isinstance(value, list):
            return [fill(one) for one in value]
        return value.replace("{}", name) if isinstance(value, str) else value

    return {key: fill(value) for key, value in row.items()}


def frames(worlds: list[dict[str, list[Row]]]) -> dict[str, pl.DataFrame]:
    """The worlds as one set of tables."""
    rows = {table: [row for one in worlds for row in one[table]] for table in worlds[0]}
    return {
        "articles": schema.frame(rows["articles"], schema.ARTICLES),
        "claims": make.claims(*rows["claims"]),
        "pairs": schema.frame(rows["pairs"], schema.PAIRS),
        "quantities": schema.frame(rows["quantities"], schema.QUANTITIES),
        "previous": make.claims(*rows["previous"]),
    }


def owners(worlds: dict[str, dict[str, list[Row]]]) -> dict[tuple[str, int], str]:
    """Which fault each row of each table belongs to."""
    owner: dict[tuple[str, int], str] = {}
    for table in ("articles", "claims", "pairs", "quantities"):
        names = [name for name, one in worlds.items() for _ in one[table]]
        owner |= {(table, row): name for row, name in enumerate(names)}
    return owner


@pytest.fixture(scope="module")
def failed() -> dict[str, set[str]]:
    """The names of the expectations that each fault fails, from one run over the tables that hold them all."""
    from reconcile.validation import validate

    worlds = {one.name: world(one) for one in (*SOUND_ONES, *FAULTS)}
    owner = owners(worlds)
    result = validate(**frames(list(worlds.values())))
    found: dict[str, set[str]] = {name: set() for name in worlds}
    for row in result.failing_rows.iter_rows(named=True):
        found[owner[row["table"], row["row"]]].add(f"{row['table']}.{row['expectation']}")
    return found


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_fails_exactly_the_expectation_meant_for_it(
    fault: Fault, failed: dict[str, set[str]]
) -> None:
    assert failed[fault.name] == {fault.name}


def test_what_is_sound_fails_nothing(failed: dict[str, set[str]]) -> None:
    assert {name: failed[name] for name in (one.name for one in SOUND_ONES)} == {
        one.name: set() for one in SOUND_ONES
    }


@pytest.mark.parametrize(("table", "column"), MISSING.items())
def test_a_missing_column_fails_exactly_the_expectation_on_columns(table: str, column: str) -> None:
    from reconcile.validation import validate

    tables = frames([world(SOUND)])
    tables[table] = tables[table].drop(column)
    result = validate(**tables)
    assert [one.name for one in result.failures] == [f"{table}.columns"]
    assert result.failing_rows["reason"].to_list() == [f"missing: {column}"]
    assert result.failing_rows["row_id"].to_list() == [None]


def test_every_expectation_of_the_suites_has_its_fault() -> None:
    planted = {one.name for one in FAULTS} | {f"{table}.columns" for table in MISSING}
    suites = (expectations_dir() / "gx" / "expectations").glob("*.json")
    written = {
        f"{suite['name']}.{one['meta']['name']}"
        for suite in (json.loads(path.read_text(encoding="utf-8")) for path in suites)
        for one in suite["expectations"]
    }
    assert planted == written
