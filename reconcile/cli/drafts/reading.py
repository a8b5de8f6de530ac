"""A draft as an article, and where in its file each of its figures stands.

Text and Markdown are read as they are, so a figure's line is exact. A web page and a notebook are read through
what they hold; there a figure is looked for in the file, in order, and one that cannot be found has no line.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import polars as pl

from reconcile.articles import read_sources
from reconcile.articles.language import detect_language
from reconcile.errors import InputError

NOTEBOOK = ".ipynb"
ID_PREFIX = "draft:"
OUTLET = "the draft"


@dataclass(frozen=True)
class Place:
    """Line and column of a figure's first character and of the one after its last, counted from one."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Draft:
    """One draft: `articles` has its single row (schema.ARTICLES), `source` is the file as text."""

    path: str
    articles: pl.DataFrame
    source: str

    @property
    def text(self) -> str:
        """The draft as the engine reads it."""
        return str(self.articles["text"][0])

    @property
    def readings(self) -> tuple[pl.DataFrame, ...]:
        """The article once in each language that it is written in, all else in it blanked: offsets stay."""
        return tuple(
            self.articles.with_columns(text=pl.lit(text), language=pl.lit(language, pl.String))
            for language, text in by_language(self.text, self.articles["language"][0])
        )

    def place(self, start: int, end: int) -> Place | None:
        """Where the code points `start` to `end` of the text stand in the file, or null where that is unknown."""
        shift = self.source.rfind(self.text)
        if shift >= 0:
            return _place(self.source, shift + start, shift + end)
        quote = self.text[start:end]
        earlier = self.text.count(quote, 0, start)
        at = -1
        for _ in range(earlier + 1):
            at = self.source.find(quote, at + 1)
            if at < 0:
                return None
        return _place(self.source, at, at + len(quote))


def by_language(text: str, main: str | None) -> list[tuple[str | None, str]]:
    """The text once for each language of its lines, with the lines of other languages blanked.

    A line that does not give its language away is in that of the others of its kind, else in `main`.

    >>> [language for language, _ in by_language("Six were hurt in the storm.\\n\N{ARABIC LETTER BEH}", "en")]
    ['en', 'ar']
    """
    lines = text.splitlines(keepends=True)
    found = [detect_language(line) for line in lines]
    unknown = detect_language("".join(line for line, code in zip(lines, found, strict=True) if code is None))
    rest = unknown or main
    codes = [rest if code is None else code for code in found]
    languages = list(dict.fromkeys(code for code, line in zip(codes, lines, strict=True) if line.strip()))
    if len(languages) < 2:
        return [(main or rest, text)]
    return [
        (
            language,
            "".join(
                line if code == language else _blank(line) for code, line in zip(codes, lines, strict=True)
            ),
        )
        for language in languages
    ]


def _blank(line: str) -> str:
    return "".join(letter if letter.isspace() else " " for letter in line)


def read_draft(path: Path) -> Draft:
    """Read a draft: text, Markdown, HTML, or the prose of a notebook.

    Raises:
        InputError: it is missing, is not text, or holds more than one article.
    """
    if path.suffix.lower() == NOTEBOOK:
        return _read_notebook(path)
    reading = read_sources(path)
    if reading.articles.height != 1:
        if reading.problems:
            raise reading.problems[0]
        raise InputError(str(path), f"holds {reading.articles.height} articles", "give one draft at a time")
    return Draft(str(path), _renamed(reading.articles), _source(path))


def _read_notebook(path: Path) -> Draft:
    import nbformat

    try:
        book = nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise InputError(str(path), "there is no such file", "check the path") from None
    except (ValueError, KeyError, AttributeError):
        raise InputError(str(path), "is not a notebook that can be read", "save it again") from None
    prose = "\n\n".join(str(cell.source) for cell in book.cells if cell.cell_type == "markdown")
    return Draft(str(path), _renamed(_as_article(path, prose)), _source(path))


def _as_article(path: Path, text: str) -> pl.DataFrame:
    """The text read as if it were a file of its own, so that its language is found as everywhere else."""
    from tempfile import TemporaryDirectory

    if not text.strip():
        raise InputError(str(path), "holds no text", "write the prose in Markdown cells")
    with TemporaryDirectory() as folder:
        kept = Path(folder) / f"{path.stem}.txt"
        kept.write_text(text, encoding="utf-8")
        return read_sources(kept).articles.with_columns(path=pl.lit(str(path)))


def _renamed(articles: pl.DataFrame) -> pl.DataFrame:
    """The draft under an id that no article of the ledger has, and as an outlet that details can name."""
    return articles.with_columns(
        article_id=pl.lit(ID_PREFIX) + pl.col("article_id"), outlet=pl.col("outlet").fill_null(OUTLET)
    )


def _source(path: Path) -> str:
    raw = path.read_bytes().decode("utf-8-sig", "replace")
    return raw.replace("\r\n", "\n").replace("\r", "\n")


def _place(source: str, start: int, end: int) -> Place:
    begins = [0, *accumulate(len(line) for line in source.splitlines(keepends=True))]
    first, last = bisect_right(begins, start), bisect_right(begins, end)
    return Place(first, start - begins[first - 1] + 1, last, end - begins[last - 1] + 1)
