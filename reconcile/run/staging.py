"""A run works in a hidden folder inside its own and puts what it made in place when it has come to its end.

Whatever stops it before, the results of the run before it stand whole. Where the last step itself is cut off, tables of
two runs may lie side by side; each says what it was made of, and whoever reads them is told.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from reconcile import stamps, summary, tables
from reconcile.files import not_written, write_text

STAGING, OLD = ".next", ".old"
EXECUTED = "executed"
REPORT = "report.html"
CLAIMS = "claims.parquet"


@contextlib.contextmanager
def staged(directory: Path) -> Iterator[Path]:
    """An empty folder to work in, gone afterwards; it has the claims of the last run, to be held against the new ones.

    Raises:
        InputError: the disk refuses it.
    """
    staging = directory / STAGING
    try:
        for left in (staging, directory / OLD):
            shutil.rmtree(left, ignore_errors=True)
        (staging / EXECUTED).mkdir(parents=True)
        with contextlib.suppress(FileNotFoundError):
            shutil.copyfile(directory / CLAIMS, staging / CLAIMS)
    except OSError as error:
        raise not_written(directory, error) from error
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def put_in_place(staging: Path, directory: Path) -> None:
    """Move all that a run made into its folder, in place of what the run before it left under the same names.

    Raises:
        InputError: the disk refuses it.
    """
    for path in (*(staging / EXECUTED).glob("*.ipynb"), staging / summary.FILE):
        _name_place(path, staging, directory)
    try:
        for new in sorted(staging.iterdir(), key=_order):
            _move(new, directory / new.name, directory / OLD)
    except OSError as error:
        raise not_written(directory, error) from error
    finally:
        shutil.rmtree(directory / OLD, ignore_errors=True)


def put_rest_in_place(staging: Path, directory: Path) -> None:
    """What a run leaves that failed on the way: its executed notebooks, and its tables if it came to have claims.

    Raises:
        InputError: the disk refuses it.
    """
    made_of, articles = stamps.made_of(staging / CLAIMS), stamps.own_id(staging / "articles.parquet")
    if made_of is None or made_of != articles:
        for path in staging.iterdir():
            if path.name != EXECUTED:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        put_in_place(staging, directory)
        return
    (directory / REPORT).unlink(missing_ok=True)
    put_in_place(staging, directory)
    tables.remove_outlived(directory)


def _order(path: Path) -> tuple[bool, str]:
    """The report last: who sees it finds all that it speaks of."""
    return path.name in (summary.FILE, REPORT), path.name


def _move(new: Path, place: Path, aside: Path) -> None:
    if place.is_dir():
        aside.mkdir(exist_ok=True)
        place.rename(aside / place.name)
    new.replace(place)


def _name_place(path: Path, staging: Path, directory: Path) -> None:
    """Have a file speak of the folder where it will lie, not of that in which it was made."""
    if path.is_file():
        text = path.read_text(encoding="utf-8")
        if str(staging) in text:
            write_text(path, text.replace(str(staging), str(directory)))
