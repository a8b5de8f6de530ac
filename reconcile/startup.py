"""Start-up: what a process can leave out of a heavy import."""

from __future__ import annotations

import importlib
import sys

IRI_GRAMMAR = "rfc3987_syntax"


def import_jsonschema_lightly() -> None:
    """Import jsonschema without its optional grammar of IRIs, which takes two seconds to build in each process.

    Altair and Great Expectations import jsonschema and check no IRI. The grammar stays importable for others: only
    jsonschema's own attempt, at this first import, finds it absent and goes on without that one format check.
    """
    if "jsonschema" in sys.modules:
        return
    hidden = IRI_GRAMMAR not in sys.modules
    if hidden:
        sys.modules[IRI_GRAMMAR] = None  # type: ignore[assignment]
    try:
        importlib.import_module("jsonschema")
    finally:
        if hidden:
            del sys.modules[IRI_GRAMMAR]
