"""The command line: `reconcile extract`, `compare`, `validate`, `run`, `explain`."""

from __future__ import annotations

from reconcile.cli.commands import app, main

__all__ = ["app", "main"]
