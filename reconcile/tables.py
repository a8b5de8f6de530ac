"""The result tables on disk: each as Parquet, which keeps everything, and as CSV, which opens anywhere.

Three decisions on the CSV side:

- plain UTF-8 without a byte-order mark, because polars, pandas, R and every Unix tool read it so;
- a list is one cell, its items joined by `"; "`;
- articles are strangers' words, and a spreadsheet would run a cell that begins like a formula, also after blanks or
  with signs of full width. Such a cell gets an apostrophe in front, which makes it text for a spreadsheet. `text`
  and `quote` stay untouched, since `start` and `end` count their code points; `spreadsheet/NAME.csv` beside the exact
  file is safe in these columns too. Parquet and JSON lines are never touched.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import polars as pl

from reconcile import schema, stamps
from reconcile.errors import InputError
from reconcile.files import replacing, write_bytes

SCHEMAS: Mapping[str, Mapping[str, pl.DataType]] = {
    "articles": schema.ARTICLES,
    "claims": schema.CLAIMS,
    "pairs": schema.PAIRS,
    "quantities": schema.QUANTITIES,
    "alarms": schema.ALARMS_TABLE,
    "incidents": schema.INCIDENTS,
    "links": schema.LINKS,
}
CORE = ("articles", "claims", "pairs", "quantities", "alarms")  # what every ledger has
MADE_BY = {
    "articles": "01_extract.ipynb",
    "claims": "01_extract.ipynb",
    "pairs": "03_reconcile.ipynb",
    "quantities": "03_reconcile.ipynb",
    "alarms": "03_reconcile.ipynb",
    "incidents": "03_reconcile.ipynb",
    "links": "03_reconcile.ipynb",
}
CLAIM_FORMATS = (".jsonl", ".csv", ".parquet")
PREVIOUS = "previous"
LIST_SEPARATOR = "; "
OFFSET_COLUMNS = ("text", "quote")
# What a spreadsheet takes for the beginning of a formula, after whatever it passes over.
FORMULA_START = r"^[\s\p{Cf}\p{Cc}]*[=+\-@\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}\x{2212}]|^[\t\r\n]"
SPREADSHEET = "spreadsheet"
GUIDE = "README.txt"
_GUIDE = f"""What lies here

NAME.parquet        the tables, with types; read these with programs
NAME.csv            the same in plain UTF-8; the columns `text` and `quote` are exactly as the articles have them, and
                    may begin like a formula: do not open these in a spreadsheet
{SPREADSHEET}/NAME.csv  the same for spreadsheets: no cell is run as a formula (such a cell has an apostrophe in front)
"""
CELL = '<td dir="auto" style="text-align: start; white-space: normal">'
QUOTED_CELL = re.compile(r"(?<=<td>)&quot;(.*?)&quot;(?=</td>)", re.DOTALL)


def make_directory(directory: Path) -> Path:
    """Make the folder for results, with its parents.

    Raises:
        InputError: a file of that name is in the way, or the place is not writable.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise InputError(str(directory), "is a file, not a folder", "give a folder for the results") from None
    except OSError as error:
        what = f"cannot be made ({error.strerror})"
        raise InputError(str(directory), what, "give a folder you may write to") from None
    return directory


def flat(frame: pl.DataFrame, *, exact: tuple[str, ...] = OFFSET_COLUMNS) -> pl.DataFrame:
    """The frame as CSV holds it: lists joined, cells that a spreadsheet would run as a formula disarmed but in the
    columns of `exact`.

    >>> frame = pl.DataFrame({"ids": [["c1", "c2"]], "title": [" =1+1"], "quote": ["-5"]})
    >>> flat(frame).row(0), flat(frame, exact=()).row(0)
    (('c1; c2', "' =1+1", '-5'), ('c1; c2', "' =1+1", "'-5"))
    """
    lists = {name: kind.inner for name, kind in frame.schema.items() if isinstance(kind, pl.List)}
    joined = frame.with_columns(_items(name, kind).list.join(LIST_SEPARATOR) for name, kind in lists.items())
    guarded = [
        name for name, kind in joined.schema.items() if kind == pl.String and name not in exact
    ]
    cells = pl.col(guarded)
    disarmed = pl.when(cells.str.contains(FORMULA_START)).then("'" + cells).otherwise(cells).name.keep()
    return joined.with_columns(disarmed) if guarded else joined


def _items(name: str, kind: object) -> pl.Expr:
    """The items of a list as text; those of several fields with a blank between."""
    if isinstance(kind, pl.Struct):
        fields = [pl.element().struct.field(field.name).cast(pl.String) for field in kind.fields]
        return pl.col(name).list.eval(pl.concat_str(fields, separator=" ", ignore_nulls=True))
    return pl.col(name).cast(pl.List(pl.String))


def write_table(frame: pl.DataFrame, directory: Path | str, name: str) -> None:
    """Write `NAME.parquet`, `NAME.csv` and `spreadsheet/NAME.csv` into the folder, making it if it is missing.

    Raises:
        InputError: the folder cannot be made or written to; what was there before stands.
    """
    write_tables(directory, {name: frame})


def write_tables(directory: Path | str, frames: Mapping[str, pl.DataFrame]) -> None:
    """Write several tables, each under its name, all of them or none.

    Tables in the folder that were made of one that is replaced by another are taken away: they tell of another run.

    Raises:
        InputError: the folder cannot be made or written to; what was there before stands.
    """
    folder = make_directory(Path(directory))
    parents = {name: stamps.own_id(folder / f"{name}.parquet") for name in set(stamps.MADE_OF.values())}
    sheets = make_directory(folder / SPREADSHEET)
    paths = [
        path
        for name in frames
        for path in (folder / f"{name}.parquet", folder / f"{name}.csv", sheets / f"{name}.csv")
    ]
    with replacing(*paths, folder / GUIDE) as (*parts, guide):
        guide.write_text(_GUIDE, encoding="utf-8")
        for (name, frame), parquet, csv, sheet in zip(
            frames.items(), parts[::3], parts[1::3], parts[2::3], strict=True
        ):
            said = stamps.stamp(name, frame, parents)
            parents[name] = said.get(stamps.OWN)
            _write_parquet(frame, parquet, said)
            rows = flat(frame)
            rows.write_csv(csv)
            flat(rows, exact=()).write_csv(sheet, include_bom=True)
    remove_outlived(folder)


def _write_parquet(frame: pl.DataFrame, path: Path, said: dict[str, str]) -> None:
    """Through memory, since of a disk that is full polars says that its footer is out of specification."""
    written = io.BytesIO()
    frame.write_parquet(written, metadata=said)
    path.write_bytes(written.getbuffer())


def remove_outlived(directory: Path | str) -> None:
    """Take away the tables of a folder that were made of others than lie beside them; those of the articles stay, since
    the claims that follow are held against the ones before."""
    folder = Path(directory)
    for name, parent in stamps.MADE_OF.items():
        table = folder / f"{name}.parquet"
        beside, made_of = stamps.own_id(folder / f"{parent}.parquet"), stamps.made_of(table)
        if parent != "articles" and beside is not None and made_of not in (None, beside):
            for path in (table, table.with_suffix(".csv"), folder / SPREADSHEET / f"{name}.csv"):
                path.unlink(missing_ok=True)


def read_table(directory: Path | str, name: str) -> pl.DataFrame:
    """Read one of the contract's tables back, from Parquet or, where there is only that, from CSV.

    Returns the columns of the table's schema first and in its order; further columns stay behind them.

    Raises:
        InputError: the table is missing, cannot be read, or lacks a column of its schema.
    """
    folder = Path(directory)
    if not folder.is_dir():
        mend = "give the folder that `reconcile run --out` wrote"
        raise InputError(str(folder), "there is no such folder", mend)
    stamps.check_together(folder)
    parquet, csv = folder / f"{name}.parquet", folder / f"{name}.csv"
    if parquet.is_file():
        return _conform(_read_parquet(parquet), parquet, SCHEMAS[name])
    if csv.is_file():
        return _conform(_read_csv(csv, SCHEMAS[name]), csv, SCHEMAS[name])
    mend = f"run {MADE_BY[name]} first, or `reconcile run --out {folder}`"
    raise InputError(str(parquet), f"the table '{name}' is missing", mend)


def keep_previous(directory: Path | str, name: str) -> None:
    """Set the table of the last run aside, so that this run's can be held against it."""
    folder = Path(directory)
    table = folder / f"{name}.parquet"
    if table.is_file():
        write_bytes(make_directory(folder / PREVIOUS) / table.name, table.read_bytes())


def read_previous(directory: Path | str, name: str) -> pl.DataFrame | None:
    """The table of the run before this one, or null where there is none that can be read."""
    folder = Path(directory) / PREVIOUS
    try:
        return read_table(folder, name)
    except InputError:
        return None


def check_format(path: Path) -> None:
    """Refuse a claims file of a format that is not one of the three, before any work is done.

    >>> check_format(Path("claims.jsonl"))
    >>> check_format(Path("claims.xls"))
    Traceback (most recent call last):
    reconcile.errors.InputError: claims.xls: '.xls' is no format of claims; name it .jsonl, .csv or .parquet.
    """
    if path.suffix.lower() not in CLAIM_FORMATS:
        what = f"'{path.suffix}' is no format of claims"
        raise InputError(str(path), what, "name it .jsonl, .csv or .parquet")


def write_claims(frame: pl.DataFrame, destination: Path | None) -> None:
    """Write claims as JSON lines to standard output (`None`), or to a file by its ending.

    JSON lines hold ISO dates, nulls as null, and letters as they are, in UTF-8 whatever the locale says.

    Raises:
        InputError: the ending is not one of the three, or the folder cannot be made.
    """
    if destination is None:
        write_json_lines(frame, sys.stdout.buffer)
        return
    check_format(destination)
    make_directory(destination.parent)
    with replacing(destination) as (part,):
        match destination.suffix.lower():
            case ".csv":
                flat(frame).write_csv(part)
            case ".parquet":
                _write_parquet(frame, part, {})
            case _:
                with part.open("wb") as file:
                    write_json_lines(frame, file)


def write_json_lines(frame: pl.DataFrame, file: BinaryIO, *, rows_at_once: int = 10_000) -> None:
    """Write one JSON object a row, in slices, so that a reader who has seen enough stops the writer."""
    for piece in frame.iter_slices(rows_at_once):
        file.write(piece.write_ndjson().encode())
    file.flush()


@dataclass(frozen=True)
class Preview:
    """A table to look at in a notebook: every cell takes its direction from its own script."""

    frame: pl.DataFrame
    rows: int

    def _repr_html_(self) -> str:
        with pl.Config(
            tbl_rows=self.rows,
            tbl_cols=-1,
            fmt_str_lengths=400,
            fmt_table_cell_list_len=10,
            tbl_hide_column_data_types=True,
            tbl_hide_dataframe_shape=self.frame.height <= self.rows,
        ):
            drawn = self.frame._repr_html_()
        return QUOTED_CELL.sub(r"\1", drawn).replace("<td>", CELL)

    def __repr__(self) -> str:
        with pl.Config(tbl_rows=self.rows, tbl_cols=-1, tbl_hide_column_data_types=True):
            return repr(self.frame)


def preview(frame: pl.DataFrame, *columns: str, rows: int = 20) -> Preview:
    """The named columns (all, if none is named) of a table's first rows, Arabic readable from right to left.

    >>> 'dir="auto"' in preview(pl.DataFrame({"n": [83]}))._repr_html_()
    True
    """
    return Preview(frame.select(columns) if columns else frame, rows)


def _read_parquet(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError):
        raise InputError(str(path), "is not a Parquet file that can be read", "write it again") from None


def _read_csv(path: Path, columns: Mapping[str, pl.DataType]) -> pl.DataFrame:
    lists = [name for name, kind in columns.items() if isinstance(kind, pl.List)]
    plain = {name: pl.String() if name in lists else kind for name, kind in columns.items()}
    try:
        raw = pl.read_csv(path, schema_overrides=plain)
    except (pl.exceptions.PolarsError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(str(path), f"is not a table that can be read ({reason})", "write it again") from None
    present = [name for name in lists if name in raw.columns]
    filled = pl.col(present).fill_null("")
    items = filled.str.split(LIST_SEPARATOR).list.eval(pl.element().filter(pl.element() != ""))
    if not present:
        return raw
    typed = [pl.col(name).cast(columns[name]) for name in present if not _has_fields(columns[name])]
    return raw.with_columns(items).with_columns(typed)


def _has_fields(kind: pl.DataType) -> bool:
    """Whether the items of a list have fields: CSV holds them as text, and only Parquet gives them back."""
    return isinstance(kind, pl.List) and isinstance(kind.inner, pl.Struct)


def _conform(frame: pl.DataFrame, path: Path, columns: Mapping[str, pl.DataType]) -> pl.DataFrame:
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        what = f"column '{missing[0]}' is missing"
        raise InputError(str(path), what, "write the table again with this version of reconcile")
    return frame.select(*columns, pl.exclude(*columns))
