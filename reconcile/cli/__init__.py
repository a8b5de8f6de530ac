"""The command line: `reconcile extract`, `compare`, `validate`, `run`, `explain`, `check`, `judge`."""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["app", "main"]

STOPPED = 130  # what shells give for a command that was interrupted


def main() -> None:
    """Run the command line; the entry point of the `reconcile` script. An interruption is one line, at any moment."""
    try:
        from reconcile.cli.commands import main as run

        run()
    except KeyboardInterrupt:
        _say_stopped()
    except SystemExit as end:
        if end.code != STOPPED:
            raise
        _say_stopped()


def _say_stopped() -> None:
    sys.stderr.write("stopped; what was there before is unchanged.\n")
    sys.exit(STOPPED)


def __getattr__(name: str) -> Any:
    if name != "app":
        raise AttributeError(f"module 'reconcile.cli' has no attribute {name!r}")
    from reconcile.cli.commands import app

    return app
