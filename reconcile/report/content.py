"""What the report says, before it is a page: everything counted, chosen and put in order here, nothing in HTML."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from reconcile import schema, summary, tables
from reconcile.charts.amounts import amount
from reconcile.charts.standing import distinct_label
from reconcile.report.quotes import Quote, direction_of, quotes

MAX_CARDS = 40
MAX_ROWS = 400
MAX_ARTICLES = 1_000
PAIRED = ("diverge", "refuted", "superseded", "undetermined")
CONTESTED = "contested"


@dataclass(frozen=True)
class Ledger:
    """The tables of a run, and what its summary and its validation say."""

    articles: pl.DataFrame
    claims: pl.DataFrame
    pairs: pl.DataFrame
    quantities: pl.DataFrame
    alarms: pl.DataFrame
    quarantine: pl.DataFrame
    summary: Mapping[str, Any]
    validation: Mapping[str, Any] | None
    has_site: bool

    @property
    def policy(self) -> str | None:
        """The id of the policy that decided the verdicts; null if no two figures were compared."""
        for frame in (self.pairs, self.quantities):
            if frame["policy"].drop_nulls().len() > 0:
                return str(frame["policy"].drop_nulls()[0])
        named = self.summary.get("policy")
        return None if named is None else str(named)


@dataclass(frozen=True)
class QuantityRow:
    """One quantity, ready to print; amounts are null where the quantity has none."""

    quantity_id: str
    label: str
    label_ar: str | None
    low: str | None
    best: str | None
    high: str | None
    n_claims: int
    n_articles: int
    n_witnesses: int
    n_refuted: int
    grade: str | None
    period: str | None
    claims: tuple[Quote, ...]


@dataclass(frozen=True)
class PairCard:
    """Pairs that say the same about the same two quantities: one of them in full, the others counted."""

    verdict: str
    reason: str | None
    detail: str
    first: Quote
    second: Quote
    n_more: int


@dataclass(frozen=True)
class AlarmCard:
    """One alarm with the sentences that raise it."""

    alarm: str
    severity: str
    detail: str
    claims: tuple[Quote, ...]
    n_more: int


@dataclass(frozen=True)
class ArticleSection:
    """One article and all its claims."""

    article_id: str
    title: str | None
    outlet: str | None
    url: str | None
    language: str | None
    direction: str
    published: date | None
    claims: tuple[Quote, ...]
    n_more: int


@dataclass(frozen=True)
class Content:
    """The whole report. Lists are in the order of printing; `n_` counts what there is, also what is not printed."""

    n_articles: int
    n_outlets: int
    n_figures: int
    n_dates: int
    n_rejected: int
    policy: str | None
    verdicts: Mapping[str, int]
    n_look_alikes: int
    quantities: Sequence[QuantityRow]
    alarms: Sequence[AlarmCard]
    pairs: Mapping[str, Sequence[PairCard]]
    look_alikes: Sequence[PairCard]
    articles: Sequence[ArticleSection]
    problems: Sequence[str]
    notes: Sequence[str]
    validation: Mapping[str, Any] | None
    has_site: bool
    failing_rows: Sequence[Mapping[str, Any]]
    n_failing_rows: int
    versions: Mapping[str, Any]
    max_cards: int = field(default=MAX_CARDS)
    max_rows: int = field(default=MAX_ROWS)

    @property
    def contested(self) -> list[QuantityRow]:
        return [row for row in self.quantities if row.grade == CONTESTED]

    @property
    def shared(self) -> list[QuantityRow]:
        """Quantities of which more than one article speaks."""
        return [row for row in self.quantities if row.n_articles > 1]

    @property
    def single(self) -> list[QuantityRow]:
        return [row for row in self.quantities if row.n_articles <= 1]


def read_ledger(directory: Path) -> Ledger:
    """Read what a run left in the folder; summary, validation and quarantine may be missing.

    Raises:
        InputError: one of the five tables is missing or is not what its schema says.
    """
    frames = {name: tables.read_table(directory, name) for name in tables.CORE}
    told = summary.read(directory) if (directory / summary.FILE).is_file() else {}
    quarantine = directory / "quarantine.parquet"
    results = directory / "validation" / "validation.json"
    outcome = told.get("validation")
    if outcome is None and results.is_file():
        outcome = json.loads(results.read_text(encoding="utf-8"))
    return Ledger(
        **frames,
        quarantine=pl.read_parquet(quarantine) if quarantine.is_file() else pl.DataFrame(),
        summary=told,
        validation=outcome,
        has_site=(directory / "validation" / "index.html").is_file(),
    )


def content(ledger: Ledger) -> Content:
    """Count, choose and order everything that the report prints."""
    by_id = quotes(ledger.articles, ledger.claims, ledger.quantities)
    figures = ledger.claims.filter(pl.col("role") == "claim")
    numbers = figures.filter(~pl.col("kind").is_in(["date", "time"]))
    alike = ledger.pairs.filter(pl.col("look_alike").fill_null(False), pl.col("verdict") == "not_comparable")
    counted = dict(ledger.pairs["verdict"].value_counts().iter_rows())
    return Content(
        n_articles=ledger.articles.height,
        n_outlets=ledger.articles["outlet"].drop_nulls().n_unique(),
        n_figures=numbers.height,
        n_dates=figures.height - numbers.height,
        n_rejected=numbers.filter(pl.col("stance").is_in(["denied", "refuted"])).height,
        policy=ledger.policy,
        verdicts={verdict: counted.get(verdict, 0) for verdict in schema.VERDICTS},
        n_look_alikes=alike.height,
        quantities=_quantities(ledger.quantities, by_id),
        alarms=_alarms(ledger.alarms, by_id),
        pairs={verdict: _cards(ledger.pairs.filter(pl.col("verdict") == verdict), by_id) for verdict in PAIRED},
        look_alikes=_cards(alike, by_id),
        articles=_articles(ledger.articles, by_id),
        problems=[str(problem) for problem in ledger.summary.get("problems", ())],
        notes=[str(note) for note in ledger.summary.get("notes", ())],
        validation=ledger.validation,
        has_site=ledger.has_site,
        failing_rows=ledger.quarantine.head(MAX_CARDS).to_dicts(),
        n_failing_rows=ledger.quarantine.height,
        versions=ledger.summary.get("versions", {}),
    )


def _quantities(table: pl.DataFrame, by_id: Mapping[str, Quote]) -> list[QuantityRow]:
    """Contested ones first, then those of which most articles speak."""
    named = table.with_columns(distinct_label(table).alias("label"))
    contested = (pl.col("grade") == CONTESTED).fill_null(False)
    ordered = named.sort(contested, "n_articles", "n_claims", "label", descending=[True, True, True, False])
    return [_quantity(row, by_id) for row in ordered.iter_rows(named=True)]


def _quantity(row: Mapping[str, Any], by_id: Mapping[str, Quote]) -> QuantityRow:
    ends = [end.isoformat() for end in (row["period_start"], row["period_end"]) if end is not None]
    return QuantityRow(
        quantity_id=row["quantity_id"],
        label=row["label"],
        label_ar=row["label_ar"],
        low=_amount(row["low"], row["unit"]),
        best=_amount(row["best"], row["unit"]),
        high=_amount(row["high"], row["unit"]),
        n_claims=row["n_claims"] or 0,
        n_articles=row["n_articles"] or 0,
        n_witnesses=row["n_witnesses"] or 0,
        n_refuted=row["n_refuted"] or 0,
        grade=row["grade"],
        period=" \N{EN DASH} ".join(dict.fromkeys(ends)) or None,
        claims=_known(row["claim_ids"], by_id),
    )


def _amount(value: float | None, unit: str | None) -> str | None:
    return None if value is None else amount(value, unit)


def _alarms(table: pl.DataFrame, by_id: Mapping[str, Quote]) -> list[AlarmCard]:
    """The most severe first, and within a severity in the table's order."""
    rank = {severity: place for place, severity in enumerate(schema.SEVERITIES)}
    rows = sorted(table.iter_rows(named=True), key=lambda row: rank.get(row["severity"], len(rank)))
    cards = []
    for row in rows:
        claims = _known(row["claim_ids"], by_id)
        shown = claims[:4]
        detail = row["detail"] or ""
        cards.append(AlarmCard(row["alarm"], row["severity"], detail, shown, len(claims) - len(shown)))
    return cards


def _cards(pairs: pl.DataFrame, by_id: Mapping[str, Quote]) -> list[PairCard]:
    """One card for each two quantities, two figures and reason; widest gap first."""
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    ordered = pairs.sort("gap_ratio", "claim_a", "claim_b", descending=[True, False, False], nulls_last=True)
    for row in ordered.iter_rows(named=True):
        a, b = by_id.get(row["claim_a"]), by_id.get(row["claim_b"])
        if a is None or b is None:
            continue
        sides = sorted([(str(a.quantity_id or a.label), a.stated), (str(b.quantity_id or b.label), b.stated)])
        groups.setdefault((row["verdict"], row["reason"], *sides), []).append(row)
    return [
        PairCard(
            verdict=rows[0]["verdict"],
            reason=rows[0]["reason"],
            detail=rows[0]["detail"] or "",
            first=by_id[rows[0]["claim_a"]],
            second=by_id[rows[0]["claim_b"]],
            n_more=len(rows) - 1,
        )
        for rows in groups.values()
    ]


def _articles(table: pl.DataFrame, by_id: Mapping[str, Quote]) -> list[ArticleSection]:
    members: dict[str, list[Quote]] = {}
    for quote in by_id.values():
        members.setdefault(quote.article_id, []).append(quote)
    ordered = table.sort("published", "outlet", "article_id", nulls_last=True)
    return [
        ArticleSection(
            **{name: row[name] for name in ("article_id", "title", "outlet", "language", "published")},
            url=_web_address(row["url"]),
            direction=direction_of(row["language"]),
            claims=tuple(members.get(row["article_id"], ())[:MAX_ROWS]),
            n_more=max(0, len(members.get(row["article_id"], ())) - MAX_ROWS),
        )
        for row in ordered.head(MAX_ARTICLES).iter_rows(named=True)
    ]


def _web_address(url: str | None) -> str | None:
    """Only an address that a browser opens as a page: an article's `javascript:` is not made a link."""
    return url if url is not None and url.lower().startswith(("https://", "http://")) else None


def _known(claim_ids: Iterable[str] | None, by_id: Mapping[str, Quote]) -> tuple[Quote, ...]:
    return tuple(by_id[claim_id] for claim_id in claim_ids or () if claim_id in by_id)
