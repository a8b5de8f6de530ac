"""Claims: one row a figure, from articles. Figures say what is written, context says what it means; here they meet."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from reconcile import schema
from reconcile.articles import ProblemWarning
from reconcile.articles.language import detect_language
from reconcile.context import ArticleFacts, Context, describe
from reconcile.errors import InputError, RuleError, unforeseen
from reconcile.evidence import EVIDENCE_COLUMNS, SentenceEvidence, read_sentences
from reconcile.figures import Figure
from reconcile.figures.find import figures_of
from reconcile.figures.publication import publication_of
from reconcile.figures.scan import read, scan
from reconcile.rules.lexicon import FALLBACK_LANGUAGE, known_languages
from reconcile.rules.measures import BARE_UNIT, load_measures, own_measures

ID_LENGTH = 16  # hexadecimal digits of a claim id: no collision is to be expected below 10^9 claims


@dataclass(frozen=True)
class Extraction:
    """The claims (schema.CLAIMS), and a problem for each article of which nothing could be read."""

    claims: pl.DataFrame
    problems: tuple[InputError, ...] = ()


def extract(articles: pl.DataFrame, rules: Path | str | None = None) -> pl.DataFrame:
    """Every figure of every article as a row of `schema.CLAIMS`, in the order of the articles and of their text.

    `articles` needs `article_id` and `text`; what else of `schema.ARTICLES` it has is used: `language` decides the
    rules (else the text does), `published` what "last Tuesday" means. Nothing is dropped: dates, page furniture and
    denied figures are rows too, told apart by `kind`, `role` and `stance`. `rules` is a folder of a user's own
    measures, one YAML file a domain. An article on which reading fails has no rows and a ProblemWarning.

    Raises:
        RuleError: a file of `rules` breaks the schema; names file, key and mend.

    >>> import polars as pl
    >>> extract(pl.DataFrame({"article_id": ["a"], "text": ["أوقفت الشرطة 83 شخصا."]}))["value"].to_list()
    [83.0]
    """
    extraction = extract_articles(articles, rules)
    for problem in extraction.problems:
        warnings.warn(str(problem), ProblemWarning, stacklevel=2)
    return extraction.claims


def extract_articles(articles: pl.DataFrame, rules: Path | str | None = None) -> Extraction:
    """Extract like `extract`, but collect the articles on which reading fails instead of warning of them."""
    rows: list[dict[str, Any]] = []
    problems: list[InputError] = []
    copies: dict[str, int] = {}
    with own_measures(rules):
        for article in articles.iter_rows(named=True):
            text = article["text"]
            digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            copies[digest] = copies.get(digest, 0) + 1
            digest = f"{digest}:{copies[digest]}" if copies[digest] > 1 else digest
            try:
                rows.extend(list(_claims_of(article, text, digest)))
            except RuleError:
                raise
            except Exception as error:  # noqa: BLE001 (one article must not cost all others; its reason is told)
                where = article.get("path") or article["article_id"]
                problems.append(unforeseen(where, "none of its figures could be read", error))
    claims = pl.DataFrame(rows, schema=schema.CLAIMS, orient="row")
    return Extraction(claims, tuple(problems))


def rules_language(language: str | None, text: str) -> str:
    """The language whose rules read a text: the article's own if we have its rules, else the text's, else English."""
    if language in known_languages():
        return str(language)
    detected = detect_language(text)
    return detected if detected in known_languages() else FALLBACK_LANGUAGE


def _claims_of(article: dict[str, Any], text: str, digest: str) -> Iterable[dict[str, Any]]:
    language = rules_language(article.get("language"), text)
    r = read(text, language)
    found = scan(r)
    published: date | None = article.get("published") or publication_of(r, found).published
    figures = figures_of(r, found, published)
    facts = ArticleFacts(language, published, article.get("outlet"), article.get("title"))
    contexts = describe(r.passage, figures, facts)
    ids = [_claim_id(digest, figure) for figure in figures]
    named = {s.start: s for s in read_sentences(r.passage, language, article.get("title"))} if figures else {}
    for figure, context, claim_id in zip(figures, contexts, ids, strict=True):
        start, end = r.passage.sentences[r.passage.sentence_index(figure.start)]
        yield {
            **_of_figure(_with_unit(figure, context, figures)),
            **_of_context(context, ids),
            "claim_id": claim_id,
            "article_id": article["article_id"],
            "outlet": article.get("outlet"),
            "language": article.get("language") or language,
            "published": published,
            "quote": text[figure.start : figure.end],
            "sentence": text[min(start, figure.start) : max(end, figure.end)],
            "sentence_start": start,
            "rule": "; ".join((*figure.rules, *context.rules)),
            "event_basis": next((rule[6:] for rule in context.rules if rule.startswith("event:")), None),
            "story": article.get("story"),
            "judged": [],
            **_of_sentence(named.get(start)),
        }


def _with_unit(figure: Figure, context: Context, figures: list[Figure]) -> Figure:
    """A count that names no noun counts what its whole does, else the people whom its measure counts."""
    if context.part_of is not None:
        figure = _like_whole(figure, figures[context.part_of])
    if figure.kind != "count" or figure.unit is not None or figure.noun is not None:
        return figure
    measure = load_measures().get(context.measure or "")
    if measure is None or measure.unit[:1] != (BARE_UNIT,):
        return figure
    return replace(figure, unit=BARE_UNIT, rules=(*figure.rules, "unit.of_measure"))


def _like_whole(figure: Figure, whole: Figure) -> Figure:
    """A part that names no noun of its own counts what its whole counts (of the 83 arrests, 21 …)."""
    if figure.kind != "count" or figure.unit is not None or figure.noun is not None or whole.kind != "count":
        return figure
    return replace(figure, unit=whole.unit, noun=whole.noun, rules=(*figure.rules, "unit.of_whole"))


def _claim_id(digest: str, figure: Figure) -> str:
    return hashlib.sha256(f"{digest}|{figure.start}|{figure.end}|{figure.kind}".encode()).hexdigest()[
        :ID_LENGTH
    ]


_FIGURE_FIELDS = [
    "start",
    "end",
    "kind",
    "role",
    "qualifier",
    "hedge",
    "value",
    "low",
    "high",
    "low_open",
    "high_open",
    "unit",
    "noun",
    "date_start",
    "date_end",
    "date_precision",
    "edtf",
]
_CONTEXT_FIELDS = [
    "measure",
    "event",
    "place",
    "actor",
    "period_start",
    "period_end",
    "speaker",
    "stance",
    "refuted_by",
    "epistemic",
    "scope",
    "cumulative",
]


def _of_figure(figure: Figure) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(figure, name) for name in _FIGURE_FIELDS}
    row["unit_candidates"] = list(figure.unit_candidates)
    return row


def _of_sentence(named: SentenceEvidence | None) -> dict[str, Any]:
    return {} if named is None else {name: getattr(named, name) for name in EVIDENCE_COLUMNS}


def _of_context(context: Context, ids: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(context, name) for name in _CONTEXT_FIELDS}
    row["part_of"] = None if context.part_of is None else ids[context.part_of]
    row["duplicate_of"] = None if context.duplicate_of is None else ids[context.duplicate_of]
    return row
