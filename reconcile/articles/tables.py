"""Files with one article a row: JSON lines, CSV and Parquet."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any

from reconcile.articles.encoding import Decoded
from reconcile.articles.record import FIELDS, Record, Source, make_record
from reconcile.errors import InputError

ID, TEXT = "article_id", "text"
DELIMITERS = (",", ";", "\t")
_SURROGATE = re.compile("[\ud800-\udfff]")
Row = tuple[str, Mapping[str, Any]]


def read_jsonl(path: str, decoded: Decoded) -> Source:
    """The articles of a file with one JSON object a line; broken lines are reported, the others read."""
    problems: list[InputError] = []
    return _collect(path, _json_rows(path, decoded.text, problems), problems)


def read_csv(path: str, decoded: Decoded) -> Source:
    """The articles of a CSV file, whichever of comma, semicolon and tab its header is divided by."""
    header = decoded.text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=header.count)
    csv.field_size_limit(sys.maxsize)
    reader = csv.DictReader(io.StringIO(decoded.text, newline=""), delimiter=delimiter, strict=True)
    problems: list[InputError] = []
    return _collect(path, _csv_rows(path, reader, problems), problems)


def read_parquet(path: str) -> Source:
    """The articles of a Parquet file."""
    import polars as pl

    try:
        frame = pl.read_parquet(Path(path))
    except (pl.exceptions.PolarsError, OSError) as error:
        mend = "write it again, for instance with polars write_parquet"
        raise InputError(path, "the file is no Parquet", mend) from error
    frame = frame.rename(dict(zip(frame.columns, _names(path, frame.columns), strict=True)))
    rows = ((f"{path}:{n}", row) for n, row in enumerate(frame.iter_rows(named=True), start=1))
    return _collect(path, rows, [])


def _json_rows(path: str, text: str, problems: list[InputError]) -> Iterator[Row]:
    for n, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}:{n}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", "a value is too long or nested too deeply")
            problems.append(
                InputError(where, f"the line is no JSON ({reason})", "write one JSON object a line")
            )
            continue
        if isinstance(row, Mapping):
            yield where, {_name(name): _whole(value) for name, value in row.items()}
        else:
            problems.append(InputError(where, "the line is no JSON object", "write one JSON object a line"))


def _whole(value: object) -> object:
    """The value without halves of characters, which JSON can escape but no text can hold; offsets stay."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


def _csv_rows(path: str, reader: csv.DictReader[str], problems: list[InputError]) -> Iterator[Row]:
    before = 0
    try:
        reader.fieldnames = _names(path, reader.fieldnames or ())
        before = reader.line_num
        for row in reader:
            where = f"{path}:{before + 1}"
            before = reader.line_num
            if None in row:
                mend = "put fields that hold the delimiter between quotation marks"
                problems.append(InputError(where, "the row has more fields than the header", mend))
            else:
                yield where, row
    except csv.Error as error:
        mend = "close the quotation mark that it leaves open"
        problems.append(InputError(f"{path}:{before + 1}", f"the row is no CSV ({error})", mend))


def _name(written: str) -> str:
    """A column's name without its case and the blanks around it, where it is one of ours."""
    plain = written.strip().lower().replace(" ", "_")
    return plain if plain in (ID, TEXT, *FIELDS) else written


def _names(path: str, columns: Iterable[str]) -> list[str]:
    """The columns by our names; InputError where none holds the text, or two hold the same."""
    written = list(columns)
    names = [_name(column) for column in written]
    if TEXT not in names:
        what = f"column {TEXT!r} is missing (found: {', '.join(written) or 'none'})"
        raise InputError(path, what, f"name the column that holds it {TEXT!r}")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError(path, f"two columns are named {twice!r}", "give each a name of its own")
    return names


def _collect(path: str, rows: Iterable[Row], problems: list[InputError]) -> Source:
    records: list[Record] = []
    for n, (where, row) in enumerate(rows, start=1):
        try:
            record, smaller = _record(path, where, row, f"{PurePath(path).stem}-{n}")
        except InputError as error:
            problems.append(error)
            continue
        records.append(record)
        problems.extend(smaller)
    if not records and not problems:
        raise InputError(path, "the file holds no article", "add at least one row, or remove the file")
    return Source(tuple(records), tuple(problems))


def _record(
    path: str, where: str, row: Mapping[str, Any], numbered: str
) -> tuple[Record, list[InputError]]:
    """The article of a row; a file without ids has them by its name and the number of the row."""
    article_id, text = row.get(ID, numbered), row.get(TEXT)
    if isinstance(article_id, bool) or not isinstance(article_id, str | int) or not str(article_id).strip():
        raise InputError(where, "field 'article_id' is missing or empty", "give every row an id of its own")
    if text is None:
        raise InputError(where, "field 'text' is missing", "put the article's text in it, or remove the row")
    if not isinstance(text, str):
        what = f"field 'text' is a {type(text).__name__}, not a text"
        raise InputError(where, what, "put the article's text in it")
    if not text.strip():
        raise InputError(where, "field 'text' is empty", "put the article's text in it, or remove the row")
    fields = {name: value for name, value in row.items() if name not in (ID, TEXT) and value is not None}
    return make_record(where, path, str(article_id).strip(), text, fields)
