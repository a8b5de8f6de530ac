"""The process of a kernel: it does its notebook's imports while the notebook before still runs, then serves.

Importing Great Expectations or Altair takes longer than most notebooks do. What is done here is done again by the
notebook's own cells, at no cost by then; and what fails here fails there, where it is seen.
"""

from __future__ import annotations

import ast
import contextlib
import io
import sys
from collections.abc import Iterable

from reconcile.startup import import_jsonschema_lightly


def import_statements(sources: Iterable[str]) -> str:
    """The import statements of a notebook's cells, one a line.

    >>> import_statements(["import json\\nx = 1", "from pathlib import Path"])
    'import json\\nfrom pathlib import Path'
    """
    nodes = [node for source in sources for node in ast.parse(source).body]
    return "\n".join(ast.unparse(node) for node in nodes if isinstance(node, ast.Import | ast.ImportFrom))


def preload(statements: str) -> None:
    """Run the statements one by one, in silence: stdout is the command's, and stderr is for the user."""
    quiet = io.StringIO()
    for statement in statements.splitlines():
        with (
            contextlib.suppress(Exception),
            contextlib.redirect_stdout(quiet),
            contextlib.redirect_stderr(quiet),
        ):
            exec(statement, {})


def renew(statements: str) -> None:
    """Empty the kernel's namespace, as for a notebook that has just been opened, and do the next one's imports."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is not None:
        shell.reset(new_session=True)
    preload(statements)


def main() -> None:
    """Take the statements from the first argument and leave the rest to the kernel."""
    import_jsonschema_lightly()
    preload(sys.argv.pop(1))
    from ipykernel import kernelapp

    kernelapp.launch_new_instance()


if __name__ == "__main__":
    main()
