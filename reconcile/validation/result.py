"""What validation found: Great Expectations' own result, with the failing rows as a polars frame.

A failing row is named by its table, its place and its id; it stays in its table, and `flag` marks it there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import polars as pl
from great_expectations.checkpoint.checkpoint import CheckpointResult
from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from reconcile import schema
from reconcile.validation.evidence import ROW, ROW_ID

FAILING_ROWS: dict[str, pl.DataType] = {
    "table": pl.String(),
    "row": pl.Int64(),
    "row_id": pl.String(),
    "expectation": pl.String(),
    "severity": pl.String(),
    "reason": pl.String(),
    "allowed": pl.Boolean(),
    "article_id": pl.String(),
    "quote": pl.String(),
    "sentence": pl.String(),
}
CRITICAL, WARNING, INFO = schema.SEVERITIES
_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Failure:
    """One expectation that did not hold: of which table, how badly, for how many rows, and why it matters."""

    table: str
    expectation: str
    severity: str
    n_rows: int
    notes: str
    allowed: bool

    @property
    def name(self) -> str:
        """The expectation with its table, as `--allow` takes it."""
        return f"{self.table}.{self.expectation}"

    def __str__(self) -> str:
        rows = "1 row" if self.n_rows == 1 else f"{self.n_rows} rows"
        return f"{self.severity}{' (allowed)' if self.allowed else ''}: {self.name}, {rows}. {self.notes}"


class ValidationResult(CheckpointResult):
    """The result of Great Expectations over all tables, which says in polars what failed and where.

    `success`, `run_results` and `describe()` are Great Expectations' own: there, a warning counts as a failure.
    Whether a run has to stop is what `critical_failures` says.
    """

    failures: tuple[Failure, ...] = ()
    failing_rows: Any = None
    allowed: tuple[str, ...] = ()
    evaluated: int = 0

    def __str__(self) -> str:
        """One line on the whole, then one for each expectation that did not hold."""
        held = self.evaluated - len(self.failures)
        return "\n".join([f"{held} of {self.evaluated} expectations hold.", *map(str, self.failures)])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        lines = str(self).splitlines()
        items = "".join(f'<li dir="auto">{escape(line)}</li>' for line in lines[1:])
        return f"<p>{escape(lines[0])}</p><ul>{items}</ul>"

    @property
    def critical_failures(self) -> tuple[Failure, ...]:
        """Critical expectations that did not hold and that nobody allowed."""
        return self._of(CRITICAL)

    @property
    def warnings(self) -> tuple[Failure, ...]:
        """Expectations of severity warning that did not hold and that nobody allowed."""
        return self._of(WARNING)

    def _of(self, severity: str) -> tuple[Failure, ...]:
        return tuple(one for one in self.failures if one.severity == severity and not one.allowed)

    def summary(self) -> dict[str, Any]:
        """What `summary.json` keeps of the validation: names and counts, nothing that needs Great Expectations."""
        return {
            "success": bool(self.success),
            "expectations": self.evaluated,
            "critical_failures": [one.name for one in self.critical_failures],
            "warnings": [one.name for one in self.warnings],
            "infos": [one.name for one in self._of(INFO)],
            "allowed": [one.name for one in self.failures if one.allowed],
            "allow": list(self.allowed),
            "failing_rows": {one.name: one.n_rows for one in self.failures},
        }

    def flag(self, table: pl.DataFrame, name: str = "claims") -> pl.DataFrame:
        """The table as it was given, with `failed`: the expectations that each of its rows does not meet.

        Nothing is dropped; a row that meets them all has an empty list.
        """
        own = self.failing_rows.filter((pl.col("table") == name) & pl.col(ROW).is_not_null())
        failed = own.group_by(ROW, maintain_order=True).agg(pl.col("expectation").alias("failed"))
        numbered = table.drop("failed", strict=False).with_row_index(ROW).cast({ROW: pl.Int64})
        joined = numbered.join(failed, on=ROW, how="left", maintain_order="left").drop(ROW)
        return joined.with_columns(pl.col("failed").fill_null([]))


def failures_of(
    results: Mapping[str, ExpectationSuiteValidationResult], allow: frozenset[str]
) -> tuple[Failure, ...]:
    """What did not hold, worst first, in the order of the suites."""
    found = [
        Failure(
            table,
            name_of(one),
            severity_of(one),
            int((one.result or {}).get("unexpected_count") or 0),
            str(_config(one).meta.get("notes", "")),
            is_allowed(table, one, allow),
        )
        for table, suite in results.items()
        for one in suite.results
        if not one.success
    ]
    return tuple(sorted(found, key=lambda one: schema.SEVERITIES.index(one.severity)))


def failing_rows_of(
    results: Mapping[str, ExpectationSuiteValidationResult],
    tables: Mapping[str, pl.DataFrame],
    allow: frozenset[str],
) -> pl.DataFrame:
    """Every failing row of every table, all of them, with its reason; a failure of a whole table has a null row."""
    parts = [
        _failing_rows(table, tables[table], one, is_allowed(table, one, allow))
        for table, suite in results.items()
        for one in suite.results
        if not one.success
    ]
    return pl.concat([pl.DataFrame(schema=FAILING_ROWS), *parts])


def name_of(one: ExpectationValidationResult) -> str:
    """The name under `meta`, or for an expectation without one its type."""
    return str(_config(one).meta.get("name") or _config(one).type)


def severity_of(one: ExpectationValidationResult) -> str:
    """The severity as the contract writes it."""
    return str(getattr(_config(one).severity, "value", _config(one).severity))


def _config(one: ExpectationValidationResult) -> ExpectationConfiguration:
    """The expectation as its suite has it; Great Expectations sets it on every result of a suite."""
    if one.expectation_config is None:
        raise TypeError("a result of a suite has lost its expectation")
    return one.expectation_config


def is_allowed(table: str, one: ExpectationValidationResult, allow: frozenset[str]) -> bool:
    """Whether the failure was announced, by `name`, `table.name` or Great Expectations' type."""
    name = name_of(one)
    return bool(allow & {name, f"{table}.{name}", _config(one).type})


def _failing_rows(
    name: str, table: pl.DataFrame, one: ExpectationValidationResult, allowed: bool
) -> pl.DataFrame:
    constants = {
        "table": pl.lit(name),
        "expectation": pl.lit(name_of(one)),
        "severity": pl.lit(severity_of(one)),
        "allowed": pl.lit(allowed),
    }
    numbers = [_row_number(found) for found in (one.result or {}).get("unexpected_index_list") or ()]
    if not numbers:
        reason = pl.lit(_reason_for_table(one))
        return _conform(
            pl.select(reason.alias("reason"), *(given.alias(column) for column, given in constants.items()))
        )
    rows = table[numbers]
    reason = _reason(str(_config(one).meta.get("reason") or name_of(one)), rows.columns)
    row_id = (
        pl.col(ROW_ID[name]).cast(pl.String)
        if ROW_ID[name] in rows.columns
        else pl.lit(None, dtype=pl.String)
    )
    return _conform(rows.with_columns(reason=reason, row_id=row_id, **constants))


def _row_number(found: Any) -> int:
    """The row that an entry of Great Expectations' index list names, with its id or by its number alone."""
    return int(found[ROW]) if isinstance(found, dict) else int(found)


def _conform(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        (pl.col(name) if name in rows.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in FAILING_ROWS.items()
    )


def _reason(template: str, columns: list[str]) -> pl.Expr:
    """The reason with `{column}` filled from the row; numbers that are whole are written without a point."""
    fields = _FIELD.findall(template)
    parts = _FIELD.sub("{}", template)
    values = [
        pl.col(field).cast(pl.String).str.strip_suffix(".0").fill_null("-")
        if field in columns
        else pl.lit("-")
        for field in fields
    ]
    return pl.format(parts, *values) if values else pl.lit(template)


def _reason_for_table(one: ExpectationValidationResult) -> str:
    """Why an expectation failed that is about no single row: what was missing, or what could not be computed."""
    details = (one.result or {}).get("details") or {}
    missing = (details.get("mismatched") or {}).get("missing")
    if missing:
        return f"missing: {', '.join(map(str, missing))}"
    for trouble in (one.exception_info or {}).values():
        if isinstance(trouble, dict) and trouble.get("exception_message"):
            return str(trouble["exception_message"]).splitlines()[0]
    message = (one.exception_info or {}).get("exception_message")
    return str(message).splitlines()[0] if message else str(_config(one).meta.get("reason", ""))
