"""What `compare` does with claims: the tables of a folder, and the verdicts that a second policy reverses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import typer

from reconcile import tables
from reconcile.cli.console import say_all
from reconcile.judgements import decide, default_file, read_judgements, warnings_of

FLIPS, JUDGEMENTS = "flips", "judgements"
ARROW = "\N{RIGHTWARDS ARROW}"


def kept_judgements(named: Path | None) -> Path | None:
    """The file of judgements that counts: the one that was named, else the default one; read once, so that a wrong
    one is told before any work.

    Raises:
        InputError: it is not there, or a row of it is wrong.
    """
    path = default_file() if named is None else named
    if path is not None:
        read_judgements(path)
    return path


def compare_into(
    directory: Path, claims: pl.DataFrame, articles: pl.DataFrame, policy: str, judgements: Path | None
) -> bool:
    """Write the tables of a comparison; say on stderr, and return, whether a judgement no longer holds."""
    from reconcile.comparison import compare
    from reconcile.evidence import evidence

    tables.make_directory(directory)
    corrected = decide(claims, judgements).claims
    result = compare(corrected, policy=policy, judgements=judgements, evidence=evidence(articles))
    frames = {name: getattr(result, name) for name in ("pairs", "quantities", "alarms", "incidents", "links")}
    tables.write_tables(directory, {"articles": articles, "claims": corrected, **frames})
    if result.judgements.height or (directory / f"{JUDGEMENTS}.parquet").is_file():
        tables.write_table(result.judgements, directory, JUDGEMENTS)
    say_all(warnings_of(result.judgements, judgements))
    return result.judgements.filter(status="conflict").height > 0


def flips_between(
    claims: pl.DataFrame, policy: str, against: str, judgements: Path | None, out: Path | None
) -> None:
    """Print the pairs whose verdict turns between two policies, or write them where `out` says."""
    from reconcile.comparison import flips, load_policy

    found = flips(claims, policy, against, judgements)
    if out is not None and out.suffix.lower() in tables.CLAIM_FORMATS:
        tables.write_claims(found, out)
        return
    if out is not None:
        tables.write_table(found, out, FLIPS)
        tables.write_claims(found, out / f"{FLIPS}.jsonl")
    names = load_policy(policy).id, load_policy(against).id
    typer.echo("\n".join(as_text(found, claims, names)))


def as_text(found: pl.DataFrame, claims: pl.DataFrame, policies: tuple[str, str]) -> Iterator[str]:
    """A block for each flip: both verdicts, the two figures, the word on which it turns, and why either way."""
    shown = claims.select("claim_id", "article_id", "quote", "hedge")
    told = {row["claim_id"]: row for row in shown.iter_rows(named=True)}
    ours, theirs = policies
    for row in found.iter_rows(named=True):
        yield f"{row['verdict']} {ARROW} {row['verdict_against']}: {_turning(row, told)}"
        yield f"  {_figure(told[row['claim_a']])}"
        yield f"  {_figure(told[row['claim_b']])}"
        yield f"  {ours}: {row['detail']}"
        yield f"  {theirs}: {row['detail_against']}"
    flip = "1 verdict flips" if found.height == 1 else f"{found.height} verdicts flip"
    yield f"{flip} from {ours} to {theirs}"


def _turning(row: dict[str, Any], told: dict[str, dict[str, Any]]) -> str:
    if row["word"] is None:
        return "no word of either, only how near two figures must be"
    claim = told[row["word_of"]]
    written = row["word"] in (claim["hedge"] or "") or row["word"] in claim["quote"]
    word = f"“{row['word']}”" if written else row["word"].replace("_", " ")
    return f"{word} in {claim['article_id']}"


def _figure(claim: dict[str, Any]) -> str:
    return f"{claim['claim_id']} “{' '.join(claim['quote'].split())}” in {claim['article_id']}"
