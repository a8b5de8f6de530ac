"""Whole reports read end to end: which figures are right and what they count; and what comparing two reports
gives. `python -m tests.evaluate_reports [--misses] [FILE …]` prints it.

The files of `corpus/reports` were written and labelled by people who had not seen the rules; a file's first run, before
anything was mended for it, is the honest figure, and `corpus/EVALUATION.md` keeps it.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from reconcile.articles.language import detect_language
from reconcile.claims import extract
from reconcile.comparison import compare

CORPUS = Path(__file__).with_name("corpus")
REPORTS, OCCASIONS = CORPUS / "reports", CORPUS / "occasions"
MARK = re.compile("⟦([^⟧]*)⟧")
APART = ("not_comparable", "undetermined")
BETWEEN_KINDS = ({"count", "quantity"}, {"ratio", "percentage"})
ONE_SIDED = {"more_than": "low", "at_least": "low", "less_than": "high", "at_most": "high"}
FIELDS = ("measure", "part_of")  # names of speakers are spelt as each reader likes


@dataclass(frozen=True)
class Report:
    """One report: its text, and for each figure where it stands and what it should say."""

    id: str
    language: str
    published: date | None
    text: str
    labels: tuple[tuple[int, int, Mapping[str, Any]], ...]


@dataclass
class Score:
    """How many figures were asked for, right and made up; of each field what was said, right of it, asked and found."""

    asked: int = 0
    right: int = 0
    extra: int = 0
    fields: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0, 0, 0] for name in FIELDS})
    misses: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Take up what another part scored."""
        self.asked, self.right, self.extra = (
            self.asked + other.asked, self.right + other.right, self.extra + other.extra
        )  # fmt: skip
        for name, counts in other.fields.items():
            self.fields[name] = [a + b for a, b in zip(self.fields[name], counts, strict=True)]
        self.misses += other.misses


def unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without its marks, and where each marked figure stands.

    >>> unmarked("Police held ⟦83 people⟧.")
    ('Police held 83 people.', [(12, 21)])
    """
    parts, spans, done, at = [], [], 0, 0
    for match in MARK.finditer(marked):
        before, quote = marked[done : match.start()], match.group(1)
        at += len(before)
        spans.append((at, at + len(quote)))
        at += len(quote)
        parts += [before, quote]
        done = match.end()
    return "".join([*parts, marked[done:]]), spans


def reports(path: Path) -> Iterator[Report]:
    """The reports of a file; the language is the first part of its name."""
    for spec in yaml.safe_load(path.read_text(encoding="utf8")):
        text, spans = unmarked(spec["text"])
        labels = tuple((*span, label) for span, label in zip(spans, spec["figures"], strict=True))
        yield Report(spec["id"], path.stem.split("_")[0], spec["published"], text, labels)


def claims_of(report: Report) -> list[dict[str, Any]]:
    """What we read in a report."""
    row = {
        "article_id": report.id,
        "text": report.text,
        "language": report.language,
        "published": report.published,
    }
    return extract(pl.DataFrame([row], schema_overrides={"published": pl.Date})).to_dicts()


def score(report: Report) -> Score:
    """How a report is read."""
    found, result = claims_of(report), Score(asked=len(report.labels))
    touched: set[str] = set()
    at: dict[int, dict[str, Any]] = {}
    for number, (start, end, label) in enumerate(report.labels):
        near = [claim for claim in found if claim["start"] < end and claim["end"] > start]
        touched.update(claim["claim_id"] for claim in near)
        told = [what_is_off(label, claim) for claim in near]
        if None in told:
            at[number] = near[told.index(None)]
        else:
            result.misses.append(
                f"{report.id} «{report.text[start:end]}»: {'; '.join(map(str, told)) or 'not found'}"
            )
    extra = [
        c for c in found if c["claim_id"] not in touched and c["role"] == "claim" and c["kind"] != "time"
    ]
    result.right, result.extra = len(at), len(extra)
    result.misses += [f"{report.id} «{claim['quote']}»: made up" for claim in extra]
    numbers = {claim["claim_id"]: number for number, claim in at.items()}
    for number, claim in at.items():
        _add_fields(result, report, number, claim, numbers)
    return result


def _add_fields(
    result: Score, report: Report, number: int, claim: Mapping[str, Any], numbers: Mapping[str, int]
) -> None:
    start, end, label = report.labels[number]
    for name in FIELDS:
        if name not in label and name == "measure":
            continue  # the reader was not sure
        said, default = claim[name], None
        if name == "measure" and said is not None and (":" in said or "@" in said):
            said = None
        if name == "part_of":
            said = numbers.get(said, -1) if said is not None else None
        wanted = (
            str(label[name]).split("|") if isinstance(label.get(name), str) else [label.get(name, default)]
        )
        right, counts = said in wanted, result.fields[name]
        counts[0] += said != default
        counts[1] += right and said != default
        counts[2] += default not in wanted
        counts[3] += right and default not in wanted
        if not right:
            result.misses.append(
                f"{report.id} «{report.text[start:end]}» {name}: said {said}, wanted {label.get(name)}"
            )


def what_is_off(label: Mapping[str, Any], claim: Mapping[str, Any]) -> str | None:
    """The first thing in which a claim is not what its label says; None if it is right."""
    kind, qualifier = label["kind"], label.get("qualifier", "exact")
    if kind != claim["kind"] and {kind, claim["kind"]} not in BETWEEN_KINDS:
        return f"kind {claim['kind']}"
    if kind == "date":
        ends = claim["date_start"], claim["date_end"]
        return (
            None if ends == (label.get("date_start"), label.get("date_end")) else f"date {ends[0]}..{ends[1]}"
        )
    if kind == "time":
        return None
    if qualifier != claim["qualifier"] and {qualifier, claim["qualifier"]} != {"about", "almost"}:
        return f"qualifier {claim['qualifier']}"
    units = str(label["unit"]).split("|") if label.get("unit") else []
    if units and claim["unit"] not in units:
        return f"unit {claim['unit']}"
    ends = {name: _number(label.get(name)) for name in ("value", "low", "high")}
    if qualifier == "vague":
        return None if claim["low"] is not None or claim["high"] is not None else "no bounds"
    if qualifier in ONE_SIDED:
        name = ONE_SIDED[qualifier]
        return None if _close(ends[name], claim[name]) else f"{name} {claim[name]}"
    if qualifier == "between":
        both = _close(ends["low"], claim["low"]) and _close(ends["high"], claim["high"])
        return None if both else f"bounds {claim['low']}..{claim['high']}"
    wanted = ends["value"] if ends["value"] is not None else ends["low"]
    got = claim["value"]
    if kind == "ratio" and claim["kind"] == "percentage" and got is not None:
        got /= 100
    return None if _close(wanted, got) else f"value {got}"


def _number(given: Any) -> float | None:
    return None if given in (None, "") else float(given)


def _close(wanted: float | None, got: float | None) -> bool:
    return wanted is not None and got is not None and math.isclose(wanted, got, rel_tol=1e-3, abs_tol=1e-9)


def verdict(pair: Mapping[str, Any]) -> tuple[str, str | None]:
    """The verdict on the marked figures of two reports, and its reason; `not_comparable` where they are no pair."""
    rows, spans = [], []
    for side in "ab":
        text, (span,) = unmarked(pair[side]["text"])
        rows.append({"article_id": side, "outlet": pair[side].get("outlet"), "language": detect_language(text),
                     "published": pair[side].get("published"), "text": text})  # fmt: skip
        spans.append(span)
    claims = extract(pl.DataFrame(rows, schema_overrides={"published": pl.Date}))
    sides = [
        claims.filter(pl.col("article_id") == side, pl.col("start") < end, pl.col("end") > start)
        for side, (start, end) in zip("ab", spans, strict=True)
    ]
    one, other = (side.get_column("claim_id").implode() for side in sides)
    across = (pl.col("claim_a").is_in(one) & pl.col("claim_b").is_in(other)) | (
        pl.col("claim_a").is_in(other) & pl.col("claim_b").is_in(one)
    )
    told = compare(claims).pairs.filter(across)
    return told.select("verdict", "reason").row(0) if told.height else ("not_comparable", None)


def pairs(path: Path) -> list[dict[str, Any]]:
    """The pairs of a file."""
    return list(yaml.safe_load(path.read_text(encoding="utf8")))


def is_right(pair: Mapping[str, Any], told: str) -> bool:
    """Whether a verdict is one of those that a pair admits."""
    return told in pair["verdict"].split("|")


@cache
def score_of(path: Path) -> Score:
    """How the reports of a file are read."""
    total = Score()
    for report in reports(path):
        total.add(score(report))
    return total


@cache
def verdicts_of(path: Path) -> tuple[tuple[dict[str, Any], str, str | None], ...]:
    """The pairs of a file, each with its verdict and reason."""
    return tuple((pair, *verdict(pair)) for pair in pairs(path))


def wrongly_compared(path: Path) -> list[str]:
    """The ids of the pairs that are compared though they must not be."""
    return [
        pair["id"]
        for pair, got, _ in verdicts_of(path)
        if got not in APART and set(pair["verdict"].split("|")) <= set(APART)
    ]


def row_of_reports(path: Path) -> str:
    """A file's row: figures right and made up, and precision and recall of the fields, as Markdown."""
    total = score_of(path)
    shares = " | ".join(
        f"{_share(c[1], c[0])}, {_share(c[3], c[2])} of {c[2]}" for c in total.fields.values()
    )
    return f"| {path.stem} | {total.right} of {total.asked} | {total.extra} | {shares} |"


def row_of_pairs(path: Path) -> str:
    """A file's row: how many pairs get a verdict that they admit, and what becomes of the others."""
    told = verdicts_of(path)
    wrong = [got for pair, got, _ in told if not is_right(pair, got)]
    parted, opened = (wrong.count(one) for one in APART)
    right, compared = len(told) - len(wrong), len(wrongly_compared(path))
    return f"| {path.stem} | {right} of {len(told)} | {compared} | {parted} | {opened} |"


def table_of_reports(paths: Iterable[Path]) -> str:
    """The rows of several files."""
    head = (
        "| file | figures right | made up | "
        + " | ".join(f"{name} (precision, recall)" for name in FIELDS)
        + " |"
    )
    return "\n".join([head, "|" + "---|" * (3 + len(FIELDS)), *map(row_of_reports, paths)])


def table_of_pairs(paths: Iterable[Path]) -> str:
    """The rows of several files."""
    head = ["| file | pairs right | wrongly compared | wrongly apart | left open |", "|---|---|---|---|---|"]
    return "\n".join([*head, *map(row_of_pairs, paths)])


def _share(part: int, whole: int) -> str:
    return "–" if whole == 0 else f"{part / whole:.2f}"


def main(arguments: list[str]) -> int:
    """Print both tables, of all files or of those named, and what is wrong if asked for."""
    given = [Path(a) for a in arguments if not a.startswith("--")]
    of_reports = [p for p in given or sorted(REPORTS.glob("*.yml")) if "a" not in pairs(p)[0]]
    of_pairs = [p for p in given or sorted(OCCASIONS.glob("*.yml")) if "a" in pairs(p)[0]]
    if "--misses" in arguments:
        print("\n".join(miss for path in of_reports for miss in score_of(path).misses))
        told = (one for path in of_pairs for one in verdicts_of(path) if not is_right(one[0], one[1]))
        print("\n".join(f"{pair['id']}: {got} ({why}), wanted {pair['verdict']}" for pair, got, why in told))
    if of_reports:
        print(table_of_reports(of_reports))
    if of_pairs:
        print("\n" + table_of_pairs(of_pairs))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
