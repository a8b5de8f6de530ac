"""The commands and their options; the modules that do the work are imported only where they are used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconcile.cli.console import (
    DID_NOT_HOLD,
    FINE,
    WRONG_INPUT,
    Commands,
    RunCommand,
    notebook_progress,
    read,
    say,
    say_all,
    speak_utf8,
    working,
)
from reconcile.errors import InputError

if TYPE_CHECKING:
    import polars as pl

app = typer.Typer(
    cls=Commands,
    help="Extract figures from news, validate them, and say which of them may be compared and what they say.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)


class Form(StrEnum):
    """How findings are printed."""

    text = "text"
    sarif = "sarif"


class Decision(StrEnum):
    """What an analyst can decide."""

    same = "same"
    same_incident = "same-incident"
    other_incident = "other-incident"
    different = "different"
    unsure = "unsure"
    corrected = "corrected"
    rejected = "rejected"


DEFAULT_OUT = Path("out")
OUT_HELP = "The folder for the tables; with --against also a .jsonl, .csv or .parquet file for what flips."
AGAINST_HELP = "A second policy: print the verdicts that it reverses, and the word on which each turns."
JUDGEMENTS_HELP = (
    "The analysts' decisions, which outrank the rules. Default: data/judgements.csv here, else the project's own. "
    "An empty file: none."
)
DECISION_HELP = (
    "same, different or unsure, of two claims; same-incident or other-incident, of the reports they stand in; "
    "corrected or rejected, of one."
)
RULES_HELP = "A folder of your own measures, one .yml file a domain; they stand beside ours."
LEDGER_HELP = "The folder of tables that `run` or `compare` wrote."
SOURCE_HELP = (
    "An article, a folder, a table with one article a row (.jsonl, .csv, .parquet), or - (standard input)."
)
Source = Annotated[str, typer.Argument(metavar="PATH", help=SOURCE_HELP)]
Policy = Annotated[str, typer.Option(help="The convention for reading bounds.")]
Judgements = Annotated[Path | None, typer.Option("--judgements", metavar="FILE", help=JUDGEMENTS_HELP)]
Story = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="All articles tell of one incident, in the main; call it so."),
]
FollowLinks = Annotated[
    bool, typer.Option("--follow-links", help="Read what links lead to outside the folder, too.")
]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help=RULES_HELP)]
Ledger = Annotated[Path, typer.Option("--ledger", metavar="DIR", help=LEDGER_HELP)]


def main() -> None:
    """Run the command line, in UTF-8 whatever the locale says."""
    speak_utf8()
    app(prog_name="reconcile")


def _print_version(wanted: bool) -> None:
    if not wanted:
        return
    from reconcile import __version__

    typer.echo(f"reconcile {__version__}")
    raise typer.Exit(FINE)


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options that come before the command."""


@app.command()
def extract(
    path: Source,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A .jsonl, .csv or .parquet file to write instead.")
    ] = None,
    rules: Rules = None,
    follow_links: FollowLinks = False,
) -> None:
    """Print every figure of the articles as JSON lines, or write them to a file."""
    from reconcile import tables

    if out is not None:
        tables.check_format(out)
    with own_measures(rules):
        claims, _, status = _extract(path, follow_links)
    tables.write_claims(claims, out)
    raise typer.Exit(status)


@app.command()
def compare(
    path: Source,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help=OUT_HELP)] = None,
    policy: Policy = "news",
    against: Annotated[str | None, typer.Option(metavar="POLICY", help=AGAINST_HELP)] = None,
    judgements: Judgements = None,
    rules: Rules = None,
    story: Story = None,
    follow_links: FollowLinks = False,
) -> None:
    """Extract and compare, and write the tables without running a notebook."""
    from reconcile.cli.comparing import compare_into, flips_between, kept_judgements
    from reconcile.files import only_writer
    from reconcile.tables import make_directory

    if out is None and against is None:
        mend = "give the folder for the tables, or a policy to set this one --against"
        raise InputError("--out", "is not given", mend)
    conflicts = False
    with own_measures(rules):
        kept = kept_judgements(judgements)
        claims, articles, status = _extract(path, follow_links)
        if story is not None:
            claims, articles = (_in_story(table, story) for table in (claims, articles))
        with working("comparing"):
            if out is not None and not is_table(out):
                with only_writer(make_directory(out)) as unfinished:
                    say_all(filter(None, [unfinished]))
                    conflicts = compare_into(out, claims, articles, policy, kept)
            if against is not None:
                flips_between(claims, policy, against, kept, out)
    raise typer.Exit(status or (DID_NOT_HOLD if conflicts else FINE))


@app.command()
def judge(
    decision: Annotated[Decision, typer.Argument(metavar="DECISION", help=DECISION_HELP)],
    claim_ids: Annotated[
        list[str],
        typer.Argument(metavar="CLAIM_ID...", help="Two for a pair, one for a claim; or how each begins."),
    ],
    ledger: Ledger,
    why: Annotated[str, typer.Option(help="The reason; readers of the report will see it.")],
    who: Annotated[
        str | None, typer.Option(help="Who decides. Default: the name you are logged in with.")
    ] = None,
    field: Annotated[
        str | None,
        typer.Option(help="What is corrected; or, of two that are different, what sets them apart."),
    ] = None,
    value: Annotated[
        str | None, typer.Option(help="What the corrected field is to hold; empty: unknown.")
    ] = None,
    judgements: Judgements = None,
    rules: Rules = None,
) -> None:
    """Keep a decision on two claims or on one, by the words of their articles; it outranks the rules from then on."""
    from reconcile.cli.judging import judge as keep

    with own_measures(rules):
        told = keep(
            ledger, decision.value, claim_ids, why, who=who, field=field, value=value, file=judgements
        )
    typer.echo(told)


@app.command()
def validate(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help=LEDGER_HELP)],
    allow: Annotated[
        list[str] | None,
        typer.Option(metavar="EXPECTATION", help="An expectation that may fail; repeatable."),
    ] = None,
) -> None:
    """Check the tables against the expectations; status 1 if a critical one fails."""
    from reconcile import tables

    claims, articles = tables.read_table(directory, "claims"), tables.read_table(directory, "articles")
    pairs, quantities = (_read_if_there(directory, name) for name in ("pairs", "quantities"))
    with working("validating"):
        from reconcile.validation import validate as validate_tables

        result = validate_tables(
            claims,
            articles,
            pairs=pairs,
            quantities=quantities,
            previous=tables.read_previous(directory, "claims"),
            directory=directory / "validation",
            allow=tuple(allow or ()),
        )
    typer.echo(str(result))
    raise typer.Exit(DID_NOT_HOLD if result.critical_failures else FINE)


@app.command(cls=RunCommand)
def run(
    path: Annotated[
        str | None, typer.Argument(metavar="[PATH]", help=f"{SOURCE_HELP} Default: data/articles.")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for all results.")] = DEFAULT_OUT,
    param: Annotated[
        list[str] | None, typer.Option(metavar="NAME VALUE", help="A parameter of the notebooks; repeatable.")
    ] = None,
    judgements: Judgements = None,
    rules: Rules = None,
    story: Story = None,
    follow_links: FollowLinks = False,
) -> None:
    """Execute the notebooks in order and print where the report is."""
    from reconcile.cli.comparing import kept_judgements
    from reconcile.run import NotebookError
    from reconcile.run import run as run_notebooks

    parameters = [(name, value) for name, _, value in (one.partition("=") for one in param or ())]
    if story is not None:
        parameters.append(("story", story))
    if follow_links:
        parameters.append(("follow_links", "true"))
    with own_measures(rules):
        kept = kept_judgements(judgements)
    try:
        with _as_kept_file(path) as articles, notebook_progress() as progress:
            outcome = run_notebooks(
                articles, out, parameters, judgements=kept, rules=rules, progress=progress
            )
    except NotebookError as failure:
        say(failure)
        raise typer.Exit(DID_NOT_HOLD) from None
    say_all((*outcome.notes, *outcome.problems))
    say_all(outcome.judgement_warnings)
    if outcome.critical_failures:
        failed = ", ".join(outcome.critical_failures)
        say(f"{out / 'validation'}: critical expectations do not hold: {failed}; look into the report.")
    typer.echo(str(outcome.report))
    raise typer.Exit(outcome.status)


@app.command()
def explain(
    claim_id: Annotated[
        str, typer.Argument(metavar="CLAIM_ID", help="A claim's id, or how it alone begins.")
    ],
    ledger: Ledger,
    other_id: Annotated[
        str | None, typer.Argument(metavar="[OTHER_ID]", help="A second one: why the two were, or were not, compared.")
    ] = None,
) -> None:
    """Print a claim's sentence, the rules, the weights and every verdict that it is in; of two, why they meet or
    not."""
    from reconcile.cli.explain import explain as explain_claim
    from reconcile.cli.explain import explain_two, read_ledger

    tables_of = read_ledger(ledger)
    typer.echo(explain_claim(tables_of, claim_id) if other_id is None else explain_two(tables_of, claim_id, other_id))


@app.command()
def check(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="Markdown, HTML, text or a notebook.")],
    ledger: Ledger,
    form: Annotated[
        Form, typer.Option("--format", help="For people, or SARIF for editors and CI.")
    ] = Form.text,
    policy: Policy = "news",
    rules: Rules = None,
) -> None:
    """Say of each figure of a draft what the ledger says to it; status 1 if one is contradicted."""
    import json

    from reconcile import __version__, tables
    from reconcile.cli.check import as_text
    from reconcile.cli.drafts import check as check_draft
    from reconcile.cli.drafts import read_draft, sarif

    claims = tables.read_table(ledger, "claims")
    read_text = read_draft(draft)
    with own_measures(rules), working("checking"):
        findings = check_draft(read_text, claims, policy)
    if form is Form.text:
        typer.echo(as_text(str(draft), findings))
    else:
        typer.echo(json.dumps(sarif(str(draft), findings, __version__), ensure_ascii=False, indent=2))
    contradicted = any(finding.status == "contradicted" for finding in findings)
    raise typer.Exit(DID_NOT_HOLD if contradicted else FINE)


def _extract(path: str, follow_links: bool) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """Claims, articles, and the status so far."""
    articles, status = read(path, follow_links)
    with working("extracting"):
        from reconcile.claims import extract_articles

        extraction = extract_articles(articles)
    say_all(extraction.problems)
    return extraction.claims, articles, WRONG_INPUT if extraction.problems else status


def _in_story(table: pl.DataFrame, story: str) -> pl.DataFrame:
    import polars as pl

    return table.with_columns(pl.lit(story).alias("story"))


@contextmanager
def own_measures(rules: Path | None) -> Iterator[None]:
    """The measures of a user's own folder beside ours, while a command runs."""
    from reconcile.rules import measures

    with measures.own_measures(rules):
        yield


def is_table(out: Path) -> bool:
    """Whether this is a file for a table, by its ending, and not a folder."""
    from reconcile import tables

    return out.suffix.lower() in tables.CLAIM_FORMATS


def _read_if_there(directory: Path, name: str) -> pl.DataFrame | None:
    from reconcile import tables

    found = any((directory / f"{name}{ending}").is_file() for ending in (".parquet", ".csv"))
    return tables.read_table(directory, name) if found else None


@contextmanager
def _as_kept_file(path: str | None) -> Iterator[str]:
    """The path as a kernel can read it: our own articles for none, standard input kept in a table."""
    if path is None:
        from reconcile.resources import data_dir

        own = data_dir() / "articles"
        here = Path.cwd()
        yield str(own.relative_to(here) if own.is_relative_to(here) else own)
        return
    if path != "-":
        yield path
        return
    articles, _ = read(path)
    from reconcile.files import scratch

    with scratch() as folder:
        kept = folder / "stdin.parquet"
        articles.write_parquet(kept)
        yield str(kept)
