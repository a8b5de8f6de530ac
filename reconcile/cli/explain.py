"""Why a claim is what it is: its sentence, the rules that fired, and every verdict that it is in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
from rapidfuzz import fuzz, process

from reconcile import schema, tables
from reconcile.cli.incidents import read_if_there, why_incident, why_two
from reconcile.errors import InputError

Row = dict[str, Any]

READING = ("kind", "role", "qualifier", "hedge", "value", "unit", "noun", "unit_candidates", "edtf")
MEANING = (
    *("measure", "event", "place", "actor", "speaker"),
    *("stance", "refuted_by", "epistemic", "scope", "cumulative"),
)
RELATIONS = {
    "part_of": ("a part of", "has as a part"),
    "duplicate_of": ("says again", "said again as"),
}
INDENT = "  "
NEAR, NEAR_SHOWN = 60.0, 3  # how alike an id must be to be offered (rapidfuzz ratio), and how many are


@dataclass(frozen=True)
class Ledger:
    """The tables of a run, as they lie in its folder."""

    directory: Path
    articles: pl.DataFrame
    claims: pl.DataFrame
    pairs: pl.DataFrame
    quantities: pl.DataFrame
    alarms: pl.DataFrame
    incidents: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=schema.INCIDENTS))
    links: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=schema.LINKS))


def read_ledger(directory: Path) -> Ledger:
    """Read the tables of a run; those of a comparison that has not been made are empty.

    Raises:
        InputError: articles or claims are missing, or a table cannot be read or is of another run.
    """
    articles, claims = (tables.read_table(directory, name) for name in ("articles", "claims"))
    compared = ("pairs", "quantities", "alarms", "incidents", "links")
    return Ledger(directory, articles, claims, *(read_if_there(directory, name) for name in compared))


def explain(ledger: Ledger, claim_id: str) -> str:
    """The whole story of one claim as plain text, a fact a line.

    Raises:
        InputError: no claim, or more than one, has this id or begins with it.
    """
    claim = find_claim(ledger.claims, claim_id, str(ledger.directory))
    sections = (
        ("", _origin(ledger, claim)),
        ("reading", _reading(claim)),
        ("meaning", _meaning(ledger, claim)),
        ("rules", iter(str(claim["rule"] or "none recorded").split("; "))),
        ("incident", why_incident(ledger.incidents, ledger.links, claim)),
        ("verdicts", _verdicts(ledger, claim)),
        ("quantities", _quantities(ledger, claim)),
        ("alarms", _alarms(ledger, claim)),
    )
    return "\n".join(line for title, lines in sections for line in _section(title, lines))


def explain_two(ledger: Ledger, claim_id: str, other_id: str) -> str:
    """Why two claims were, or were not, set against each other, a fact a line.

    Raises:
        InputError: no claim, or more than one, has one of the ids or begins with it.
    """
    a, b = (find_claim(ledger.claims, one, str(ledger.directory)) for one in (claim_id, other_id))
    told = why_two(ledger.incidents, ledger.links, ledger.pairs, a, b)
    return "\n".join([*_origin(ledger, a), *_origin(ledger, b), *_section("between them", told)])


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    body = list(lines)
    if not title:
        yield from body
    elif body:
        yield from ("", title, *(INDENT + line for line in body))
    else:
        yield from ("", title, INDENT + "none")


def find_claim(claims: pl.DataFrame, claim_id: str, where: str) -> Row:
    """The one claim that has this id, or whose id begins so; `where` is the ledger, for the error.

    Raises:
        InputError: none or more than one does; it names those that are near.
    """
    ids = claims["claim_id"]
    exact = claims.filter(ids == claim_id)
    found = exact if exact.height else claims.filter(ids.str.starts_with(claim_id))
    if found.height == 1:
        return found.row(0, named=True)
    if found.height > 1:
        some = ", ".join(found["claim_id"].head(5))
        raise InputError(where, f"{found.height} claims begin with '{claim_id}'", f"give more of it: {some}")
    ranked = process.extract(claim_id, ids.to_list(), scorer=fuzz.ratio, limit=NEAR_SHOWN, score_cutoff=NEAR)
    near = [name for name, _, _ in ranked]
    mend = f"did you mean {', '.join(near)}" if near else "take an id from the column claim_id of claims.csv"
    raise InputError(where, f"no claim has the id '{claim_id}'", mend)


def _origin(ledger: Ledger, claim: Row) -> Iterator[str]:
    yield f"{claim['claim_id']}: {claim['quote']}"
    yield INDENT + " ".join(str(claim["sentence"]).split())
    article = ledger.articles.filter(pl.col("article_id") == claim["article_id"])
    facts = [claim["article_id"], claim["outlet"], claim["published"]]
    if article.height:
        facts += [article["title"][0], article["url"][0], article["path"][0]]
    source = ", ".join(str(fact) for fact in facts if fact is not None)
    yield f"{INDENT}{source}, code points {claim['start']} to {claim['end']}"


def _reading(claim: Row) -> Iterator[str]:
    for name in READING:
        yield from _fact(name, claim[name])
    if claim["kind"] == "date":
        yield f"interval: {_or_open(claim['date_start'])} to {_or_open(claim['date_end'])}"
    elif claim["low"] is not None or claim["high"] is not None:
        yield f"bounds as stated: {interval(claim)}"


def interval(claim: Row) -> str:
    """The bounds in the usual notation, an excluded one with a round bracket.

    >>> interval({"low": 2e6, "high": None, "low_open": True, "high_open": False})
    '(2,000,000, ∞)'
    """
    low, high = claim["low"], claim["high"]
    opening = "(" if low is None or claim["low_open"] else "["
    closing = ")" if high is None or claim["high_open"] else "]"
    lower = "\N{MINUS SIGN}\N{INFINITY}" if low is None else _number(low)
    upper = "\N{INFINITY}" if high is None else _number(high)
    return f"{opening}{lower}, {upper}{closing}"


def _meaning(ledger: Ledger, claim: Row) -> Iterator[str]:
    for name in MEANING:
        yield from _fact(name, claim[name])
    if claim["period_start"] is not None or claim["period_end"] is not None:
        yield f"holds for: {_or_open(claim['period_start'])} to {_or_open(claim['period_end'])}"
    for column, (forward, backward) in RELATIONS.items():
        if claim[column] is not None:
            yield f"{forward} {_named(ledger, claim[column])}"
        for other in ledger.claims.filter(pl.col(column) == claim["claim_id"])["claim_id"]:
            yield f"{backward} {_named(ledger, other)}"


def _verdicts(ledger: Ledger, claim: Row) -> Iterator[str]:
    mine = (pl.col("claim_a") == claim["claim_id"]) | (pl.col("claim_b") == claim["claim_id"])
    pairs = ledger.pairs.filter(mine).sort("verdict", "claim_a", "claim_b")
    for pair in pairs.iter_rows(named=True):
        other = pair["claim_b"] if pair["claim_a"] == claim["claim_id"] else pair["claim_a"]
        reason = "" if pair["reason"] is None else f" ({pair['reason']})"
        look_alike = ", a look-alike" if pair["look_alike"] else ""
        yield f"{pair['verdict']}{reason} with {_named(ledger, other)}{look_alike}: {pair['detail']}"
        yield f"{INDENT}by {pair['rule']}, policy {pair['policy']}"


def _quantities(ledger: Ledger, claim: Row) -> Iterator[str]:
    for one in _containing(ledger.quantities, claim["claim_id"]):
        best = "unknown" if one["best"] is None else _number(one["best"])
        yield (
            f"{one['quantity_id']} ({one['label_en']}): best {best}, "
            f"{one['grade']}, {one['n_claims']} claims, {one['n_witnesses']} witnesses"
        )


def _alarms(ledger: Ledger, claim: Row) -> Iterator[str]:
    for alarm in _containing(ledger.alarms, claim["claim_id"]):
        yield f"{alarm['alarm']} ({alarm['severity']}): {alarm['detail']}"


def _containing(frame: pl.DataFrame, claim_id: str) -> Iterator[Row]:
    yield from frame.filter(pl.col("claim_ids").list.contains(claim_id)).iter_rows(named=True)


def _named(ledger: Ledger, claim_id: str) -> str:
    """Another claim by id, quote and article, so that nobody has to look it up."""
    found = ledger.claims.filter(pl.col("claim_id") == claim_id)
    if found.is_empty():
        return claim_id
    return f'{claim_id} "{found["quote"][0]}" in {found["article_id"][0]}'


def _fact(name: str, value: Any) -> Iterator[str]:
    if value is None or value == []:
        return
    if isinstance(value, list):
        yield f"{name}: {', '.join(value)}"
    elif isinstance(value, float):
        yield f"{name}: {_number(value)}"
    else:
        yield f"{name}: {value}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,g}"


def _or_open(day: object) -> str:
    return "open" if day is None else str(day)
