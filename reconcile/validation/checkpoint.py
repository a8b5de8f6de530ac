"""Running the suites: a copy of the context that is committed, one validation a table, one result for all.

Great Expectations writes results and its site into its context, so a run works on a copy in a temporary folder and
leaves only what it found, in the folder it was given.
"""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from reconcile.errors import InputError
from reconcile.files import scratch
from reconcile.resources import expectations_dir
from reconcile.tables import make_directory, write_table
from reconcile.validation.evidence import to_pandas, with_evidence
from reconcile.validation.result import ValidationResult, failing_rows_of, failures_of
from reconcile.validation.site import disarm, make_self_contained

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuiteValidationResult
    from great_expectations.data_context import FileDataContext

CONTEXT = "gx"
QUARANTINE = "quarantine"
SITE = "local_site"
WHOLE = "reconcile"
# Great Expectations looks each failing row's id up on its own, half a millisecond a row. In larger tables its result
# gives row numbers, and only `failing_rows` gives the ids.
ROWS_NAMED_BY_ID = 20_000
Results = dict[str, "ExpectationSuiteValidationResult"]


def validate(
    claims: pl.DataFrame,
    articles: pl.DataFrame,
    *,
    pairs: pl.DataFrame | None = None,
    quantities: pl.DataFrame | None = None,
    directory: str | Path | None = None,
    allow: Iterable[str] = (),
    previous: pl.DataFrame | None = None,
) -> ValidationResult:
    """Check every table against its suite in `expectations/` and name each row that does not hold, and why.

    `directory`, if given, is the folder `validation/` of the results: it gets the results as JSON and the Data Docs
    site, and `quarantine.parquet` and `.csv` go beside the claims, the folder above. `allow` names expectations that
    may fail in a known case. `previous` is the table of claims of the last run, to see ids drift.

    Returns Great Expectations' checkpoint result over all tables given, with `critical_failures`, `warnings` and
    `failing_rows`. Nothing is dropped from any table.

    Raises:
        InputError: `allow` names no expectation, or the folder cannot be written to.

    Source: Great Expectations 1.x, checkpoints with `result_format` COMPLETE.
    """
    allowed = frozenset(allow)
    tables = with_evidence(claims, articles, pairs, quantities, previous)
    with scratch() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context = _open_copy(folder)
        _check_allowed(context, allowed)
        result = _run(context, tables, allowed)
        if directory is not None:
            _write(result, context, make_directory(Path(directory)))
    return result


def _open_copy(scratch: Path) -> FileDataContext:
    """The context of `expectations/`, opened from a copy, its notes where the Data Docs look for them."""
    import great_expectations as gx

    import_module("reconcile.validation.expectations")  # registers the types that the suites name
    copy = scratch / CONTEXT
    shutil.copytree(expectations_dir() / CONTEXT, copy, ignore=shutil.ignore_patterns("uncommitted"))
    for path in sorted((copy / "expectations").glob("*.json")):
        suite = json.loads(path.read_text(encoding="utf-8"))
        for expectation in suite["expectations"]:
            why = f"{expectation.get('severity')}: {expectation.get('meta', {}).get('notes')}"
            expectation.setdefault("notes", [why])
        path.write_text(json.dumps(suite, ensure_ascii=False), encoding="utf-8")
    return gx.get_context(mode="file", project_root_dir=scratch)


def _check_allowed(context: FileDataContext, allowed: frozenset[str]) -> None:
    known: set[str] = set()
    for suite in context.suites.all():
        for one in suite.expectations:
            name = str((one.meta or {}).get("name", one.expectation_type))
            known |= {name, f"{suite.name}.{name}", one.expectation_type}
    for name in sorted(allowed - known):
        right = ", ".join(sorted(one for one in known if "." in one))
        raise InputError("--allow", f"'{name}' is no expectation", f"use one of: {right}")


def _run(
    context: FileDataContext, tables: Mapping[str, pl.DataFrame], allowed: frozenset[str]
) -> ValidationResult:
    from great_expectations.checkpoint import Checkpoint
    from great_expectations.core.run_identifier import RunIdentifier

    run_id = RunIdentifier(run_name=WHOLE, run_time=datetime.now(UTC))
    definitions = {name: context.validation_definitions.get(name) for name in tables}
    whole = Checkpoint(name=WHOLE, validation_definitions=list(definitions.values()))
    results: Results = {}
    keyed: dict[Any, Any] = {}
    for name, definition in definitions.items():
        result_format = context.checkpoints.get(name).result_format
        if tables[name].height > ROWS_NAMED_BY_ID and isinstance(result_format, dict):
            result_format = {**result_format, "unexpected_index_column_names": None}
        results[name] = definition.run(
            batch_parameters={"dataframe": to_pandas(tables[name])},
            result_format=result_format,
            run_id=run_id,
        )
        key = whole._build_result_key(definition, run_id, results[name].batch_id)
        keyed[key] = results[name]
    return ValidationResult(
        run_id=run_id,
        run_results=keyed,
        checkpoint_config=whole,
        failures=failures_of(results, allowed),
        failing_rows=failing_rows_of(results, tables, allowed),
        allowed=tuple(sorted(allowed)),
        evaluated=sum(len(one.results) for one in results.values()),
    )


def _write(result: ValidationResult, context: FileDataContext, directory: Path) -> None:
    """The site, the results as JSON, and the failing rows beside the claims."""
    disarm(Path(context.root_directory) / "uncommitted" / "validations")
    context.build_data_docs(site_names=[SITE])
    built = Path(context.root_directory) / "uncommitted" / "data_docs" / SITE
    for stale in ("expectations", "validations", "static", "results"):
        shutil.rmtree(directory / stale, ignore_errors=True)
    shutil.copytree(built, directory, dirs_exist_ok=True)
    make_self_contained(directory)
    for identifier, one in result.run_results.items():
        path = make_directory(directory / "results") / f"{identifier.expectation_suite_identifier.name}.json"
        path.write_text(json.dumps(one.to_json_dict(), ensure_ascii=False, indent=1), encoding="utf-8")
    text = json.dumps(result.summary(), ensure_ascii=False, indent=2)
    (directory / "validation.json").write_text(f"{text}\n", encoding="utf-8")
    beside = directory.parent if _holds_claims(directory.parent) else directory
    write_table(result.failing_rows, beside, QUARANTINE)


def _holds_claims(folder: Path) -> bool:
    return any((folder / f"claims{ending}").is_file() for ending in (".parquet", ".csv"))
