"""Precision and recall of every field of context on our labelled sentences, as `make evaluate` prints them.

Usage: python -m tests.evaluate_context [--misses | --semantic] [FILE …].
The figures are given, so that only context is measured.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from reconcile.context import ArticleFacts, Context, describe
from reconcile.figures.figure import Figure
from reconcile.text import Passage

CORPUS = Path(__file__).with_name("corpus") / "context"
LANGUAGES = ("ar", "en", "fr")
FIELDS = (
    "measure",
    "event",
    "place",
    "speaker",
    "stance",
    "refuted_by",
    "epistemic",
    "scope",
    "cumulative",
    "part_of",
    "duplicate_of",
)
DEFAULTS = {"stance": "asserted", "epistemic": "asserted", "scope": "total"}
SCALES = (
    ("billion", 1e9),
    ("مليار", 1e9),
    ("million", 1e6),
    ("مليون", 1e6),
    ("ملايين", 1e6),
    ("ألف", 1e3),
    ("آلاف", 1e3),
)
_FIGURE = re.compile(r"\[([^\[\]|]+)\|([^\[\]]*)\]")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Row:
    """One labelled sentence: its text, its figures, and what each of them should say."""

    language: str
    text: str
    figures: tuple[Figure, ...]
    labels: tuple[dict[str, Any], ...]
    source: str
    published: date | None = None


def rows(paths: list[Path] | None = None) -> Iterator[Row]:
    """Every labelled sentence of the corpus; the language is the first part of a file's name."""
    for path in paths or sorted(CORPUS.glob("*.yml")):
        for number, spec in enumerate(yaml.safe_load(path.read_text(encoding="utf8")), 1):
            text, figures = read_markup(spec["text"])
            labels = tuple(spec["figures"])
            assert len(labels) == len(figures), (
                f"{path.name}: row {number}: {len(figures)} figures, {len(labels)} labels"
            )
            yield Row(
                path.stem.split("_")[0],
                text,
                tuple(figures),
                labels,
                f"{path.name}:{number}",
                spec.get("published"),
            )


def files_of(language: str) -> list[Path]:
    """The files of a language."""
    return sorted(CORPUS.glob(f"{language}_*.yml"))


def read_markup(marked: str) -> tuple[str, list[Figure]]:
    """The plain text and its figures.

    >>> text, [figure] = read_markup("Police arrested [83 people|person].")
    >>> text, figure.start, figure.value, figure.unit
    ('Police arrested 83 people.', 16, 83.0, 'person')
    """
    parts: list[str] = []
    figures: list[Figure] = []
    done = at = 0
    for match in _FIGURE.finditer(marked):
        parts.append(marked[done : match.start()])
        at += match.start() - done
        quote = match.group(1)
        figures.append(_figure(at, quote, match.group(2)))
        parts.append(quote)
        at += len(quote)
        done = match.end()
    parts.append(marked[done:])
    return "".join(parts), figures


def _figure(start: int, quote: str, what: str) -> Figure:
    end = start + len(quote)
    what, _, given = what.partition("=")
    if what.startswith("date "):
        first, _, last = what.removeprefix("date ").partition("/")
        day = date.fromisoformat(first)
        return Figure(start, end, "date", date_start=day, date_end=date.fromisoformat(last) if last else day)
    value = float(given) if given else _value(quote)
    kind, unit = _kind(what)
    return Figure(start, end, kind, value=value, low=value, high=value, unit=unit)


def _kind(what: str) -> tuple[str, str | None]:
    if what == "%":
        return "percentage", "percent"
    for prefix, kind in (("q:", "quantity"), ("d:", "duration"), ("ord:", "ordinal")):
        if what.startswith(prefix):
            return kind, what.removeprefix(prefix)
    if len(what) == 3 and what.isupper():
        return "money", what
    return "count", what or None


def _value(quote: str) -> float | None:
    match = _DIGITS.search(quote)
    if match is None:
        return None
    number = float(match.group().replace(",", ""))
    scale = next((factor for word, factor in SCALES if word in quote), 1.0)
    return number * scale


def judge(row: Row) -> Iterator[tuple[str, int, Any, tuple[Any, ...]]]:
    """For each labelled field of each figure: the field, the figure, what was said, and what may be said."""
    facts = ArticleFacts(row.language, row.published)
    for index, (context, label) in enumerate(
        zip(describe(Passage(row.text), row.figures, facts), row.labels, strict=True)
    ):
        for field in FIELDS:
            if field in ("part_of", "duplicate_of", "cumulative"):
                wanted: tuple[Any, ...] = (label.get(field),)
                if isinstance(wanted[0], str):
                    wanted = tuple(_plain(w) for w in wanted[0].split("|"))
            else:
                raw = label.get(field)
                wanted = tuple(w or DEFAULTS.get(field) for w in (raw or "").split("|"))
            yield field, index, said(context, field), wanted


def _plain(word: str) -> bool | int | None:
    """A label of a field that holds no string."""
    return {"": None, "true": True, "false": False}.get(word, int(word) if word.isdigit() else None)


def said(context: Context, field: str) -> Any:
    """A field's value; a signature counts as no measure."""
    value = getattr(context, field)
    return None if field == "measure" and value is not None and (":" in value or "@" in value) else value


@dataclass
class Tally:
    """One field: what was said and how much of it was right; what had to be said and how much of it was found.

    A label that also admits silence ("people_missing|") counts where something was said, and is never missed.
    """

    said: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0

    @property
    def precision(self) -> float | None:
        return self.right / self.said if self.said else None

    @property
    def recall(self) -> float | None:
        return self.found / self.wanted if self.wanted else None


def score(paths: list[Path] | None = None, misses: bool = False) -> dict[str, Tally]:
    """The tally of each field over the labelled sentences."""
    tally: dict[str, Tally] = defaultdict(Tally)
    for row in rows(paths):
        for field, index, value, wanted in judge(row):
            default = DEFAULTS.get(field)
            right = value in wanted
            tally[field].said += value != default
            tally[field].right += right and value != default
            tally[field].wanted += default not in wanted
            tally[field].found += right and default not in wanted
            if misses and not right:
                quote = row.text[row.figures[index].start : row.figures[index].end]
                print(
                    f"{row.source} {field}: «{quote}» said {value}, wanted {'|'.join(map(str, wanted))}: {row.text}"
                )
    return dict(tally)


def table(tally: dict[str, Tally]) -> str:
    """Precision and recall by field, as a Markdown table."""
    lines = ["| field | precision | recall | labelled |", "|---|---|---|---|"]
    for field in FIELDS:
        of_field = tally.get(field, Tally())
        shares = " | ".join(
            "–" if share is None else f"{share:.2f}" for share in (of_field.precision, of_field.recall)
        )
        lines.append(f"| {field} | {shares} | {of_field.wanted} |")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Print one table a language."""
    if "--semantic" in arguments:
        from tests.evaluate_semantic import report

        print(report())
        return 0
    misses = "--misses" in arguments
    given = [Path(a) for a in arguments if not a.startswith("--")]
    by_language: dict[str, list[Path]] = defaultdict(list)
    for path in given or sorted(CORPUS.glob("*.yml")):
        by_language[path.stem.split("_")[0]].append(path)
    for language, paths in sorted(by_language.items()):
        tally = score(paths, misses)
        print(f"\n{language}: {sum(1 for _ in rows(paths))} sentences\n{table(tally)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
