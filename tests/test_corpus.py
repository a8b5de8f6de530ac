"""The corpora: every phrasing gives the expected figures, nothing else, with the bounds that the contract asks for."""

from __future__ import annotations

import calendar
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from reconcile import schema
from reconcile.figures.figure import Figure
from reconcile.figures.find import find_figures, read

CORPUS = Path(__file__).parent / "corpus"
ENTRY_KEYS = {"expect", "from", "published", "say", "topic", "why"}
FIGURE_KEYS = {
    "kind", "value", "low", "high", "unit", "noun", "qualifier", "role", "date", "precision", "edtf", "quote",
    "unit_candidates",
}  # fmt: skip
BOUNDED_BELOW = ("more_than", "at_least")
BOUNDED_ABOVE = ("less_than", "at_most")
LEAST_CASES = {"ar": 400, "en": 300, "fr": 150}


@dataclass(frozen=True)
class Case:
    """One phrasing with all the figures that it states."""

    language: str
    topic: str
    text: str
    expect: tuple[dict[str, Any], ...]
    published: date | None

    def __str__(self) -> str:
        return f"{self.language}/{self.topic}: {self.text}"


def corpus_files() -> list[Path]:
    return sorted(CORPUS.glob("??/*.yml"))  # one folder a language, by its two letters


def load(path: Path) -> Iterator[Case]:
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
        expect = entry.get("expect", [])
        figures = tuple([expect] if isinstance(expect, dict) else expect)
        for text in entry["say"]:
            yield Case(path.parent.name, path.stem, text, figures, entry.get("published"))


def cases(known_failures: bool) -> list[Case]:
    return [
        case
        for path in corpus_files()
        if (path.stem == "known_failures") == known_failures
        for case in load(path)
    ]


def differences(case: Case) -> list[str]:
    """What is not as expected, in readable lines; empty if all is right."""
    figures = find_figures(read(case.text, case.language), case.published)
    found = [f for f in figures if _counts(f, case.expect)]
    lines = [
        f"{key}: expected {wanted!r}, found {got!r} in «{case.text[figure.start : figure.end]}»"
        for want, figure in zip(case.expect, found, strict=False)
        for key, wanted, got in compare(want, figure, case.text)
    ]
    if len(found) != len(case.expect):
        lines.append(f"expected {len(case.expect)} figures, found {len(found)}")
    if lines:
        lines += [f"  found {describe(f, case.text)}" for f in found] or ["  found nothing"]
    return lines


def _counts(figure: Figure, expect: tuple[dict[str, Any], ...]) -> bool:
    """Whether the figure must be among those expected."""
    if figure.kind == "time" and not any(e["kind"] == "time" for e in expect):
        return False
    return figure.role == "claim" or any("role" in e for e in expect)


def compare(want: dict[str, Any], got: Figure, text: str) -> Iterator[tuple[str, Any, Any]]:
    """Each field that is off: its name, what was expected, what was found."""
    wanted = {**_bounds_as_stated(want), **want}
    for key in ("kind", "unit", "noun", "role", "precision", "edtf"):
        if key in wanted:
            actual = getattr(got, {"precision": "date_precision"}.get(key, key))
            if actual != wanted[key]:
                yield key, wanted[key], actual
    for key in ("value", "low", "high", "low_open", "high_open"):
        if key in wanted and not _same(wanted[key], getattr(got, key)):
            yield key, wanted[key], getattr(got, key)
    qualifier = want.get("qualifier", "any" if want["kind"] == "date" else "exact")
    if qualifier not in ("any", got.qualifier):
        yield "qualifier", qualifier, got.qualifier
    if "date" in want and (got.date_start, got.date_end) != days_of(want["date"]):
        yield "date", want["date"], f"{got.date_start}..{got.date_end}"
    if "quote" in want and text[got.start : got.end] != want["quote"]:
        yield "quote", want["quote"], text[got.start : got.end]
    if "unit_candidates" in want and not set(want["unit_candidates"]) <= set(got.unit_candidates):
        yield "unit_candidates", want["unit_candidates"], got.unit_candidates


def _bounds_as_stated(want: dict[str, Any]) -> dict[str, Any]:
    """The bounds that follow from value and qualifier, by the contract."""
    value, qualifier = want.get("value"), want.get("qualifier", "exact")
    if want["kind"] == "date" or (value is None and qualifier != "between") or qualifier == "any":
        return {}
    if qualifier == "exact":
        return {"low": value, "high": value, "low_open": False, "high_open": False}
    if qualifier in BOUNDED_BELOW:
        return {"low": value, "high": None, "low_open": qualifier == "more_than"}
    if qualifier in BOUNDED_ABOVE:
        return {"low": None, "high": value, "high_open": qualifier == "less_than"}
    return {"value": value}


def _same(wanted: Any, got: Any) -> bool:
    if wanted is None or got is None or isinstance(wanted, bool):
        return bool(wanted == got)
    return math.isclose(wanted, got, rel_tol=1e-6, abs_tol=1e-9)


def days_of(written: Any) -> tuple[date | None, date | None]:
    """The first and last day of a year, a month, a day or a pair of days as the corpus writes them."""
    if isinstance(written, list):
        first, last = (date.fromisoformat(d) if isinstance(d, str) else d for d in written)
        return first, last
    if isinstance(written, date):
        return written, written
    if isinstance(written, int):
        return date(written, 1, 1), date(written, 12, 31)
    year, month = (int(part) for part in written.split("-"))
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def describe(f: Figure, text: str) -> str:
    what = f"{f.date_start}..{f.date_end}" if f.kind == "date" else f"{f.value} [{f.low}, {f.high}] {f.unit}"
    noun = f" ({f.noun})" if f.noun is not None else ""
    return f"«{text[f.start : f.end]}» {f.kind} {what}{noun} {f.qualifier} {f.role} by {', '.join(f.rules)}"


@pytest.mark.parametrize("case", cases(known_failures=False), ids=str)
def test_phrasing(case: Case) -> None:
    lines = differences(case)
    assert not lines, "\n".join([case.text, *lines])


@pytest.mark.parametrize("case", cases(known_failures=True), ids=str)
def test_known_failure_still_fails(case: Case) -> None:
    assert differences(case), f"«{case.text}» is read rightly now: move it from known_failures to its topic"


@pytest.mark.parametrize("path", corpus_files(), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_corpus_is_whole(path: Path) -> None:
    """Every entry has the keys that the README names, words of the schema, and no phrasing twice."""
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
        assert entry.keys() <= ENTRY_KEYS, entry
        assert entry["from"] and entry["say"], entry
        assert ({"topic", "why"} <= entry.keys()) == (path.stem == "known_failures"), entry
        assert ("expect" in entry) or path.stem in ("negative", "known_failures"), entry
    for case in load(path):
        for figure in case.expect:
            assert figure.keys() <= FIGURE_KEYS, figure
            assert figure["kind"] in schema.KINDS, figure
            assert figure.get("qualifier", "exact") in (*schema.QUALIFIERS, "any"), figure
            assert figure.get("role", "claim") in schema.ROLES, figure


@pytest.mark.parametrize("language", sorted(LEAST_CASES))
def test_corpus_is_large(language: str) -> None:
    texts = [c.text for known in (False, True) for c in cases(known) if c.language == language]
    twice = [text for text, times in Counter(texts).items() if times > 1]
    assert not twice
    assert len(texts) >= LEAST_CASES[language]
