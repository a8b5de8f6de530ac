"""The file of judgements: CSV that an analyst may write by hand, read row by row with errors that name the line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import polars as pl

from reconcile import schema
from reconcile.errors import InputError, did_you_mean
from reconcile.files import write_text
from reconcile.judgements.model import (
    COLUMNS,
    CORRECTABLE,
    DECISIONS,
    NEVER_EMPTY,
    OF_CLAIMS,
    OF_PAIRS,
    REQUIRED,
    WORDS,
    Anchor,
    Judgement,
)
from reconcile.resources import data_dir
from reconcile.rules.measures import load_measures
from reconcile.tables import make_directory

FILE = "judgements.csv"
CHECKOUT_DATA = "data"
TRUE, FALSE = "true", "false"
Row = Mapping[str, str]


def default_file() -> Path | None:
    """The judgements that count where none are named: `data/judgements.csv` here, else the checkout's own; or none.

    A copy inside an installed package is nobody's file and is left alone.
    """
    own = Path(CHECKOUT_DATA) / FILE
    if own.is_file():
        return own
    shipped = data_dir() / FILE
    return shipped if shipped.parent.name == CHECKOUT_DATA and shipped.is_file() else None


def read_judgements(path: Path | str) -> tuple[Judgement, ...]:
    """Every judgement of the file, in its order; an empty file, or one with a header only, holds none.

    Raises:
        InputError: the file cannot be read, or a row is wrong; it names file, line, field and mend.
    """
    where = str(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError):
        raise InputError(where, "there is no such file", "check the path") from None
    except UnicodeDecodeError:
        raise InputError(where, "is not UTF-8", "save it as CSV in UTF-8") from None
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(rows, [])
        _check_header(where, header)
        return tuple(_judgements(where, header, rows))
    except csv.Error as error:
        what = f"cannot be read as CSV ({error})"
        raise InputError(f"{where}, line {rows.line_num}", what, "mend the quotation marks") from None


def append(path: Path, judgements: Iterable[Judgement]) -> None:
    """Write judgements behind those that the file holds; make the file, with its header, if there is none.

    Raises:
        InputError: what the file holds is wrong, or it is written with other columns.
    """
    held = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
    header = list(COLUMNS)
    if held.strip():
        read_judgements(path)
        header = next(csv.reader(io.StringIO(held.removeprefix("\ufeff"), newline="")))
        missing = [name for name in COLUMNS if name not in header]
        if missing:
            what = f"column '{missing[0]}' is missing"
            raise InputError(f"{path}, line 1", what, f"add the columns {', '.join(missing)} to write here")
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, lineterminator="\n")
    if not held.strip():
        writer.writeheader()
    writer.writerows(_as_row(one) for one in judgements)
    make_directory(path.parent)
    joint = "" if not held.strip() or held.endswith("\n") else "\n"
    write_text(path, (held if held.strip() else "") + joint + out.getvalue())


def _check_header(where: str, header: list[str]) -> None:
    place = f"{where}, line 1"
    if not header:
        return
    for name in header:
        if name not in COLUMNS:
            mend = did_you_mean(name, COLUMNS, f"the columns are {', '.join(COLUMNS)}")
            raise InputError(place, f"'{name}' is no column of judgements", mend)
        if header.count(name) > 1:
            raise InputError(place, f"column '{name}' is given twice", "keep one of the two")
    for name in REQUIRED:
        if name not in header:
            raise InputError(place, f"column '{name}' is missing", f"the columns are {', '.join(COLUMNS)}")


def _judgements(where: str, header: list[str], rows: Iterator[list[str]]) -> Iterator[Judgement]:
    # A cell may hold line breaks: a row begins on the line after the one on which the row before it ended.
    ended = 1
    while (cells := next(rows, None)) is not None:
        line, ended = ended + 1, rows.line_num  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in cells):
            continue
        place = f"{where}, line {line}"
        if len(cells) > len(header):
            raise InputError(
                place, f"has {len(cells)} cells for {len(header)} columns", "quote cells with commas"
            )
        row = dict.fromkeys(COLUMNS, "") | dict(zip(header, cells, strict=False))
        yield parse_row(place, row, line)


def parse_row(place: str, row: Row, line: int) -> Judgement:
    """The judgement that a row of the file holds, each of COLUMNS as text.

    Raises:
        InputError: a cell is wrong; `place` and the column come first.
    """
    decision = row["decision"].strip().lower()
    if decision not in DECISIONS:
        raise InputError(
            f"{place}: decision", f"'{row['decision']}' is no decision", f"use one of {', '.join(DECISIONS)}"
        )
    for name in ("who", "when", "why"):
        if not row[name].strip():
            raise InputError(
                f"{place}: {name}", "is empty", f"say {name}; a decision without it cannot be weighed"
            )
    anchors = tuple(_anchor(place, row, side) for side in "ab")
    if anchors[0] is None:
        raise InputError(
            f"{place}: quote_a", "is empty", "give the figure as written, and its article in article_a"
        )
    if decision in OF_PAIRS and anchors[1] is None:
        raise InputError(
            f"{place}: quote_b", "is empty", f"'{decision}' is said of two figures: give the other one"
        )
    if decision in OF_CLAIMS and anchors[1] is not None:
        raise InputError(
            f"{place}: quote_b", f"is given for '{decision}'", "it is said of one figure: empty it"
        )
    field = _field(place, decision, row["field"].strip())
    return Judgement(
        decision=decision,
        a=anchors[0],
        b=anchors[1],
        field=field,
        value=_value(place, decision, field, row["value"].strip()),
        who=" ".join(row["who"].split()),
        when=_when(place, row["when"].strip()),
        why=" ".join(row["why"].split()),
        line=line,
    )


def _anchor(place: str, row: Row, side: str) -> Anchor | None:
    names = ("article", "quote", "before", "after", "reading", "claim")
    article, quote, before, after, reading, claim = (row[f"{name}_{side}"] for name in names)
    if not any(cell.strip() for cell in (article, quote, claim)):
        return None
    if not quote.strip() and not claim.strip():
        raise InputError(f"{place}: quote_{side}", "is empty", "give the figure as the article writes it")
    if not article.strip() and not claim.strip():
        raise InputError(
            f"{place}: article_{side}", "is empty", "give the id of the article that the quote stands in"
        )
    return Anchor(article.strip(), quote, before, after, reading.strip(), claim.strip())


def _field(place: str, decision: str, field: str) -> str | None:
    if not field:
        if decision == "corrected":
            raise InputError(
                f"{place}: field", "is empty", f"name what is corrected: {', '.join(CORRECTABLE)}"
            )
        return None
    allowed = {"corrected": CORRECTABLE, "different": schema.REASONS}.get(decision, ())
    if field in allowed:
        return field
    mend = did_you_mean(field, allowed, f"use one of {', '.join(allowed)}")
    raise InputError(
        f"{place}: field", f"'{field}' does not go with '{decision}'", mend if allowed else "empty it"
    )


def _value(place: str, decision: str, field: str | None, text: str) -> object:
    if decision != "corrected" or field is None:
        if text:
            raise InputError(
                f"{place}: value", f"is given for '{decision}'", "empty it; only 'corrected' takes one"
            )
        return None
    where = f"{place}: value"
    if not text:
        if field in NEVER_EMPTY:
            raise InputError(where, f"is empty, and {field} is never unknown", f"give the right {field}")
        return None
    if field in WORDS and text not in WORDS[field]:
        raise InputError(where, f"'{text}' is no {field}", f"use one of {', '.join(WORDS[field])}")
    if field == "measure" and "@" not in text and text not in load_measures():
        mend = did_you_mean(text, load_measures(), "use an id of the measure rules")
        raise InputError(where, f"'{text}' is no measure", mend)
    return _typed(where, field, text)


def _typed(where: str, field: str, text: str) -> object:
    kind = schema.CLAIMS[field]
    try:
        if kind == pl.Float64():
            number = float(text.replace(",", ""))
            if number != number or number in (float("inf"), float("-inf")):
                raise ValueError(text)
            return number
        if kind == pl.Date():
            return date.fromisoformat(text)
    except ValueError:
        wanted = "a number like 260000000" if kind == pl.Float64() else "a day like 2025-10-22"
        raise InputError(where, f"'{text}' does not fit {field}", f"write {wanted}") from None
    if kind == pl.Boolean():
        if text.lower() not in (TRUE, FALSE):
            raise InputError(where, f"'{text}' does not fit {field}", f"write {TRUE} or {FALSE}")
        return text.lower() == TRUE
    return text


def _when(place: str, text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"{place}: when", f"'{text}' is no day", "write it as 2025-10-22") from None
    return text


def _as_row(one: Judgement) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS, "") | {
        "decision": one.decision, "field": one.field or "", "who": one.who, "when": one.when, "why": one.why,
    }  # fmt: skip
    if isinstance(one.value, bool):
        row["value"] = TRUE if one.value else FALSE
    elif isinstance(one.value, float):
        row["value"] = f"{one.value:.15g}"
    elif one.value is not None:
        row["value"] = str(one.value)
    return row | anchor_cells(one.a, "a") | ({} if one.b is None else anchor_cells(one.b, "b"))


def anchor_cells(anchor: Anchor, side: str) -> dict[str, str]:
    """The cells of one side of a row, `a` or `b`."""
    return {
        f"article_{side}": anchor.article_id, f"quote_{side}": anchor.quote, f"before_{side}": anchor.before,
        f"after_{side}": anchor.after, f"reading_{side}": anchor.reading, f"claim_{side}": anchor.claim_id,
    }  # fmt: skip
