"""How papermill meets Jupyter here: a kernel of the running interpreter, and a listener for finished cells.

An installed kernel called `python3` may belong to another environment. This one is always `sys.executable`,
imports the very package that the command line runs from, and needs nothing installed for the user.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from papermill.engines import NBClientEngine, papermill_engines
from traitlets import default

ENGINE = "reconcile"
# A kernel writes its own log to our stderr, which is for the user; what goes wrong in a cell is in the notebook.
QUIET = "--log-level=CRITICAL"


class RunningInterpreter(AsyncKernelManager):
    """A kernel manager that starts the interpreter it runs in."""

    @default("transport_encryption")
    def _encrypt_where_possible(self) -> str:
        return "auto"

    @property
    def kernel_spec(self) -> KernelSpec:
        """The kernel as Jupyter describes kernels; nothing is looked up on disk."""
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", QUIET],
            display_name="Python 3",
            language="python",
            env=_environment(),
            metadata={"supported_encryption": ["curve"]},
        )


@dataclass
class CellListener:
    """What papermill takes for a progress bar: it only says that one more cell is done."""

    on_cell: Callable[[], None]
    n: int = 0

    def update(self, cells: int) -> None:
        """One cell, or several, are done."""
        self.n += cells
        self.on_cell()

    def set_description(self, text: str) -> None:
        """Papermill names the running cell; the notebooks' names say enough."""

    def refresh(self) -> None:
        """There is nothing drawn to refresh."""

    def close(self) -> None:
        """There is nothing drawn to close."""


class Engine(NBClientEngine):  # type: ignore[misc]
    """Papermill's own engine with our kernel and our listener."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Execute one notebook; `on_cell` is called after each of its cells."""
        nb_man.pbar = CellListener(options.pop("on_cell"))
        options["kernel_manager_class"] = RunningInterpreter
        return super().execute_managed_notebook(nb_man, kernel_name, **options)


papermill_engines.register(ENGINE, Engine)


def _environment() -> dict[str, str]:
    package_root = str(Path(__file__).resolve().parents[2])
    search_path = [package_root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {"PYTHONPATH": os.pathsep.join(search_path), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
