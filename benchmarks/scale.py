"""Comparing and validating at scale: a million claims, each size in a process of its own, so that peaks are its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.readers import KIB_IN_A_MIB, peak_mib
from benchmarks.tables import markdown

ROOT = Path(__file__).resolve().parents[1]
COMPARED_ARTICLES = (1_000, 10_000, 100_000)
VALIDATED = ("sound", "failing")

Timed = dict[str, Any]


def compare_once(articles: int) -> Timed:
    """Compare the generated claims of so many articles."""
    from reconcile.comparison import compare
    from tests.comparison_at_scale import generated

    claims = generated(articles)
    result, spent = timed(lambda: compare(claims))
    return {"claims": claims.height, "rows": result.pairs.height, **spent}


def validate_once(kind: str) -> Timed:
    """Validate a million claims, all of them sound or every one failing."""
    import polars as pl

    from reconcile.validation import validate
    from tests.test_validation_scale import tables

    claims, articles = tables()
    if kind == "failing":
        claims = claims.with_columns(pl.lit("…").alias("sentence"))
    result, spent = timed(lambda: validate(claims, articles))
    return {"claims": claims.height, "rows": result.failing_rows.height, **spent}


def timed(call: Callable[[], Any]) -> tuple[Any, Timed]:
    """What a call gives, its seconds by the clock and on all processors, and the process's peak memory after it."""
    wall, cpu = time.monotonic(), time.process_time()
    result = call()
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    return result, {"wall": wall, "cpu": cpu, "peak_mib": peak_mib()}


def compare_report() -> str:
    """The table of comparing, and how far its time is from linear."""
    done = {articles: apart("compare", str(articles)) for articles in COMPARED_ARTICLES}
    head = ["articles", "claims", "pairs", "seconds", "CPU seconds", "peak memory, GiB"]
    rows = [
        [f"{size:,}", f"{d['claims']:,}", f"{d['rows']:,}", f"{d['wall']:.1f}", f"{d['cpu']:.1f}", gib(d)]
        for size, d in done.items()
    ]
    *_, small, large = COMPARED_ARTICLES
    factor = done[large]["cpu"] / done[small]["cpu"] / (large / small)
    grown = (
        f"From {small:,} to {large:,} articles the CPU time grew {factor:.2f} times as fast as the claims."
    )
    aims = "Aims: a million claims in 120 seconds and 4 GiB, and at most 1.3."
    return f"{markdown(head, rows)}\n\n{grown} {aims}"


def validate_report() -> str:
    """The table of validating."""
    done = {kind: apart("validate", kind) for kind in VALIDATED}
    head = ["rows", "claims", "failing rows named", "seconds", "CPU seconds", "peak memory, GiB"]
    rows = [
        [kind, f"{d['claims']:,}", f"{d['rows']:,}", f"{d['wall']:.1f}", f"{d['cpu']:.1f}", gib(d)]
        for kind, d in done.items()
    ]
    return f"{markdown(head, rows)}\n\nAims: 90 seconds and 6 GiB."


def gib(measured: Timed) -> str:
    return f"{measured['peak_mib'] / KIB_IN_A_MIB:.2f}"


def apart(*arguments: str) -> Timed:
    """One measurement in a fresh process; RuntimeError with its last words if it fails."""
    print(f"scale: {' '.join(arguments)}", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "benchmarks.scale", *arguments]
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    if ran.returncode != 0:
        raise RuntimeError(f"'{' '.join(command[1:])}' failed; its error is above")
    return dict(json.loads(ran.stdout.splitlines()[-1]))


if __name__ == "__main__":
    what, size = sys.argv[1:]
    print(json.dumps(compare_once(int(size)) if what == "compare" else validate_once(size)))
