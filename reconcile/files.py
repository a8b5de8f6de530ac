"""Files that are whole or not there: written beside, then renamed; folders that one run at a time may write to.

Whoever reads a result sees the old one or the new one, never half of it, whenever the writer was stopped. What the disk
refuses is one line with the mend.
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import os
import re
import shutil
import socket
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TextIO

from reconcile.errors import InputError

PART = ".part"  # the ending of a file that is not whole yet
LOCK = ".lock"
SCRATCH = "reconcile"
KEPT = "what was there before is unchanged"
_OS_ERROR = re.compile(r"\(os error (\d+)\)|\[Errno (\d+)\]")
_MENDS = {
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "free some of your quota",
    errno.EROFS: "give a folder that can be written to",
    errno.EACCES: "give a folder that you may write to",
    errno.EPERM: "give a folder that you may write to",
    errno.ENAMETOOLONG: "give a shorter name",
    errno.EISDIR: "move the folder of that name away",
    errno.EFBIG: "raise the limit on the size of files",
}


def not_written(path: Path | str, error: Exception) -> InputError:
    """What is told of a file that the disk refuses, with the mend.

    >>> str(not_written("out/pairs.csv", OSError(28, "No space left on device")))  # doctest: +NORMALIZE_WHITESPACE
    'out/pairs.csv: cannot be written (No space left on device); free some space, or give another folder: what was
    there before is unchanged.'
    """
    number = _number(error)
    mend = _MENDS.get(number, "check the path and its permissions")
    reason = os.strerror(number) if number else str(error) or type(error).__name__
    return InputError(str(path), f"cannot be written ({reason})", f"{mend}, or give another folder: {KEPT}")


@contextlib.contextmanager
def replacing(*paths: Path) -> Iterator[tuple[Path, ...]]:
    """Paths to write to in place of `paths`; they take their places together when all are whole.

    Raises:
        InputError: the disk refuses one of them; the files that were there before stand.
    """
    paths = tuple(Path(os.path.realpath(path)) for path in paths)
    parts = tuple(path.with_name(f".{path.name}{PART}") for path in paths)
    at = paths[0]
    try:
        # One that may not be replaced is told before any work, and by its own name.
        for at in paths:
            if at.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(at))
        at = paths[0]
        yield parts
        for part in parts:
            _flush(part)
        for at, part in zip(paths, parts, strict=True):
            part.replace(at)
    except Exception as error:
        if not isinstance(error, OSError) and not _number(error):
            raise
        named = getattr(error, "filename", None)
        raise not_written(at if named is None else _whole(named), error) from error
    finally:
        for part in parts:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file as a whole.

    Raises:
        InputError: the disk refuses it; the file that was there before stands.
    """
    with replacing(path) as (part,):
        part.write_bytes(content)


def write_text(path: Path, text: str) -> None:
    """Write a text as a whole, in UTF-8 and with line endings as they are.

    Raises:
        InputError: the disk refuses it; the file that was there before stands.
    """
    write_bytes(path, text.encode("utf-8"))


def _number(error: Exception) -> int:
    """The system's number for what went wrong; polars tells it in words only, and 0 stands for none."""
    if isinstance(error, OSError) and error.errno:
        return error.errno
    return number_in(str(error))


def number_in(told: str) -> int:
    """The system's number for an error that is told in words; 0 where it is none of the system's.

    >>> number_in("[Errno 28] No space left on device"), number_in("failed (os error 28)"), number_in("no luck")
    (28, 28, 0)
    """
    found = _OS_ERROR.search(told)
    return int(found[1] or found[2]) if found is not None else 0


def _whole(name: object) -> str:
    """The name of a file by that of its part."""
    path = Path(os.fsdecode(name) if isinstance(name, bytes) else str(name))
    if path.name.startswith(".") and path.name.endswith(PART):
        return str(path.with_name(path.name[1 : -len(PART)]))
    return str(path)


def _flush(path: Path) -> None:
    """Have the disk keep what was written, so that a file that is renamed into place is whole after any fall."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


@contextlib.contextmanager
def only_writer(directory: Path) -> Iterator[str | None]:
    """Be the only run that writes into this folder; what is given says which earlier one did not come to its end.

    The lock falls with its process, however that ends.

    Raises:
        InputError: another run writes here; it says who, and since when.
    """
    path = directory / LOCK
    lock = _locked(directory, path)
    if lock is None:
        yield None
        return
    with lock:
        holder = _read(lock)
        try:
            _say_who(lock, path)
            yield f"{directory}: an earlier run ({holder}) did not come to its end; {KEPT}." if holder else None
        finally:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def _locked(directory: Path, path: Path) -> TextIO | None:
    """The lock's file, held by this process; null on a system or a disk without locks, where the last of two runs wins,
    each of its files whole."""
    try:
        import fcntl
    except ImportError:
        return None
    while True:
        try:
            lock = path.open("a+", encoding="utf-8")
        except OSError as error:
            raise not_written(directory, error) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with lock:
                what = f"another run is writing here ({_read(lock)})"
            raise InputError(str(directory), what, "wait for it to end, or give another folder") from None
        except OSError:
            lock.close()
            return None
        if _is_at(lock.fileno(), path):
            return lock
        lock.close()  # the one who held it has just taken it away


def _read(lock: TextIO) -> str:
    lock.seek(0)
    return lock.read().strip()


def _say_who(lock: TextIO, path: Path) -> None:
    try:
        lock.truncate(0)
        lock.write(_holder())
        lock.flush()
    except OSError as error:
        raise not_written(path, error) from error


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether an open file is the one that lies at the path."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except OSError:
        return False


def _holder() -> str:
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "somebody"
    now = datetime.now().astimezone().isoformat(" ", "seconds")
    return f"{name}, since {now}, process {os.getpid()} on {socket.gethostname()}"


def scratch_folder() -> Path:
    """A new folder for this process alone, in the system's place for such; those of processes that are gone go too."""
    sweep_scratch()
    return Path(tempfile.mkdtemp(prefix=f"{SCRATCH}-{os.getpid()}-"))


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder to work in that is gone afterwards."""
    folder = scratch_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep_scratch() -> None:
    """Remove the scratch folders of our own processes that were stopped before they could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{SCRATCH}-*-*"):
        number = folder.name.split("-")[1]
        if number.isdecimal() and not _lives(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    """Whether a process runs; elsewhere than on POSIX, where asking would interrupt it, it is taken to."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # another user's
        return True
    return True
