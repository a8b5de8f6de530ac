"""What every command shares: how an error becomes one line and a status, and where progress is shown."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from reconcile.errors import InputError

if TYPE_CHECKING:
    import polars as pl

    from reconcile.run.job import Progress

FINE, DID_NOT_HOLD, WRONG_INPUT = 0, 1, 2
PARAM = "--param"


class Commands(TyperGroup):
    """The command group: a wrong input ends in one line on stderr and status 2, a closed pipe in silence."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            say_all(getattr(error, "__notes__", ()))
            say(error)
            raise typer.Exit(WRONG_INPUT) from None
        except BrokenPipeError:
            _discard_stdout()
            raise typer.Exit(FINE) from None
        except OSError as error:
            where = "standard output" if error.filename is None else str(error.filename)
            what = str(error.strerror or error or type(error).__name__).lower()
            say(InputError(where, what, "check the path, its permissions and the space on the disk"))
            raise typer.Exit(WRONG_INPUT) from None


class RunCommand(TyperCommand):
    """A command with a repeatable `--param NAME VALUE`; Typer repeats options of one value only."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the words of the call, each name joined with its value first."""
        return super().parse_args(ctx, list(joined_parameters(args)))


def joined_parameters(words: Sequence[str]) -> Iterator[str]:
    """The words of a call with each `--param NAME VALUE` made `--param NAME=VALUE`, which is accepted too.

    Raises:
        typer.BadParameter: a name stands without a value.

    >>> list(joined_parameters(["in", "--param", "policy", "news", "--param", "allow=a", "--out", "x"]))
    ['in', '--param', 'policy=news', '--param', 'allow=a', '--out', 'x']
    """
    rest = iter(words)
    for word in rest:
        yield word
        if word == "--":
            yield from rest
        elif word == PARAM:
            name = next(rest, "")
            value = None if "=" in name else next(rest, None)
            if not name or ("=" not in name and value is None):
                message = f"give a name and a value: {PARAM} {name or 'NAME'} VALUE"
                raise typer.BadParameter(message, param_hint=PARAM)
            yield name if value is None else f"{name}={value}"


def speak_utf8() -> None:
    """Make both output streams UTF-8: an Arabic sentence must not fail on a pipe or a terminal of another page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def say(message: object) -> None:
    """Write one line to stderr, however many the message has."""
    typer.echo(" ".join(str(message).split()), err=True)


def say_all(messages: Iterable[object]) -> None:
    """Write one line for each message to stderr."""
    for message in messages:
        say(message)


def read(path: str, follow_links: bool = False) -> tuple[pl.DataFrame, int]:
    """The articles under a path, and the status so far: 2 where some could not be read, each told on stderr.

    Raises:
        InputError: nothing could be read.
    """
    from reconcile.articles import read_sources

    reading = read_sources(path, follow_links=follow_links)
    say_all(reading.notes)
    if reading.articles.is_empty():
        say_all(reading.problems[:-1])
        raise reading.problems[-1]
    say_all(reading.problems)
    return reading.articles, WRONG_INPUT if reading.problems else FINE


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show on a terminal that something takes its time."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


@contextmanager
def notebook_progress() -> Iterator[Progress | None]:
    """A bar for each notebook, on a terminal; elsewhere none."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def progress(notebook: str, done: int, cells: int) -> None:
            if notebook not in tasks:
                tasks[notebook] = bars.add_task(notebook, total=cells)
            bars.update(tasks[notebook], completed=done)

        yield progress


def _discard_stdout() -> None:
    """Point stdout at nothing, so that the interpreter's last flush does not complain of the closed pipe."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (it lives as long as the process)
