"""How papermill meets Jupyter here: a kernel of the running interpreter, started ahead of its notebooks.

An installed kernel called `python3` may belong to another environment. This one is always `sys.executable`,
imports the very package that the command line runs from, and needs nothing installed for the user.
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import sys
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.log import logger
from traitlets import default

from reconcile.files import scratch_folder
from reconcile.run.launch import import_statements

ENGINE = "reconcile"
# A kernel writes its own log to our stderr, which is for the user; what goes wrong in a cell is in the notebook.
QUIET = "--log-level=CRITICAL"
NO_HISTORY = "--HistoryManager.hist_file=:memory:"
START_TIMEOUT_S = 120


class RunningInterpreter(AsyncKernelManager):
    """A kernel manager that starts the interpreter it runs in.

    `imports` are done before the kernel answers; `later` are those of the notebooks that come after the first one, each
    done while other kernels are at work, in a namespace made clean.
    """

    imports: str = ""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        if hasattr(socket, "AF_UNIX"):
            self.transport = "ipc"
            self.ip = str(_private_folder() / f"k{uuid.uuid4().hex[:8]}")
        self.later: deque[str] = deque()
        self.channels: list[Any] = []

    @default("transport_encryption")
    def _encrypt_where_possible(self) -> str:
        return "auto"

    @property
    def kernel_spec(self) -> KernelSpec:
        """The kernel as Jupyter describes kernels; nothing is looked up on disk."""
        launch = [sys.executable, "-P", "-m", "reconcile.run.launch", self.imports]
        return KernelSpec(
            argv=[*launch, "-f", "{connection_file}", QUIET, NO_HISTORY],
            display_name="Python 3",
            language="python",
            env=_environment(),
            metadata={"supported_encryption": ["curve"]},
        )


@cache
def _private_folder() -> Path:
    """A folder of this process for its kernels' sockets; its path is short, as theirs must be.

    A kernel binds seconds after its ports are chosen, and until then any process may take a free TCP port. A socket
    file in a folder that only we may open is taken by nobody.
    """
    folder = scratch_folder()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def start_kernel(*notebooks: Path) -> RunningInterpreter:
    """Start a kernel for these notebooks, one after the other, and return at once; it imports on its own time."""
    kernel = RunningInterpreter()
    kernel.imports, *later = (_imports(notebook) for notebook in notebooks)
    kernel.later.extend(later)
    run_sync(kernel.start_kernel)()
    return kernel


def _imports(notebook: Path) -> str:
    cells = nbformat.read(notebook, as_version=4)["cells"]
    return import_statements(cell["source"] for cell in cells if cell["cell_type"] == "code")


def stop_kernel(kernel: RunningInterpreter) -> None:
    """Stop a kernel that has notebooks left; one that its last notebook has ended is left alone."""
    for channels in kernel.channels:
        channels.stop_channels()
    if kernel.has_kernel:
        run_sync(kernel.shutdown_kernel)(now=True)


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
    """Papermill's own engine on a kernel that runs already, which the last of its notebooks stops."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        kernel: RunningInterpreter,
        on_cell: Callable[[], None],
        **_: Any,
    ) -> Any:
        """Execute one notebook; `on_cell` is called after each of its cells."""
        nb_man.pbar = CellListener(on_cell)
        client = PapermillNotebookClient(
            nb_man,
            km=kernel,
            kernel_name=kernel_name,
            startup_timeout=START_TIMEOUT_S,
            timeout=None,
            shutdown_kernel="immediate",
            log=logger,
        )
        client.owns_km = not kernel.later
        executed = client.execute()
        if kernel.later:
            make_ready(kernel, client.kc)
        return executed


def make_ready(kernel: RunningInterpreter, channels: Any) -> None:
    """Have the kernel forget the notebook that has ended and do the imports of its next one, without waiting for it."""
    kernel.channels.append(channels)
    code = f"from reconcile.run.launch import renew\nrenew({kernel.later.popleft()!r})"
    channels.execute(code, silent=True, store_history=False)


papermill_engines.register(ENGINE, Engine)


def _environment() -> dict[str, str]:
    package_root = str(Path(__file__).resolve().parents[2])
    search_path = [package_root, *filter(None, [os.environ.get("PYTHONPATH")])]
    own = str(_private_folder() / "ipython")  # nothing is left in anybody's home
    return {"PYTHONPATH": os.pathsep.join(search_path), "IPYTHONDIR": own, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
