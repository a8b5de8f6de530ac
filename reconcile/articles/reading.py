"""From a path to the frame of articles: which files are read, under which ids, and what is told."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from reconcile import schema
from reconcile.articles.documents import read_html, read_text
from reconcile.articles.encoding import Decoded, decode
from reconcile.articles.language import detect_language
from reconcile.articles.pages import read_docx, read_pdf
from reconcile.articles.record import Record, Source
from reconcile.articles.tables import read_csv, read_jsonl, read_parquet
from reconcile.errors import InputError, RuleError, unforeseen
from reconcile.figures.publication import UNKNOWN, Publication, find_publication
from reconcile.rules.lexicon import FALLBACK_LANGUAGE, known_languages

STDIN = "-"
MOST_NAMED = 5  # broken bytes, or files of a kind
DECODED_FORMATS: dict[str, Callable[[str, Decoded], Source]] = {
    ".txt": read_text,
    ".md": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".csv": read_csv,
}
BINARY_FORMATS: dict[str, Callable[[str], Source]] = {
    ".parquet": read_parquet,
    ".pdf": read_pdf,
    ".docx": read_docx,
}
FORMATS = (*DECODED_FORMATS, *BINARY_FORMATS)
_LIST_OF_FORMATS = "give " + ", ".join(FORMATS[:-1]) + f" or {FORMATS[-1]}"
_READ_AS = f"its figures are read by those of {FALLBACK_LANGUAGE!r}"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_HTML_START = re.compile(r"\s*(?:<!doctype html|<html)", re.IGNORECASE)


class ArticleWarning(UserWarning):
    """Something about the articles that the reader should know; the run goes on."""


class ProblemWarning(ArticleWarning):
    """A file, a row or a field that could not be read; its message names where, what and the mend."""


class NoteWarning(ArticleWarning):
    """Something that was mended on the way: an encoding converted, an id made unique."""


@dataclass(frozen=True)
class Note:
    """What was mended on the way, and where."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}."


@dataclass(frozen=True)
class Reading:
    """The articles that could be read, and everything the reader should know about the others.

    `articles` has the columns of `schema.ARTICLES`; `metadata` holds, by article_id, the front-matter fields
    and row columns that have no column there.
    """

    articles: pl.DataFrame
    problems: tuple[InputError, ...]
    notes: tuple[Note, ...]
    metadata: Mapping[str, Mapping[str, object]]


def read_articles(path: str | os.PathLike[str], *, follow_links: bool = False) -> pl.DataFrame:
    r"""Read a file, a folder (with all below it) or `-` (standard input) into one row an article.

    `text` is the article without its front matter, with `\n` line endings where it comes from a file of its
    own, and exactly as given where it comes from a row. `article_id` is the file's stem or the row's own id;
    a second article with the same id becomes `id-2`, a third `id-3`, in the order of their paths.

    A link that leads out of the folder is told and not read, unless `follow_links` is true.

    Raises InputError if the path is missing or nothing in it could be read. Whatever else could not be read
    is told by a ProblemWarning each, and what was mended (an encoding, an id) by a NoteWarning.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "first.txt").write_text("Police arrested 83 people.", encoding="utf-8")
    ...     read_articles(folder).select("article_id", "text").row(0)
    ('first', 'Police arrested 83 people.')
    """
    reading = read_sources(path, follow_links=follow_links)
    problems = reading.problems
    if reading.articles.is_empty():
        if not problems:
            raise InputError(os.fspath(path), "no article is found", _LIST_OF_FORMATS)
        for problem in problems[1:]:
            warnings.warn(str(problem), ProblemWarning, stacklevel=2)
        raise problems[0]
    for problem in problems:
        warnings.warn(str(problem), ProblemWarning, stacklevel=2)
    for note in reading.notes:
        warnings.warn(str(note), NoteWarning, stacklevel=2)
    return reading.articles


def read_sources(path: str | os.PathLike[str], *, follow_links: bool = False) -> Reading:
    """Read like `read_articles`, but collect what could not be read instead of warning of it.

    Raises InputError only where there is nothing to try: a missing path, a folder without a file of a known
    format, a single file of another format.
    """
    records: list[Record] = []
    problems: list[InputError] = []
    notes: list[Note] = []
    for name in _find_files(os.fspath(path)):
        try:
            _check_file(os.fspath(path), name, follow_links)
            source = _read_file(name)
        except InputError as error:
            problems.append(error)
            continue
        except Exception as error:  # noqa: BLE001 (one file must not cost all others; its reason is told)
            problems.append(unforeseen(name, "the file could not be read", error))
            continue
        records.extend(source.records)
        problems.extend(source.problems)
        notes.extend(Note(name, what) for what in source.notes)
        notes.extend(Note(record.where, what) for record in source.records for what in record.notes)
    notes.extend(_left_aside(os.fspath(path)))
    ids = _unique_ids(records, notes)
    notes.extend(_languages_without_rules(records))
    rows = [_row(i, r, problems) for i, r in zip(ids, records, strict=True)]
    return Reading(
        articles=schema.frame(rows, schema.ARTICLES),
        problems=tuple(problems),
        notes=tuple(notes),
        metadata={i: r.metadata for i, r in zip(ids, records, strict=True) if r.metadata},
    )


def _left_aside(path: str) -> Iterator[Note]:
    """One line for each kind of file in a folder that is not read."""
    if path == STDIN or not os.path.isdir(path):
        return
    aside = Counter(_extension(name) or "none" for name in _walk(path) if _extension(name) not in FORMATS)
    for extension, n in sorted(aside.items()):
        files = "one file" if n == 1 else f"{n} files"
        yield Note(path, f"{files} with the extension {extension} left aside; {_LIST_OF_FORMATS}")


def _languages_without_rules(records: list[Record]) -> Iterator[Note]:
    """One line for each language that no rules are written for."""
    counted = Counter(r.language for r in records if r.language is not None and r.language not in known_languages())
    for language, n in sorted(counted.items()):
        where = next(r.where for r in records if r.language == language)
        others = f" and {n - 1} more" if n > 1 else ""
        yield Note(where + others, f"no rules are written for the language {language!r}; {_READ_AS}")


def _find_files(path: str) -> list[str]:
    """The files to read, in order: the path itself, or those of a known format below a folder."""
    if path == STDIN:
        return [path]
    if os.path.isfile(path):
        if _extension(path) not in FORMATS:
            what = f"files with the extension {_extension(path) or 'none'} are not read"
            raise InputError(path, what, _LIST_OF_FORMATS)
        return [path]
    if _ADDRESS.match(path):
        raise InputError(path, "this is a web address, and nothing is fetched", "save the page and give its file")
    if not os.path.exists(path):
        raise InputError(path, "there is no such file or folder", "check the path")
    if not os.path.isdir(path):
        mend = "give a file, a folder or - for standard input"
        raise InputError(path, "it is neither a file nor a folder", mend)
    found = sorted(_walk(path))
    known = [name for name in found if _extension(name) in FORMATS]
    if not known:
        others = ", ".join(sorted({_extension(name) or "none" for name in found}))
        what = (
            f"the folder holds no article (extensions found: {others})" if others else "the folder is empty"
        )
        raise InputError(path, what, _LIST_OF_FORMATS)
    return known


def _walk(folder: str) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (os.path.join(parent, name) for name in names if not name.startswith("."))


def _extension(path: str) -> str:
    return Path(path).suffix.lower()


def _check_file(given: str, name: str, follow_links: bool) -> None:
    """Refuse what is no plain file, what lies outside the folder that was given, and what nobody can write the name of.

    Raises InputError with the reason.
    """
    if name == STDIN:
        return
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        printable = os.fsencode(name).decode("utf-8", "replace")
        raise InputError(printable, "the file's name is no UTF-8", "rename the file") from None
    try:
        kind = os.stat(name).st_mode
    except OSError as error:
        what = f"the file cannot be opened ({_reason(error)})"
        raise InputError(name, what, "check its permissions, or remove it") from error
    if not stat.S_ISREG(kind):
        raise InputError(name, "this is a device or a pipe, not a file", "remove it from the folder")
    home = os.path.realpath(given)
    if name != given and not follow_links and not os.path.realpath(name).startswith(os.path.join(home, "")):
        mend = "copy the file into it, or allow links with --follow-links"
        raise InputError(name, "this is a link that leads out of the folder", mend)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _read_file(path: str) -> Source:
    """What one file gives; the reader is chosen by the extension, and for standard input by how it begins."""
    if path != STDIN and _extension(path) in BINARY_FORMATS:
        return BINARY_FORMATS[_extension(path)](path)
    try:
        raw = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    except OSError as error:
        what = f"the file cannot be opened ({_reason(error)})"
        raise InputError(path, what, "check its permissions") from error
    decoded = decode(raw)
    if decoded is None:
        what = "field 'text' is binary data, not text"
        raise InputError(path, what, "give the article as UTF-8 text, or remove the file")
    if not decoded.text.strip():
        raise InputError(path, "field 'text' is empty", "put the article's text in it, or remove the file")
    source = (_sniff(decoded.text) if path == STDIN else DECODED_FORMATS[_extension(path)])(path, decoded)
    if decoded.converted:
        note = f"read as {decoded.encoding} and converted to UTF-8"
        source = replace(source, notes=(*source.notes, note))
    if decoded.broken:
        source = replace(source, problems=(*source.problems, _broken(path, decoded.broken)))
    return source


def _broken(path: str, at: tuple[int, ...]) -> InputError:
    named = ", ".join(map(str, at[:MOST_NAMED])) + (", …" if len(at) > MOST_NAMED else "")
    what = f"{len(at)} bytes are no UTF-8 (at offset {named}) and are read as \N{REPLACEMENT CHARACTER}"
    return InputError(path, what, "save the file again from its source")


def _sniff(text: str) -> Callable[[str, Decoded], Source]:
    if _HTML_START.match(text) is not None:
        return read_html
    first = text.lstrip().split("\n", 1)[0]
    try:
        return read_jsonl if isinstance(json.loads(first), dict) else read_text
    except (ValueError, RecursionError):
        return read_text


def _unique_ids(records: list[Record], notes: list[Note]) -> list[str]:
    """An id for each record: its own, or its own with the first free number where an earlier one has it."""
    own = {record.article_id for record in records}
    given: set[str] = set()
    copies: Counter[str] = Counter(own)
    ids: list[str] = []
    for record in records:
        article_id = record.article_id
        while article_id in given or (article_id != record.article_id and article_id in own):
            copies[record.article_id] += 1
            article_id = f"{record.article_id}-{copies[record.article_id]}"
        if article_id != record.article_id:
            what = f"article_id {record.article_id!r} is taken, so {article_id!r} is given"
            notes.append(Note(record.where, what))
        given.add(article_id)
        ids.append(article_id)
    return ids


def _row(article_id: str, record: Record, problems: list[InputError]) -> dict[str, Any]:
    stated = record.published
    if stated.basis == "unknown":
        said = _publication(record, problems)
    else:
        said = Publication(stated.day, stated.low, stated.high, stated.basis)
    return {
        "article_id": article_id,
        "path": record.path,
        "outlet": record.outlet,
        "url": record.url,
        "title": record.title,
        "story": record.story,
        "language": record.language,
        "published": said.published,
        "published_low": said.low,
        "published_high": said.high,
        "published_basis": said.basis,
        "text": record.text,
        "sha256": hashlib.sha256(record.text.encode("utf-8")).hexdigest(),
    }


def _publication(record: Record, problems: list[InputError]) -> Publication:
    """What the article's own words say of its date; nothing, and a problem, where reading them fails."""
    try:
        return find_publication(record.text, record.language or detect_language(record.text))
    except RuleError:
        raise
    except Exception as error:  # noqa: BLE001 (one article must not cost all others; its reason is told)
        problems.append(unforeseen(record.where, "its date could not be read from the text", error))
        return UNKNOWN
