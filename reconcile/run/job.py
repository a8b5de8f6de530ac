"""Execute the notebooks in order through papermill, and say how it ended."""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reconcile import summary, tables
from reconcile.errors import InputError
from reconcile.files import not_written, number_in, only_writer
from reconcile.run.parameters import NotebookParameter, notebook_parameters, parameter_values
from reconcile.run.staging import EXECUTED, REPORT, put_in_place, put_rest_in_place, staged

if TYPE_CHECKING:
    from papermill.exceptions import PapermillExecutionError

    from reconcile.run.kernel import RunningInterpreter

NOTEBOOKS = ("01_extract.ipynb", "02_validate.ipynb", "03_reconcile.ipynb", "04_report.ipynb")
# Which kernel executes which: those that need Great Expectations, seconds to import, share the one, and while either
# kernel works the other one imports.
LANES = (0, 1, 1, 0)
INPUT_ERRORS = ("InputError", "RuleError")
TERMINAL_COLOUR = re.compile("\N{ESCAPE}\\[[0-9;]*m")

Progress = Callable[[str, int, int], None]
"""Called with a notebook's name, its finished cells and all its cells."""


class NotebookError(Exception):
    """A notebook stopped with an error: which one, at which cell, and where its executed copy lies."""

    def __init__(self, notebook: str, cell: int, error: str, executed: Path) -> None:
        super().__init__(notebook, cell, error, executed)
        self.notebook = notebook
        self.cell = cell
        self.error = error
        self.executed = executed

    def __str__(self) -> str:
        return f"{self.notebook}, cell {self.cell}: {self.error}; open {self.executed} to see it."


@dataclass(frozen=True)
class Outcome:
    """How a run ended: where the results lie, what could not be read, which critical expectations failed,
    and which judgements no longer fit the texts."""

    directory: Path
    report: Path
    problems: tuple[str, ...]
    critical_failures: tuple[str, ...]
    judgement_warnings: tuple[str, ...] = ()
    judgement_conflicts: int = 0
    notes: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """The exit status: 2 where some input was wrong, 1 where a critical expectation failed or an analyst's
        judgement no longer holds, else 0.

        >>> Outcome(Path("out"), Path("out/report.html"), (), ("expect_quote_in_text",)).status
        1
        """
        if self.problems:
            return 2
        return 1 if self.critical_failures or self.judgement_conflicts else 0


def run(
    articles: str,
    directory: Path,
    parameters: Sequence[tuple[str, str]] = (),
    *,
    judgements: Path | None = None,
    rules: Path | None = None,
    notebooks: Path | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Execute every notebook of the folder `notebooks` (the project's own by default) on `articles`.

    Paths are used as they are given: the kernels work in the folder that the command was called from, so a
    relative path means for the notebooks what it means for the user. `parameters` are checked first of all.
    `judgements` is the file of the analysts' decisions, `rules` the folder of a user's own measures, if there are any.

    The notebooks work in a hidden folder inside `directory`; what they made takes its place when the last has ended.
    Where one fails, the tables so far and its executed copy do.

    Raises:
        InputError: the articles or a parameter are wrong, the disk refuses, or another run writes into the folder.
        NotebookError: a notebook stopped with an error of another kind.
    """
    started = time.monotonic()
    paths = notebook_paths(notebooks)
    declared = notebook_parameters(paths)
    chosen = parameter_values(parameters, declared)
    if not Path(articles).exists():
        raise InputError(articles, "there is no such file or folder", "check the path")
    given = {
        "articles": articles,
        "out_dir": str(directory),
        "judgements": str(judgements or ""),
        "rules": str(rules or ""),
    }
    values = {**chosen, **{name: value for name, value in given.items() if name in declared}}
    with only_writer(tables.make_directory(directory)) as unfinished, staged(directory) as staging:
        wanted = [_parameters_of(path, values, declared, staging) for path in paths]
        try:
            with _kernels(paths) as kernels:
                for path, own, kernel in zip(paths, wanted, kernels, strict=True):
                    _execute(path, staging / EXECUTED / path.name, own, kernel, progress)
        except InputError as error:
            raise _with_other_problems(_in_place(error, staging, directory), staging) from None
        except OSError as error:
            raise not_written(directory, error) from error
        except NotebookError as failure:
            put_rest_in_place(staging, directory)
            executed = directory / EXECUTED / failure.executed.name
            raise NotebookError(failure.notebook, failure.cell, failure.error, executed) from None
        defaults = {name: one.default for name, one in declared.items()}
        summary.record(
            staging,
            parameters={**defaults, **values},
            run={"notebooks": [path.name for path in paths], "seconds": round(time.monotonic() - started, 1)},
        )
        put_in_place(staging, directory)
    return replace(outcome(directory), notes=(unfinished,) if unfinished else ())


def _parameters_of(
    path: Path, values: Mapping[str, Any], declared: Mapping[str, NotebookParameter], staging: Path
) -> dict[str, Any]:
    """The values that a notebook takes; the folder that it writes to is the one of the run on its way."""
    own = {name: value for name, value in values.items() if path.name in declared[name].notebooks}
    return {**own, "out_dir": str(staging)} if "out_dir" in own else own


def _in_place(error: InputError, staging: Path, directory: Path) -> InputError:
    """The error in terms of the folder that the user knows."""
    told = InputError(*(part.replace(str(staging), str(directory)) for part in (error.where, error.what, error.mend)))
    for note in getattr(error, "__notes__", ()):
        told.add_note(note)
    return told


def outcome(directory: Path) -> Outcome:
    """How the run that left its summary in this folder ended.

    Raises:
        InputError: there is no summary in the folder.
    """
    kept = summary.read(directory)
    validation = kept.get("validation") or {}
    failures = tuple(validation.get("critical_failures", ()))
    judged = kept.get("judgements") or {}
    warned, conflicts = tuple(judged.get("warnings", ())), int(judged.get("conflict", 0))
    return Outcome(
        directory, directory / REPORT, tuple(kept.get("problems", ())), failures, warned, conflicts
    )


def notebook_paths(folder: Path | None = None) -> tuple[Path, ...]:
    """The notebooks in their order.

    Raises:
        InputError: one of them is not in the folder.
    """
    from reconcile.resources import notebooks_dir

    where = notebooks_dir() if folder is None else folder
    paths = tuple(where / name for name in NOTEBOOKS)
    for path in paths:
        if not path.is_file():
            raise InputError(str(path), "the notebook is missing", "install the project again, or restore it")
    return paths


@contextmanager
def _kernels(paths: Sequence[Path]) -> Iterator[list[RunningInterpreter]]:
    """The kernel of each notebook, all started; none is left running."""
    from reconcile.run.kernel import start_kernel, stop_kernel

    started: list[RunningInterpreter] = []
    try:
        for lane in sorted(set(LANES)):
            started.append(start_kernel(*(path for path, at in zip(paths, LANES, strict=True) if at == lane)))
        yield [started[lane] for lane in LANES]
    finally:
        for kernel in started:
            stop_kernel(kernel)


def _execute(
    path: Path, executed: Path, values: dict[str, Any], kernel: RunningInterpreter, progress: Progress | None
) -> None:
    import nbformat
    import papermill
    from papermill.exceptions import PapermillExecutionError

    from reconcile.run.kernel import ENGINE

    logging.getLogger("papermill").setLevel(logging.ERROR)
    cells, done = len(nbformat.read(path, as_version=4)["cells"]) + 1, 0  # and the injected one

    def cell_finished() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(path.name, done, cells)

    if progress is not None:
        progress(path.name, 0, cells)
    try:
        papermill.execute_notebook(
            _plain(path),
            _plain(executed),
            parameters=values,
            engine_name=ENGINE,
            progress_bar=False,
            request_save_on_cell_execute=False,
            kernel=kernel,
            on_cell=cell_finished,
        )
    except PapermillExecutionError as error:
        raise _explained(path, error, executed) from None
    except RuntimeError as error:  # Jupyter's word for a kernel that did not start
        raise NotebookError(path.name, 0, f"the kernel did not start: {error}", executed) from error


def _plain(path: Path) -> str:
    """The path as papermill takes it literally; it would fill in what stands between braces."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _explained(path: Path, error: PapermillExecutionError, executed: Path) -> Exception:
    message = TERMINAL_COLOUR.sub("", " ".join(str(error.evalue).split()))
    if error.ename in INPUT_ERRORS:
        where, _, rest = message.partition(": ")
        what, _, mend = rest.rstrip(".").rpartition("; ")
        return InputError(where, what, mend)
    if error.ename == OSError.__name__ and (number := number_in(message)):
        return OSError(number, os.strerror(number))  # the disk, under a library that knows no other word
    return NotebookError(path.name, error.cell_index + 1, f"{error.ename}: {message}", executed)


def _with_other_problems(error: InputError, directory: Path) -> InputError:
    """The error with what else could not be read as its notes: where nothing could, all of it is told."""
    if (directory / summary.FILE).is_file():
        for problem in summary.read(directory).get("problems", ()):
            if problem != str(error):
                error.add_note(problem)
    return error
