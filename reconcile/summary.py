"""`summary.json`: what a run read, counted, decided and doubted, for programs and for the next run.

Each step records its own sections as it ends, so that a notebook that runs alone leaves its part as well.
"""

from __future__ import annotations

import importlib.metadata
import json
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from reconcile.errors import InputError
from reconcile.files import write_text
from reconcile.tables import make_directory

if TYPE_CHECKING:
    from reconcile.articles import Reading
    from reconcile.comparison import Comparison
    from reconcile.validation import ValidationResult

FILE = "summary.json"
PACKAGES = ("reconcile", "polars", "altair", "great-expectations", "papermill", "babel")


def read(directory: Path | str) -> dict[str, Any]:
    """The summary that lies in the folder.

    Raises:
        InputError: there is none, or it is not JSON.
    """
    path = Path(directory) / FILE
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise InputError(str(path), "the summary is missing", "run 01_extract.ipynb first") from None
    except json.JSONDecodeError:
        raise InputError(str(path), "is not JSON", "delete it and run 01_extract.ipynb again") from None


def record(directory: Path | str, **sections: Any) -> Path:
    """Put these sections into the summary, in place of what they said before; return its path."""
    path = make_directory(Path(directory)) / FILE
    kept = read(directory) if path.is_file() else {}
    return _write(path, {**kept, **sections})


def record_reading(directory: Path | str, reading: Reading) -> Path:
    """Begin a new summary: versions, the articles read with their hashes, what could not be read or was mended.

    Raises:
        InputError: nothing could be read, so there is nothing to go on with.
    """
    sections = {
        "versions": versions(),
        "inputs": reading.articles.select("article_id", "path", "outlet", "published", "sha256").to_dicts(),
        "problems": [str(problem) for problem in reading.problems],
        "notes": [str(note) for note in reading.notes],
        "counts": {"articles": reading.articles.height},
    }
    path = _write(make_directory(Path(directory)) / FILE, sections)
    if reading.articles.is_empty():
        raise reading.problems[-1]
    return path


def record_claims(directory: Path | str, claims: pl.DataFrame, problems: Iterable[object] = ()) -> Path:
    """Add to the counts how many claims there are, of which kinds, and how many are known in full; and to the problems
    the articles of which nothing could be extracted."""
    counts = {
        **_section(directory, "counts"),
        "claims": claims.height,
        "claims_by_kind": _tally(claims, "kind"),
        "claims_by_role": _tally(claims, "role"),
        "claims_by_language": _tally(claims, "language"),
        "claims_with_measure": claims["measure"].count(),
        "claims_with_event": claims["event"].count(),
        "claims_with_speaker": claims["speaker"].count(),
    }
    known = read(directory).get("problems", []) if (Path(directory) / FILE).is_file() else []
    return record(directory, counts=counts, problems=[*known, *map(str, problems)])


def record_validation(directory: Path | str, result: ValidationResult) -> Path:
    """Record which expectations failed, how badly, and which were allowed to."""
    return record(directory, validation=result.summary())


def record_comparison(directory: Path | str, comparison: Comparison) -> Path:
    """Record the policy, the verdicts, the grades and the alarms, and add the tables' sizes to the counts."""
    pairs, quantities, alarms = comparison.pairs, comparison.quantities, comparison.alarms
    counts = {
        **_section(directory, "counts"),
        "pairs": pairs.height,
        "quantities": quantities.height,
        "alarms": alarms.height,
    }
    return record(
        directory,
        counts=counts,
        policy=comparison.policy,
        verdicts=_tally(pairs, "verdict"),
        reasons=_tally(pairs, "reason"),
        grades=_tally(quantities, "grade"),
        alarms=_tally(alarms, "alarm"),
    )


def record_report(directory: Path | str, report: Path, charts: Iterable[str]) -> Path:
    """Record where the report lies, beside this file, and which charts were drawn."""
    return record(directory, report=report.name, charts=list(charts))


def versions() -> dict[str, str | None]:
    """The versions that the result depends on; null for what is not installed as a package."""
    return {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}}


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _section(directory: Path | str, name: str) -> Mapping[str, Any]:
    path = Path(directory) / FILE
    return dict(read(directory).get(name, {})) if path.is_file() else {}


def _tally(frame: pl.DataFrame, column: str) -> dict[str, int]:
    counted = frame.drop_nulls(column).group_by(column).len().sort("len", column, descending=[True, False])
    return dict(counted.iter_rows())


def _write(path: Path, content: Mapping[str, Any]) -> Path:
    write_text(path, json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n")
    return path
